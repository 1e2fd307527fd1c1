"""The other side of every link: what points to the open record, to tick or to untick, and what hangs on it, to add to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from wijkcontract.proposals.forms.fields import DraftForm, boxes, set_choices
from wijkcontract.proposals.records import KINDS, Kind, ReverseLink, reverse_links
from wijkcontract.web.applicant.proposals.presenters import State
from wijkcontract.web.applicant.proposals.rows import Overview

SHOWN = "stond"


@dataclass(frozen=True)
class Hanging:
    """The records that hang on the open one by a link of their own, and where to add one."""

    kind: Kind
    rows: Sequence[tuple[str, str]]
    add_url: str


@dataclass(frozen=True)
class Links:
    """Everything that points to the open record. `form` is None when nothing can be ticked."""

    form: forms.Form | None
    url: str
    hanging: Sequence[Hanging]


def links_of(state: State, kind: Kind, record_id: str) -> Links | None:
    """The links to a record, read from the document without a query; None when nothing can point to it yet."""
    programme = state.proposal.call.programme
    found = [link for link in reverse_links(kind) if programme.is_enabled(link.kind.section)]
    if not record_id or not found:
        return None
    overview = state.overview
    form = DraftForm()
    for link in (one for one in found if one.is_many):
        rows = _rows(overview, link.kind)
        if rows:
            _add_boxes(form, link, rows, record_id, state)
    url = reverse("applicant:link", args=[state.proposal.pk, kind.section, kind.code, record_id])
    hanging = [_hanging(state, overview, link, record_id) for link in found if not link.is_many]
    return Links(form if form.fields else None, url, hanging) if form.fields or hanging else None


def _add_boxes(
    form: forms.Form, link: ReverseLink, rows: Iterable[tuple[str, str]], record_id: str, state: State
) -> None:
    pointing = [one.id for one in _records(state, link) if record_id in getattr(one, link.field)]
    field = boxes(link.kind.plural)
    set_choices(field, rows)
    field.initial = pointing
    form.fields[link.code] = field
    form.fields[f"{SHOWN}-{link.code}"] = forms.CharField(
        required=False, initial=",".join(pointing), widget=forms.HiddenInput(attrs={"id": False})
    )


def _records(state: State, link: ReverseLink) -> Sequence[Any]:
    """The records of the document that may point."""
    kind = link.kind
    if not kind.parent:
        return list(getattr(state.document, kind.collection))
    owners = getattr(state.document, KINDS[kind.parent].collection)
    return [one for owner in owners for one in getattr(owner, kind.collection)]


def _rows(overview: Overview, kind: Kind) -> list[tuple[str, str]]:
    """The records of a kind by id, with the code and title that people know them by: "A1.2 Een begeleider"."""
    if not kind.parent:
        return [(row.id, f"{row.code} {row.title}") for row in overview.rows(kind)]
    parents = overview.rows(KINDS[kind.parent])
    return [(child.id, f"{child.code} {child.title}") for row in parents for child in row.children]


def _hanging(state: State, overview: Overview, link: ReverseLink, record_id: str) -> Hanging:
    on_it = {one.id for one in _records(state, link) if getattr(one, link.field) == record_id}
    section, code = link.kind.section, link.kind.code
    rows = [
        (label, reverse("applicant:record", args=[state.proposal.pk, section, code, one]))
        for one, label in _rows(overview, link.kind)
        if one in on_it
    ]
    add = reverse("applicant:record_new", args=[state.proposal.pk, section, code])
    return Hanging(link.kind, rows, f"{add}?{link.field}={record_id}#formulier")
