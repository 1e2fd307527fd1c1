"""Inviting colleagues by mail, and the page that the link of an invitation opens: it shows what is asked, a button accepts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from wijkcontract.accounts import operations, policy, queries
from wijkcontract.accounts.forms import InviteForm
from wijkcontract.accounts.models import Invitation
from wijkcontract.accounts.operations import InvitationClosed
from wijkcontract.accounts.roles import Role
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import NotVisible, require
from wijkcontract.web.components.formats import day
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, full_address, page, paginate

GONE = 410


@dataclass(frozen=True)
class Asked:
    """An invitation of the list, and how it stands."""

    invitation: Invitation
    light: str
    word: str
    is_open: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience()
def invitations(request: ActorRequest) -> HttpResponse:
    """The invitations of the own organisation; the mandated submitter invites."""
    actor = request.actor
    if not actor.organisation_id:
        raise NotVisible
    verdict = policy.may_invite(actor, actor.organisation_id, Role.EDITOR)
    form = InviteForm(request.POST or None, roles=policy.INVITED_ROLES)
    if request.method == "POST":
        require(verdict)
        if form.is_valid():
            with faults_on(form):
                operations.invite(
                    actor=actor,
                    organisation_id=actor.organisation_id,
                    why="U werkt dan mee aan voorstellen en rapporten.",
                    link_of=lambda token: full_address(request, "account:invitation", token),
                    **form.cleaned_data,
                )
                return done(
                    request, f"{form.cleaned_data['name']} krijgt een mail met een link.", "account:invitations"
                )
    shown = paginate(request, queries.invitations_of(actor))
    context = {
        "page": shown,
        "asked": [_asked(one) for one in shown.items],
        "form": form,
        "verdict": verdict,
    }
    return page(request, "account/invitations.html", context)


def _asked(one: Invitation) -> Asked:
    if one.accepted_at is not None:
        return Asked(one, "ok", f"Aanvaard op {day(one.accepted_at)}")
    if one.revoked_at is not None:
        return Asked(one, "end", f"Ingetrokken op {day(one.revoked_at)}")
    if one.expires_at <= clock.now():
        return Asked(one, "none", "Link verlopen, nodig opnieuw uit")
    return Asked(one, "busy", f"Verstuurd, geldig tot {day(one.expires_at)}", is_open=True)


@require_POST
@for_audience()
def invitation_revoke(request: ActorRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    revoked = operations.revoke_invitation(actor=request.actor, invitation_id=invitation_id)
    return done(request, f"De link van {revoked.name} werkt niet meer.", "account:invitations")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: ActorRequest, token: str) -> HttpResponse:
    """What is asked of whoever holds the link; nothing happens before the button. A link that is over says no names."""
    try:
        found = queries.open_invitation(token)
        if request.method == "POST":
            operations.accept_invitation(actor=request.actor, token=token)
            said = f"Aanvaard. U kunt zich nu aanmelden met het adres {found.email}."
            return done(request, said, "account:login")
    except InvitationClosed as closed:
        answer = page(request, "account/invitation_closed.html", {"was_accepted": closed.was_accepted}, status=GONE)
    else:
        answer = page(request, "account/invitation.html", {"invitation": found})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
