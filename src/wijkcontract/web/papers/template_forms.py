"""The records that a call asks for as empty tables, from the forms of the site: the same fields, words and choices (R15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from django import forms

from wijkcontract.calls.models import Call
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.proposals.sections import SectionPlan
from wijkcontract.reporting.papers import Block, Column, Heading, Table, Text, Tone
from wijkcontract.web.papers.blocks import lines
from wijkcontract.web.proposal_fields import block_fields, record_fields

EMPTY_ROWS = 6
WIDEST_GRID = 7
MOST_CHOICES = 16


def block_forms(plan: SectionPlan) -> list[Block]:
    """The fields that stand on the proposal itself, such as its title and its term."""
    return [_form(title, fields) for title, fields in block_fields(plan)]


def kind_forms(kind: Kind, call: Call) -> list[Block]:
    """One kind of record: a grid of short fields with empty rows, or a form to copy for each record."""
    fields = record_fields(kind, call)
    title = Heading(kind.plural, 2)
    if len(fields) <= WIDEST_GRID and not any(_is_long(field) for field in fields.values()):
        columns = [Column(_label(field)) for field in fields.values()]
        notes = [
            f"{_label(field)}{'' if _label(field).endswith('?') else ':'} {_hint(kind, name, field)}"
            for name, field in fields.items()
            if _hint(kind, name, field)
        ]
        return [
            title,
            *([Text("\n".join(notes), Tone.NOTE)] if notes else []),
            Table("In te vullen", columns, [[""] * len(columns)] * EMPTY_ROWS, to_fill=True),
        ]
    return [
        title,
        Text(f"Een {kind.singular} per tabel. Kopieer de tabel als u er meer hebt.", Tone.NOTE),
        _form(kind.singular.capitalize(), fields, kind),
    ]


def _form(caption: str, fields: Mapping[str, forms.Field], kind: Kind | None = None) -> Table:
    rows = [(lines(_label(field), _hint(kind, name, field)), "") for name, field in fields.items()]
    return Table(caption, [Column("Vraag", 2), Column("Uw antwoord", 3)], rows, to_fill=True)


def _is_long(field: forms.Field) -> bool:
    return isinstance(field, forms.MultipleChoiceField) or isinstance(field.widget, forms.Textarea)


def _label(field: forms.Field) -> str:
    return str(field.label)


def _hint(kind: Kind | None, name: str, field: forms.Field) -> str:
    """What helps to answer: the help of the site, the code to name, or the choices that there are."""
    pointed = ({**kind.links, **kind.many_links}.get(name) if kind else None) or ""
    code = f"Noem de code, zoals {KINDS[pointed].letter}1." if pointed else ""
    labels = _choices(field) if not pointed else []
    offered = f"Kies uit: {', '.join(labels)}." if 0 < len(labels) <= MOST_CHOICES else ""
    return " ".join(part for part in (str(field.help_text), code, offered) if part)


def _choices(field: forms.Field) -> list[str]:
    if not isinstance(field, forms.ChoiceField):
        return []
    return [str(label) for value, label in cast("Iterable[tuple[object, object]]", field.choices) if value]
