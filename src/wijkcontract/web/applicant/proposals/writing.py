"""The pages on which a team writes: one page per section, with its records as folds and one form open at a time."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkcontract.proposals import operations, policy, queries
from wijkcontract.proposals.forms import (
    FORMS,
    AnswersForm,
    BasicsForm,
    DocumentForm,
    RecordForm,
    TargetGroupsForm,
    TermForm,
)
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.operations import StaleVersion
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.proposals.sections import SectionPlan, section, sections
from wijkcontract.rules.verdicts import Invalid, NotVisible, require
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.applicant.proposals.package import package_of
from wijkcontract.web.http import ActorRequest, apply_faults, done, faults_on, for_audience, page

UNREADABLE = 422
CONFLICT = 409


@dataclass(frozen=True)
class OpenForm:
    """The one form of a record that is open: an existing record with what a colleague stored meanwhile, or a new one.

    `url` is where it is sent when that is not the address of the page.
    """

    kind: Kind
    form: RecordForm
    record_id: str = ""
    new_id: str = ""
    version: int = 0
    stored: Mapping[str, str] | None = None
    url: str = ""


@dataclass(frozen=True)
class TextForm:
    """One block of fields of the section itself: where it is sent, its form, and what a colleague stored meanwhile."""

    code: str
    title: str
    url: str
    form: django_forms.Form
    stored: Mapping[str, str] | None = None


@require_safe
@for_audience("applicant")
def show(request: ActorRequest, proposal_id: uuid.UUID, code: str) -> HttpResponse:
    """One section of a proposal: what is there, what is missing, and where to write on."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    return _section_page(request, proposal, section(proposal.call.programme, code))


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def record_new(request: ActorRequest, proposal_id: uuid.UUID, code: str, kind: str) -> HttpResponse:
    """Add a record; `?bij=` names the record that it hangs under."""
    return _record(request, proposal_id, code, kind, None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def record(request: ActorRequest, proposal_id: uuid.UUID, code: str, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """Change a record. One that a colleague took away meanwhile comes back as a new one, with what was typed."""
    try:
        return _record(request, proposal_id, code, kind, record_id)
    except NotVisible:
        if request.method != "POST":
            raise
        return _taken_away(request, proposal_id, code, kind, record_id)


def _taken_away(
    request: ActorRequest, proposal_id: uuid.UUID, code: str, kind_code: str, record_id: uuid.UUID
) -> HttpResponse:
    """The form of a new record with what was typed for the one that is gone. Raises NotVisible when it never was here."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    plan, kind = _plan_and_kind(proposal, code, kind_code)
    require(policy.may_edit(request.actor, proposal))
    if not queries.was_deleted(proposal, record_id):
        raise NotVisible
    form = FORMS[kind.code](request.POST, proposal=proposal, actor=request.actor)
    form.add_error(None, "Een collega verwijderde dit terwijl u schreef. Bewaar om het opnieuw toe te voegen.")
    url = reverse("applicant:record_new", args=[proposal.pk, code, kind.code])
    opened = OpenForm(kind, form, new_id=str(uuid.uuid4()), url=url)
    return _section_page(request, proposal, plan, opened=opened, status=CONFLICT)


def _record(
    request: ActorRequest, proposal_id: uuid.UUID, code: str, kind_code: str, record_id: uuid.UUID | None
) -> HttpResponse:
    proposal = queries.get_proposal(request.actor, proposal_id)
    plan, kind = _plan_and_kind(proposal, code, kind_code)
    existing = queries.get_record(proposal, kind, record_id) if record_id else None
    if not policy.may_edit(request.actor, proposal) and request.method != "POST":
        return redirect(f"{_url(proposal, code)}#record-{record_id}" if record_id else _url(proposal, code))
    initial = RecordForm.initial_of(existing, kind) if existing else {kind.parent: request.GET.get("bij", "")}
    form = FORMS[kind.code](request.POST or None, proposal=proposal, actor=request.actor, initial=initial)
    new_id, stored = _new_id(request), None
    version = _version_shown(request) if request.method == "POST" else proposal.version
    if request.method == "POST" and form.is_valid():
        try:
            saved = operations.save_record(
                actor=request.actor,
                proposal_id=proposal.pk,
                kind=kind.code,
                record_id=record_id,
                new_id=new_id,
                version=version,
                data=form.data_to_save(),
            )
        except Invalid as invalid:
            apply_faults(form, invalid)
            if isinstance(invalid, StaleVersion):
                version, stored = proposal.version, presenters.stored_beside(form)
        else:
            messages.success(request, f"{kind.singular.capitalize()} bewaard.")
            return redirect(f"{_url(proposal, code)}#record-{saved.pk}")
    opened = OpenForm(kind, form, str(record_id or ""), "" if record_id else str(new_id), version, stored)
    status = CONFLICT if stored is not None else UNREADABLE if form.errors else 200
    return _section_page(request, proposal, plan, opened=opened, status=status)


def _version_shown(request: ActorRequest) -> int:
    """The version that the form of a record showed; without one, every earlier change of the record is a conflict."""
    shown = request.POST.get("version", "")
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 10 else 0


def _new_id(request: ActorRequest) -> uuid.UUID:
    """The id that the page chose for a new record, so that a second click makes no second record."""
    try:
        return uuid.UUID(request.POST.get("nieuw", ""))
    except ValueError:
        return uuid.uuid4()


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def record_delete(
    request: ActorRequest, proposal_id: uuid.UUID, code: str, kind: str, record_id: uuid.UUID
) -> HttpResponse:
    """Ask first what taking a record away means, then do it."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    _, found = _plan_and_kind(proposal, code, kind)
    one = queries.get_record(proposal, found, record_id)
    form = django_forms.Form(request.POST or None)
    if request.method == "POST":
        with faults_on(form):
            operations.delete_record(actor=request.actor, proposal_id=proposal.pk, kind=kind, record_id=record_id)
            return done(request, f"{found.singular.capitalize()} verwijderd.", "applicant:section", proposal.pk, code)
    context = {
        "proposal": proposal,
        "dossier": presenters.dossier(proposal, "Verwijderen"),
        "form": form,
        "kind": found,
        "title": getattr(one, found.title_field),
        "back": _url(proposal, code),
    }
    return page(request, "applicant/proposals/delete.html", context)


@require_POST
@for_audience("applicant")
def save_texts(request: ActorRequest, proposal_id: uuid.UUID, code: str, block: str) -> HttpResponse:
    """Save one block of fields of the section. Who saves after a colleague sees both texts and chooses."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    plan = section(proposal.call.programme, code)
    form = _text_form(proposal, plan, block, request.POST)
    if form.is_valid():
        try:
            _save(request, proposal, block, form)
        except StaleVersion as stale:
            return _both_texts(request, proposal, plan, block, stale)
        except Invalid as invalid:
            apply_faults(form, invalid)
        else:
            return done(request, "Bewaard.", "applicant:section", proposal.pk, code)
    return _section_page(request, proposal, plan, text=(block, form, None), status=UNREADABLE)


def _save(request: ActorRequest, proposal: Proposal, block: str, form: django_forms.Form) -> None:
    typed = dict(form.cleaned_data)
    common = {"actor": request.actor, "proposal_id": proposal.pk, "version": typed.pop("version")}
    if isinstance(form, AnswersForm):
        operations.save_answers(**common, answers=form.answers())
    elif block == "wijk":
        operations.save_basics(**common, **typed)
    elif block == "looptijd":
        operations.save_term(**common, **typed)
    else:
        operations.save_target_groups(**common, **typed)


def _both_texts(
    request: ActorRequest, proposal: Proposal, plan: SectionPlan, block: str, stale: StaleVersion
) -> HttpResponse:
    """The page again with what was typed in the fields, and beside each field what is stored now."""
    proposal = queries.get_proposal(request.actor, proposal.pk)
    typed = request.POST.copy()
    typed["version"] = str(proposal.version)
    form = _text_form(proposal, plan, block, typed)
    form.full_clean()
    apply_faults(form, stale)
    stored = _text_form(proposal, plan, block, None)
    differences = {
        str(field.label): str(stored.initial.get(name) or "")
        for name, field in form.fields.items()
        if name != "version"
        and str(stored.initial.get(name) or "") != typed.get(name, "").replace("\r\n", "\n").strip()
    }
    return _section_page(request, proposal, plan, text=(block, form, differences), status=CONFLICT)


def _text_form(proposal: Proposal, plan: SectionPlan, block: str, typed: QueryDict | None) -> django_forms.Form:
    """The form of one block, bound to what was typed. Raises NotVisible for a block that the section does not have."""
    version = {"version": proposal.version}
    if block == "teksten" and plan.questions:
        stored = {answer.question: answer.text for answer in proposal.answers.all()}
        return AnswersForm(typed, questions=plan.questions, initial=stored | version)
    if block == "wijk" and plan.code == "neighbourhood":
        names = ("title", "neighbourhood", "sectors", "inhabitants")
        return BasicsForm(typed, initial={name: getattr(proposal, name) for name in names} | version)
    if block == "looptijd" and plan.code == "plan":
        return TermForm(typed, initial={"term_start": proposal.term_start, "term_end": proposal.term_end} | version)
    if block == "groepen" and plan.code == "participation":
        return TargetGroupsForm(typed, initial={"target_groups": proposal.target_groups} | version)
    raise NotVisible


TITLES = {"wijk": "De wijk", "looptijd": "Looptijd", "groepen": "Doelgroepen", "teksten": "Uw teksten"}


def _text_blocks(proposal: Proposal, plan: SectionPlan, shown: tuple[str, Any, Any] | None) -> list[TextForm]:
    """The blocks of fields of a section, the one that was just sent as it was typed."""
    blocks = []
    for code, title in TITLES.items():
        try:
            form = _text_form(proposal, plan, code, None)
        except NotVisible:
            continue
        stored = None
        if shown and shown[0] == code:
            form, stored = shown[1], shown[2]
        url = reverse("applicant:save_texts", args=[proposal.pk, plan.code, code])
        blocks.append(TextForm(code, title, url, form, stored))
    return blocks


@require_POST
@for_audience("applicant")
def decision_document(request: ActorRequest, proposal_id: uuid.UUID, record_id: uuid.UUID) -> HttpResponse:
    """Attach the document of a local decision."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    plan = section(proposal.call.programme, "local_decision")
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        with faults_on(form):
            operations.attach_decision_document(
                actor=request.actor,
                proposal_id=proposal.pk,
                local_decision_id=record_id,
                upload=form.cleaned_data["file"],
            )
            return done(request, "Document bewaard.", "applicant:section", proposal.pk, plan.code)
    return _section_page(request, proposal, plan, document=(str(record_id), form), status=UNREADABLE)


def _plan_and_kind(proposal: Proposal, code: str, kind: str) -> tuple[SectionPlan, Kind]:
    """The section and one of its kinds. Raises NotVisible when they do not belong together."""
    plan = section(proposal.call.programme, code)
    if kind not in KINDS or KINDS[kind].section != code:
        raise NotVisible
    return plan, KINDS[kind]


def _url(proposal: Proposal, code: str) -> str:
    return reverse("applicant:section", args=[proposal.pk, code])


def _section_page(
    request: ActorRequest,
    proposal: Proposal,
    plan: SectionPlan,
    *,
    opened: OpenForm | None = None,
    text: tuple[str, django_forms.Form, Mapping[str, str] | None] | None = None,
    document: tuple[str, DocumentForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one section, in whichever state its forms are."""
    state = presenters.state_of(proposal)
    verdict = policy.may_edit(request.actor, proposal)
    plans = sections(proposal.call.programme)
    context = {
        "proposal": proposal,
        "plan": plan,
        "count": len(plans),
        "dossier": presenters.dossier(proposal, plan.label),
        "steps": presenters.steps(state, plans, plan.code),
        "todos": state.todos,
        "blocks": state.blocks,
        "meters": state.meters,
        "groups": presenters.groups(state, plan),
        "budget": presenters.budget(state) if plan.code == "budget" else None,
        "package": package_of(state.document.measures, proposal.call.programme) if plan.code == "measures" else None,
        "text_blocks": _text_blocks(proposal, plan, text) if verdict else [],
        "texts": presenters.texts(state, plan) if not verdict else [],
        "opened": opened if verdict else None,
        "document_form": document[1] if document else DocumentForm(),
        "document_for": document[0] if document else "",
        "files": queries.decision_files(proposal) if plan.code == "local_decision" else {},
        "returned": text[0] if text else "",
        "verdict": verdict,
        "previous": next((one for one in plans if one.number == plan.number - 1), None),
        "next": next((one for one in plans if one.number == plan.number + 1), None),
    }
    return page(request, "applicant/proposals/section.html", context, status=status)
