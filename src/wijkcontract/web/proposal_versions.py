"""What differs between two versions of a proposal, section by section and record by record, in words to read aloud (R16)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, cast

from django import forms
from django.utils.safestring import SafeString

from wijkcontract.accounts.formfields import MoneyField
from wijkcontract.calls.models import Call
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.proposals.sections import SectionPlan, sections
from wijkcontract.rules import proposal_shape as shape
from wijkcontract.web.components.differences import difference
from wijkcontract.web.components.formats import day, euro_unit, figure, number
from wijkcontract.web.proposal_fields import block_fields, record_fields

ADDED, REMOVED, CHANGED = "Toegevoegd", "Geschrapt", "Gewijzigd"
OTHER_NAMES: Final[Mapping[str, str]] = {"is_new": "new", "amount_cents": "amount", "item_cost_cents": "item_cost"}
"""The fields of a record that the document calls otherwise."""
EXPERIMENT: Final = "experiment_"


@dataclass(frozen=True, slots=True)
class Change:
    """One part that differs: which, what happened to it, and each field with what went out and what came in."""

    title: str
    change: str
    fields: Sequence[tuple[str, SafeString]]


@dataclass(frozen=True, slots=True)
class SectionChanges:
    """What differs in one section."""

    label: str
    changes: Sequence[Change]


def changes_between(before: shape.Proposal, after: shape.Proposal, call: Call) -> list[SectionChanges]:
    """The sections in which two versions differ, in the order of the call; none when they are the same."""
    old, new = _Version(before), _Version(after)
    found = [SectionChanges(plan.label, list(_section(plan, old, new, call))) for plan in sections(call.programme)]
    files = _files(before, after)
    return [one for one in [*found, SectionChanges("Bestanden", files)] if one.changes]


def _section(plan: SectionPlan, old: _Version, new: _Version, call: Call) -> Iterator[Change]:
    for title, fields in block_fields(plan):
        differing = _differing(fields, old.block(), new.block(), old, new)
        if differing:
            yield Change(title, CHANGED, differing)
    texts = [
        (question.label, shown)
        for question in plan.questions
        if (
            shown := difference(
                old.document.answers.get(question.code, ""), new.document.answers.get(question.code, "")
            )
        )
    ]
    for kind in plan.kinds:
        yield from _records(kind, old, new, call)
    if texts:
        yield Change("Teksten", CHANGED, texts)


def _records(kind: Kind, old: _Version, new: _Version, call: Call) -> Iterator[Change]:
    """The records of one kind that came, went or changed: known again by their id, in the order of the newer version."""
    before, after = old.records(kind), new.records(kind)
    fields = record_fields(kind, call)
    for key in [*after, *(one for one in before if one not in after)]:
        differing = _differing(fields, before.get(key, {}), after.get(key, {}), old, new)
        if differing or (key in before) != (key in after):
            change = ADDED if key not in before else REMOVED if key not in after else CHANGED
            name = (new if key in after else old).names[key]
            yield Change(f"{kind.singular.capitalize()} {name}", change, differing)


def _differing(
    fields: Mapping[str, forms.Field], before: Mapping[str, Any], after: Mapping[str, Any], old: _Version, new: _Version
) -> list[tuple[str, SafeString]]:
    return [
        (str(field.label), shown)
        for name, field in fields.items()
        if (
            shown := difference(
                _words(name, field, before.get(name), old.names), _words(name, field, after.get(name), new.names)
            )
        )
    ]


def _words(name: str, field: forms.Field, value: Any, names: Mapping[str, str]) -> str:  # noqa: ANN401 - the value of any field
    """A value as people read it: the label of a choice, the code and title of a record, an amount, a day, "ja" or "nee"."""
    if value is None or value in ("", ()):
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, Decimal):
        return figure(value)
    if isinstance(value, int):
        return euro_unit(value) if isinstance(field, MoneyField) else str(value) if name == "year" else number(value)
    labels = _labels(field)
    parts = value if isinstance(value, tuple) else (value,)
    return ", ".join(names.get(one, labels.get(str(one), str(one))) for one in parts)


def _labels(field: forms.Field) -> dict[str, str]:
    if not isinstance(field, forms.ChoiceField):
        return {}
    return {str(code): str(label) for code, label in cast("Iterable[tuple[object, object]]", field.choices)}


def _files(before: shape.Proposal, after: shape.Proposal) -> list[Change]:
    """Files that came or went; the same name with other content is another file."""
    old, new = ({(one.name, one.sha256) for one in document.files} for document in (before, after))
    return [
        *(Change(name, ADDED, [("SHA-256", difference("", sha256))]) for name, sha256 in sorted(new - old)),
        *(Change(name, REMOVED, [("SHA-256", difference(sha256, ""))]) for name, sha256 in sorted(old - new)),
    ]


class _Version:
    """A document with the values of its records by the names of the form fields, and what each record is called."""

    def __init__(self, document: shape.Proposal) -> None:
        self.document = document
        self._records = {kind.code: dict(_values(document, kind)) for kind in KINDS.values()}
        self.names = {
            key: f"{kind.letter}{place} {values.get(kind.title_field) or ''}".strip()
            for kind in KINDS.values()
            for place, (key, values) in enumerate(self._records[kind.code].items(), 1)
        }

    def records(self, kind: Kind) -> Mapping[str, Mapping[str, Any]]:
        """The values of the records of a kind by their id, in order."""
        return self._records[kind.code]

    def block(self) -> dict[str, Any]:
        """The fields that stand on the proposal itself."""
        one = self.document
        return {
            "title": one.title,
            "neighbourhood": one.neighbourhood.name,
            "sectors": one.neighbourhood.sectors,
            "inhabitants": one.neighbourhood.inhabitants,
            "term_start": one.term.start,
            "term_end": one.term.end,
            "target_groups": one.participation.target_groups,
        }


def _values(document: shape.Proposal, kind: Kind) -> Iterator[tuple[str, dict[str, Any]]]:
    for one, parent in _of_kind(document, kind):
        values = {name: _value(one, name) for name in kind.fields}
        yield one.id, values | ({kind.parent: parent} if kind.parent else {})


def _of_kind(document: shape.Proposal, kind: Kind) -> Iterator[tuple[Any, str]]:
    """The records of a kind, each with the id of the record it hangs under."""
    if kind.parent:
        for parent, _ in _of_kind(document, KINDS[kind.parent]):
            for one in getattr(parent, kind.collection, ()):
                yield one, parent.id
    elif kind.code == "participation_moment":
        yield from ((one, "") for one in document.participation.moments)
    else:
        yield from ((one, "") for one in getattr(document, kind.collection, ()))


def _value(one: Any, name: str) -> Any:  # noqa: ANN401 - any record of the document and any value of it
    if name.startswith(EXPERIMENT):
        part = name.removeprefix(EXPERIMENT)
        return getattr(one.experiment, {"link": "rule_link"}.get(part, part), None)
    return getattr(one, OTHER_NAMES.get(name, name), None)
