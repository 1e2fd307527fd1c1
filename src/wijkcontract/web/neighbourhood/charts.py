"""Small drawings of a profile as SVG: distance to Flanders, the years, the pyramid. The table beside each has the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

LEAST, MOST, ZERO = -1.4, 2.9, 120.0
STEP = 80.0
SPARK_WIDTH, SPARK_HEIGHT = 120, 26
ROW, MIDDLE, SIDE = 18, 300, 220


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """One bar on each side: persons of the neighbourhood, and the share of the same group in the municipality (0..1)."""

    label: str
    men: float
    women: float
    men_share: float
    women_share: float
    men_elsewhere: float | None = None
    women_elsewhere: float | None = None

    @property
    def share(self) -> float:
        return self.men_share + self.women_share

    @property
    def share_elsewhere(self) -> float | None:
        if self.men_elsewhere is None or self.women_elsewhere is None:
            return None
        return self.men_elsewhere + self.women_elsewhere


def deviation(distance: float | None, low: float | None, high: float | None, municipality: float | None) -> SafeString:
    """How far the neighbourhood lies from Flanders in standard deviations, to the right is less favourable.

    `low` and `high` bound the margin; `municipality` is the same distance for the municipality. What lies outside the
    drawing stands at its edge.
    """
    if distance is None:
        return mark_safe("")
    band = ""
    if low is not None and high is not None:
        band = format_html('<path class="band" d="M{} 10H{}"/>', _at(min(low, high)), _at(max(low, high)))
    city = format_html('<path class="city" d="M{} 4v12"/>', _at(municipality)) if municipality is not None else ""
    return format_html(
        '<svg class="dev" viewBox="0 0 360 20" aria-hidden="true"><path class="grid" d="M40 2v16M200 2v16M280 2v16"/>'
        '<path class="mid" d="M120 0v20"/>{}<circle class="c1" cx="{}" cy="10" r="4.5"/>{}</svg>',
        band, _at(distance), city,
    )  # fmt: skip


def deviation_scale() -> SafeString:
    """The head of the column of deviations."""
    marks = ((40, "−1"), (120, "Vlaanderen"), (200, "+1"), (280, "+2"))
    words = format_html_join("", '<text x="{}" y="15" text-anchor="middle">{}</text>', marks)
    return format_html(
        '<svg class="dev" viewBox="0 0 360 20" role="img"'
        ' aria-label="Afstand tot Vlaanderen in standaardafwijkingen, rechts is ongunstiger">{}</svg>',
        words,
    )


def deviation_words(distance: float | None) -> str:
    """The same for who does not see the drawing."""
    if distance is None:
        return ""
    size = f"{abs(distance):.1f}".replace(".", ",")
    if size == "0,0":
        return "gelijk aan Vlaanderen"
    return f"{size} standaardafwijkingen {'ongunstiger' if distance > 0 else 'gunstiger'} dan Vlaanderen"


def spark(lines: Sequence[Sequence[float | None]]) -> SafeString:
    """The years as small lines on one scale, the neighbourhood first; a year without a figure breaks the line."""
    known = [value for line in lines for value in line if value is not None]
    longest = max((len(line) for line in lines), default=0)
    if longest < 2 or not known:
        return mark_safe("")
    least, span = min(known), (max(known) - min(known)) or 1.0
    step = (SPARK_WIDTH - 8) / (longest - 1)
    drawn = (
        (number + 1, _broken(line, step, least, span)) for number, line in reversed(list(enumerate(lines))) if any(line)
    )
    body = format_html_join("", '<path class="l{}" d="{}"/>', drawn)
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', SPARK_WIDTH, SPARK_HEIGHT, body
    )


def pyramid(groups: Sequence[AgeGroup], *, title: str, description: str, elsewhere: str) -> SafeString:
    """Men left, women right, oldest on top; a thin line shows the shares of the municipality."""
    largest = max(
        (share for one in groups for share in (one.men_share, one.women_share, one.men_elsewhere or 0, one.women_elsewhere or 0)),
        default=0.0,
    )  # fmt: skip
    if not largest:
        return mark_safe("")
    height = ROW * len(groups) + 30
    rows = format_html_join(
        "",
        '<rect class="c1" x="{0}" y="{1}" width="{2}" height="13"/><rect class="c2" x="{3}" y="{1}" width="{4}"'
        ' height="13"/><text x="300" y="{5}" text-anchor="middle">{6}</text>{7}',
        (_bars(one, 24 + ROW * line, largest) for line, one in enumerate(reversed(groups))),
    )
    return format_html(
        '<svg class="chart pyramid" viewBox="0 0 600 {}" role="img" aria-labelledby="pyr-t pyr-d"><title id="pyr-t">{}</title>'
        '<desc id="pyr-d">{} De lijn toont {}.</desc><text x="262" y="14" text-anchor="end" class="strong">Mannen</text>'
        '<text x="338" y="14" class="strong">Vrouwen</text>{}</svg>',
        height, title, description, elsewhere, rows,
    )  # fmt: skip


def _bars(one: AgeGroup, top: int, largest: float) -> tuple[object, ...]:
    men, women = round(SIDE * one.men_share / largest, 1), round(SIDE * one.women_share / largest, 1)
    left, right = MIDDLE - 38, MIDDLE + 38
    marks: SafeString | str = ""
    if one.men_elsewhere is not None and one.women_elsewhere is not None:
        marks = format_html(
            '<path class="here" d="M{} {}v17M{} {}v17"/>',
            round(left - SIDE * one.men_elsewhere / largest, 1), top - 2,
            round(right + SIDE * one.women_elsewhere / largest, 1), top - 2,
        )  # fmt: skip
    return left - men, top, men, right, women, top + 11, one.label, marks


def _broken(line: Sequence[float | None], step: float, least: float, span: float) -> str:
    path, pen = [], "M"
    for number, value in enumerate(line):
        if value is None:
            pen = "M"
            continue
        height = SPARK_HEIGHT - 4 - (value - least) / span * (SPARK_HEIGHT - 8)
        path.append(f"{pen}{4 + number * step:.1f} {height:.1f}")
        pen = "L"
    return "".join(path)


def _at(distance: float) -> str:
    return f"{ZERO + STEP * min(max(distance, LEAST), MOST):.0f}"
