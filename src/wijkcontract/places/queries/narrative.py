"""A line of the profile read aloud: its margin and its sentences in plain Dutch (R2). It holds published figures only."""

from __future__ import annotations

from typing import Final

import numpy as np

from wijkcontract.engines.intervals import Interval, difference_interval, is_certain, rate_interval, share_interval
from wijkcontract.engines.profile import trend
from wijkcontract.places.arrays import Floats
from wijkcontract.places.enums import Aggregation
from wijkcontract.places.models import Indicator
from wijkcontract.places.queries.profile import ProfileLine
from wijkcontract.rules.figure_sentences import (
    Comparison,
    Course,
    Topic,
    missing_sentence,
    no_figure_sentence,
    paragraph,
    too_little_sentence,
)

_PERCENT: Final = 100.0
FEWEST_COVERED: Final = 0.8
"""Below this share of its inhabitants an own area is not compared: what is hidden has few cases, so what is left is a rate that is
too high to lay beside a whole municipality."""


def topic_of(indicator: Indicator) -> Topic:
    """The indicator as the sentences know it."""
    return Topic(
        indicator.code,
        indicator.label,
        indicator.unit,
        indicator.decimals,
        indicator.is_survey,
        indicator.numerator_label,
    )


def margins(line: ProfileLine) -> Interval:
    """90 % bounds per year, in the unit of the indicator.

    A percentage of people is a share (Wilson), any other rate of people or events a count (Garwood). What does not
    count people or events, such as square metres per inhabitant (factor 1), has no margin: NaN.
    """
    return _margins(line.indicator, line.numerator, line.denominator)


def _margins(indicator: Indicator, numerators: Floats, denominators: Floats) -> Interval:
    if indicator.aggregation != Aggregation.RATE or indicator.factor < _PERCENT:
        blank = np.full(len(numerators), np.nan)
        return Interval(blank, blank)
    make = share_interval if indicator.factor == _PERCENT else rate_interval
    found = make(numerators, denominators)
    return Interval(found.lower * indicator.factor, found.upper * indicator.factor)


def newest(line: ProfileLine) -> int | None:
    """The place of the newest year with a figure of the own area; None without any."""
    known = np.flatnonzero(~np.isnan(line.value))
    return int(known[-1]) if known.size else None


def narrative(
    line: ProfileLine, *, area: str, municipality: str, sectors: int, inhabitants: int, region: str = "Vlaanderen"
) -> list[str]:
    """What the line says, beside the municipality and the region, over the years, and what it leaves out.

    `area` and `municipality` are phrases that follow "in": "de wijk", "Oudenmeers". `sectors` and `inhabitants` are
    those of the area. The figures above the area count as exact, so a difference is uncertain just when the other
    figure lies inside the margin shown.
    """
    topic, at = topic_of(line.indicator), newest(line)
    if at is None:
        return [no_figure_sentence(topic, area, additive=line.additive)]
    bounds = margins(line)
    low, high = float(bounds.lower[at]), float(bounds.upper[at])
    others = [
        Comparison(name, float(values[at]), _certain(line, bounds, at, float(values[at])))
        for name, values in ((municipality, line.municipality), (region, line.region))
        if not np.isnan(values[at]) and line.indicator.aggregation != Aggregation.SUM
    ]
    enough = np.isnan(line.coverage[at]) or line.coverage[at] >= FEWEST_COVERED
    sentences = paragraph(
        topic,
        area,
        float(line.value[at]),
        margin=None if np.isnan(low) else (low, high),
        others=others if enough else (),
        course=_course(line),
    )
    sentences += [
        missing_sentence(
            area, int(line.sectors_missing[at]), sectors, round(float(line.inhabitants_missing[at])), inhabitants
        ),
        "" if enough or not others else too_little_sentence([other.area for other in others]),
    ]
    return [sentence for sentence in sentences if sentence]


def _certain(line: ProfileLine, bounds: Interval, at: int, other: float) -> bool | None:
    """Whether the figure differs from an exact one; None when it has no margin."""
    if np.isnan(bounds.lower[at]):
        return None
    exact = Interval(_one(np.nan), _one(np.nan))
    own = Interval(bounds.lower[[at]], bounds.upper[[at]])
    return bool(is_certain(difference_interval(line.value[[at]], own, _one(other), exact))[0])


def _course(line: ProfileLine) -> Course | None:
    """The change over the years, of the sectors that have a figure in all of them; None when those are too few.

    A profile stands in one vintage of the sectors, so its series is not broken.
    """
    steady = line.steady
    if steady.coverage < FEWEST_COVERED:
        return None
    bounds = _margins(line.indicator, steady.numerator, steady.denominator)
    found = trend(line.years, steady.value, [0] * len(line.years), bounds)
    if found is None:
        return None
    first, last = line.years.index(found.first_year), line.years.index(found.last_year)
    return Course(
        found.first_year,
        float(steady.value[first]),
        found.last_year,
        float(steady.value[last]),
        found.certain,
        covered=steady.coverage if line.sectors_missing.any() else None,
    )


def _one(number: float) -> Floats:
    return np.array([number], dtype=np.float64)
