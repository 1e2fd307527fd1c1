"""Keeping a computed index (R2)."""

from __future__ import annotations

import hashlib

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.places.arrays import pack
from wijkcontract.places.indexing import IndexTable
from wijkcontract.places.models import IndexColumn, IndexDefinition, IndexRun
from wijkcontract.places.policy import may_import
from wijkcontract.places.queries import data_version
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, require


@operation
def store_index(*, actor: Actor, table: IndexTable) -> IndexRun:
    """Keep an index; the same definition on the same data takes the place of its earlier run.

    Raises Invalid when figures came in since it was computed, when nothing could be ranked, or when this version of the
    definition was kept before with another content.
    """
    require(may_import(actor))
    if table.data_version != data_version(actor):
        raise Invalid.because("Er kwamen intussen andere cijfers binnen. Bereken de index opnieuw.")
    if not table.ranked:
        raise Invalid.because("Geen enkele sector heeft genoeg cijfers voor deze index. Laad eerst cijfers in.")
    run, made = IndexRun.objects.update_or_create(
        definition=_definition(table),
        vintage=table.vintage,
        data_version=table.data_version,
        year=table.year,
        defaults={
            "ranked": table.ranked,
            "threshold": table.threshold,
            "variants": table.doubt.draws,
            "domains": table.domains(),
            "sensitivity": dict(table.doubt.sensitivity),
            "screened": {code: str(reason) for code, reason in table.result.screened.items()},
            "computed_at": clock.now(),
        },
    )
    if not made:
        run.columns.all().delete()
    first, columns, results = 0, [], table.columns()
    for areas in table.lists:
        span = slice(first, first + len(areas.codes))
        first = span.stop
        columns.append(
            IndexColumn(run=run, areas=areas, **{name: pack(numbers[span]) for name, numbers in results.items()})
        )
    IndexColumn.objects.bulk_create(columns, batch_size=500)
    record(actor, "places.index_computed", run, definition=str(run.definition), data_version=run.data_version)
    return run


def _definition(table: IndexTable) -> IndexDefinition:
    """The row of this version of the definition."""
    digest = hashlib.sha256(table.text.encode()).hexdigest()
    definition, _ = IndexDefinition.objects.get_or_create(
        code=table.definition.code,
        version=table.definition.version,
        defaults={"label": table.definition.label, "content": table.text, "sha256": digest},
    )
    if definition.sha256 != digest:
        raise Invalid.because(
            f"Versie {definition.version} van {definition.code} bestaat al met een andere inhoud. Geef de nieuwe een ander "
            "versienummer.",
            "definition",
        )
    return definition
