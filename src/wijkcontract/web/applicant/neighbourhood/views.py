"""The neighbourhood analyses of a local authority: begin one, choose sectors, read the profile, freeze it, throw it away."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkcontract.places import operations, policy, queries
from wijkcontract.places.enums import AnalysisState, Method
from wijkcontract.places.models import NeighbourhoodAnalysis
from wijkcontract.proposals import queries as proposals
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.operations import attach_evidence
from wijkcontract.proposals.policy import may_edit as may_edit_proposal
from wijkcontract.rules.verdicts import Fault, Invalid, require
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate
from wijkcontract.web.neighbourhood import charts
from wijkcontract.web.neighbourhood.documents import document_of
from wijkcontract.web.neighbourhood.listing import sector_rows
from wijkcontract.web.neighbourhood.mapping import CHOSEN, PROPOSAL, SECTOR, build_map, chosen_of, standing_of
from wijkcontract.web.neighbourhood.presenters import analysis_dossier
from wijkcontract.web.neighbourhood.profile_page import build_profile

KEPT = ("cijfer", "jaar", "klassen", "grenzen", PROPOSAL)


class TitleForm(forms.Form):
    """The name of a neighbourhood."""

    title = forms.CharField(label="Naam van de wijk", max_length=200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def neighbourhoods(request: ActorRequest) -> HttpResponse:
    """The neighbourhood analyses of the own authority, and the form to begin one."""
    has_sectors = queries.current_vintage(request.actor, request.actor.organisation_id) is not None
    may_start = policy.may_start_analysis(request.actor)
    form = TitleForm(request.POST or None) if may_start.allowed and has_sectors else None
    if request.method == "POST":
        require(may_start)
        if form is not None and form.is_valid():
            with faults_on(form):
                made = operations.start_analysis(actor=request.actor, title=form.cleaned_data["title"])
                return done(request, "De wijk is begonnen. Kies nu de sectoren.", "applicant:neighbourhood", made.pk)
    context = {
        "page": paginate(request, queries.visible_analyses(request.actor)),
        "may_start": may_start,
        "has_sectors": has_sectors,
        "form": form,
        "drafts": _drafts(request),
    }
    return page(
        request, "applicant/neighbourhood/list.html", context, status=422 if form is not None and form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def neighbourhood(request: ActorRequest, analysis_id: uuid.UUID) -> HttpResponse:
    """The map and its list. A post either looks at another figure (the choice goes along in the address) or saves."""
    analysis = queries.get_analysis(request.actor, analysis_id)
    if request.method != "POST":
        return _map(request, analysis)
    if "bewaar" not in request.POST:
        kept = [(name, value) for name in KEPT if (value := request.POST.get(name))]
        chosen = [(SECTOR, code) for code in request.POST.getlist(SECTOR)]
        return redirect(
            f"{reverse('applicant:neighbourhood', args=[analysis.pk])}?{urlencode([*kept, (CHOSEN, '1'), *chosen])}"
        )
    version = request.POST.get("version", "")
    try:
        operations.save_analysis(
            actor=request.actor,
            analysis_id=analysis.pk,
            version=int(version) if version.isdecimal() and len(version) < 10 else -1,
            title=analysis.title,
            sectors=request.POST.getlist(SECTOR),
            method=_method(request.POST.getlist(SECTOR), request.POST.get(PROPOSAL, "")),
        )
    except Invalid as invalid:
        return _map(request, analysis, invalid.faults)
    return done(request, "De wijk is bewaard.", "applicant:neighbourhood", analysis.pk)


def _method(chosen: list[str], proposed: str) -> Method:
    """A proposal of the engine that was taken over whole is its border; one that was pushed is drawn."""
    return Method.PROPOSED if proposed and set(chosen) == set(proposed.split(",")) else Method.DRAWN


def _map(
    request: ActorRequest, analysis: NeighbourhoodAnalysis, faults: tuple[Fault, ...] | list[Fault] = ()
) -> HttpResponse:
    """The page of the map; after a refused save it shows what was chosen, with the version that is stored now."""
    query = request.POST.copy() if faults else request.GET
    if faults:
        query[CHOSEN] = "1"
    shown = build_map(request.actor, analysis, query)
    may_edit = policy.may_edit_analysis(request.actor, analysis)
    context = {
        "analysis": analysis,
        "dossier_bar": analysis_dossier(analysis, "neighbourhood"),
        "map": shown,
        "rows": sector_rows(shown.look.rows, locked=not may_edit.allowed) if shown.look else "",
        "may_edit": may_edit,
        "version": analysis.version,
        "faults": faults,
        "drafts": _drafts(request),
    }
    return page(request, "applicant/neighbourhood/map.html", context, status=422 if faults else 200)


@require_safe
@for_audience("applicant")
def neighbourhood_standing(request: ActorRequest, analysis_id: uuid.UUID) -> HttpResponse:
    """What the choice in the address comes to, as the piece of page that the script puts in its place."""
    analysis = queries.get_analysis(request.actor, analysis_id)
    state = standing_of(request.actor, analysis, chosen_of(analysis, request.GET))
    return page(request, "neighbourhood/standing.html", {"standing": state})


@require_safe
@for_audience("applicant")
def neighbourhood_profile(request: ActorRequest, analysis_id: uuid.UUID) -> HttpResponse:
    """Every indicator of the saved sectors beside municipality, province and Flanders."""
    analysis = queries.get_analysis(request.actor, analysis_id)
    context = {
        "analysis": analysis,
        "dossier_bar": analysis_dossier(analysis, "neighbourhood_profile"),
        "profile": build_profile(request.actor, analysis, analysis.sectors) if analysis.sectors else None,
        "town": analysis.organisation.name,
        "scale": charts.deviation_scale(),
        "may_edit": policy.may_edit_analysis(request.actor, analysis),
        "drafts": _drafts(request),
        "newer": _newer(request, analysis),
    }
    return page(request, "applicant/neighbourhood/profile.html", context)


def _newer(request: ActorRequest, analysis: NeighbourhoodAnalysis) -> bool:
    """Did figures come in since the analysis was frozen? Then this page and the frozen documents may differ."""
    if analysis.state != AnalysisState.FROZEN:
        return False
    return queries.get_evidence(request.actor, analysis.pk).data_version != queries.data_version(request.actor)


def _drafts(request: ActorRequest) -> list[Proposal]:
    """The own proposals that a neighbourhood is drawn for, and that it can still go into once it is frozen."""
    own = proposals.own_proposals(request.actor).filter(state=ProposalState.DRAFT)
    return [one for one in own if may_edit_proposal(request.actor, one)]


@require_safe
@for_audience("applicant")
def neighbourhood_document(request: ActorRequest, analysis_id: uuid.UUID, kind: str) -> HttpResponse:
    """The evidence as Word, PDF or Excel."""
    return document_of(request.actor, queries.get_analysis(request.actor, analysis_id), kind)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def neighbourhood_freeze(request: ActorRequest, analysis_id: uuid.UUID) -> HttpResponse:
    """Ask once more, then freeze the figures for ever."""
    analysis = queries.get_analysis(request.actor, analysis_id)
    require(policy.may_edit_analysis(request.actor, analysis))
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        with faults_on(form):
            version = request.POST.get("version", "")
            operations.freeze_analysis(
                actor=request.actor,
                analysis_id=analysis.pk,
                version=int(version) if version.isdecimal() and len(version) < 10 else -1,
            )
            return done(request, "De wijk en haar cijfers liggen vast.", "applicant:neighbourhood_profile", analysis.pk)
    context = {"analysis": analysis, "dossier_bar": analysis_dossier(analysis, ""), "form": form}
    return page(request, "applicant/neighbourhood/freeze.html", context, status=422 if form.errors else 200)


@require_POST
@for_audience("applicant")
def neighbourhood_attach(request: ActorRequest, analysis_id: uuid.UUID) -> HttpResponse:
    """Let a draft proposal carry the frozen figures."""
    analysis = queries.get_analysis(request.actor, analysis_id)
    proposal = proposals.get_proposal(request.actor, request.POST.get("proposal", ""))
    attach_evidence(actor=request.actor, proposal_id=proposal.pk, analysis_id=analysis.pk)
    return done(
        request, "De wijk en haar cijfers staan in het voorstel.", "applicant:section", proposal.pk, "neighbourhood"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def neighbourhood_delete(request: ActorRequest, analysis_id: uuid.UUID) -> HttpResponse:
    """Throw a draft away, after asking."""
    analysis = queries.get_analysis(request.actor, analysis_id)
    require(policy.may_edit_analysis(request.actor, analysis))
    if request.method == "POST":
        operations.delete_analysis(actor=request.actor, analysis_id=analysis.pk)
        return done(request, "De wijkanalyse is verwijderd.", "applicant:neighbourhoods")
    context = {"analysis": analysis, "dossier_bar": analysis_dossier(analysis, "")}
    return page(request, "applicant/neighbourhood/delete.html", context)
