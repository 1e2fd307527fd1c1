"""Classes of a map: where the borders lie and how many areas fall in each (R2).

A class holds its lower border and not its upper one; the last class has no upper border. At most five classes, so that a
reader can tell the colours apart. Areas without a figure are in no class and are counted apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST: Final = 5
"""How many classes a map has at most."""
STEPS: Final = (-1.5, -0.5, 0.5, 1.5)
"""Borders in standard deviations around the mean."""


class Method(StrEnum):
    """How borders are chosen."""

    QUANTILES = "quantiles"
    """As many areas in each class; equal values stay together, so that counts may differ."""
    DEVIATIONS = "deviations"
    """Steps of one standard deviation around the mean, each area counting once."""
    OWN = "own"
    """Borders that the reader gives."""


@dataclass(frozen=True, slots=True)
class Classes:
    """`borders` ascend between the classes. `classes` holds the class of each area, 1 the lowest, 0 without a figure."""

    method: Method
    borders: tuple[float, ...]
    classes: NDArray[np.int8]
    counts: tuple[int, ...]
    missing: int


def classify(values: NDArray[np.float64], method: Method, own: Sequence[float] = ()) -> Classes:
    """Cut values (NaN is no figure) into classes. ValueError for own borders that are not finite or more than four."""
    known = values[np.isfinite(values)]
    borders = _borders(known, method, own)
    numbers = np.zeros(values.shape, dtype=np.int8)
    there = np.isfinite(values)
    numbers[there] = np.searchsorted(np.array(borders), values[there], side="right") + 1
    counts = np.bincount(numbers, minlength=len(borders) + 2)
    return Classes(method, borders, numbers, tuple(int(one) for one in counts[1:]), int(counts[0]))


def _borders(known: NDArray[np.float64], method: Method, own: Sequence[float]) -> tuple[float, ...]:
    if method is Method.OWN:
        if len(own) >= MOST or not np.isfinite(list(own)).all():
            raise ValueError(f"at most {MOST - 1} finite borders")
        return tuple(sorted(set(own)))
    if not len(known):
        return ()
    if method is Method.DEVIATIONS:
        spread = float(known.std())
        found = float(known.mean()) + spread * np.array(STEPS) if spread > 0 else np.array([])
    else:
        found = np.quantile(known, np.arange(1, MOST) / MOST, method="linear")
    # A border at or below the lowest value would give an empty first class.
    return tuple(sorted({float(border) for border in found if method is Method.DEVIATIONS or border > known.min()}))
