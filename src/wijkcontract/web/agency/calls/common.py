"""What the pages of a call share: who may change it, the bar above, and what a late click finds."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wijkcontract.calls import policy, queries
from wijkcontract.calls.models import Call
from wijkcontract.rules.lifecycle import CALL
from wijkcontract.rules.programme_phases import phase_label
from wijkcontract.rules.verdicts import require
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.http import ActorRequest


def managed(request: ActorRequest, call_id: uuid.UUID) -> Call:
    """The call, for who may change it; others get the reason."""
    found = queries.get_call(request.actor, call_id)
    require(policy.may_manage_call(request.actor, found))
    return found


def launched_already(request: ActorRequest, found: Call) -> HttpResponse:
    """A stale page or a second click: say how the call stands, change nothing."""
    label = CALL.states[found.state].label.lower()
    messages.info(request, f"Deze oproep is al {label}. Haar gegevens staan vast.")
    return redirect("agency:call", found.pk)


def dossier(found: Call, here: str = "") -> Dossier:
    """The bar above a page of a call."""
    crumbs = [Link("Oproepen", reverse("agency:calls"))]
    if here:
        crumbs.append(Link(found.title, reverse("agency:call", args=[found.pk])))
    crumbs.append(Link(here or found.title))
    return Dossier(
        title=f"{here}: {found.title}" if here else found.title,
        crumbs=crumbs,
        state=found.phase,
        state_label=found.phase_label,
        meta=", ".join(filter(None, (found.programme.title, phase_label(found.programme)))),
    )
