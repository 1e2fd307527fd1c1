"""The record of an import: steps inside the operations that import (R2)."""

from __future__ import annotations

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import record
from wijkcontract.places.enums import DatasetKind
from wijkcontract.places.models import Dataset, Vintage
from wijkcontract.places.policy import may_import
from wijkcontract.places.tables import REPORTED_ROWS, FileFacts, Kept
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, require


def known(actor: Actor, kind: DatasetKind, facts: FileFacts) -> Dataset | None:
    """The newest dataset of a kind, when this very file gave it: a file that came in between may have changed what it said.

    Raises Refused when the actor may not import.
    """
    require(may_import(actor))
    newest = Dataset.objects.filter(kind=kind).order_by("-number").first()
    return newest if newest is not None and newest.sha256 == facts.sha256 else None


def register(actor: Actor, kind: DatasetKind, facts: FileFacts) -> Dataset:
    """A new dataset, which makes a new data version."""
    last = Dataset.objects.values_list("number", flat=True).first() or 0
    return Dataset.objects.create(
        number=last + 1,
        kind=kind,
        label=facts.label,
        source=facts.source,
        licence=facts.licence,
        file_name=facts.file_name,
        sha256=facts.sha256,
        is_example=facts.is_example,
        rows_read=facts.rows_read,
        rows_refused=len(facts.refused),
        refused=[
            {"line": row.line, "column": row.column, "message": row.message} for row in facts.refused[:REPORTED_ROWS]
        ],
        imported_by_id=actor.person_id,
        imported_by_name=actor.name,
        imported_at=clock.now(),
    )


def vintage_of(code: str) -> Vintage:
    """The vintage with this code. Raises Invalid when there is none."""
    found = Vintage.objects.filter(code=code).first()
    if found is None:
        raise Invalid.because(
            f"De jaargang '{code}' is er niet. Laad eerst de sectoren van die jaargang in.", "vintage"
        )
    return found


def repeated(actor: Actor, dataset: Dataset) -> Kept:
    """The same file a second time: said in the log, nothing else."""
    record(actor, "places.import_repeated", dataset)
    return Kept(dataset.number, was_known=True)
