"""Drawings as SVG made on the server: pure functions from typed points to markup, each with a title and a description.

The page shows the same figures in a table before the drawing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from wijkcontract.web.components.formats import number

WIDTH, HEIGHT = 790, 280
LEFT, RIGHT, TOP, BOTTOM = 78, 770, 40, 250


@dataclass(frozen=True, slots=True)
class Point:
    """A running total, in cents, on a day."""

    on: dt.date
    cents: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the drawing. `look` 1 is blue, 2 orange; `steps` draws a staircase, as payments go."""

    label: str
    points: Sequence[Point]
    look: int = 1
    steps: bool = False


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    last: dt.date
    top: int

    def x(self, on: dt.date) -> float:
        inside = min(max(on, self.first), self.last)
        return LEFT + (RIGHT - LEFT) * (inside - self.first).days / max(1, (self.last - self.first).days)

    def y(self, cents: int) -> float:
        return BOTTOM - (BOTTOM - TOP) * cents / max(1, self.top)


def money_over_time(
    lines: Sequence[Line],
    *,
    title: str,
    description: str,
    today: dt.date,
    last_day: dt.date | None = None,
    ident: str = "g",
) -> SafeString:
    """Running totals over whole years; what lies after today is dashed. `last_day` draws a limit in time."""
    points = [point for line in lines for point in line.points]
    if not points:
        return mark_safe("")
    days = [point.on for point in points] + ([last_day] if last_day else [])
    scale = _Scale(
        dt.date(min(days).year, 1, 1), dt.date(max(days).year, 12, 31), max(1, max(point.cents for point in points))
    )
    parts = [
        _money_axis(scale),
        _year_axis(scale),
        *[_line(scale, line, today) for line in lines],
        _today(scale, today),
        _limit(scale, last_day) if last_day else "",
    ]
    return format_html(
        '<div class="scroll-x" tabindex="0" role="region" aria-label="Grafiek: {title}"><svg class="chart"'
        ' viewBox="0 0 {width} {height}" role="img" aria-labelledby="{ident}-t {ident}-d"><title id="{ident}-t">{title}</title>'
        '<desc id="{ident}-d">{description}</desc>{body}</svg></div>',
        title=title,
        description=description,
        ident=ident,
        width=WIDTH,
        height=HEIGHT,
        body=format_html_join("", "{}", ((part,) for part in parts)),
    )


def legend(lines: Iterable[Line], planned: bool = True) -> SafeString:
    """The names of the lines beside their looks."""
    rows = [(f"l{line.look}", line.label.lower()) for line in lines]
    rows += [("l5 dash", "gepland")] if planned else []
    body = format_html_join(
        "",
        '<li><svg class="key" viewBox="0 0 24 14" aria-hidden="true"><path class="{}" d="M0 7h24"/></svg>{}</li>',
        rows,
    )
    return format_html('<ul class="legend">{}</ul>', body)


def _money_axis(scale: _Scale) -> SafeString:
    """At most five horizontal lines, at round amounts."""
    step = _round_step(scale.top)
    rows = (
        (f"{scale.y(at):.1f}", LEFT, RIGHT, LEFT - 8, f"{scale.y(at) + 4:.1f}", number(at // 100))
        for at in range(0, scale.top + 1, step)
    )
    return format_html_join(
        "", '<path class="axis" d="M{1} {0}H{2}"/><text x="{3}" y="{4}" text-anchor="end">{5}</text>', rows
    )


def _round_step(top: int) -> int:
    """A step of 1, 2 or 5 times a power of ten, such that at most five fit."""
    power = int(10 ** max(0, len(str(top)) - 2))
    return next(size for factor in (1, 2, 5, 10, 20, 50) if (size := factor * power) * 5 >= top)


def _year_axis(scale: _Scale) -> SafeString:
    years = range(scale.first.year, scale.last.year + 1)
    rows = (
        (
            f"{scale.x(dt.date(year, 1, 1)):.1f}",
            f"{(scale.x(dt.date(year, 1, 1)) + scale.x(dt.date(year, 12, 31))) / 2:.1f}",
            year,
        )
        for year in years
    )
    return format_html_join(
        "", '<path class="axis" d="M{0} 250v5"/><text x="{1}" y="269" text-anchor="middle">{2}</text>', rows
    )


def _line(scale: _Scale, line: Line, today: dt.date) -> SafeString:
    """The past whole, the future dashed; a line that crosses today is cut there."""
    ordered = sorted(line.points, key=lambda point: point.on)
    if not ordered:
        return mark_safe("")
    past = [point for point in ordered if point.on <= today]
    future = [point for point in ordered if point.on > today]
    if past and future:
        cut = Point(today, past[-1].cents if line.steps else _between(past[-1], future[0], today))
        past, future = [*past, cut], [cut, *future]
    return format_html_join(
        "",
        '<path class="l{}{}" d="{}"/>',
        (
            (line.look, dashed, _path(scale, some, line.steps))
            for some, dashed in ((past, ""), (future, " dash"))
            if len(some) > 1
        ),
    )


def _between(before: Point, after: Point, on: dt.date) -> int:
    span = max(1, (after.on - before.on).days)
    return before.cents + (after.cents - before.cents) * (on - before.on).days // span


def _path(scale: _Scale, points: Sequence[Point], steps: bool) -> str:
    start = f"M{scale.x(points[0].on):.1f} {scale.y(points[0].cents):.1f}"
    if not steps:
        return start + "".join(f"L{scale.x(point.on):.1f} {scale.y(point.cents):.1f}" for point in points[1:])
    return start + "".join(
        f"H{scale.x(after.on):.1f}" + (f"V{scale.y(after.cents):.1f}" if after.cents != before.cents else "")
        for before, after in pairwise(points)
    )


def _today(scale: _Scale, today: dt.date) -> SafeString:
    if not scale.first <= today <= scale.last:
        return mark_safe("")
    at = scale.x(today)
    return format_html(
        '<path class="here" d="M{} 32V250"/><text class="strong halo" x="{}" y="244" text-anchor="{}">vandaag</text>',
        f"{at:.1f}",
        f"{at - 6 if at > LEFT + 70 else at + 6:.1f}",
        "end" if at > LEFT + 70 else "start",
    )


def _limit(scale: _Scale, last_day: dt.date) -> SafeString:
    at = scale.x(last_day)
    return format_html(
        '<path class="stop" d="M{0} 32V250"/><text class="strong" x="{1}" y="24" text-anchor="end">laatste dag {2}</text>',
        f"{at:.1f}",
        f"{min(at + 4, RIGHT):.1f}",
        f"{last_day.day:02d}/{last_day.month:02d}/{last_day.year}",
    )
