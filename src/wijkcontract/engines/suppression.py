"""Small numbers: which cells of one indicator and year stay hidden, so that nobody can compute them (R2).

**Primary**: a numerator from 1 up to the threshold is hidden, in a sector and in a total; zero is shown. A percentage
next to its denominator gives the numerator away, so a hidden cell hides value, numerator and percentage.
**Secondary**: a hidden cell could still follow from totals, so more cells are hidden until each one has an *exchange
partner*: a hidden cell in exactly the same published totals, so that one person more here and one less there leaves
every published figure as it was. Each hidden cell then has at least two possible values, also for a reader who knows
which cells were small, that zero is shown, and that a part never exceeds its whole. Such a move is a proof of
protection in whole numbers, stronger than an interval from linear programming.

The partner is the one that costs least, and the cost is the number of people (denominators) behind what is hidden
more; ties go to the first cell. Inside the same totals that is the sector with the smallest denominator. Where a
sector is alone in a total, the totals that tell it from its partner are hidden too. Where no such move exists (four
sectors of one person under a hidden total of four), the reader who cannot tell a small cell from another hidden one
still has two values to choose from; and where even that fails (1 of 1 inhabitant) the totals alone do not give the
cell away, but its denominator does. Finding the least loss of all is NP-hard (Kelly, Golden & Assad 1992, Networks
22); one partner after the other is the usual heuristic (Hundepool et al. 2012, Statistical Disclosure Control,
chapter 4; Fischetti & Salazar 2001, Management Science 47).

Not covered: indicators that are sums of each other (linked tables); give those one threshold and import only one of
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

DEFAULT_THRESHOLD: Final = 5
OUTSIDE: Final = -1
"""The group number of a sector that a grouping does not cover."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """What is hidden of one indicator and year: sectors (length S) and, per grouping, its totals (by group number)."""

    primary: Booleans
    """Sectors with a small numerator, or hidden by the source."""
    secondary: Booleans
    """Sectors hidden to protect others. The public table shows one mark for both kinds."""
    totals: tuple[Booleans, ...]
    """Per grouping: totals that may not be shown."""

    @property
    def hidden(self) -> Booleans:
        """Sectors that may not be shown."""
        return self.primary | self.secondary


def small(numerators: Floats, threshold: int = DEFAULT_THRESHOLD) -> Booleans:
    """Numerators of at least one and below the threshold; zero and missing are not small."""
    return (numerators > 0) & (numerators < threshold)


def group_totals(numerators: Floats, grouping: Integers, count: int = 0) -> Floats:
    """The sum per group number; missing sectors (NaN) count for nothing. Length: highest group number + 1, or `count` if more."""
    inside = (grouping >= 0) & ~np.isnan(numerators)
    length = max(count, int(grouping.max(initial=-1)) + 1)
    return np.bincount(grouping[inside], weights=numerators[inside], minlength=length).astype(np.float64)


def suppress(
    numerators: Floats,
    denominators: Floats,
    groupings: Sequence[Integers],
    *,
    threshold: int = DEFAULT_THRESHOLD,
    totals: Sequence[Floats] | None = None,
    hidden_by_source: Booleans | None = None,
) -> Suppression:
    """Choose what to hide of one indicator and year, deterministically.

    `numerators` and `denominators` have one number per sector; a NaN numerator is a missing sector. `groupings`
    holds, per level whose totals are published, the group number of every sector (`OUTSIDE` where it has none);
    levels may overlap in any way. `totals` are the published totals per grouping; without them they are the sums of
    the sectors. `hidden_by_source` marks sectors that the source kept to itself but counted in its totals: they are
    protected like small ones; where no `totals` are given, a total over them is unknown and stays hidden.
    Raises ValueError when `totals` has no place for a group.
    """
    table = _Table(numerators, denominators, groupings, threshold, totals, hidden_by_source)
    for sector in table.to_protect():
        if table.partner[sector] < 0:
            table.protect(sector)
    for group in np.flatnonzero(table.small_total):
        table.protect_total(int(group))
    return Suppression(
        primary=table.primary[:-1],
        secondary=table.hidden[:-1] & ~table.primary[:-1],
        totals=tuple(table.total_hidden[start:end] for start, end in table.spans),
    )


class _Table:
    """The table while cells are being hidden.

    Sectors are numbered 0..S-1 and S is "elsewhere": a place in no total at all, always hidden, with which a sector
    can be exchanged once all its totals are hidden; so there is always a way out. Totals of all groupings are
    numbered in one row, and the last number, which is never published, stands for "no group here".
    """

    def __init__(
        self,
        numerators: Floats,
        denominators: Floats,
        groupings: Sequence[Integers],
        threshold: int,
        totals: Sequence[Floats] | None,
        hidden_by_source: Booleans | None,
    ) -> None:
        size = len(numerators)
        values = np.append(np.asarray(numerators, dtype=np.float64), np.nan)
        people = np.append(np.nan_to_num(np.asarray(denominators, dtype=np.float64)), 0.0)
        by_source = np.zeros(size + 1, dtype=bool)
        if hidden_by_source is not None:
            by_source[:-1] = hidden_by_source
        self.primary = small(values, threshold) | by_source
        self.hidden = self.primary.copy()
        self.hidden[-1] = True
        self.partner = np.full(size + 1, -1, dtype=np.int64)
        self.cost = people + 1.0
        self.usable = (values >= threshold) | self.hidden
        free = by_source.copy()
        free[-1] = True
        self._number_totals(values, people, by_source, groupings, threshold, totals)
        self.tiers = [
            (*_moves(values, people, free, limit), *_moves(self.total, self.total_size, self.total_free, limit))
            for limit in (threshold, 1)
        ]

    def _number_totals(
        self,
        values: Floats,
        people: Floats,
        by_source: Booleans,
        groupings: Sequence[Integers],
        threshold: int,
        totals: Sequence[Floats] | None,
    ) -> None:
        """Give every total its number, its value, what it costs to hide it, and how it can move."""
        sums, sizes, unknown, members = [np.zeros(0)], [np.zeros(0)], [np.zeros(0, dtype=bool)], []
        self.spans: list[tuple[int, int]] = []
        start = 0
        for level, grouping in enumerate(groupings):
            groups = np.append(np.asarray(grouping, dtype=np.int64), OUTSIDE)
            given = None if totals is None else np.asarray(totals[level], dtype=np.float64)
            sums.append(group_totals(values, groups) if given is None else given)
            count = len(sums[-1])
            if int(groups.max()) >= count:
                raise ValueError(f"grouping {level} has a group without a published total")
            sizes.append(group_totals(people, groups, count))
            lacking = group_totals(by_source.astype(np.float64), groups, count) > 0
            unknown.append(lacking if given is None else np.isnan(given))
            members.append(np.where(groups >= 0, groups + start, OUTSIDE))
            self.spans.append((start, start + count))
            start += count
        self.members = np.array(members, dtype=np.int64).reshape(len(groupings), len(values))
        self.members[self.members == OUTSIDE] = start
        self.total = np.append(np.concatenate(sums), np.nan)
        self.total_size = np.append(np.concatenate(sizes), 0.0)
        self.total_cost = self.total_size + 1.0
        self.total_free = np.append(np.concatenate(unknown), True)
        self.small_total = small(self.total, threshold) & ~self.total_free
        self.total_hidden = self.small_total | self.total_free
        order = np.argsort(self.members, axis=1, kind="stable")
        self.sorted_members = np.take_along_axis(self.members, order, axis=1)
        self.order = order

    def to_protect(self) -> list[int]:
        """The cells to protect, smallest denominator first."""
        cells = np.flatnonzero(self.primary)
        return [int(cell) for cell in cells[np.argsort(self.cost[cells], kind="stable")]]

    def protect(self, sector: int) -> None:
        """Hide what is needed so that the sector has an exchange partner.

        A partner outside a published total costs at least that total, so the search goes from the smallest total of the
        sector outwards and stops as soon as nothing further away can be cheaper.
        """
        for group, scope in self._scopes(sector):
            partner = self._cheapest(sector, scope, tier=0)
            if partner is not None and self._cost(sector, partner) <= self.total_cost[group]:
                self._pair(sector, partner)
                return
        self._pair(sector, self._anywhere(sector, np.arange(len(self.hidden))))

    def protect_total(self, group: int) -> None:
        """A small total is safe when some hidden sector inside it can be exchanged with a hidden one outside it."""
        inside = (self.members == group).any(axis=0)
        partners = self.partner[inside]
        if (partners >= 0).any() and not inside[partners[partners >= 0]].all():
            return
        outside = np.flatnonzero(~inside)
        pairs = [(int(sector), self._anywhere(int(sector), outside)) for sector in np.flatnonzero(inside & self.hidden)]
        if pairs:
            self._pair(*min(pairs, key=lambda pair: self._cost(*pair)))

    def _scopes(self, sector: int) -> list[tuple[int, Integers]]:
        """The published totals that hold the sector, the one with the fewest sectors first, each with its sectors."""
        found = []
        for level, group in enumerate(self.members[:, sector]):
            if not self.total_hidden[group]:
                low, high = np.searchsorted(self.sorted_members[level], [group, group + 1])
                found.append((int(group), self.order[level, low:high]))
        return sorted(found, key=lambda scope: len(scope[1]))

    def _published(self, sectors: Integers) -> Integers:
        """Per level the number of the published total that holds each sector, or the last number where it is hidden."""
        groups = self.members[:, sectors]
        return np.where(self.total_hidden[groups], len(self.total_hidden) - 1, groups)

    def _costs(self, sector: int, others: Integers) -> Floats:
        """People behind what must be hidden more for each possible partner."""
        cost = np.where(self.hidden[others], 0.0, self.cost[others])
        mine, theirs = self._published(np.array([sector])), self._published(others)
        price = np.where(self.total_hidden, 0.0, self.total_cost)
        return np.asarray(cost + np.where(mine == theirs, 0.0, price[mine] + price[theirs]).sum(axis=0))

    def _cost(self, sector: int, partner: int) -> float:
        return float(self._costs(sector, np.array([partner]))[0])

    def _movable(self, sector: int, others: Integers, tier: int) -> Booleans:
        """Where one person more here and one less there, or the reverse, keeps every hidden cell possible."""
        if tier == len(self.tiers):
            return np.ones(len(others), dtype=bool)
        up, down, total_up, total_down = self.tiers[tier]
        mine, theirs = self.members[:, [sector]], self.members[:, others]
        same = mine == theirs
        more = up[sector] & down[others] & (same | (total_up[mine] & total_down[theirs])).all(axis=0)
        less = down[sector] & up[others] & (same | (total_down[mine] & total_up[theirs])).all(axis=0)
        return np.asarray(more | less)

    def _cheapest(self, sector: int, others: Integers, tier: int) -> int | None:
        """The partner that costs least, the first one among equals; None when there is none."""
        others = others[self.usable[others] & (others != sector)]
        others = others[self._movable(sector, others, tier)]
        return int(others[np.argmin(self._costs(sector, others))]) if others.size else None

    def _anywhere(self, sector: int, others: Integers) -> int:
        """The cheapest partner with the strongest protection that exists; at the last tier elsewhere always serves."""
        tiers = (self._cheapest(sector, others, tier) for tier in range(len(self.tiers) + 1))
        return next(partner for partner in tiers if partner is not None)

    def _pair(self, sector: int, partner: int) -> None:
        """Hide the partner and every total that holds only one of the two."""
        mine, theirs = self.members[:, sector], self.members[:, partner]
        differ = mine != theirs
        self.total_hidden[mine[differ]] = True
        self.total_hidden[theirs[differ]] = True
        self.hidden[partner] = True
        self.partner[sector] = partner
        if self.partner[partner] < 0:
            self.partner[partner] = sector


def _moves(values: Floats, wholes: Floats, free: Booleans, threshold: int) -> tuple[Booleans, Booleans]:
    """Per cell whether it can hold one more, and one less, and still be of its kind: small, or from the threshold up to its whole.

    With threshold 1 all cells are of one kind: from one up to the whole. A free cell (unknown, or elsewhere) can do
    both; a zero cell is shown and can do neither.
    """
    is_small = small(values, threshold)
    highest = np.where(is_small, np.minimum(threshold - 1, wholes), wholes)
    lowest = np.where(is_small, 1, threshold)
    shown = np.nan_to_num(values) > 0
    return free | (shown & (values + 1 <= highest)), free | (shown & (values - 1 >= lowest))
