"""The money of a proposal: own contribution (R13), limits, term and double subsidy (R14)."""

from collections.abc import Iterator
from datetime import date

from wijkcontract.rules.budget_limits import ceiling_meter, infrastructure_meter, own_meter, totals
from wijkcontract.rules.codec import pointer
from wijkcontract.rules.findings.catalogue import Case, Finding, finding, named
from wijkcontract.rules.findings.cost_items import CostItem, cost_items, key
from wijkcontract.rules.findings.registered import named_subsidy, registered_findings
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.periods import day_nl, fits_in_months, last_day_of_window
from wijkcontract.rules.proposal_shape import Source

_NOT_GRANTED = frozenset({"refused", "geweigerd"})


def budget_findings(case: Case) -> Iterator[Finding]:
    """Everything about cost, limits, the term and other subsidies."""
    yield from _limits(case)
    yield from _term(case)
    yield from _lines(case)
    yield from _items(case)


def _limits(case: Case) -> Iterator[Finding]:
    sums = totals(case.document.cost_lines, case.programme)
    own = own_meter(sums, case.programme)
    infrastructure = infrastructure_meter(sums, case.programme)
    ceiling = ceiling_meter(sums, case.programme)
    if sums.cost == 0:
        yield finding(
            "no_cost", "/cost_lines", "De begroting is leeg. Voeg minstens één kostenpost met een bedrag toe."
        )
    elif not own.ok:
        yield finding("own_below_minimum", "/cost_lines", f"Eigen inbreng. {own.sentence}")
    if not infrastructure.ok:
        yield finding("infrastructure_above_maximum", "/cost_lines", f"Infrastructuur. {infrastructure.sentence}")
    if not ceiling.ok:
        yield finding("subsidy_above_ceiling", "/cost_lines", f"De gevraagde subsidie is te hoog. {ceiling.sentence}")


def _term(case: Case) -> Iterator[Finding]:
    start, end = case.document.term.start, case.document.term.end
    longest = case.programme.limits.term_months_max
    if start is None or end is None:
        message = f"De looptijd is niet ingevuld. Geef een begin en een einde, hoogstens {longest} maanden uit elkaar."
    elif end < start:
        message = "De looptijd eindigt voor ze begint. Kijk de begindatum en de einddatum na."
    elif not fits_in_months(start, end, longest):
        last = day_nl(last_day_of_window(start, longest))
        message = f"De looptijd is langer dan {longest} maanden. Kies {last} of vroeger als einddatum."
    else:
        return
    yield finding("term_too_long", "/term", message)


def _lines(case: Case) -> Iterator[Finding]:
    years = _term_years(case)
    for index, line in enumerate(case.document.cost_lines):
        name = named("Kostenpost", index, line.item)
        if line.amount and years is not None and line.year not in years:
            yield finding(
                "cost_outside_term",
                pointer("cost_lines", index, "year"),
                f"{name} valt buiten de looptijd. Kies een jaar van {years.start} tot {years.stop - 1}.",
            )
        category = case.programme.category(line.category)
        if line.amount and line.source is Source.SUBSIDY and (category is None or not category.eligible):
            yield finding(
                "ineligible_cost_subsidised",
                pointer("cost_lines", index, "category"),
                f"{name} komt niet in aanmerking voor de subsidie. Kies een andere soort of een andere bron.",
            )


def _term_years(case: Case) -> range | None:
    """The calendar years of a valid term; None when the term itself is at fault."""
    start: date | None = case.document.term.start
    end = case.document.term.end
    return None if start is None or end is None or end < start else range(start.year, end.year + 1)


def _items(case: Case) -> Iterator[Finding]:
    items = cost_items(case.document.cost_lines)
    for item in items:
        if item.stated and item.total > item.stated:
            yield finding(
                "overfunded_item",
                pointer("cost_lines", item.first),
                f"De kostenpost {item.name} krijgt {format_nl(item.total)} euro, "
                f"maar kost {format_nl(item.stated)} euro. "
                f"Verlaag de bedragen met {format_nl(item.total - item.stated)} euro.",
            )
    twice = [item for item in items if item.paid_by(Source.SUBSIDY) and item.paid_by(Source.OTHER_SUBSIDY)]
    for item in twice:
        yield finding(
            "double_subsidy",
            pointer("cost_lines", item.first),
            f"De kostenpost {item.name} wordt betaald door de projectsubsidie en door een andere subsidie. "
            "Kies een van beide, of splits de kosten in twee posten.",
        )
    subsidised = [item for item in items if item.paid_by(Source.SUBSIDY) and item not in twice]
    yield from _covered_twice(case, subsidised)
    yield from registered_findings(case, subsidised)


def _covered_twice(case: Case, subsidised: list[CostItem]) -> Iterator[Finding]:
    """Other subsidies that say they cover an item, or a whole measure, that the project subsidy pays."""
    titles = {measure.id: measure.title for measure in case.document.measures}
    registered = {one.id: f", in het register {named_subsidy(one)}," for one in case.document.registered}
    for index, other in enumerate(case.document.other_subsidies):
        covers = key(other.covers)
        if not covers or key(other.status) in _NOT_GRANTED:
            continue
        what = titles.get(other.covers.strip()) or other.covers.strip()
        for item in subsidised:
            measure = item.measure or ""
            if covers in (key(item.name), key(measure), key(titles.get(measure, ""))):
                yield finding(
                    "double_subsidy",
                    pointer("other_subsidies", index, "covers"),
                    f"{named('Andere subsidie', index, other.name).removesuffix(',')}"
                    f"{registered.get(other.registered or '', ',' if other.name.strip() else '')} betaalt mee voor {what}, "
                    "net als de projectsubsidie. Haal die kosten uit de projectsubsidie of verduidelijk wat de andere betaalt.",
                )
                break
