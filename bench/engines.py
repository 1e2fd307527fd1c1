"""Processor time of the engines on generated figures of the size of Flanders. One function a line; `LINES` is what is run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from wijkcontract.engines import index_definition
from wijkcontract.engines.ranking import Floats
from wijkcontract.engines.uncertainty import uncertainty
from wijkcontract.engines.vulnerability import Units, compute

SECTORS = 20_000
RANKED = 18_295
MUNICIPALITIES = 285
HIDDEN = 0.05


@dataclass(frozen=True)
class Timed:
    """Processor time in milliseconds: the median of a few runs, beside the target."""

    name: str
    ms: float
    target_ms: float

    @property
    def is_within(self) -> bool:
        return self.ms <= self.target_ms


def index() -> Timed:
    """The shipped index: 15 indicators in 5 domains, rates drawn to their municipality, a twentieth of the figures hidden."""
    definition, units = index_definition.load("vlaamse-wijk"), _units(SECTORS)
    return Timed(f"index van {SECTORS} sectoren", _median(lambda: compute(definition, units), 9), 50)


def doubt() -> Timed:
    """1,000 variants of that index."""
    definition = index_definition.load("vlaamse-wijk")
    result = compute(definition, _units(RANKED))
    return Timed(
        f"zekerheid van {RANKED} sectoren, 1000 varianten",
        _median(lambda: uncertainty(definition, result, draws=1000), 3),
        3_000,
    )


LINES: tuple[Callable[[], Timed], ...] = (index, doubt)


def print_table(title: str, lines: Iterable[Timed]) -> None:
    """Print each line when it is measured."""
    print(f"\n{title:50}{'processor':>12}{'doel':>12}")
    for one in lines:
        note = "" if one.is_within else "  boven het doel"
        print(f"{one.name:50}{one.ms:>9.1f} ms{one.target_ms:>9.0f} ms{note}", flush=True)


def _units(size: int) -> Units:
    random = np.random.default_rng(1)
    columns: dict[str, Floats] = {}
    for domain in index_definition.load("vlaamse-wijk").domains:
        for one in domain.indicators:
            people = np.round(random.gamma(2, 300, size)) + 1
            share = random.beta(2, 10, size)
            hidden = random.random(size) < HIDDEN
            figures = dict(zip(one.columns(), (one.factor * share, np.round(share * people), people), strict=False))
            columns |= {name: np.where(hidden, -99997.0, values) for name, values in figures.items()}
    return Units(columns, random.integers(0, MUNICIPALITIES, size))


def _median(work: Callable[[], object], times: int) -> float:
    work()
    return statistics.median(once_ms(work) for _ in range(times))


def once_ms(work: Callable[[], object]) -> float:
    """Processor time of one run, in milliseconds."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000
