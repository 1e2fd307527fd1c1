"""Plain Dutch made from the figures of a neighbourhood (R2): what a resident reads beside the table, and no more than they say.

Words follow the numbers **as they are shown**, so that text and table never disagree: what rounds to the same is
"evenveel". A difference inside the margin is never called more or less. Areas come in as a phrase of their own: "de
wijk", "de stad", "Vlaanderen".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final

from wijkcontract.rules.numbers import Number, as_shown, number_nl

_LARGEST_MULTIPLE: Final = 10
_CONFIDENCE: Final = "90 %"

_PHRASES: Final[Mapping[tuple[str, str], str]] = {
    ("employment_rate", "% van 20 tot 64 jaar"): "In {area} werkt {figure} van de mensen van 20 tot 64 jaar.",
    ("jobseekers_share", "% van 18 tot 64 jaar"): "In {area} zoekt {figure} van de mensen van 18 tot 64 jaar werk.",
    ("housing_quality", "% woningen van lage kwaliteit"): "In {area} is {figure} van de woningen van lage kwaliteit.",
    ("low_education", "% van 25 tot 64 jaar"): "In {area} is {figure} van de mensen van 25 tot 64 jaar laaggeschoold.",
    ("poverty", "% inwoners onder de armoedegrens"): "In {area} leeft {figure} van de inwoners onder de armoedegrens.",
    ("living_wage_recipients", "per 1.000 inwoners"): "In {area} krijgen {figure} op 1.000 inwoners een leefloon.",
    ("crime_rate", "feiten per 1.000 inwoners"): "In {area} telt de politie {figure} feiten per 1.000 inwoners.",
    ("school_delay", "% van de leerlingen"): "In {area} heeft {figure} van de leerlingen vertraging op school.",
    ("single_parent_households", "% van de huishoudens"): "In {area} is {figure} van de huishoudens een eenoudergezin.",
    ("ageing_housing_stock", "% woningen van voor 1971"): "In {area} is {figure} van de woningen van voor 1971.",
    ("green_open_space", "m² per inwoner"): "In {area} is er {figure} groene of open ruimte per inwoner.",
    ("population_density", "inwoners per km²"): "In {area} wonen {figure} mensen per km².",
    ("satisfaction", "% tevreden"): "In {area} is {figure} van de bewoners tevreden.",
}
"""By code and unit: when the library gives an indicator another unit, a general sentence with its own label and unit is used."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The indicator that a sentence is about, as the library describes it."""

    code: str
    label: str
    unit: str
    decimals: int = 1
    is_survey: bool = False
    counts: str = ""
    """What the numerator counts, as the library names it: said where the label alone does not tell."""

    def short(self, value: Number) -> str:
        """The number with the first word of its unit where that belongs to it: "8,1 %", "22.310 EUR", "41 m²", "12"."""
        text = number_nl(value, self.decimals)
        first = self.unit.split(" ", 1)[0]
        sign = {"%": "%", "EUR": "EUR", "m²": "m²"}.get(first)
        return f"{text}\u00a0{sign}" if sign else text

    def full(self, value: Number) -> str:
        """The number with its whole unit: "8,1 % van 18 tot 64 jaar"."""
        return f"{number_nl(value, self.decimals)} {self.unit}".replace(" %", "\u00a0%", 1).rstrip()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figure of another area. `certain` says whether the difference lies outside the margin; None when no margin is known."""

    area: str
    value: Number
    certain: bool | None = None


def figure_sentence(topic: Topic, area: str, value: Number) -> str:
    """What the figure says: "In de wijk zoekt 14,8 % van de mensen van 18 tot 64 jaar werk."."""
    phrase = _PHRASES.get((topic.code, topic.unit))
    if phrase is None:
        counts = f" ({topic.counts})" if topic.counts and topic.counts.lower() != topic.label.lower() else ""
        return f"{topic.label} in {area}: {topic.full(value)}{counts}."
    return phrase.format(area=area, figure=topic.short(value))


def margin_sentence(topic: Topic, lower: Number, upper: Number) -> str:
    """How certain the figure is; a survey is named as one. Empty when the bounds round to the same number."""
    if as_shown(lower, topic.decimals) == as_shown(upper, topic.decimals):
        return ""
    start = "Dit komt uit een enquête. " if topic.is_survey else ""
    low, high = number_nl(lower, topic.decimals), topic.short(upper)
    return f"{start}Met {_CONFIDENCE} zekerheid ligt het cijfer tussen {low} en {high}."


def comparison_sentences(topic: Topic, value: Number, others: Sequence[Comparison]) -> list[str]:
    """The figure beside those of other areas; areas that ask the same words share a sentence.

    "Dat is bijna dubbel zoveel als in de stad (8,1 %) en in Vlaanderen (7,9 %).", and where the difference lies inside the
    margin neither more nor less, but that.
    """
    mine = as_shown(value, topic.decimals)
    by_words: dict[str, list[str]] = {}
    for other in others:
        theirs = as_shown(other.value, topic.decimals)
        words = "" if mine != theirs and other.certain is False else compared(mine, theirs)
        place = f"{other.area} ({topic.short(other.value)})"
        by_words.setdefault(words, []).append(f"in {place}" if words else place)
    return [
        f"Dat is {words} {_joined(places)}."
        if words
        else f"Het verschil met {_joined(places)} valt binnen de marge: het kan toeval zijn."
        for words, places in by_words.items()
    ]


def too_little_sentence(others: Sequence[str]) -> str:
    """Why a figure that leaves out many inhabitants is not laid beside others."""
    return f"Er ontbreken te veel inwoners om dit te vergelijken met {_joined(others)}."


def compared(mine: Fraction, theirs: Fraction) -> str:
    """How one shown number stands to another, in words that end in "als" or "dan"."""
    if mine == theirs:
        return "evenveel als"
    if theirs <= 0 or mine <= 0:
        return "meer dan" if mine > theirs else "minder dan"
    ratio = mine / theirs
    return _more(ratio) if ratio > 1 else _less(ratio)


def _more(ratio: Fraction) -> str:
    if ratio < Fraction(11, 10):
        return "iets meer dan"
    if ratio < Fraction(18, 10):
        return "meer dan"
    below, above = floor(ratio), ceil(ratio)
    if ratio > _LARGEST_MULTIPLE:
        return f"meer dan {_times(_LARGEST_MULTIPLE)}"
    if abs(ratio - round(ratio)) <= Fraction(5, 100):
        return f"ongeveer {_times(round(ratio))}"
    if above - ratio <= Fraction(2, 10):
        return f"bijna {_times(above)}"
    return f"meer dan {_times(below)}"


def _times(count: int) -> str:
    return "dubbel zoveel als" if count == 2 else f"{count} keer zoveel als"


def _less(ratio: Fraction) -> str:
    if ratio > Fraction(9, 10):
        return "iets minder dan"
    if ratio > Fraction(55, 100):
        return "minder dan"
    if ratio >= Fraction(45, 100):
        return "ongeveer half zoveel als"
    return "minder dan half zoveel als"


def missing_sentence(area: str, sectors_missing: int, sectors: int, inhabitants_missing: int, inhabitants: int) -> str:
    """What a figure of an own area leaves out; empty when nothing is missing. The share is never rounded up to all."""
    if not sectors_missing:
        return ""
    who = f"Voor {number_nl(sectors_missing)} van de {number_nl(sectors)} sectoren"
    if sectors == 1:
        who = "Voor de enige sector"
    start = f"{who} is er geen cijfer, of is het te klein om te tonen."
    if not inhabitants or not inhabitants_missing:
        return start
    covered = floor(Fraction(inhabitants - inhabitants_missing, inhabitants) * 100)
    people = (
        "Daar woont 1 mens." if inhabitants_missing == 1 else f"Daar wonen {number_nl(inhabitants_missing)} mensen."
    )
    if inhabitants_missing == inhabitants:
        return f"{start} {people}"
    share = f"{covered}\u00a0%" if covered else "minder dan 1\u00a0%"
    return f"{start} {people} Het cijfer gaat over {share} van de inwoners van {area}."


def no_figure_sentence(topic: Topic, area: str, *, additive: bool) -> str:
    """Why there is no figure."""
    if additive:
        return f"{topic.label}: voor {area} is er geen cijfer."
    return f"{topic.label}: voor {area} is er geen cijfer, want cijfers van sectoren zijn hier niet optelbaar."


@dataclass(frozen=True, slots=True)
class Course:
    """How a figure went from one year to another; see `engines.profile.Trend`."""

    first_year: int
    first: Number
    last_year: int
    last: Number
    certain: bool = True
    restarts_in: int | None = None
    covered: Number | None = None
    """Share (0..1) of the inhabitants in the sectors that have a figure in every year; None when that is every sector."""


def trend_sentence(topic: Topic, course: Course) -> str:
    """How the figure changed, with the break of its series when there is one."""
    first, last = (as_shown(one, topic.decimals) for one in (course.first, course.last))
    years = f"Van {course.first_year} tot {course.last_year}"
    start, end = number_nl(course.first, topic.decimals), topic.short(course.last)
    scope = ""
    if course.covered is not None:
        share = floor(Fraction(course.covered) * 100)
        scope = f", in de sectoren met een cijfer voor alle jaren ({share}\u00a0% van de inwoners)"
    if first == last:
        text = f"{years} bleef het gelijk ({end}){scope}."
    elif not course.certain:
        text = (
            f"{years} ging het van {start} naar {end}{scope}. Dat verschil valt binnen de marge: het kan toeval zijn."
        )
    else:
        text = f"{years} {'steeg' if last > first else 'daalde'} het van {start} naar {end}{scope}."
    if course.restarts_in is None:
        return text
    return f"{text} Oudere cijfers, van voor {course.restarts_in}, zijn hiermee niet te vergelijken."


def domains_sentence(area: str, everywhere: str, worst: Sequence[str], domains: Sequence[str]) -> str:
    """The combination of vulnerable groups: in how many domains the area lies in the most vulnerable fifth, and which.

    `domains` holds every domain that has a figure for the area.
    """
    if not domains:
        return f"Voor {area} zijn er geen cijfers per domein."
    top = f"bij de kwetsbaarste 20\u00a0% van {everywhere}"
    subject = area[:1].upper() + area[1:]
    if not worst:
        return f"{subject} hoort voor geen enkel domein {top}. Er zijn cijfers voor {_count_of_domains(len(domains))}."
    return f"{subject} hoort voor {len(worst)} van de {_count_of_domains(len(domains))} {top}: {listed(worst)}."


def _count_of_domains(count: int) -> str:
    return "1 domein" if count == 1 else f"{count} domeinen"


def far_sentence(area: str, everywhere: str, far: Sequence[str], indicators: int) -> str:
    """The indicators on which the area lies at least one standard deviation on the vulnerable side; empty when there are none."""
    if not far:
        return ""
    subject = area[:1].upper() + area[1:]
    return (
        f"{subject} is duidelijk kwetsbaarder dan {everywhere} voor {len(far)} van de {indicators} indicatoren "
        f"(minstens 1 standaardafwijking): {listed(far)}."
    )


def variants_sentence(area: str, everywhere: str, inside: int, variants: int, tenth: str = "10") -> str:
    """How certain the place in the most vulnerable tenth is. A share that is not all is never shown as 100 %, nor some as 0 %."""
    place = f"hoort {area} bij de kwetsbaarste {tenth}\u00a0% van {everywhere}"
    if inside == variants:
        return f"In alle {number_nl(variants)} varianten van de berekening {place}."
    if inside == 0:
        return f"In geen enkele van de {number_nl(variants)} varianten van de berekening {place}."
    share = min(99, max(1, int(as_shown(Fraction(100 * inside, variants)))))
    return f"In {share}\u00a0% van de {number_nl(variants)} varianten van de berekening {place}."


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "werk, inkomen en wonen". A capital that only opens a label becomes small; "OCMW" stays."""
    return _joined([name[:1].lower() + name[1:] if name[1:2].islower() else name for name in names])


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} en {parts[-1]}"


def paragraph(
    topic: Topic,
    area: str,
    value: Number,
    *,
    margin: tuple[Number, Number] | None = None,
    others: Sequence[Comparison] = (),
    course: Course | None = None,
) -> list[str]:
    """All sentences about one indicator, in the order in which one reads: the figure, its margin, the others, the years."""
    sentences = [figure_sentence(topic, area, value)]
    if margin is not None:
        sentences.append(margin_sentence(topic, *margin))
    sentences += comparison_sentences(topic, value, others)
    if course is not None:
        sentences.append(trend_sentence(topic, course))
    return [sentence for sentence in sentences if sentence]
