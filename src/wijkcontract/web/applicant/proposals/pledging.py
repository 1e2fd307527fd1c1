"""Asking partners to confirm their pledges, and what they answered: the state of every pledge on one page (R8, R12, R16)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wijkcontract.proposals import operations, pledges, policy, queries
from wijkcontract.proposals.models import AnswerKind, Partner, Pledge, PledgeAnswer, PledgeLink, Proposal
from wijkcontract.proposals.records import KINDS
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.components.flemish_asks import flemish_asks
from wijkcontract.web.components.formats import day, moment_short
from wijkcontract.web.http import ActorRequest, done, for_audience, full_address, page
from wijkcontract.web.papers.download import as_file
from wijkcontract.web.papers.letter import letter_paper


@dataclass(frozen=True)
class PledgeLine:
    """A pledge with its state as a light, and what its partner said last."""

    words: str
    light: str
    state: str
    note: str
    url: str


@dataclass(frozen=True)
class PartnerCard:
    """A partner with its pledges, the link that it has, and what can be done."""

    partner: Partner
    code: str
    lines: Sequence[PledgeLine]
    asked: str
    lacks_mail: bool
    may_ask: bool
    may_revoke: bool


@require_safe
@for_audience("applicant")
def confirmations(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Every partner with the state of its pledges: asked, answered, changed since."""
    proposal = queries.get_own_proposal(request.actor, proposal_id)
    verdict = policy.may_edit(request.actor, proposal)
    may_revoke = policy.may_revoke_link(request.actor, proposal)
    context = {
        "proposal": proposal,
        "dossier": presenters.dossier(proposal, "Bevestigingen van partners"),
        "cards": _cards(proposal, may_ask=bool(verdict), may_revoke=bool(may_revoke)),
        "verdict": verdict,
        "days": proposal.call.programme.limits.pledge_link_days,
    }
    return page(request, "applicant/proposals/confirmations.html", context)


@require_POST
@for_audience("applicant")
def ask_confirmation(request: ActorRequest, proposal_id: uuid.UUID, record_id: uuid.UUID) -> HttpResponse:
    """Mail the partner a link; an earlier one stops working."""
    try:
        link = operations.ask_confirmation(
            actor=request.actor, proposal_id=proposal_id, partner_id=record_id,
            address_of=lambda token: full_address(request, "public:pledge", token),
        )  # fmt: skip
    except Invalid as invalid:
        for fault in invalid.faults:
            messages.error(request, fault.message)
        return redirect(_back(proposal_id, record_id))
    messages.success(request, f"De vraag gaat naar {link.recipient}. De link werkt tot en met {day(link.last_day)}.")
    return redirect(_back(proposal_id, record_id))


@require_POST
@for_audience("applicant")
def revoke_link(request: ActorRequest, proposal_id: uuid.UUID, record_id: uuid.UUID) -> HttpResponse:
    """Take the link back."""
    operations.revoke_link(actor=request.actor, proposal_id=proposal_id, partner_id=record_id)
    return done(request, "De link is ingetrokken en opent niets meer.", "applicant:confirmations", proposal_id)


@require_safe
@for_audience("applicant")
def letter(request: ActorRequest, proposal_id: uuid.UUID, record_id: uuid.UUID, kind: str) -> HttpResponse:
    """The letter of intent of a partner, to sign: as Word or as PDF."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    partner = queries.get_record(proposal, KINDS["partner"], record_id)
    assert isinstance(partner, Partner)  # noqa: S101 - the kind says so
    return as_file(letter_paper(proposal, partner), kind, f"Intentiebrief {partner.name}")


@require_safe
@for_audience("applicant")
def flanders(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """What the proposal asks of Flemish bodies and of other ministers, and what these lines still lack (R12, R19)."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    verdict = policy.may_edit(request.actor, proposal)

    def address(kind: str, record_id: str, field: str) -> str:
        url = reverse("applicant:record", args=[proposal.pk, "partners", kind, record_id])
        return f"{url}#id_{field}_0" if field == "measures" else f"{url}#id_{field}"

    context = {
        "proposal": proposal,
        "dossier": presenters.dossier(proposal, "Wat vraagt u aan Vlaanderen"),
        "asks": flemish_asks(
            queries.document_for(request.actor, proposal), proposal.call.programme, address if verdict else None
        ),
        "verdict": verdict,
    }
    return page(request, "applicant/proposals/flanders.html", context)


