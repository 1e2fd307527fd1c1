"""What the pages of a proposal show, made from one reading of its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django import forms
from django.urls import reverse

from wijkcontract.accounts.actors import Actor
from wijkcontract.proposals import queries
from wijkcontract.proposals.attachments import attachments_of, by_record
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Attachment, Proposal, Revision, SectionWork, WorkState
from wijkcontract.proposals.records import Kind
from wijkcontract.proposals.sections import SectionPlan
from wijkcontract.rules import clock, completeness, proposal_shape as shape
from wijkcontract.rules.budget_limits import Meter
from wijkcontract.rules.completeness import Finding, Severity
from wijkcontract.web.applicant.proposals.links import before_id, todos
from wijkcontract.web.applicant.proposals.rows import Overview, Row
from wijkcontract.web.components.dossier_budget import BudgetTable, budget_table
from wijkcontract.web.components.parts import Dossier, Link, Step, Todo


@dataclass(frozen=True)
class State:
    """A proposal as it stands: the document, what the rules find, and the money held against the limits."""

    proposal: Proposal
    document: shape.Proposal
    found: list[Finding]
    meters: tuple[Meter, ...]
    carried: Mapping[str, Sequence[Attachment]]

    @cached_property
    def overview(self) -> Overview:
        """The records as rows, with what the rules find of each."""
        return Overview(self.document, self.proposal.call.programme, self.found, self.carried)

    @property
    def blocks(self) -> int:
        return sum(finding.severity is Severity.BLOCK for finding in self.found)

    @property
    def flags(self) -> int:
        return len(self.found) - self.blocks

    def todos(self, here: str = "") -> list[Todo]:
        """The findings as lines with an address; those of the section at hand come first."""
        return todos(self.found, self.proposal, self.document, here)


@dataclass(frozen=True)
class Group:
    """The records of one kind on a section page. Kinds that hang under another have no list of their own.

    `url` is the address of a record before its id.
    """

    kind: Kind
    rows: Sequence[Row]
    url: str
    child: Kind | None = None
    child_url: str = ""


@dataclass(frozen=True)
class Text:
    """A question and its answer, to read."""

    label: str
    text: str


def state_of(actor: Actor, proposal: Proposal, *, look_for_bytes: bool = False) -> State:
    """Read the proposal once, as this reader may, and check it; before a submission also whether the bytes are there."""
    carried = attachments_of(proposal)
    document = queries.document_for(actor, proposal, carried, look_for_bytes=look_for_bytes)
    found = completeness.check(document, proposal.call.programme, clock.today())
    meters = queries.meters_of(document, proposal)
    return State(proposal, document, found, meters, by_record(carried))


def dossier(proposal: Proposal, here: str) -> Dossier:
    """The bar above every page of a proposal."""
    first = reverse("applicant:section", args=[proposal.pk, proposal.call.programme.sections[0].code])
    return Dossier(
        title=proposal.title,
        crumbs=[
            Link("Voorstellen", reverse("applicant:proposals")),
            Link(proposal.title, first),
            Link(here),
        ],
        state=proposal.state,
        state_label=str(proposal.get_state_display()),
        meta=proposal.call.title,
        heading=False,
    )


def steps(
    state: State,
    plans: Sequence[SectionPlan],
    here: str = "",
    editors: Mapping[str, Revision] | None = None,
    works: Mapping[str, SectionWork] | None = None,
) -> list[Step]:
    """The sections as one thread, each with its state, who sees to it or wrote there last, and its open comments.

    The last node is submitting.
    """
    nodes = [
        _step(state, plan, here, _work_words((editors or {}).get(plan.code), (works or {}).get(plan.code)))
        for plan in plans
    ]
    check = reverse("applicant:proposal_check", args=[state.proposal.pk])
    note = f"eerst nog {state.blocks} {'punt' if state.blocks == 1 else 'punten'}" if state.blocks else "alles is er"
    if state.proposal.state != ProposalState.DRAFT:
        note = "ingediend"
    last = Step(
        f"{len(plans) + 1}. Nalezen en indienen", check, "closed" if state.blocks else "done", note, here == "nalezen"
    )
    return [*nodes, last]


def _step(state: State, plan: SectionPlan, here: str, work: str) -> Step:
    mine = [finding for finding in state.found if finding.section == plan.code]
    blocks = sum(finding.severity is Severity.BLOCK for finding in mine)
    written = _written(state, plan)
    kind = "" if not written else "block" if blocks else "flag" if mine else "done"
    url = reverse("applicant:section", args=[state.proposal.pk, plan.code])
    note = written or "nog leeg"
    if blocks:
        note += f", {blocks} {'ontbreekt' if blocks == 1 else 'ontbreken'}"
    elif mine:
        note += f", {len(mine)} {'aandachtspunt' if len(mine) == 1 else 'aandachtspunten'}"
    return Step(f"{plan.number}. {plan.label}", url, kind, note + work, plan.code == here)


def _work_words(last: Revision | None, work: SectionWork | None) -> str:
    """Who sees to a section, else who wrote there last; whether it is ready to be read, and how many comments are open."""
    words = [work.editor_name if work and work.editor_name else last.editor_name if last else ""]
    if work and work.state == WorkState.READY:
        words.append("klaar om na te lezen")
    if work and work.open_comments:
        words.append("1 opmerking" if work.open_comments == 1 else f"{work.open_comments} opmerkingen")
    return "".join(f", {one}" for one in words if one)


@dataclass(frozen=True)
class Present:
    """A colleague who is on a page of the proposal now: the letters of the avatar, and what the colleague does."""

    letters: str
    sentence: str


def present(actor: Actor, proposal: Proposal, plans: Sequence[SectionPlan]) -> list[Present]:
    """Who else is here now, as sentences: "Dienst Wonen werkt in Begroting"."""
    labels = {plan.code: plan.label for plan in plans}
    return [
        Present(
            "".join(word[0] for word in one.person_name.split()[:2]).upper(),
            f"{one.person_name} {'werkt' if one.is_writing else 'kijkt mee'} in {labels.get(one.section, 'het voorstel')}",
        )
        for one in queries.present(actor, proposal)
    ]


def _written(state: State, plan: SectionPlan) -> str:
    """How much stands in a section, in words; empty when nothing does."""
    counts = [(kind, len(state.overview.records(kind))) for kind in plan.kinds if not kind.parent]
    words = [f"{number} {kind.singular if number == 1 else kind.plural.lower()}" for kind, number in counts if number]
    answered = sum(bool(state.document.answers.get(question.code)) for question in plan.questions)
    if not words and answered:
        return f"{answered} van {len(plan.questions)} teksten"
    return words[0] if words else ""


def groups(state: State, plan: SectionPlan) -> list[Group]:
    """The lists of a section, with what hangs under their records."""
    children = {kind.parent: kind for kind in plan.kinds if kind.parent}
    found = []
    for kind in plan.kinds:
        if not kind.parent:
            child = children.get(kind.code)
            under = before_id(state.proposal.pk, plan.code, child.code) if child else ""
            found.append(
                Group(kind, state.overview.rows(kind), before_id(state.proposal.pk, plan.code, kind.code), child, under)
            )
    return found


def texts(state: State, plan: SectionPlan) -> list[Text]:
    """The answers of a section, for who reads and does not write."""
    basics = []
    if plan.code == "neighbourhood":
        place = state.document.neighbourhood
        basics = [Text("Wijk", place.name), Text("Statistische sectoren", ", ".join(place.sectors))]
    return basics + [Text(one.label, state.document.answers.get(one.code, "")) for one in plan.questions]


def budget(state: State) -> BudgetTable:
    """The budget per year and source."""
    return budget_table(state.document)


def stored_beside(form: forms.Form) -> dict[str, str]:
    """What is stored now in the fields where something else was typed, by their label. The form's initial values are stored."""
    return {
        str(form.fields[name].label): in_words(form.fields[name], form.initial.get(name)) for name in form.changed_data
    }


def in_words(field: forms.Field, value: object) -> str:
    """A stored value as its field shows it: the label of a choice, "ja" or "nee", a day or an amount as people write it."""
    if isinstance(field, forms.ChoiceField):
        chosen = {str(one) for one in value} if isinstance(value, list) else {str(value)}
        offered = cast("Iterable[tuple[object, object]]", field.choices)
        return ", ".join(str(label) for code, label in offered if code and str(code) in chosen)
    if isinstance(field, forms.BooleanField):
        return "ja" if value else "nee"
    shown = field.widget.format_value(field.prepare_value(value))
    return "" if shown is None else str(shown)
