"""Logging in and out, the own organisation, and files."""

from __future__ import annotations

import uuid

from django.contrib import auth
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkcontract.accounts import operations, policy, queries
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.forms import GrantForm
from wijkcontract.accounts.models import Mandate
from wijkcontract.accounts.roles import Role
from wijkcontract.files import queries as files
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import NotVisible, require
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, safe_next

HOMES = {
    "applicant": "applicant:home",
    "juror": "juror:home",
    "agency": "agency:home",
    "resident": "resident:home",
}


@require_safe
@for_audience()
def overview(request: ActorRequest) -> HttpResponse:
    """To the home of the audience; without a role, how to get one."""
    home = HOMES.get(request.actor.audience)
    if home:
        return redirect(home)
    return page(request, "account/no_home.html", {"operator": request.actor.audience == "operator"})


@require_safe
def login(request: ActorRequest) -> HttpResponse:
    if not request.actor.is_anonymous:
        return redirect(safe_next(request, request.GET.get("volgende", "")))
    return page(request, "account/login.html", {"next": request.GET.get("volgende", "")})


@require_POST
def logout(request: ActorRequest) -> HttpResponse:
    auth.logout(request)
    answer = done(request, "U bent afgemeld.", "public:home")
    answer.headers["Clear-Site-Data"] = '"storage"'  # what a page of a draft kept in this browser until it was saved
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience()
def choose_organisation(request: ActorRequest) -> HttpResponse:
    """For people who act for more than one organisation; the choice stays in the session."""
    names = {str(mandate.organisation_id): mandate.organisation.name for mandate in own_mandates(request)}
    if request.method == "POST":
        chosen = request.POST.get("organisatie", "")
        if chosen not in names:
            raise NotVisible
        request.session["organisation_id"] = chosen
        return done(request, f"U werkt nu voor {names[chosen]}.", "account:overview")
    return page(request, "account/organisation.html", {"organisations": names.items()})


def own_mandates(request: ActorRequest) -> QuerySet[Mandate]:
    """The mandates of whoever is logged in, for every organisation."""
    person = request.user
    if not person.is_authenticated:
        raise NotVisible
    return person.mandates.filter(queries.in_force(clock.today())).select_related("organisation")


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience()
def people(request: ActorRequest) -> HttpResponse:
    """Who works for the own organisation and as what; the mandated submitter also gives roles."""
    actor = request.actor
    if not actor.organisation_id:
        raise NotVisible
    verdict = policy.may_manage_mandates(actor, actor.organisation_id)
    form = GrantForm(request.POST or None, roles=roles_to_grant(actor))
    if request.method == "POST":
        require(verdict)
        if form.is_valid():
            with faults_on(form):
                mandate = operations.grant_mandate(
                    actor=actor, organisation_id=actor.organisation_id, **form.cleaned_data
                )
                return done(
                    request, f"{mandate.person.name} heeft nu de rol {mandate.get_role_display()}.", "account:people"
                )
    mandates = queries.people_of(actor)
    context = {"mandates": mandates, "form": form, "verdict": verdict}
    return page(request, "account/people.html", context)


def roles_to_grant(actor: Actor) -> list[Role]:
    return [role for role in Role if policy.may_grant(actor, actor.organisation_id, role)]


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience()
def end_mandate(request: ActorRequest, mandate_id: int) -> HttpResponse:
    """Ask, then take a role back; of the last submitter the page says why it stays."""
    mandate = queries.people_of(request.actor).filter(pk=mandate_id).first()
    if mandate is None:
        raise NotVisible
    require(policy.may_manage_mandates(request.actor, mandate.organisation_id))
    if request.method == "POST":
        operations.end_mandate(actor=request.actor, mandate_id=mandate_id)
        message = f"{mandate.person.name} heeft de rol {mandate.get_role_display()} niet meer."
        return done(request, message, "account:people")
    context = {"mandate": mandate, "is_last": queries.is_last_submitter(mandate)}
    return page(request, "account/end_mandate.html", context)


@require_safe
def file(request: ActorRequest, file_id: uuid.UUID) -> FileResponse:
    """A file, for who may read the object that it belongs to; always to keep, never to open inside this site."""
    stored = files.get_file(request.actor, file_id)
    response = FileResponse(
        default_storage.open(stored.path), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
