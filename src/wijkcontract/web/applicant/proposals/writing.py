"""The pages on which a team writes: one page per section, with its records as folds and one form open at a time."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkcontract.proposals import clarification_queries, operations, policy, queries, team_queries
from wijkcontract.proposals.forms import FORMS, AnswersForm, RecordForm
from wijkcontract.proposals.keeping import STALE, StaleVersion
from wijkcontract.proposals.models import Proposal, ProposalRecord, SectionWork, UnfinishedInput
from wijkcontract.proposals.parts import part_of
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.proposals.sections import SectionPlan, section, sections
from wijkcontract.rules.verdicts import Invalid, NotVisible, require
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.applicant.proposals.blocks import text_blocks, text_form
from wijkcontract.web.applicant.proposals.connections import links_of
from wijkcontract.web.applicant.proposals.package import package_of
from wijkcontract.web.applicant.proposals.shown import Begun, begun, fields_shown, version_shown
from wijkcontract.web.applicant.proposals.unfinished import Unfinished, with_unfinished
from wijkcontract.web.http import ActorRequest, apply_faults, chosen_id, done, faults_on, for_audience, page

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
    unfinished: Unfinished | None = None

    @property
    def part(self) -> str:
        return part_of(self.kind, self.record_id or self.new_id).code


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
    plan, kind = plan_and_kind(proposal, code, kind_code)
    require(policy.may_edit(request.actor, proposal, plan.code))
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
    plan, kind = plan_and_kind(proposal, code, kind_code)
    existing = queries.get_record(proposal, kind, record_id) if record_id else None
    if request.method != "POST":
        return record_to_write(request, proposal, plan, kind, existing)
    initial = RecordForm.initial_of(existing, kind) if existing else {}
    form = FORMS[kind.code](request.POST, proposal=proposal, actor=request.actor, initial=initial)
    new_id = chosen_id(request)
    version = version_shown(request.POST)
    if form.is_valid():
        try:
            saved = operations.save_record(
                actor=request.actor,
                proposal_id=proposal.pk,
                kind=kind.code,
                record_id=record_id,
                new_id=new_id,
                version=version,
                shown=fields_shown(request.POST),
                data=form.data_to_save(),
            )
        except Invalid as invalid:
            apply_faults(form, invalid)
            if isinstance(invalid, StaleVersion):
                return _record_of_two(request, proposal, plan, kind, record_id or new_id)
        else:
            messages.success(request, f"{kind.singular.capitalize()} bewaard.")
            if "verder" in request.POST:
                return redirect(_url_of_next(proposal, kind, saved))
            return redirect(f"{_url(proposal, code)}#record-{saved.pk}")
    opened = OpenForm(kind, form, str(record_id or ""), "" if record_id else str(new_id), version)
    return _section_page(request, proposal, plan, opened=opened, status=UNREADABLE)


def _record_of_two(
    request: ActorRequest, proposal: Proposal, plan: SectionPlan, kind: Kind, record_id: uuid.UUID
) -> HttpResponse:
    """The form with what was typed in it, and beside it what a colleague stored meanwhile; nothing was written."""
    one = queries.get_record(proposal, kind, record_id)
    form = FORMS[kind.code](
        request.POST, proposal=proposal, actor=request.actor, initial=RecordForm.initial_of(one, kind)
    )
    form.add_error(None, STALE)
    url = reverse("applicant:record", args=[proposal.pk, plan.code, kind.code, one.pk])
    version = queries.get_proposal(request.actor, proposal.pk).version
    opened = OpenForm(kind, form, str(one.pk), "", version, presenters.stored_beside(form), url)
    return _section_page(request, proposal, plan, opened=opened, status=CONFLICT)


def record_to_write(
    request: ActorRequest,
    proposal: Proposal,
    plan: SectionPlan,
    kind: Kind,
    existing: ProposalRecord | None,
    refused: Sequence[str] = (),
) -> HttpResponse:
    """The form of a record as it stands, or a new one; with what this person had not finished there.

    `refused` says of files that were just sent why the record does not carry them.
    """
    if not policy.may_edit(request.actor, proposal, plan.code):
        return redirect(f"{_url(proposal, plan.code)}#record-{existing.pk}" if existing else _url(proposal, plan.code))
    initial = RecordForm.initial_of(existing, kind) if existing else _asked_initial(request, kind)

    def bind(typed: QueryDict | None) -> RecordForm:
        return FORMS[kind.code](typed, proposal=proposal, actor=request.actor, initial=initial)

    form = bind(None)
    unfinished = queries.unfinished_inputs(request.actor, proposal)
    new_id = "" if existing else _begun_id(proposal, kind, unfinished) or str(uuid.uuid4())
    row = unfinished.get(part_of(kind, existing.pk if existing else new_id).code)
    left = None
    if row is not None:
        form, left = with_unfinished(form, bind, row, is_new=existing is None)
    stored = left.stored if left else None
    record_id = str(existing.pk) if existing else ""
    opened = OpenForm(kind, form, record_id, new_id, proposal.version, stored, unfinished=left)
    status = UNREADABLE if refused else 200
    return _section_page(request, proposal, plan, opened=opened, unfinished=unfinished, refused=refused, status=status)


def _asked_initial(request: ActorRequest, kind: Kind) -> dict[str, object]:
    """What a new record points to from the start: `?bij=` names what it hangs under, `?measure=` another link."""
    links: dict[str, object] = {name: request.GET[name] for name in kind.links if name in request.GET}
    links |= {name: request.GET.getlist(name) for name in kind.many_links if name in request.GET}
    return {kind.parent: request.GET.get("bij", "")} | links


def _begun_id(proposal: Proposal, kind: Kind, unfinished: Mapping[str, UnfinishedInput]) -> str:
    """The id of a record of this kind that this person began and that could not be added yet."""
    return next((one.record_id for one in begun(proposal, unfinished) if one.kind == kind), "")


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def record_delete(
    request: ActorRequest, proposal_id: uuid.UUID, code: str, kind: str, record_id: uuid.UUID
) -> HttpResponse:
    """Ask first what taking a record away means, then do it."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    _, found = plan_and_kind(proposal, code, kind)
    one = queries.get_record(proposal, found, record_id)
    require(policy.may_edit(request.actor, proposal, code))
    form = django_forms.Form(request.POST or None)
    if request.method == "POST":
        with faults_on(form):
            operations.delete_record(actor=request.actor, proposal_id=proposal.pk, kind=kind, record_id=record_id)
            message = f"{found.singular.capitalize()} verwijderd. Terugzetten kan in de geschiedenis van dit onderdeel."
            return done(request, message, "applicant:section", proposal.pk, code)
    context = {
        "proposal": proposal,
        "dossier": presenters.dossier(proposal, "Verwijderen"),
        "form": form,
        "kind": found,
        "title": getattr(one, found.title_field),
        "along": _along(proposal, found, one),
        "back": _url(proposal, code),
    }
    return page(request, "applicant/proposals/delete.html", context)


