"""Reading proposals: what an actor may not see does not exist for that actor."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Q, QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.models import Event
from wijkcontract.audit.queries import history
from wijkcontract.calls.queries import visible_calls
from wijkcontract.proposals import documents, pledges, policy
from wijkcontract.proposals.models import (
    AnswerKind,
    Attachment,
    Change,
    Partner,
    Pledge,
    PledgeAnswer,
    PledgeLink,
    Presence,
    Proposal,
    ProposalEvidence,
    ProposalRecord,
    Reuse,
    Revision,
    Submission,
    UnfinishedInput,
)
from wijkcontract.proposals.models.history import PRESENT_SECONDS
from wijkcontract.proposals.records import Kind
from wijkcontract.rules import budget_limits, clock, completeness, proposal_form, proposal_shape
from wijkcontract.rules.budget_limits import Meter
from wijkcontract.rules.completeness import Finding
from wijkcontract.rules.tokens import token_sha256
from wijkcontract.rules.verdicts import NotVisible, require


def visible_proposals(actor: Actor) -> QuerySet[Proposal]:
    """The proposals that exist for this actor, last changed first."""
    return Proposal.objects.filter(policy.visible(actor)).select_related("call", "applicant")


def get_proposal(actor: Actor, proposal_id: uuid.UUID | str) -> Proposal:
    """One proposal. Raises NotVisible when it does not exist for this actor."""
    try:
        proposal = visible_proposals(actor).filter(pk=proposal_id).first()
    except ValidationError:  # an id that a page posted and that is none
        proposal = None
    if proposal is None:
        raise NotVisible
    return proposal


def get_own_proposal(actor: Actor, proposal_id: uuid.UUID | str) -> Proposal:
    """A proposal of the actor's own authority: its workshop exists for nobody else. Raises NotVisible."""
    proposal = get_proposal(actor, proposal_id)
    if not policy.may_see_comments(actor, proposal):
        raise NotVisible
    return proposal


def own_proposals(actor: Actor) -> QuerySet[Proposal]:
    """The proposals of the own authority, in any state, last changed first: what a new draft can begin from."""
    return Proposal.objects.filter(policy.own(actor)).select_related("call", "applicant")


def reuse_of(proposal: Proposal) -> Reuse | None:
    """Where a proposal that the caller was allowed to fetch began from, with what did not come along; None when from nothing."""
    found = Reuse.objects.filter(proposal=proposal).select_related("source__call")
    return found.prefetch_related("left_out").first()


def get_record(proposal: Proposal, kind: Kind, record_id: uuid.UUID | str) -> ProposalRecord:
    """One record of a proposal that the caller was allowed to fetch. Raises NotVisible when it is not its own."""
    record: ProposalRecord | None = records(proposal, kind).filter(pk=record_id).first()
    if record is None:
        raise NotVisible
    return record


def was_deleted(proposal: Proposal, record_id: uuid.UUID | str) -> bool:
    """Was there such a record in this proposal, until somebody took it away? Its history knows."""
    return Revision.objects.filter(proposal=proposal, part__endswith=f"/{record_id}", change=Change.REMOVED).exists()


def revisions(proposal: Proposal, section: str) -> QuerySet[Revision]:
    """The history of a section of a proposal that the caller was allowed to fetch, newest first."""
    return Revision.objects.filter(proposal=proposal, section=section)


def get_revision(proposal: Proposal, revision_id: int) -> Revision:
    """One revision. Raises NotVisible when it is not of this proposal."""
    found = Revision.objects.filter(proposal=proposal, pk=revision_id).first()
    if found is None:
        raise NotVisible
    return found


def removed_with(revision: Revision) -> QuerySet[Revision]:
    """What went away together with a removed record, because it hung under it."""
    together = Revision.objects.filter(proposal=revision.proposal_id, version=revision.version, change=Change.REMOVED)
    return together.exclude(pk=revision.pk)


def last_editors(proposal: Proposal) -> dict[str, Revision]:
    """The newest revision of each section, by its code: who changed it last, and when."""
    mine = Revision.objects.filter(proposal=proposal).order_by()
    newest = mine.values("section").annotate(last=Max("version")).values("last")
    found = mine.filter(version__in=newest).only("section", "editor_name", "at", "version")
    return {one.section: one for one in found}


def changed_since(actor: Actor, proposal: Proposal, section: str, version: int) -> list[Revision]:
    """What others changed in a section after a version, oldest first."""
    later = revisions(proposal, section).filter(version__gt=version).exclude(editor_id=actor.person_id)
    return list(later.order_by("version", "id"))


