"""The juror's proposals: the list with its doors, the declaration, the dossier with the points beside it, the position."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkcontract.jury import forms, operations, queries
from wijkcontract.jury.queries import Door, JuryProposal
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock, completeness
from wijkcontract.rules.verdicts import Refused, require
from wijkcontract.web.clarification_pages import clarification_views, version_label
from wijkcontract.web.components.dossier_files import file_urls
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.components.proposal_dossier import build
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate
from wijkcontract.web.papers.download import as_file
from wijkcontract.web.papers.proposal import frozen_paper

FORM = ["GET", "HEAD", "POST"]
TO_DO = {"declare": "Te verklaren", "score": "Punten te geven", "position": "Standpunt te geven"}


@require_safe
@for_audience("juror")
def proposals(request: ActorRequest) -> HttpResponse:
    """Every proposal of the juror's juries, closed doors included."""
    rows = queries.proposals_for_juror(request.actor)
    asked = request.GET.get("doen", "")
    counts = [(code, label, sum(row.to_do == code for row in rows)) for code, label in TO_DO.items()]
    shown = [row for row in rows if row.to_do == asked] if asked in TO_DO else rows
    context = {
        "page": paginate(request, shown, 100, count=True),  # type: ignore[type-var]  # rows, not models
        "chips": [chip for chip in counts if chip[2]],
        "asked": asked if asked in TO_DO else "",
        "to_do": TO_DO,
        "total": len(rows),
    }
    return page(request, "juror/proposals/list.html", context)


@require_http_methods(FORM)
@for_audience("juror")
def declare(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Declare, before the content opens; later a conflict can still be reported."""
    seat, way = queries.find_way(request.actor, proposal_id)
    if way.door is Door.CLOSED:
        raise Refused(way.reason)
    form = forms.DeclarationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        has_conflict = form.cleaned_data["has_conflict"] == "yes"
        with faults_on(form):
            operations.declare_conflict(
                actor=request.actor,
                proposal_id=proposal_id,
                has_conflict=has_conflict,
                reason=form.cleaned_data["reason"] if has_conflict else "",
            )
            if has_conflict:
                return done(
                    request, "Uw belangenconflict is gemeld. Het voorstel is voor u gesloten.", "juror:proposals"
                )
            return done(
                request, "Verklaard: geen belangenconflict. Het voorstel is open.", "juror:proposal", proposal_id
            )
    context = {"proposal": way.proposal, "form": form, "dossier": _dossier(way.proposal, "Verklaring"), "seat": seat}
    return page(request, "juror/proposals/declare.html", context)


@require_http_methods(FORM)
@for_audience("juror")
def proposal(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """The frozen dossier with the juror's points beside it; a POST saves the points."""
    way = queries.find_way(request.actor, proposal_id)[1]
    if way.door is Door.DECLARE and request.method != "POST":
        return redirect("juror:declare", proposal_id)
    found = queries.get_proposal_in_jury(request.actor, proposal_id)
    scale = found.proposal.call.programme.scoring
    form = forms.ScoreForm(request.POST or None, criteria=found.criteria, scale=scale, own=found.own)
    if request.method == "POST":
        require(found.may_score)
        if form.is_valid():
            with faults_on(form):
                operations.score(
                    actor=request.actor,
                    proposal_id=proposal_id,
                    points=form.points,
                    motivation=form.cleaned_data["motivation"],
                )
                return done(request, _saved(form), "juror:proposal", proposal_id)
    return page(request, "juror/proposals/detail.html", _context(found, form))


@require_safe
@for_audience("juror")
def proposal_document(request: ActorRequest, proposal_id: uuid.UUID, kind: str) -> HttpResponse:
    """The frozen proposal as Word or PDF, through the same door as the page."""
    found = queries.get_proposal_in_jury(request.actor, proposal_id)
    paper = frozen_paper(found.submission, found.proposal.call)
    return as_file(paper, kind, f"{found.proposal.title} versie {found.submission.number}")


@require_POST
@for_audience("juror")
def note(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Keep the juror's own notes."""
    form = forms.NoteForm(request.POST)
    if form.is_valid():
        operations.save_note(actor=request.actor, proposal_id=proposal_id, text=form.cleaned_data["text"])
        return done(request, "Uw notities zijn bewaard.", "juror:proposal", proposal_id)
    found = queries.get_proposal_in_jury(request.actor, proposal_id)
    scale = found.proposal.call.programme.scoring
    points = forms.ScoreForm(criteria=found.criteria, scale=scale, own=found.own)
    return page(request, "juror/proposals/detail.html", _context(found, points, form), status=422)


@require_http_methods(FORM)
@for_audience("juror")
def position(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """The position of the juror's Flemish body, per pledge that was asked of it."""
    if queries.find_way(request.actor, proposal_id)[1].door is Door.DECLARE and request.method != "POST":
        return redirect("juror:declare", proposal_id)
    found = queries.get_proposal_in_jury(request.actor, proposal_id)
    require(found.may_take_position)
    form = forms.PositionForm(request.POST or None, pledges=queries.pledges_asked(found.seat, proposal_id))
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.give_position(actor=request.actor, proposal_id=proposal_id, **form.cleaned_data)
            return done(request, "Het standpunt van uw instantie is gegeven.", "juror:proposal", proposal_id)
    context = {"found": found, "form": form, "dossier": _dossier(found.proposal, "Standpunt")}
    return page(request, "juror/proposals/position.html", context)


def _saved(form: forms.ScoreForm) -> str:
    missing = sum(points is None for points in form.points.values())
    if missing:
        return f"Bewaard als ontwerp. Bij {missing} {'criterium' if missing == 1 else 'criteria'} ontbreken nog punten."
    return "Uw punten zijn bewaard. U kunt ze wijzigen tot de voorzitter vergrendelt."


def _context(found: JuryProposal, form: forms.ScoreForm, note_form: forms.NoteForm | None = None) -> dict[str, object]:
    programme = found.proposal.call.programme
    findings = completeness.check(found.document, programme, clock.day_of(found.submission.arrived_at))
    return {
        "found": found,
        "form": form,
        "note_form": note_form or forms.NoteForm(initial={"text": found.note}),
        "dossier": _dossier(found.proposal),
        "view": build(found.document, programme, findings, file_urls=file_urls(found.document)),
        "clarifications": clarification_views(found.clarifications, programme),
        "version": version_label(found.submission, found.clarifications, programme),
        "is_locked": found.jury.state in ("locked", "advised"),
        "own_points": [(one.name, found.own.points.get(one.code)) for one in found.criteria],
        "until": found.jury.score_until,
    }


def _dossier(proposal: Proposal, here: str = "") -> Dossier:
    crumbs = [Link("Voorstellen", reverse("juror:proposals"))]
    if here:
        crumbs.append(Link(proposal.title, reverse("juror:proposal", args=[proposal.pk])))
    crumbs.append(Link(here or proposal.title))
    place = (
        f"{proposal.applicant.name}, {proposal.neighbourhood}" if proposal.neighbourhood else proposal.applicant.name
    )
    return Dossier(title=f"{here}: {proposal.title}" if here else proposal.title, crumbs=crumbs, meta=place)