def _along(proposal: Proposal, kind: Kind, one: ProposalRecord) -> str:
    """What hangs under a record and goes away with it: "Ook 2 acties gaan mee weg: Planten; Onderhoud."; empty without any."""
    sentences = []
    for child in (found for found in KINDS.values() if found.parent == kind.code):
        under = queries.records(proposal, child).filter(**{child.parent: one.pk})
        titles = [str(getattr(record, child.title_field)) or "zonder naam" for record in under]
        if titles:
            count = f"1 {child.singular} gaat" if len(titles) == 1 else f"{len(titles)} {child.plural.lower()} gaan"
            sentences.append(f"Ook {count} mee weg: {'; '.join(titles).removesuffix('.')}.")
    return " ".join(sentences)


@require_POST
@for_audience("applicant")
def save_texts(request: ActorRequest, proposal_id: uuid.UUID, code: str, block: str) -> HttpResponse:
    """Save one block of fields of the section. Who saves after a colleague sees both texts and chooses."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    plan = section(proposal.call.programme, code)
    form = text_form(proposal, plan, block, request.POST, with_stored=False)
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
    common = {
        "actor": request.actor,
        "proposal_id": proposal.pk,
        "version": typed.pop("version"),
        "shown": fields_shown(request.POST),
    }
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
    form = text_form(proposal, plan, block, typed)
    form.full_clean()
    apply_faults(form, stale)
    stored = text_form(proposal, plan, block, None)
    differences = {
        str(field.label): str(stored.initial.get(name) or "")
        for name, field in form.fields.items()
        if name != "version"
        and str(stored.initial.get(name) or "") != typed.get(name, "").replace("\r\n", "\n").strip()
    }
    return _section_page(request, proposal, plan, text=(block, form, differences), status=CONFLICT)


def plan_and_kind(proposal: Proposal, code: str, kind: str) -> tuple[SectionPlan, Kind]:
    """The section and one of its kinds. Raises NotVisible when they do not belong together."""
    plan = section(proposal.call.programme, code)
    if kind not in KINDS or KINDS[kind].section != code:
        raise NotVisible
    return plan, KINDS[kind]


def _url_of_next(proposal: Proposal, kind: Kind, saved: ProposalRecord) -> str:
    """The empty form for one more record of a kind, under the same parent; `na` makes it say that this one was saved."""
    url = reverse("applicant:record_new", args=[proposal.pk, kind.section, kind.code])
    under = f"&bij={getattr(saved, f'{kind.parent}_id')}" if kind.parent else ""
    return f"{url}?na={saved.pk}{under}#formulier"


def _url(proposal: Proposal, code: str) -> str:
    return reverse("applicant:section", args=[proposal.pk, code])


def _section_page(
    request: ActorRequest,
    proposal: Proposal,
    plan: SectionPlan,
    *,
    opened: OpenForm | None = None,
    text: tuple[str, django_forms.Form, Mapping[str, str] | None] | None = None,
    refused: Sequence[str] = (),
    unfinished: Mapping[str, UnfinishedInput] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one section, in whichever state its forms are."""
    state = presenters.state_of(request.actor, proposal)
    verdict = policy.may_edit(request.actor, proposal, plan.code)
    if unfinished is None:
        unfinished = queries.unfinished_inputs(request.actor, proposal) if verdict else {}
    may_link = policy.may_edit(request.actor, proposal)  # a link changes records of any section
    editors, works = queries.last_editors(proposal), team_queries.section_work(request.actor, proposal)
    plans = sections(proposal.call.programme)
    context = {
        "proposal": proposal,
        "plan": plan,
        "count": len(plans),
        "dossier": presenters.dossier(proposal, plan.label),
        "steps": presenters.steps(state, plans, plan.code, editors, works),
        "work": works.get(plan.code, SectionWork()) if policy.may_see_comments(request.actor, proposal) else None,
        "last": editors.get(plan.code),
        "present": presenters.present(request.actor, proposal, plans),
        "begun": _begun_here(proposal, plan, unfinished, opened),
        "person": request.actor.person_id,
        "todos": state.todos(plan.code),
        "blocks": state.blocks,
        "flags": state.flags,
        "meters": state.meters,
        "groups": presenters.groups(state, plan),
        "budget": presenters.budget(state) if plan.code == "budget" else None,
        "registered": state.document.registered if plan.code == "budget" else (),
        "package": package_of(state.document.measures, proposal.call.programme) if plan.code == "measures" else None,
        "text_blocks": text_blocks(proposal, plan, text, unfinished) if verdict else [],
        "texts": presenters.texts(state, plan) if not verdict else [],
        "opened": opened if verdict else None,
        "carried": state.carried.get(opened.record_id, ()) if opened else (),
        "refused": refused,
        "links": links_of(state, opened.kind, opened.record_id) if opened and may_link else None,
        "returned": text[0] if text else "",
        "verdict": verdict,
        "reads_along": policy.only_reads_along(request.actor, proposal),
        "asked": clarification_queries.unanswered(request.actor, proposal, plan.code),
        "previous": next((one for one in plans if one.number == plan.number - 1), None),
        "next": next((one for one in plans if one.number == plan.number + 1), None),
    }
    return page(request, "applicant/proposals/section.html", context, status=status)


def _begun_here(
    proposal: Proposal, plan: SectionPlan, unfinished: Mapping[str, UnfinishedInput], opened: OpenForm | None
) -> list[Begun]:
    """The records of this section that this person began elsewhere and can finish here."""
    open_id = opened.new_id if opened else ""
    return [one for one in begun(proposal, unfinished) if one.kind in plan.kinds and one.record_id != open_id]