def unfinished_inputs(actor: Actor, proposal: Proposal) -> dict[str, UnfinishedInput]:
    """What the actor typed in this proposal and could not be stored yet, by part. Nobody else sees it."""
    rows = UnfinishedInput.objects.filter(proposal=proposal, person_id=actor.person_id)
    return {row.part: row for row in rows}


def present(actor: Actor, proposal: Proposal) -> list[Presence]:
    """The others who are on the pages of this proposal now, by name. Only those who write it see each other."""
    if not actor.acts_for(proposal.applicant_id):
        return []
    since = clock.now() - dt.timedelta(seconds=PRESENT_SECONDS)
    seen = Presence.objects.filter(proposal=proposal, seen_at__gte=since).exclude(person_id=actor.person_id)
    return list(seen.order_by("person_name"))


def records(proposal: Proposal, kind: Kind) -> QuerySet[ProposalRecord]:
    """The records of one kind of a proposal that the caller was allowed to fetch, in order."""
    return kind.model._default_manager.filter(proposal=proposal)  # type: ignore[misc]  # every kind has a proposal


def count_by_call(actor: Actor) -> dict[uuid.UUID, int]:
    """How many proposals each call has, drafts included: all that the agency may know while a call is open (access.md)."""
    if not actor.has(Role.AGENCY_MANAGER, Role.AGENCY_FINANCE):
        return {}
    calls = visible_calls(actor).values("pk")
    counted = Proposal.objects.filter(call__in=calls).order_by().values_list("call_id").annotate(number=Count("pk"))
    return dict(counted)


def document(
    proposal: Proposal, carried: Iterable[Attachment] | None = None, *, look_for_bytes: bool = False
) -> proposal_shape.Proposal:
    """The proposal as it stands, as the one document of the rules (see `documents.build`)."""
    return documents.build(proposal, carried, look_for_bytes=look_for_bytes)


def document_for(
    actor: Actor, proposal: Proposal, carried: Iterable[Attachment] | None = None, *, look_for_bytes: bool = False
) -> proposal_shape.Proposal:
    """The same, as this reader may read it: what a partner remarked is for the authority and the jury, not for other partners."""
    found = document(proposal, carried, look_for_bytes=look_for_bytes)
    return pledges.without_remarks(found) if policy.only_reads_along(actor, proposal) else found


def findings(proposal: Proposal, on: dt.date | None = None) -> list[Finding]:
    """What is missing or will be noticed, by the limits of the call (rules.completeness)."""
    return completeness.check(document(proposal), proposal.call.programme, on or clock.today())


def meters(proposal: Proposal) -> tuple[Meter, ...]:
    """The money of the proposal held against the limits of the call (R13, R14)."""
    return meters_of(document(proposal), proposal)


def meters_of(read: proposal_shape.Proposal, proposal: Proposal) -> tuple[Meter, ...]:
    """The same, for a document that was already read."""
    programme = proposal.call.programme
    return budget_limits.meters(budget_limits.totals(read.cost_lines, programme), programme)


def latest_submission(proposal: Proposal) -> Submission | None:
    """The last frozen version of a proposal that the caller was allowed to fetch."""
    return Submission.objects.filter(proposal=proposal).order_by("-number").first()


def submissions(proposal: Proposal) -> QuerySet[Submission]:
    """Every frozen version of a proposal that the caller was allowed to fetch, newest first, without the content."""
    return Submission.objects.filter(proposal=proposal).order_by("-number").defer("content")


def withdrawals(proposal: Proposal) -> list[Event]:
    """When a proposal that the caller was allowed to fetch was taken back, and by whom; oldest first."""
    return list(history(proposal).filter(verb="proposals.withdrawn").order_by("id"))


def get_submission(actor: Actor, proposal_id: uuid.UUID | str, number: int) -> Submission:
    """One frozen version. Raises NotVisible when it does not exist for this actor."""
    proposal = Proposal.objects.filter(policy.visible_by_role(actor), pk=proposal_id).first()
    submission = Submission.objects.filter(proposal=proposal, number=number).first()
    if submission is None:
        raise NotVisible
    return submission


def frozen_document(submission: Submission) -> proposal_shape.Proposal:
    """The document of a submission, read from its frozen bytes."""
    return proposal_form.from_json(json.loads(submission.content))


def last_number(proposal: Proposal) -> int:
    """The number of the last submission, 0 when there is none."""
    return Submission.objects.filter(proposal=proposal).aggregate(last=Max("number"))["last"] or 0


