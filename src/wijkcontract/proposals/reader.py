"""Every record of one proposal with one query, however many kinds and records there are (peers.md: one proposal <= 15 queries).

A proposal lies in a table per kind of record and a table per kind of link. Asked one by one they cost more in going back and forth
than in reading; here each table gives its rows as JSON, and the database hands them over in one union.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import CharField, DateTimeField, Field, JSONField, Model, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from wijkcontract.accounts.models import Organisation
from wijkcontract.proposals import models
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.records import KINDS

M = TypeVar("M", bound=Model)

LINKS: Final[Mapping[str, tuple[type[Model], str, str]]] = {
    f"{owner}.{name}": (getattr(model, name).through, owner, name.removesuffix("s"))
    for model, owner, names in (
        (models.Measure, "measure", ("problems", "objectives")),
        (models.Risk, "risk", ("measures", "objectives", "actions")),
        (models.Pledge, "pledge", ("measures",)),
    )
    for name in names
}
"""The tables between two kinds: the table, the field of the record that points, the field of the record pointed to."""


@dataclass(frozen=True)
class Parts:
    """The records of a proposal by model, in their order, and the links of measures and risks by name and owner."""

    records: Mapping[type[Model], Sequence[Any]]
    links: Mapping[tuple[str, UUID], Sequence[UUID]]

    def of(self, model: type[M]) -> Sequence[M]:
        """The records of one model, in the order of their list."""
        return self.records.get(model, ())

    def linked(self, name: str, owner: Model) -> tuple[str, ...]:
        """The ids that a record points to (`measure.problems`), in the order of their list."""
        return tuple(str(one) for one in self.links.get((name, owner.pk), ()))


def read(proposal: Proposal) -> Parts:
    """Read every record of a proposal that the caller was allowed to fetch."""
    records: dict[type[Model], list[Any]] = defaultdict(list)
    pairs: list[tuple[str, UUID, UUID]] = []
    for source, row in _rows_of(proposal):
        if source in LINKS:
            pairs.append((source, UUID(row["owner"]), UUID(row["target"])))
        else:
            model, fields, names = _models()[source]
            values = [_value(field, row[field.attname]) for field in fields]
            records[model].append(model.from_db(proposal._state.db, names, values))
    for found in records.values():
        found.sort(key=lambda one: (getattr(one, "position", 0), one.pk))
    return Parts(records, _in_order(records, pairs))


def _rows_of(proposal: Proposal) -> list[tuple[str, dict[str, Any]]]:
    """Every row of the proposal: where from, and its columns by name."""
    using = proposal._state.db or DEFAULT_DB_ALIAS
    statement, parameters = _statement(using)
    key = _key(using, proposal.pk)
    with connections[using].cursor() as cursor:
        cursor.execute(statement, [key if one is None else one for one in parameters])
        return [(source, json.loads(row) if isinstance(row, str) else row) for source, row in cursor.fetchall()]


@cache
def _statement(using: str) -> tuple[str, tuple[Any, ...]]:
    """The union as SQL with its parameters, None where the id of the proposal comes. Compiled once: it is always the same."""
    nobody = UUID(int=0)
    first, *others = [*_tables(nobody), *_link_tables(nobody)]
    statement, parameters = first.union(*others, all=True).query.get_compiler(using).as_sql()
    marker = _key(using, nobody)
    return statement, tuple(None if one == marker else one for one in parameters)


def _key(using: str, proposal_id: UUID) -> Any:  # noqa: ANN401 - text on SQLite, UUID on PostgreSQL
    """The id of a proposal as this database wants it."""
    return Proposal._meta.pk.get_db_prep_value(proposal_id, connections[using])


@cache
def _models() -> Mapping[str, tuple[type[Model], Sequence[Field[Any, Any]], Sequence[str]]]:
    """The models whose rows make a proposal, with their columns and the names of these."""
    found: list[type[Model]] = [
        *(kind.model for kind in KINDS.values()), models.Answer, models.PledgeAnswer, models.RegisteredSubsidy,
    ]  # fmt: skip
    return {
        model.__name__: (model, model._meta.concrete_fields, [one.attname for one in model._meta.concrete_fields])
        for model in found
    }


def _tables(proposal_id: UUID) -> list[QuerySet[Any, Any]]:
    return [
        _rows(source, _of_proposal(model, proposal_id), {name: name for name in names})
        for source, (model, _, names) in _models().items()
    ]


def _of_proposal(model: type[Model], proposal_id: UUID) -> QuerySet[Any]:
    """The rows of a table that belong to a proposal; of the register those of its authority that run during its term."""
    if model is not models.RegisteredSubsidy:
        return model._default_manager.filter(proposal=proposal_id)
    mine = Proposal.objects.filter(pk=proposal_id)
    named = Organisation.objects.filter(Q(pk__in=mine.values("applicant")) | Q(successor__in=mine.values("applicant")))
    return models.RegisteredSubsidy.objects.filter(
        beneficiary__in=named.order_by().values("pk"),
        starts_on__lte=mine.order_by().values("term_end"),
        ends_on__gte=mine.order_by().values("term_start"),
    )


def _link_tables(proposal_id: UUID) -> list[QuerySet[Any, Any]]:
    return [
        _rows(
            name,
            through._default_manager.filter(**{f"{owner}__proposal": proposal_id}),
            {"owner": f"{owner}_id", "target": f"{target}_id"},
        )
        for name, (through, owner, target) in LINKS.items()
    ]


def _rows(source: str, rows: QuerySet[Any], columns: Mapping[str, str]) -> QuerySet[Any, Any]:
    """The rows of one table as pairs: where from, and the columns as JSON."""
    return rows.order_by().values_list(Value(source, output_field=CharField()), JSONObject(**columns))


def _value(field: Field[Any, Any], raw: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A column as Python has it; SQLite gives a column that holds JSON as text, and a moment without its zone."""
    if isinstance(field, JSONField):
        return json.loads(raw) if isinstance(raw, str) else raw
    value = field.to_python(raw)
    if isinstance(field, DateTimeField) and value is not None and value.tzinfo is None:
        return value.replace(tzinfo=dt.UTC)
    return value


def _in_order(
    records: Mapping[type[Model], Sequence[Any]], pairs: Sequence[tuple[str, UUID, UUID]]
) -> dict[tuple[str, UUID], list[UUID]]:
    """The links by owner, each in the order in which the records it points to stand in their list."""
    place = {one.pk: number for found in records.values() for number, one in enumerate(found)}
    links: dict[tuple[str, UUID], list[UUID]] = defaultdict(list)
    for name, owner, target in sorted(pairs, key=lambda pair: place[pair[2]]):
        links[name, owner].append(target)
    return links
