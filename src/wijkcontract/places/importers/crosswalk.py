"""The way from the sectors of one vintage to those of another: which part of the old sector went to which new one (R2)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from wijkcontract.places.importers.cells import read_cells
from wijkcontract.places.importers.origin import Read, in_order
from wijkcontract.places.tables import RefusedRow

Link = tuple[str, str, float]


def read_crosswalk(path: Path, *, old: str, new: str, weight: str = "") -> Read[list[Link]]:
    """Rows of (old sector, new sector, weight); without a column of weights an old sector may have one successor only."""
    cells = read_cells(path)
    cells.find({"old": (old,), "new": (new,)} | ({"weight": (weight,)} if weight else {}))
    weights, _, wrong = cells.numbers(weight) if weight else ([1.0] * len(cells.lines), None, [])
    refused, links = list(wrong), list[Link]()
    seen: dict[str, list[str]] = {}
    times = Counter(cells.texts(old))
    for line, before, after, share in zip(cells.lines, cells.texts(old), cells.texts(new), weights, strict=True):
        others = seen.setdefault(before, [])
        if not before or not after:
            refused.append(RefusedRow(line, old if not before else new, "De code ontbreekt. Vul beide sectoren in."))
        elif after in others or (times[before] > 1 and not weight):
            refused.append(
                RefusedRow(
                    line, old, f"Sector {before} staat er meer dan eens. Geef met --weight de kolom met de gewichten."
                )
            )
        elif 0 < share <= 1:
            others.append(after)
            links.append((before, after, float(share)))
        elif not any(one.line == line for one in wrong):
            refused.append(RefusedRow(line, weight, f"Het gewicht {share:g} ligt niet tussen 0 en 1."))
    return Read(links, len(cells.lines), in_order(refused))
