"""Subsidies that were registered for the applicant and that cover what the project subsidy pays too (R14).

Deterministic and explained: the periods overlap and the words are the same, or the applicant linked the two by hand.
"""

from collections.abc import Iterator, Sequence

from wijkcontract.rules.codec import pointer
from wijkcontract.rules.findings.catalogue import Case, Finding, finding, listed
from wijkcontract.rules.findings.cost_items import CostItem, covers_the_same, key
from wijkcontract.rules.other_money import RegisteredSubsidy
from wijkcontract.rules.periods import day_nl


def registered_findings(case: Case, subsidised: Sequence[CostItem]) -> Iterator[Finding]:
    """A finding for each registered subsidy that covers cost items of the project subsidy.

    What the list of other subsidies already says about a linked one is not said again.
    """
    titles = {measure.id: measure.title for measure in case.document.measures}
    for one in case.document.registered:
        said = {
            covered
            for other in case.document.other_subsidies
            if other.registered == one.id
            for covered in (key(other.covers), key(titles.get(other.covers.strip(), "")))
        }
        hit = [
            item
            for item in subsidised
            if any(_runs_in(one, year) for _, year in item.subsidised)
            and covers_one(one, item, titles)
            and said.isdisjoint({key(item.name), key(item.measure or ""), key(titles.get(item.measure or "", ""))})
        ]
        if hit:
            yield finding("double_subsidy", pointer("cost_lines", hit[0].first), _sentence(one, hit))


def covers_one(one: RegisteredSubsidy, item: CostItem, titles: dict[str, str]) -> bool:
    """Does a registered subsidy describe this cost item, or the whole measure that it belongs to?"""
    described = one.covers.strip() or one.name
    return covers_the_same(described, item.name) or covers_the_same(described, titles.get(item.measure or "", ""))


def named_subsidy(one: RegisteredSubsidy) -> str:
    """A registered subsidy as a sentence names it: "Sportplan van Sport Vlaanderen (SV-12)"."""
    provider = f" van {one.provider.strip()}" if one.provider.strip() else ""
    reference = f" ({one.reference.strip()})" if one.reference.strip() else ""
    return f"{one.name.strip()}{provider}{reference}"


def _runs_in(one: RegisteredSubsidy, year: int) -> bool:
    return (one.start is None or one.start.year <= year) and (one.end is None or one.end.year >= year)


def _codes(one: RegisteredSubsidy, item: CostItem) -> list[str]:
    """The lines of a cost item that are paid twice, by the code that the pages give them: K8, K9."""
    return [f"K{index + 1}" for index, year in item.subsidised if _runs_in(one, year)]


def _sentence(one: RegisteredSubsidy, hit: Sequence[CostItem]) -> str:
    codes = [_codes(one, item) for item in hit]
    items = listed([f"{listed(lines)} {item.name}" for lines, item in zip(codes, hit, strict=True)])
    period = f", van {day_nl(one.start)} tot en met {day_nl(one.end)}" if one.start and one.end else ""
    pays = "betaalt de kostenpost" if sum(map(len, codes)) == 1 else "betaalt de kostenposten"
    return (
        f"De projectsubsidie {pays} {items}, maar in het register staat {named_subsidy(one)}{period}, voor: "
        f"{one.covers.strip() or one.name.strip()}. Haal die kosten uit de projectsubsidie, of laat het register verbeteren."
    )
