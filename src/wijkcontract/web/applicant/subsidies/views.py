"""What the own authority already receives from other channels, as registered by the agency or by itself (R14)."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wijkcontract.proposals import operations
from wijkcontract.proposals.forms import RegisteredSubsidyForm
from wijkcontract.proposals.models import RegisteredSubsidy
from wijkcontract.proposals.policy import LOCAL_ROLES
from wijkcontract.proposals.register.access import get_registered, may_change, may_register, registered_subsidies
from wijkcontract.rules.verdicts import NotVisible, require
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.http import ActorRequest, chosen_id, done, faults_on, for_audience, page, paginate

FORM = ["GET", "HEAD", "POST"]
UNREADABLE = 422


@require_safe
@for_audience("applicant")
def subsidies(request: ActorRequest) -> HttpResponse:
    """The registered subsidies of the own authority."""
    if not request.actor.has(*LOCAL_ROLES):
        raise NotVisible
    shown = paginate(request, registered_subsidies(request.actor))
    context = {
        "page": shown,
        "rows": [(one, may_change(request.actor, one)) for one in shown.items],
        "may_register": may_register(request.actor),
    }
    return page(request, "applicant/subsidies/list.html", context)


@require_http_methods(FORM)
@for_audience("applicant")
def subsidy_new(request: ActorRequest) -> HttpResponse:
    """Add a subsidy that the own authority receives."""
    require(may_register(request.actor))
    return _form_page(request, None)


@require_http_methods(FORM)
@for_audience("applicant")
def subsidy(request: ActorRequest, subsidy_id: uuid.UUID) -> HttpResponse:
    """Change a subsidy that the own authority registered."""
    one = get_registered(request.actor, subsidy_id)
    require(may_change(request.actor, one))
    return _form_page(request, one)


def _form_page(request: ActorRequest, one: RegisteredSubsidy | None) -> HttpResponse:
    form = RegisteredSubsidyForm(request.POST or None, initial=RegisteredSubsidyForm.initial_of(one) if one else None)
    new_id = chosen_id(request)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.register_subsidy(
                actor=request.actor, subsidy_id=one.pk if one else None, new_id=new_id, **form.cleaned_data
            )
            return done(request, "Subsidie bewaard in het register.", "applicant:subsidies")
    context = {"form": form, "one": one, "new_id": new_id, "dossier": _dossier("Bewerken" if one else "Toevoegen")}
    status = 200 if request.method != "POST" else UNREADABLE
    return page(request, "applicant/subsidies/form.html", context, status=status)


@require_http_methods(FORM)
@for_audience("applicant")
def subsidy_remove(request: ActorRequest, subsidy_id: uuid.UUID) -> HttpResponse:
    """Ask first, then take a subsidy that the own authority registered out of the register."""
    one = get_registered(request.actor, subsidy_id)
    require(may_change(request.actor, one))
    if request.method == "POST":
        operations.remove_registered_subsidy(actor=request.actor, subsidy_id=one.pk)
        return done(request, "Subsidie uit het register gehaald.", "applicant:subsidies")
    return page(request, "applicant/subsidies/remove.html", {"one": one, "dossier": _dossier("Verwijderen")})


def _dossier(here: str) -> Dossier:
    crumbs = [
        Link("Voorstellen", reverse("applicant:proposals")),
        Link("Register van subsidies", reverse("applicant:subsidies")),
        Link(here),
    ]
    return Dossier(title="Register van subsidies", crumbs=crumbs, heading=False)
