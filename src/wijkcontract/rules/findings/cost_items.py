"""Cost items: the lines with the same name and measure, and what they add up to (R13, R14)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from wijkcontract.rules.proposal_shape import CostLine, Source


@dataclass(slots=True)
class CostItem:
    """One cost item: its first line, name and measure, and what its lines add up to, in cents."""

    first: int
    name: str
    measure: str | None
    stated: int = 0
    total: int = 0
    by_source: dict[Source, int] = field(default_factory=dict)
    subsidised: list[tuple[int, int]] = field(default_factory=list)
    """The place and the year of each line of which the project subsidy pays something."""

    def add(self, index: int, line: CostLine) -> None:
        amount = line.amount or 0
        self.total += amount
        self.stated = max(self.stated, line.item_cost or 0)
        if line.source is not None:
            self.by_source[line.source] = self.by_source.get(line.source, 0) + amount
        if line.source is Source.SUBSIDY and amount and line.year is not None:
            self.subsidised.append((index, line.year))

    def paid_by(self, source: Source) -> bool:
        return self.by_source.get(source, 0) > 0


def cost_items(lines: Iterable[CostLine]) -> list[CostItem]:
    """The cost items of a budget, in the order of their first lines."""
    items: dict[tuple[str, str | None], CostItem] = {}
    for index, line in enumerate(lines):
        item = items.setdefault((key(line.item), line.measure), CostItem(index, line.item.strip(), line.measure))
        item.add(index, line)
    return list(items.values())


def key(text: str) -> str:
    """A name as it is compared: without capitals and double spaces."""
    return " ".join(text.casefold().split())


_SMALL_WORDS = frozenset(
    {
        "de", "het", "een", "van", "voor", "en", "of", "in", "op", "met", "aan", "te", "bij", "tot", "om", "door", "naar",
        "uit", "der", "den", "des", "ter", "ten", "per", "als", "dan", "dat", "die", "dit", "deze",
    }
)  # fmt: skip


def telling_words(text: str) -> frozenset[str]:
    """The words of a text that say something: without capitals, accents, signs, and small words such as "van"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(" " if not one.isalnum() else one for one in plain if not unicodedata.combining(one))
    return frozenset(word for word in letters.split() if word not in _SMALL_WORDS)


def covers_the_same(registered: str, ours: str) -> bool:
    """Do two descriptions name the same thing? Their telling words are equal, or one holds all of the other, two at least."""
    theirs, mine = telling_words(registered), telling_words(ours)
    if not theirs or not mine:
        return False
    common = theirs & mine
    return theirs == mine or (len(common) > 1 and common in (theirs, mine))
