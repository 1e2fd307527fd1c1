"""The page behind the link of a partner: its own pledges and the summary, and the button that answers (R8, decision 0026)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from wijkcontract.proposals import operations, pledges, queries
from wijkcontract.proposals.forms import PledgeAnswersForm
from wijkcontract.proposals.models import PledgeLink
from wijkcontract.rules.verdicts import NotVisible, Refused
from wijkcontract.web.http import ActorRequest, faults_on, full_address, page
from wijkcontract.web.refusals import refused

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponse]
GONE = 404
UNREADABLE = 422
CLOSED_TO_OTHERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
"""No copy is kept, no search engine lists it, and no other site learns the address. With `no-referrer` a browser sends the form
with an empty origin, which the guard against foreign forms refuses."""


def closed_to_others(view: View[P]) -> View[P]:
    """Answers of a secret address: see CLOSED_TO_OTHERS. A link that does not work gives one page, whatever the cause."""

    @functools.wraps(view)
    def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except NotVisible:
            response = page(request, "public/pledges/gone.html", status=GONE)
        except Refused as refusal:
            response = refused(request, refusal.reason)
        for name, value in CLOSED_TO_OTHERS.items():
            response.headers[name] = value
        return response

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@closed_to_others
def pledge(request: ActorRequest, token: str) -> HttpResponse:
    """Opening shows, the button answers."""
    if request.method == "POST":
        return _answer(request, token)
    link = queries.get_pledge_link(token)
    form = PledgeAnswersForm(asked=queries.pledges_to_answer(link.partner))
    return _pledge_page(request, link, form)


def _answer(request: ActorRequest, token: str) -> HttpResponse:
    if queries.was_just_answered(token):
        return redirect("public:pledge_answered")
    link = queries.get_pledge_link(token)
    form = PledgeAnswersForm(request.POST, asked=queries.pledges_to_answer(link.partner))
    if form.is_valid():
        with faults_on(form):
            operations.answer_pledges(
                actor=request.actor, token=token, replies=form.replies(), signed_by=form.cleaned_data["signed_by"],
                function=form.cleaned_data["function"], may_bind=form.cleaned_data["may_bind"],
                address=full_address(request, "applicant:confirmations", link.proposal_id),
            )  # fmt: skip
            return redirect("public:pledge_answered")
    return _pledge_page(request, link, form, status=UNREADABLE)


def _pledge_page(request: ActorRequest, link: PledgeLink, form: PledgeAnswersForm, status: int = 200) -> HttpResponse:
    confirmed = [
        (pledges.sentence(answer.words), answer)
        for _, answer in queries.answered_pledges(link.partner)
        if answer is not None
    ]
    context = {
        "link": link,
        "authority": link.proposal.applicant.name,
        "neighbourhood": link.proposal.neighbourhood,
        "partner": link.partner.name,
        "texts": queries.texts_for_partners(link.proposal),
        "form": form,
        "confirmed": confirmed,
    }
    return page(request, "public/pledges/pledge.html", context, status=status)


@require_safe
@closed_to_others
def answered(request: ActorRequest) -> HttpResponse:
    """The same thanks for everyone: it says nothing of what was answered."""
    return page(request, "public/pledges/answered.html")