def get_attachment(proposal: Proposal, attachment_id: uuid.UUID) -> Attachment:
    """One file that a draft carries. Raises NotVisible when it does not."""
    carried = Attachment.objects.filter(proposal=proposal, removed_at=None).select_related("file")
    found = carried.filter(pk=attachment_id).first()
    if found is None:
        raise NotVisible
    return found


def evidence_of_call(actor: Actor, call_id: uuid.UUID | str) -> list[ProposalEvidence]:
    """The frozen figures of every proposal of a call that this actor may read, by authority; for the comparison (R2, R17)."""
    return evidence_of_proposals(visible_proposals(actor).filter(call_id=call_id).values_list("pk", flat=True))


def evidence_of_proposals(ids: Iterable[uuid.UUID]) -> list[ProposalEvidence]:
    """The frozen figures of proposals that the caller was allowed to read, by authority."""
    found = ProposalEvidence.objects.filter(proposal__in=ids).select_related(
        "evidence__analysis", "proposal__applicant"
    )
    return list(found.order_by("proposal__applicant__name", "proposal__title"))


def opened_analyses(actor: Actor) -> Q:
    """The frozen analyses of the proposals that this actor may read: they open with the proposal (access.md)."""
    carried = ProposalEvidence.objects.filter(proposal__in=Proposal.objects.filter(policy.visible_by_role(actor)))
    return Q(pk__in=carried.values("evidence__analysis"))


def last_link(partner: Partner) -> PledgeLink | None:
    """The newest link that was sent to a partner of a proposal that the caller was allowed to fetch."""
    return PledgeLink.objects.filter(partner=partner).first()


def last_links(proposal: Proposal) -> dict[uuid.UUID, PledgeLink]:
    """The newest link of each partner, by the id of the partner."""
    return {one.partner_id: one for one in proposal.pledge_links.order_by("sent_at")}


def last_answers(proposal: Proposal) -> dict[uuid.UUID, PledgeAnswer]:
    """The newest answer of its partner on each pledge, by the id of the pledge."""
    return {one.pledge_id: one for one in PledgeAnswer.objects.filter(proposal=proposal)}


def pledges_to_answer(partner: Partner) -> list[Pledge]:
    """The pledges of a partner that it has not confirmed as they stand now."""
    return [pledge for pledge, answer in answered_pledges(partner) if answer is None]


def answered_pledges(partner: Partner) -> list[tuple[Pledge, PledgeAnswer | None]]:
    """Each pledge of a partner, with the confirmation that holds for what it says now."""
    newest = {
        one.pledge_id: one for one in PledgeAnswer.objects.filter(proposal=partner.proposal_id, partner_id=partner.pk)
    }
    return [(pledge, _holding(pledge, newest.get(pledge.pk))) for pledge in partner.pledges.all()]


def _holding(pledge: Pledge, answer: PledgeAnswer | None) -> PledgeAnswer | None:
    is_confirmed = answer is not None and answer.kind == AnswerKind.CONFIRMED
    return answer if answer is not None and is_confirmed and pledges.still_holds(pledge, answer) else None


def get_pledge_link(token: str) -> PledgeLink:
    """The link that a partner was mailed; who holds its token may open it (access.md, "partner by link").

    Raises NotVisible for a token that is unknown, revoked, used or expired, all alike; Refused when the call has closed.
    """
    link = pledge_links(token).filter(answered_at=None).first()
    if link is None:
        raise NotVisible
    check_in_time(link)
    return link


def pledge_links(token: str) -> QuerySet[PledgeLink]:
    """The link of this token, unless it was revoked; it may be used or too late."""
    found = PledgeLink.objects.filter(token_sha256=token_sha256(token), revoked_at=None)
    return found.select_related("partner", "proposal__applicant", "proposal__call")


def was_just_answered(token: str) -> bool:
    """Was the link of this token used a moment ago? Then the same answer again is a second click."""
    return pledge_links(token).filter(answered_at__gte=clock.now() - pledges.SECOND_CLICK).exists()


def check_in_time(link: PledgeLink) -> None:
    """Raises Refused with the reason when the call closed while the link worked, NotVisible when the link expired before that."""
    closes_at = link.proposal.call.closes_at
    if closes_at is not None and link.expires_at >= closes_at:
        require(policy.may_answer(link))
    if link.expires_at <= clock.now():
        raise NotVisible


def texts_for_partners(proposal: Proposal) -> list[str]:
    """The texts of a draft that a partner reads beside its own pledges: the answers that the programme says so of (R8)."""
    answers = dict(proposal.answers.values_list("question", "text"))
    asked = (one.code for one in proposal.call.programme.questions if one.read_by_partners)
    return [answers[code] for code in asked if answers.get(code)]
