"""Who reads every published figure at once: which hidden cells can be worked out from a published table (R2).

The check of `engines.suppression`, by other means: it knows nothing of how cells were chosen. All published totals
together are one linear system over the hidden sectors. A hidden cell is *determined* when its row lies in the row
space of that system (an orthonormal base gives the answer without solving), or when the whole numbers that fit the
system and the known bounds leave one value (integer programming). Literature: Willenborg & de Waal 2001, Elements of
Statistical Disclosure Control, chapter 4 (the attacker's problem).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from wijkcontract.engines.suppression import Booleans, Floats, Integers, Suppression

_EXACT: Final = 1e-9
"""Rows are zeros and ones, so what is not determined is far more than this away from it."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """The hidden cells that a reader can work out: sectors, and per grouping the totals."""

    sectors: Booleans
    totals: tuple[Booleans, ...]

    @property
    def anything(self) -> bool:
        """True when the publication leaks at least one hidden cell."""
        return bool(self.sectors.any()) or any(bool(one.any()) for one in self.totals)


def recoverable(published: Suppression, groupings: Sequence[Integers], *, absent: Booleans | None = None) -> Recovered:
    """What the linear system of all published totals determines, whatever the values are.

    `absent` marks sectors without a figure that no total counts. Sectors in the same published totals are merged
    first, so the matrix is as small as the number of different places in the totals; it is solved per connected part.
    """
    hidden = published.hidden if absent is None else published.hidden & ~absent
    system = _System(hidden, published.totals, groupings)
    sectors = np.zeros(len(hidden), dtype=bool)
    totals = tuple(np.zeros(len(shown), dtype=bool) for shown in published.totals)
    for part in system.parts:
        sectors[part.cells] = part.alone & (np.square(part.base).sum(axis=0) > 1 - _EXACT)[part.place]
    for level, group, cells in system.hidden_totals():
        totals[level][group] = system.determines(cells)
    return Recovered(sectors, totals)


def possible_values(
    sector: int,
    numerators: Floats,
    published: Suppression,
    groupings: Sequence[Integers],
    lowest: Floats,
    highest: Floats,
) -> tuple[int, int]:
    """The smallest and largest whole number that a hidden sector can hold, given all published totals and bounds per sector.

    The true `numerators` serve only to know what is published. Raises ValueError when the bounds exclude the truth.
    """
    system = _System(published.hidden, published.totals, groupings)
    for part in system.parts:
        cells, rows = part.cells, part.rows
        if sector not in cells:
            continue
        goal = (cells == sector).astype(np.float64)
        known = rows @ numerators[cells]
        limits = [LinearConstraint(rows, known, known)] if len(rows) else []
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * goal,
                constraints=limits,
                bounds=Bounds(lowest[cells], highest[cells]),
                integrality=np.ones(len(cells)),
            )
            if not found.success:
                raise ValueError("the bounds exclude the published table")
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]
    raise ValueError(f"sector {sector} is not hidden")


class _System:
    """The published totals as rows over the hidden sectors."""

    def __init__(self, hidden: Booleans, totals_hidden: Sequence[Booleans], groupings: Sequence[Integers]) -> None:
        self.cells = np.flatnonzero(hidden)
        self.groupings = groupings
        self.totals_hidden = totals_hidden
        blocks = [sparse.csr_matrix((0, len(self.cells)))]
        for grouping, closed in zip(groupings, totals_hidden, strict=True):
            groups = grouping[self.cells]
            counted = np.flatnonzero(groups >= 0)
            counted = counted[~closed[groups[counted]]]
            ones = np.ones(len(counted))
            blocks.append(sparse.csr_matrix((ones, (groups[counted], counted)), shape=(len(closed), len(self.cells))))
        stacked = sparse.vstack(blocks).tocsr()
        self.rows = stacked[np.flatnonzero(np.diff(stacked.indptr))]
        self.parts = list(self._split())

    def _split(self) -> Iterator[_Part]:
        """Each connected part on its own."""
        if not len(self.cells):
            return
        links = sparse.bmat([[None, self.rows], [self.rows.T, None]]) if self.rows.shape[0] else None
        count = self.rows.shape[0]
        of_node = connected_components(links, directed=False)[1] if links is not None else np.arange(len(self.cells))
        for part in np.unique(of_node[count:]):
            inside = np.flatnonzero(of_node[count:] == part)
            lines = np.flatnonzero(of_node[:count] == part)
            yield _Part(self.cells[inside], self.rows[lines][:, inside].toarray())

    def hidden_totals(self) -> Iterator[tuple[int, int, Integers]]:
        """Each hidden total that has sectors: level, group number, and the hidden sectors in it."""
        for level, (grouping, closed) in enumerate(zip(self.groupings, self.totals_hidden, strict=True)):
            for group in np.flatnonzero(closed):
                if (grouping == group).any():
                    members = self.cells[grouping[self.cells] == group]
                    yield level, int(group), members

    def determines(self, members: Integers) -> bool:
        """Whether the published totals fix the sum of these hidden sectors. A sum of published sectors only is always fixed."""
        return all(part.determines(np.isin(part.cells, members)) for part in self.parts)


class _Part:
    """A connected part of the system: its sectors, its rows, and the same rows over places.

    A place is a set of sectors in exactly the same published totals: their columns are equal, so what is determined
    is constant within a place.
    """

    def __init__(self, cells: Integers, rows: Floats) -> None:
        self.cells = cells
        self.rows = rows
        columns, first, place, sizes = np.unique(
            rows, axis=1, return_index=True, return_inverse=True, return_counts=True
        )
        self.first = first
        self.place = place.reshape(-1)
        self.alone = sizes[self.place] == 1
        self.base = _row_space(columns)

    def determines(self, members: Booleans) -> bool:
        """Whether the rows fix the sum of the marked sectors."""
        goal = members[self.first].astype(np.float64)
        if (goal[self.place] != members).any():
            return False
        return bool(np.abs(goal - self.base.T @ (self.base @ goal)).max() <= _EXACT)


def _row_space(rows: Floats) -> Floats:
    """An orthonormal base of the row space, a row per dimension."""
    if rows.shape[0] == 0:
        return np.zeros((0, rows.shape[1]))
    _, sizes, base = np.linalg.svd(rows, full_matrices=False)
    return np.asarray(base[sizes > _EXACT * sizes.max()])
