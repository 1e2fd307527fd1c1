"""The comments of a section: read, write, answer, deal with, hand to a colleague; and who sees to the section (R16)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wijkcontract.accounts.actors import Actor
from wijkcontract.proposals import operations, policy, queries, team_queries
from wijkcontract.proposals.forms import CommentForm, CommentTextForm, ReplyForm, SectionWorkForm, TaskForm
from wijkcontract.proposals.models import Comment, Proposal, SectionWork, WorkState
from wijkcontract.proposals.operations import About, Written
from wijkcontract.proposals.parts import TEXTS, Part, part_of
from wijkcontract.proposals.sections import SectionPlan, section
from wijkcontract.rules.verdicts import Invalid, Verdict, require
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.applicant.proposals.blocks import TITLES
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, full_address, page, paginate

PER_PAGE = 20
UNREADABLE = 422


@dataclass(frozen=True)
class Remark:
    """A comment or a reply as it is shown: whether the reader may change it, and where what it is about stands."""

    comment: Comment
    url: str
    may_change: Verdict
    replies: tuple[Remark, ...] = ()

    @property
    def told(self) -> str:
        return ", ".join(one.person_name for one in self.comment.mentions.all())


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def comments(request: ActorRequest, proposal_id: uuid.UUID, code: str) -> HttpResponse:
    """The comments of one section, the open ones first, and a place to write one."""
    proposal = queries.get_own_proposal(request.actor, proposal_id)
    plan = section(proposal.call.programme, code)
    people = team_queries.colleagues(request.actor)
    subjects = _subjects(request.actor, proposal, plan)
    form = CommentForm(request.POST or None, people=people, me=request.actor.person_id, subjects=subjects)
    if request.method == "POST":
        require(policy.may_comment(request.actor, proposal))
        if form.is_valid():
            with faults_on(form):
                return _written(request, proposal, plan, _write(request, proposal, plan, form, subjects))
    work = team_queries.section_work(request.actor, proposal).get(plan.code) or SectionWork()
    shown = paginate(request, team_queries.threads(request.actor, proposal, plan.code), PER_PAGE)
    context = _context(request, proposal, plan) | {
        "page": shown,
        "remarks": [_remark(request, proposal, plan, one) for one in shown.items],
        "form": form,
        "work": work,
        "work_form": SectionWorkForm(
            people=people, auto_id="werk_%s", initial={"state": work.state, "editor": work.editor_id}
        ),
        "may_hand_over": policy.may_edit(request.actor, proposal),
    }
    return page(request, "applicant/proposals/comments.html", context, status=UNREADABLE if form.errors else 200)


def _write(
    request: ActorRequest, proposal: Proposal, plan: SectionPlan, form: CommentForm, subjects: list[tuple[str, str]]
) -> Written:
    typed = form.cleaned_data
    part, _, field = typed["about"].partition("#")
    return operations.write_comment(
        actor=request.actor, proposal_id=proposal.pk, section=plan.code, key=typed["key"], text=typed["text"],
        about=About(part, field, dict(subjects).get(typed["about"], "")), task=form.task(), tell=typed.get("tell", ()),
        address=_address(request, proposal, plan, typed["key"]),
    )  # fmt: skip


def _written(request: ActorRequest, proposal: Proposal, plan: SectionPlan, written: Written) -> HttpResponse:
    """Back to the thread; words after an @ that called nobody are said, for what was typed is already kept."""
    messages.success(request, "Uw tekst is bewaard. Alleen uw bestuur leest hem.")
    for word in written.unknown:
        text = f"Wij weten niet wie u bedoelt met '@{word}'. Antwoord en kies een collega uit de lijst."
        messages.warning(request, text)
    root = written.comment.parent or written.comment
    return redirect("applicant:comment", proposal.pk, plan.code, root.key)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def comment(request: ActorRequest, proposal_id: uuid.UUID, code: str, key: uuid.UUID) -> HttpResponse:
    """One comment with its replies, a place to answer, and who does something about it. A reply opens at its thread."""
    found = team_queries.get_comment(request.actor, proposal_id, code, key)
    proposal, plan = found.proposal, section(found.proposal.call.programme, code)
    if found.parent is not None and request.method != "POST":
        return redirect("applicant:comment", proposal.pk, plan.code, found.parent.key)
    people = team_queries.colleagues(request.actor)
    form = ReplyForm(request.POST or None, people=people, me=request.actor.person_id)
    if request.method == "POST":
        require(policy.may_comment(request.actor, proposal))
        if form.is_valid():
            with faults_on(form):
                typed = form.cleaned_data
                written = operations.write_comment(
                    actor=request.actor, proposal_id=proposal.pk, section=plan.code, key=typed["key"],
                    text=typed["text"], parent_key=found.key, tell=typed.get("tell", ()),
                    address=_address(request, proposal, plan, found.key),
                )  # fmt: skip
                return _written(request, proposal, plan, written)
    task = TaskForm(people=people, initial={"assignee": found.assignee_id, "due_on": found.due_on})
    return _thread_page(request, found, plan, form, task)


def _thread_page(
    request: ActorRequest, found: Comment, plan: SectionPlan, form: forms.Form | None, task: TaskForm | None
) -> HttpResponse:
    """The page of one thread, with the form that was sent as it was typed."""
    people = team_queries.colleagues(request.actor) if form is None or task is None else []
    context = _context(request, found.proposal, plan) | {
        "remark": _remark(request, found.proposal, plan, team_queries.with_replies(found)),
        "form": form or ReplyForm(people=people, me=request.actor.person_id),
        "task_form": task or TaskForm(people=people, initial={"assignee": found.assignee_id, "due_on": found.due_on}),
    }
    wrong = bool((form and form.errors) or (task and task.errors))
    return page(request, "applicant/proposals/comment.html", context, status=UNREADABLE if wrong else 200)


@require_POST
@for_audience("applicant")
def comment_assign(request: ActorRequest, proposal_id: uuid.UUID, code: str, key: uuid.UUID) -> HttpResponse:
    """Hand a comment to a colleague, or to nobody any more."""
    found = team_queries.get_comment(request.actor, proposal_id, code, key)
    plan = section(found.proposal.call.programme, code)
    form = TaskForm(request.POST, people=team_queries.colleagues(request.actor))
    if form.is_valid():
        with faults_on(form):
            made = operations.assign_comment(
                actor=request.actor, proposal_id=found.proposal.pk, section=plan.code, key=found.key, task=form.task(),
                address=_address(request, found.proposal, plan, found.key),
            )  # fmt: skip
            said = f"{made.assignee_name} doet dit." if made.assignee_id else "Niemand in het bijzonder doet dit."
            return done(request, said, "applicant:comment", found.proposal.pk, plan.code, found.key)
    return _thread_page(request, found, plan, None, form)


@require_POST
@for_audience("applicant")
def comment_resolve(request: ActorRequest, proposal_id: uuid.UUID, code: str, key: uuid.UUID) -> HttpResponse:
    """Say that a comment is dealt with, or open it again."""
    is_resolved = request.POST.get("afgehandeld") == "ja"
    operations.resolve_comment(
        actor=request.actor, proposal_id=proposal_id, section=code, key=key, is_resolved=is_resolved
    )
    said = "Afgehandeld. U vindt de opmerking onderaan terug." if is_resolved else "De opmerking staat weer open."
    return done(request, said, "applicant:comments", proposal_id, code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def comment_change(request: ActorRequest, proposal_id: uuid.UUID, code: str, key: uuid.UUID) -> HttpResponse:
    """Change the text of an own comment."""
    found = team_queries.get_comment(request.actor, proposal_id, code, key)
    plan = section(found.proposal.call.programme, code)
    _require_change(request, found)
    form = CommentTextForm(request.POST or None, initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            written = operations.change_comment(
                actor=request.actor, proposal_id=found.proposal.pk, section=plan.code, key=found.key,
                text=form.cleaned_data["text"], address=_address(request, found.proposal, plan, found.key),
            )  # fmt: skip
            return _written(request, found.proposal, plan, written)
    context = _context(request, found.proposal, plan) | {"form": form, "comment": found}
    return page(request, "applicant/proposals/comment_change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def comment_remove(request: ActorRequest, proposal_id: uuid.UUID, code: str, key: uuid.UUID) -> HttpResponse:
    """Ask, then take an own comment away."""
    found = team_queries.get_comment(request.actor, proposal_id, code, key)
    plan = section(found.proposal.call.programme, code)
    _require_change(request, found)
    if request.method == "POST":
        operations.remove_comment(actor=request.actor, proposal_id=found.proposal.pk, section=plan.code, key=found.key)
        return done(request, "Uw opmerking is verwijderd.", "applicant:comments", found.proposal.pk, plan.code)
    context = _context(request, found.proposal, plan) | {"comment": found}
    return page(request, "applicant/proposals/comment_remove.html", context)


@require_POST
@for_audience("applicant")
def section_work(request: ActorRequest, proposal_id: uuid.UUID, code: str) -> HttpResponse:
    """Say how far the section is and who sees to it."""
    form = SectionWorkForm(request.POST, people=team_queries.colleagues(request.actor))
    if not form.is_valid():
        raise Invalid.because("Kies een stand, en iemand uit de lijst die in het voorstel mag schrijven.")
    operations.hand_over_section(
        actor=request.actor, proposal_id=proposal_id, section=code, state=WorkState(form.cleaned_data["state"]),
        editor_id=form.cleaned_data["editor"],
    )  # fmt: skip
    return done(request, "Bewaard.", "applicant:comments", proposal_id, code)


def _require_change(request: ActorRequest, found: Comment) -> None:
    require(policy.may_comment(request.actor, found.proposal))
    require(policy.may_change_comment(request.actor, found, is_answered=team_queries.is_answered(found)))


def _context(request: ActorRequest, proposal: Proposal, plan: SectionPlan) -> dict[str, Any]:
    return {
        "proposal": proposal,
        "plan": plan,
        "dossier": presenters.dossier(proposal, f"Opmerkingen bij {plan.label}"),
        "verdict": policy.may_comment(request.actor, proposal),
    }


def _remark(request: ActorRequest, proposal: Proposal, plan: SectionPlan, one: Comment) -> Remark:
    """A comment with its replies; the address of what it is about."""
    answers = list(one.replies.all()) if one.parent_id is None else []
    replies = tuple(
        Remark(reply, "", policy.may_change_comment(request.actor, reply, is_answered=reply != answers[-1]))
        for reply in answers
    )
    may_change = policy.may_change_comment(request.actor, one, is_answered=bool(replies))
    return Remark(one, _place(proposal, plan, one), may_change, replies)


def _place(proposal: Proposal, plan: SectionPlan, one: Comment) -> str:
    """Where what a comment is about stands: the field, the record, the block, or the section."""
    url = reverse("applicant:section", args=[proposal.pk, plan.code])
    if one.field:
        return f"{url}#id_{one.field}"
    name = one.part.rpartition("/")[2]
    if name in TITLES:
        return f"{url}#blok-{name}"
    return f"{url}#record-{name}" if name else url


def _subjects(actor: Actor, proposal: Proposal, plan: SectionPlan) -> list[tuple[str, str]]:
    """What a comment of this section can be about: its questions and its records, by code."""
    state = presenters.state_of(actor, proposal)
    texts = Part(plan.code, TEXTS).code
    found = [(f"{texts}#{question.code}", question.label) for question in plan.questions]
    for group in presenters.groups(state, plan):
        rows = [one for row in group.rows for one in (row, *row.children)]
        found += [(part_of(row.kind, row.id).code, f"{row.code} {row.title}") for row in rows]
    return found


def _address(request: ActorRequest, proposal: Proposal, plan: SectionPlan, key: uuid.UUID) -> str:
    """Where a mail leads to."""
    return full_address(request, "applicant:comment", proposal.pk, plan.code, key)
