"""The parts of a draft that are written and kept apart: a block of fields of a section, or one record; their values as JSON.

History, conflicts and what is sent to and fro speak of these values, so that every kind of field is compared the same way.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Model

from wijkcontract.proposals.models import Proposal, ProposalRecord
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.rules.verdicts import NotVisible

Json = Any
Values = Mapping[str, Json]

TEXTS: Final = "teksten"
BLOCKS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "wijk": ("neighbourhood", ("title", "neighbourhood", "sectors", "inhabitants")),
    "looptijd": ("plan", ("term_start", "term_end")),
    "groepen": ("participation", ("target_groups",)),
}
"""The blocks of fields that stand on the proposal itself: their section and their fields."""


@dataclass(frozen=True)
class Part:
    """A part of a draft. `name` is the code of a block or of a kind; a record has its id too."""

    section: str
    name: str
    record_id: str = ""

    @property
    def code(self) -> str:
        """How the history names it: "problems/teksten" or "measures/measure/<id>"."""
        return "/".join(filter(None, (self.section, self.name, self.record_id)))

    @property
    def kind(self) -> Kind | None:
        """The kind of the record; None for a block."""
        return KINDS[self.name] if self.record_id else None


def part_of(kind: Kind, record_id: uuid.UUID | str) -> Part:
    """The part that one record is."""
    return Part(kind.section, kind.code, str(record_id))


def part_from(code: str) -> Part:
    """The part with this code. Raises NotVisible for a code that names nothing."""
    section, _, rest = code.partition("/")
    name, _, record_id = rest.partition("/")
    if name in KINDS and KINDS[name].section == section:
        try:
            return Part(section, name, str(uuid.UUID(record_id)))
        except ValueError:
            raise NotVisible from None
    if not record_id and (name == TEXTS or (name in BLOCKS and BLOCKS[name][0] == section)):
        return Part(section, name)
    raise NotVisible


def encoded(value: object) -> Json:
    """A value as JSON: a day as ISO, a number without needless zeros, a record by its id, a text with one kind of line end."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, uuid.UUID):
        return str(value)
    return list(value) if isinstance(value, (list, tuple)) else value


def asked_values(kind: Kind, data: Mapping[str, Any]) -> dict[str, Json]:
    """What was typed for a record, comparable with `stored_values`."""
    found: dict[str, Json] = {}
    for name, value in data.items():
        if name in kind.many_links:
            found[name] = sorted(str(one) for one in value)
        elif _is_relation(kind, name):
            found[name] = str(getattr(value, "pk", value) or "")
        else:
            found[name] = encoded(value)
    return found


def stored_values(kind: Kind, one: ProposalRecord, names: Iterable[str]) -> dict[str, Json]:
    """What a record holds in these fields; a query for each field that points to many."""
    found: dict[str, Json] = {}
    for name in names:
        if name in kind.many_links:
            found[name] = sorted(str(pk) for pk in getattr(one, name).values_list("pk", flat=True))
        elif _is_relation(kind, name):
            found[name] = str(getattr(one, f"{name}_id") or "")
        else:
            found[name] = encoded(getattr(one, name))
    return found


def block_values(proposal: Proposal, names: Iterable[str]) -> dict[str, Json]:
    """What the proposal itself holds in these fields."""
    return {name: encoded(getattr(proposal, name)) for name in names}


def typed_values(kind: Kind, values: Values) -> dict[str, Any]:
    """Values of history as `operations.save_record` takes them. A field that the kind no longer has is left out."""
    return {name: _typed(kind.model, name, value) for name, value in values.items() if name in kind.fields}


def typed_block(values: Values) -> dict[str, Any]:
    """Values of history as fields of the proposal take them."""
    return {name: _typed(Proposal, name, value) for name, value in values.items()}


def typed_value(part: Part, name: str, value: Json) -> Any:  # noqa: ANN401 - the value of any field
    """One value of history as a form shows it."""
    if part.name == TEXTS:
        return value
    model = part.kind.model if part.kind else Proposal
    if isinstance(value, list) or model._meta.get_field(name).is_relation:
        return value
    return _typed(model, name, value)


def _typed(model: type[Model], name: str, value: Json) -> Any:  # noqa: ANN401 - the value of any field
    field = model._meta.get_field(name)
    if field.is_relation:
        return value or ([] if field.many_to_many else None)
    return field.to_python(value)  # type: ignore[union-attr]  # no relation, so a column


def _is_relation(kind: Kind, name: str) -> bool:
    return bool(kind.model._meta.get_field(name).is_relation)
