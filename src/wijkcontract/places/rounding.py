"""Counts of people by sex and age, rounded so that no cell tells about one person (R2)."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from wijkcontract.places.arrays import Floats
from wijkcontract.places.tables import PopulationTable


def round_to_five(table: PopulationTable) -> NDArray[np.int64]:
    """Every count up or down to a multiple of 5, with the chance that leaves the expected total as it was.

    The draw depends on the code and the year alone, so that asking again teaches nothing (random rounding as in the
    census of Canada).
    """
    draws = np.array([_draws(f"{code} {table.year}", table.counts[0].size) for code in table.codes])
    low, rest = np.divmod(table.counts, 5)
    rounded: NDArray[np.int64] = 5 * (low + (draws.reshape(table.counts.shape) < rest / 5))
    return rounded


def _draws(seed: str, count: int) -> Floats:
    digest = hashlib.sha256(seed.encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big")).random(count)