def _back(proposal_id: uuid.UUID, partner_id: uuid.UUID) -> str:
    return f"{reverse('applicant:confirmations', args=[proposal_id])}#partner-{partner_id}"


def _cards(proposal: Proposal, *, may_ask: bool, may_revoke: bool) -> list[PartnerCard]:
    """The partners in the order of the proposal; four queries, however many there are."""
    links, answers = queries.last_links(proposal), queries.last_answers(proposal)
    partners = proposal.partners.prefetch_related("pledges")
    return [
        _card(proposal, place, one, links.get(one.pk), answers, may_ask=may_ask, may_revoke=may_revoke)
        for place, one in enumerate(partners, 1)
    ]


def _card(
    proposal: Proposal,
    place: int,
    partner: Partner,
    link: PledgeLink | None,
    answers: dict[uuid.UUID, PledgeAnswer],
    *,
    may_ask: bool,
    may_revoke: bool,
) -> PartnerCard:
    code = f"{KINDS['partner'].letter}{place}"
    is_waiting = link is not None and _waits(link)
    lines = [_line(proposal, one, answers.get(one.pk), link if is_waiting else None) for one in partner.pledges.all()]
    is_to_ask = may_ask and any(line.light != "ok" for line in lines)
    return PartnerCard(
        partner=partner, code=code, lines=lines, asked=_asked(link), lacks_mail=is_to_ask and not partner.contact_mail,
        may_ask=is_to_ask and bool(partner.contact_mail), may_revoke=may_revoke and is_waiting,
    )  # fmt: skip


def _waits(link: PledgeLink) -> bool:
    return link.revoked_at is None and link.answered_at is None and link.stops_at > clock.now()


def _asked(link: PledgeLink | None) -> str:
    """What became of the last link, in a sentence; empty when none was sent."""
    if link is None:
        return ""
    sent = f"Gevraagd op {moment_short(link.sent_at)} aan {link.recipient}, door {link.sent_by_name}."
    if link.answered_at is not None:
        return f"{sent} Beantwoord op {moment_short(link.answered_at)}."
    if link.revoked_at is not None:
        return f"{sent} Ingetrokken op {moment_short(link.revoked_at)}."
    if link.stops_at <= clock.now():
        return f"{sent} Verlopen op {day(link.last_day)}, zonder antwoord."
    return f"{sent} De link werkt tot en met {day(link.last_day)}."


def _line(proposal: Proposal, pledge: Pledge, answer: PledgeAnswer | None, waiting: PledgeLink | None) -> PledgeLine:
    light, state = _state(pledge, answer, waiting)
    note = ""
    if answer is not None:
        note = f"{answer.signed_by}, {answer.function}, op {moment_short(answer.answered_at)}."
        if not pledges.still_holds(pledge, answer):
            note += f" Toen stond er: {pledges.sentence(answer.words)}."
        if answer.remark:
            note += f" {answer.remark}"
    url = reverse("applicant:record", args=[proposal.pk, "partners", "pledge", pledge.pk])
    return PledgeLine(pledges.sentence(pledges.words_of(pledge)), light, state, note, url)


def _state(pledge: Pledge, answer: PledgeAnswer | None, waiting: PledgeLink | None) -> tuple[str, str]:
    """The light and the word of a pledge. An answer on other words counts no more; a refusal of them was settled."""
    if answer is not None and pledges.still_holds(pledge, answer):
        return {
            AnswerKind.CONFIRMED.value: ("ok", "Bevestigd"),
            AnswerKind.DECLINED.value: ("bad", "Geweigerd"),
        }.get(answer.kind, ("warn", "Wijziging gevraagd"))
    if answer is not None and answer.kind == AnswerKind.CONFIRMED:
        return "warn", "Bevestigd voor een vroegere tekst"
    return ("busy", "Wacht op antwoord") if waiting else ("none", "Niet gevraagd")
