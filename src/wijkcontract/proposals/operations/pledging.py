"""Asking partners to confirm their pledges through a link, and keeping what they answer (R8, R16; decision 0026)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.queries import people_with_role
from wijkcontract.audit.operations import nothing_changed, operation, record
from wijkcontract.outbox.operations import queue_mail
from wijkcontract.proposals import pledges, policy, queries
from wijkcontract.proposals.enums import PledgeStatus, ProposalState
from wijkcontract.proposals.keeping import editable, keep_revision, step
from wijkcontract.proposals.models import AnswerKind, Change, Partner, Pledge, PledgeAnswer, PledgeLink, Proposal
from wijkcontract.proposals.parts import part_of
from wijkcontract.proposals.records import KINDS
from wijkcontract.rules import clock
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.tokens import new_token, token_sha256
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, require

VERBS: Final = {
    AnswerKind.CONFIRMED: "proposals.pledge_confirmed",
    AnswerKind.DECLINED: "proposals.pledge_declined",
    AnswerKind.CHANGE_ASKED: "proposals.pledge_change_asked",
}


@dataclass(frozen=True)
class Reply:
    """What a partner answers on one pledge; `words_sha256` is of the words that its page showed."""

    pledge_id: str
    kind: str
    words_sha256: str
    remark: str = ""


@operation
def ask_confirmation(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    partner_id: uuid.UUID | str,
    address_of: Callable[[str], str],
) -> PledgeLink:
    """Mail a partner a link to its pledges; an earlier link stops working. A second click sends no second mail.

    `address_of` makes the full address of a token. Raises Invalid when there is no mail address or nothing to confirm.
    """
    proposal = editable(actor, proposal_id)
    partner = _partner(proposal, partner_id)
    earlier = queries.last_link(partner)
    if earlier is not None and earlier.recipient == partner.contact_mail and _was_just_sent(earlier):
        nothing_changed()
        return earlier
    if not partner.contact_mail:
        raise Invalid.because("Vul eerst het mailadres van deze partner in.", "contact_mail")
    if not queries.pledges_to_answer(partner):
        raise Invalid.because("Deze partner heeft geen engagement dat nog bevestigd moet worden.")
    _revoke_open_links(partner)
    token, now = new_token(), clock.now()
    link = PledgeLink.objects.create(
        proposal=proposal, partner=partner, token_sha256=token_sha256(token), recipient=partner.contact_mail,
        sent_at=now, sent_by_id=actor.person_id, sent_by_name=actor.name,
        expires_at=now + dt.timedelta(days=proposal.call.programme.limits.pledge_link_days),
    )  # fmt: skip
    _mail_partner(link, address_of(token))
    record(
        actor, "proposals.pledge_asked", proposal,
        link=str(link.pk), partner=str(partner.pk), expires_at=link.expires_at.isoformat(),
    )  # fmt: skip
    return link


@operation
def revoke_link(*, actor: Actor, proposal_id: uuid.UUID | str, partner_id: uuid.UUID | str) -> Proposal:
    """Take back the link that a partner has, in any state of the proposal; it opens nothing any more."""
    proposal = queries.get_own_proposal(actor, proposal_id)
    Proposal.objects.select_for_update().only("pk").get(pk=proposal.pk)
    require(policy.may_revoke_link(actor, proposal))
    partner = _partner(proposal, partner_id)
    if not _revoke_open_links(partner):
        nothing_changed()
        return proposal
    record(actor, "proposals.pledge_link_revoked", proposal, partner=str(partner.pk))
    return proposal


@operation
def answer_pledges(
    *, actor: Actor, token: str, replies: Sequence[Reply], signed_by: str, function: str, may_bind: bool, address: str
) -> PledgeLink:
    """Keep what a partner answers on every pledge that its link asks about; the link has then served.

    `address` is the full address of the page where who writes reads the answers.

    A confirmed pledge of a draft that was only asked becomes promised, a declined one is asked again. The second click of the
    same answer changes nothing. Raises NotVisible for a link that does not work, Refused once the call has closed, Invalid with
    everything that is missing, also when a pledge changed after the page showed it.
    """
    link = _answering(token)
    if link.answered_at is not None:
        nothing_changed()
        return link
    queries.check_in_time(link)
    asked = {str(one.pk): one for one in queries.pledges_to_answer(link.partner)}
    if faults := _faults(asked, replies, signed_by, function, may_bind=may_bind):
        raise Invalid(faults)
    signed_by, now = signed_by.strip(), clock.now()
    partner = Actor(name=f"{signed_by} ({link.partner.name})"[:200])
    for reply in replies:
        words = pledges.words_of(asked[reply.pledge_id])
        kept = PledgeAnswer.objects.create(
            proposal=link.proposal, link_id=link.pk, partner_id=link.partner_id, pledge_id=reply.pledge_id, kind=reply.kind,
            words=words, words_sha256=pledges.words_sha256(words), signed_by=signed_by, function=function.strip(),
            remark=reply.remark.strip(), answered_at=now,
        )  # fmt: skip
        verb = VERBS[AnswerKind(reply.kind)]
        record(partner, verb, link.proposal, pledge=reply.pledge_id, link=str(link.pk), words=kept.words_sha256)
    if link.proposal.state == ProposalState.DRAFT:
        _follow(partner, link.proposal, [(asked[one.pledge_id], AnswerKind(one.kind)) for one in replies])
    link.answered_at = now
    link.save(update_fields=["answered_at"])
    _mail_writers(link, asked, replies, signed_by, address)
    return link


def _partner(proposal: Proposal, partner_id: uuid.UUID | str) -> Partner:
    found = queries.get_record(proposal, KINDS["partner"], partner_id)
    assert isinstance(found, Partner)  # noqa: S101 - the kind says so
    return found


def _was_just_sent(link: PledgeLink) -> bool:
    return link.revoked_at is None and link.answered_at is None and clock.now() - link.sent_at < pledges.SECOND_CLICK


def _revoke_open_links(partner: Partner) -> int:
    return PledgeLink.objects.filter(partner=partner, revoked_at=None, answered_at=None).update(revoked_at=clock.now())


def _answering(token: str) -> PledgeLink:
    """The link of this token, its proposal locked: every write of a link locks the proposal first.

    One that was answered a moment ago is the second click; an older one does not work.
    """
    found = queries.pledge_links(token).first()
    if found is None:
        raise NotVisible
    proposal = (
        Proposal.objects.select_for_update(of=("self",)).select_related("call", "applicant").get(pk=found.proposal_id)
    )
    link = queries.pledge_links(token).first()
    if link is None or (link.answered_at is not None and not queries.was_just_answered(token)):
        raise NotVisible
    link.proposal = proposal
    return link


def _faults(
    asked: Mapping[str, Pledge], replies: Sequence[Reply], signed_by: str, function: str, *, may_bind: bool
) -> list[Fault]:
    faults = []
    by_pledge = {reply.pledge_id: reply for reply in replies}
    for pledge_id, pledge in asked.items():
        faults += _faults_of(pledge, by_pledge.get(pledge_id))
    if not asked:
        faults.append(Fault("", "Er is niets meer te bevestigen."))
    if set(by_pledge) - set(asked) or len(by_pledge) != len(replies):
        faults.append(Fault("", "Uw engagementen zijn intussen veranderd. Lees ze opnieuw en antwoord dan."))
    if not signed_by.strip():
        faults.append(Fault("signed_by", "Vul uw naam in."))
    if not function.strip():
        faults.append(Fault("function", "Vul uw functie in."))
    if not may_bind and any(reply.kind == AnswerKind.CONFIRMED for reply in replies):
        faults.append(Fault("may_bind", "Vink aan dat u uw organisatie mag verbinden. Anders kunt u niet bevestigen."))
    return faults


def _faults_of(pledge: Pledge, reply: Reply | None) -> list[Fault]:
    if reply is None or reply.kind not in AnswerKind.values:
        return [Fault(f"kind_{pledge.pk}", f"Kies wat u antwoordt op '{pledge.what}'.")]
    if reply.words_sha256 != pledges.words_sha256(pledges.words_of(pledge)):
        changed = "Het bestuur wijzigde dit engagement terwijl u las. Lees de nieuwe tekst en antwoord opnieuw."
        return [Fault(f"kind_{pledge.pk}", changed)]
    if reply.kind != AnswerKind.CONFIRMED and not reply.remark.strip():
        return [Fault(f"remark_{pledge.pk}", "Schrijf kort waarom. Het bestuur leest dit.")]
    return []


def _follow(actor: Actor, proposal: Proposal, answered: Sequence[tuple[Pledge, AnswerKind]]) -> None:
    """Let the status of a pledge in a draft say what its partner said; the history keeps what stood there."""
    moved = False
    for pledge, kind in answered:
        status = pledge.status
        if kind == AnswerKind.CONFIRMED and status == PledgeStatus.ASKED:
            status = PledgeStatus.PROMISED
        elif kind == AnswerKind.DECLINED:
            status = PledgeStatus.ASKED
        if status != pledge.status:
            before, pledge.status = {"status": pledge.status}, status
            pledge.save(update_fields=["status"])
            part = part_of(KINDS["pledge"], pledge.pk)
            keep_revision(actor, proposal, part, Change.WRITTEN, before, {"status": status})
            moved = True
    if moved:
        step(proposal)


def _mail_partner(link: PledgeLink, address: str) -> None:
    proposal = link.proposal
    place = f" voor de wijk {proposal.neighbourhood}" if proposal.neighbourhood else ""
    body = (
        f"Geachte,\n\n{proposal.applicant.name} schrijft een voorstel{place}. Uw organisatie, {link.partner.name}, "
        "staat erin als partner. Het bestuur vraagt u om te bevestigen wat u bijdraagt.\n\n"
        f"Lees en antwoord hier:\n{address}\n\n"
        f"De link werkt tot en met {day_nl(link.last_day)}, en voor één antwoord. Stuur hem alleen door aan wie uw organisatie "
        "mag verbinden. Kent u dit voorstel niet, doe dan niets.\n"
    )
    queue_mail(
        key=f"pledge-link:{link.pk}", kind="pledge_link", recipient=link.recipient,
        subject=f"{proposal.applicant.name} vraagt u om een engagement te bevestigen", body=body, about=proposal,
        is_secret=True,
    )  # fmt: skip


def _mail_writers(
    link: PledgeLink, asked: Mapping[str, Pledge], replies: Sequence[Reply], signed_by: str, address: str
) -> None:
    proposal = link.proposal
    lines = [
        f"- {AnswerKind(one.kind).label}: {pledges.sentence(pledges.words_of(asked[one.pledge_id]))}"
        + (f"\n  {one.remark.strip()}" if one.remark.strip() else "")
        for one in replies
    ]
    body = (
        f"{link.partner.name} antwoordde op uw vraag over het voorstel '{proposal.title}', bij monde van {signed_by}.\n\n"
        + "\n".join(lines)
        + f"\n\nU vindt de antwoorden bij het voorstel, onder 'Bevestigingen van partners':\n{address}\n"
    )
    writers = {person.email for role in policy.WRITERS for person in people_with_role(role, proposal.applicant_id)}
    for email in sorted(writers):
        queue_mail(
            key=f"pledge-answer:{link.pk}:{email}", kind="pledge_answer", recipient=email,
            subject=f"Antwoord van {link.partner.name}", body=body, about=proposal,
        )  # fmt: skip
