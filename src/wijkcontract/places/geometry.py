"""Shapes as the product keeps them: WKB in EPSG:31370, and a simplified outline of each for the screen."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

SCREEN_TOLERANCE = 15.0
"""Metres: a corner that moves less is not seen on a map of a municipality that is some kilometres wide."""


def outlines(shapes: NDArray[np.object_], tolerance: float = SCREEN_TOLERANCE) -> NDArray[np.object_]:
    """The shapes simplified together, so that shared borders stay shared, on whole metres; None stays None.

    A sector that would vanish keeps its own shape.
    """
    there = np.array([shape is not None for shape in shapes], dtype=np.bool_)
    result = np.full(len(shapes), None, dtype=np.object_)
    if not there.any():
        return result
    simple = shapely.coverage_simplify(shapes[there], tolerance)
    lost = shapely.is_empty(simple) | ~shapely.is_valid(simple)
    result[there] = shapely.transform(np.where(lost, shapes[there], simple), np.round)
    return result


def wkb(shape: object) -> bytes:
    """A shape as bytes; none for None."""
    return b"" if shape is None else bytes(shapely.to_wkb(shape))
