"""Taking in sectors, existing neighbourhoods and the way between vintages: each file in one transaction (R2).

What takes long (reading, repairing, adjacency, outlines) the importer does before; here rows are only written.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.places.datasets import known, register, repeated, vintage_of
from wijkcontract.places.enums import DatasetKind, Level
from wijkcontract.places.geometry import wkb
from wijkcontract.places.layout import lay_out, towns_of_today
from wijkcontract.places.models import Adjacency, Crosswalk, Division, DivisionSector, Sector, Vintage
from wijkcontract.places.publication import publish, published_pairs
from wijkcontract.places.tables import DivisionTable, FileFacts, Kept, SectorTable, VintageFacts
from wijkcontract.rules.verdicts import Fault, Invalid

BATCH = 2000
KEPT_FIELDS = (
    "name", "nis", "municipality_id", "inhabitants", "area_m2", "is_unlocated", "geometry", "outline", "min_x", "min_y",
    "max_x", "max_y",
)  # fmt: skip


@operation
def store_sectors(*, actor: Actor, facts: FileFacts, vintage: VintageFacts, table: SectorTable) -> Kept:
    """Make a vintage what the file says: new sectors are added, changed ones changed, those that are gone removed.

    Figures of sectors that stay move along. Raises Invalid when a code is there twice, Refused when the actor may not import.
    """
    before = known(actor, DatasetKind.SECTORS, facts)
    if before is not None and Vintage.objects.filter(code=vintage.code).exists():
        return repeated(actor, before)
    _require_unique(table.codes)
    edition, _ = Vintage.objects.update_or_create(
        code=vintage.code,
        defaults={
            "label": vintage.label,
            "first_year": vintage.first_year,
            "last_year": vintage.last_year,
            "source": facts.source,
            "licence": facts.licence,
            "is_official": vintage.is_official,
            "is_example": vintage.is_example,
        },
    )
    dataset = register(actor, DatasetKind.SECTORS, facts)
    kept = Kept(dataset.number)
    ids = _keep_sectors(edition, table, kept)
    Adjacency.objects.filter(left__vintage=edition).delete()
    pairs = [
        Adjacency(left_id=ids[table.codes[low]], right_id=ids[table.codes[high]], border_m=length)
        for left, right, length in zip(table.left.tolist(), table.right.tolist(), table.border_m.tolist(), strict=True)
        for low, high in [sorted((left, right), key=lambda row: table.codes[row])]
    ]
    Adjacency.objects.bulk_create(pairs, batch_size=BATCH)
    publish(edition, published_pairs(edition), dataset)
    record(actor, "places.sectors_imported", dataset, vintage=edition.code, **_counts(kept, facts))
    return kept


@operation
def store_divisions(*, actor: Actor, facts: FileFacts, vintage_code: str, table: DivisionTable) -> Kept:
    """Replace an edition of the existing neighbourhoods by what the file says.

    Raises Invalid when the vintage is unknown or a code is there twice.
    """
    before = known(actor, DatasetKind.DIVISIONS, facts)
    if before is not None and Division.objects.filter(edition=table.edition).exists():
        return repeated(actor, before)
    _require_unique(table.codes)
    edition = vintage_of(vintage_code)
    dataset = register(actor, DatasetKind.DIVISIONS, facts)
    kept = Kept(dataset.number, made=len(table.codes))
    kept.removed, _ = Division.objects.filter(edition=table.edition).delete()
    towns = towns_of_today(table.nis)
    town_ids = [towns[nis].pk if nis in towns else None for nis in table.nis]
    made = Division.objects.bulk_create(
        [
            Division(
                edition=table.edition,
                vintage=edition,
                code=code,
                name=table.names[row],
                municipality_id=town_ids[row],
                source=facts.source,
                licence=facts.licence,
                is_unlocated=bool(table.unlocated[row]),
                geometry=wkb(table.shapes[row]),
            )
            for row, code in enumerate(table.codes)
        ],
        batch_size=BATCH,
    )
    sectors = dict(Sector.objects.filter(vintage=edition).values_list("code", "pk"))
    kept.unknown = sorted({code for _, code, _ in table.members if code not in sectors})
    DivisionSector.objects.bulk_create(
        [
            DivisionSector(division=made[row], sector_id=sectors[code], share=share)
            for row, code, share in table.members
            if code in sectors
        ],
        batch_size=BATCH,
    )
    lay_out(edition, Level.DIVISION, table.codes, town_ids)
    publish(edition, published_pairs(edition), dataset)
    record(actor, "places.divisions_imported", dataset, edition=table.edition, **_counts(kept, facts))
    return kept


@operation
def store_crosswalk(
    *, actor: Actor, facts: FileFacts, old_code: str, new_code: str, rows: Sequence[tuple[str, str, float]]
) -> Kept:
    """Replace the way from one vintage to another: rows of (old sector, new sector, weight).

    Raises Invalid when a vintage is unknown, or when the weights of an old sector add up to more than 1.
    """
    before = known(actor, DatasetKind.CROSSWALK, facts)
    if before is not None:
        return repeated(actor, before)
    old = dict(Sector.objects.filter(vintage=vintage_of(old_code)).values_list("code", "pk"))
    new = dict(Sector.objects.filter(vintage=vintage_of(new_code)).values_list("code", "pk"))
    _require_shares(rows)
    dataset = register(actor, DatasetKind.CROSSWALK, facts)
    kept = Kept(dataset.number)
    kept.unknown = sorted({a for a, _, _ in rows if a not in old} | {b for _, b, _ in rows if b not in new})
    stale = Crosswalk.objects.filter(old__vintage__code=old_code, new__vintage__code=new_code)
    kept.removed, _ = stale.delete()
    links = [Crosswalk(old_id=old[a], new_id=new[b], weight=weight) for a, b, weight in rows if a in old and b in new]
    kept.made = len(Crosswalk.objects.bulk_create(links, batch_size=BATCH))
    record(actor, "places.crosswalk_imported", dataset, old=old_code, new=new_code, **_counts(kept, facts))
    return kept


def _keep_sectors(edition: Vintage, table: SectorTable, kept: Kept) -> dict[str, int]:
    """Write the sectors that are new or changed, remove those that are gone; returns the key of each code."""
    stored = {one.code: one for one in Sector.objects.filter(vintage=edition)}
    towns = towns_of_today(table.nis)
    bounds, areas = shapely.bounds(table.shapes), shapely.area(table.shapes)
    fresh, changed, town_ids = [], [], []
    for row, code in enumerate(table.codes):
        town = towns.get(table.nis[row])
        town_ids.append(town.pk if town else None)
        sector = Sector(vintage=edition, code=code)
        _fill(sector, table, row, bounds[row], float(areas[row]))
        sector.municipality_id = town_ids[-1]
        old = stored.pop(code, None)
        if old is None:
            fresh.append(sector)
        elif any(_differs(getattr(old, name), getattr(sector, name)) for name in KEPT_FIELDS):
            changed.append(sector)
        else:
            kept.unchanged += 1
    Sector.objects.filter(pk__in=[one.pk for one in stored.values()]).delete()
    fields = [name.removesuffix("_id") for name in KEPT_FIELDS]
    Sector.objects.bulk_create(
        fresh + changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["vintage", "code"],
        update_fields=fields,
    )
    lay_out(edition, Level.SECTOR, table.codes, town_ids)
    kept.made, kept.changed, kept.removed = len(fresh), len(changed), len(stored)
    return dict(Sector.objects.filter(vintage=edition).values_list("code", "pk"))


def _fill(sector: Sector, table: SectorTable, row: int, bounds: Sequence[float], area: float) -> None:
    """The fields of a sector that come from one row of the file."""
    people, shape = table.inhabitants[row], table.shapes[row]
    sector.name, sector.nis = table.names[row], table.nis[row]
    sector.inhabitants = None if np.isnan(people) else int(people)
    sector.is_unlocated = bool(table.unlocated[row])
    sector.geometry, sector.outline = wkb(shape), wkb(table.outlines[row])
    if shape is not None:
        sector.area_m2 = area
        sector.min_x, sector.min_y, sector.max_x, sector.max_y = (float(one) for one in bounds)


def _differs(old: object, new: object) -> bool:
    return (bytes(old) if isinstance(old, memoryview) else old) != new


def _require_unique(codes: Sequence[str]) -> None:
    seen: set[str] = set()
    twice = sorted({code for code in codes if code in seen or seen.add(code)})  # type: ignore[func-returns-value]
    if twice:
        raise Invalid([Fault("code", f"De code {code} staat meer dan één keer in het bestand.") for code in twice[:20]])


def _require_shares(rows: Sequence[tuple[str, str, float]]) -> None:
    total: dict[str, float] = {}
    for old, _, weight in rows:
        total[old] = total.get(old, 0.0) + weight
    wrong = sorted(code for code, share in total.items() if not 0 <= share <= 1 + 1e-6)
    if wrong:
        raise Invalid(
            [Fault("weight", f"De gewichten van sector {code} zijn samen {total[code]:.3f}, hoogstens 1 kan.")
             for code in wrong[:20]]
        )  # fmt: skip


def _counts(kept: Kept, facts: FileFacts) -> dict[str, int]:
    return {"made": kept.made, "changed": kept.changed, "removed": kept.removed, "refused": len(facts.refused)}
