"""What a juror writes: declarations, points, positions, notes. Declarations, points and positions are only ever added."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping

from django.db.models import Max

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.calls.models import Criterion
from wijkcontract.calls.queries import criteria_of
from wijkcontract.jury import policy
from wijkcontract.jury.models import (
    Assessment,
    BodyEngagement,
    CallUp,
    ConflictDeclaration,
    Feasibility,
    Juror,
    JurorKind,
    Jury,
    Note,
    Position,
    Score,
)
from wijkcontract.jury.operations.locking import locked_jury
from wijkcontract.jury.queries.digests import digest_of
from wijkcontract.jury.queries.doors import declarations, find_way, open_way, proposals_of
from wijkcontract.jury.queries.juror import own_assessment
from wijkcontract.jury.queries.positions import pledges_asked
from wijkcontract.jury.queries.room import get_jury, seat_of
from wijkcontract.rules import clock
from wijkcontract.rules.programme import Scoring
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, require

REASON_MAX = 300


@operation
def declare_conflict(
    *, actor: Actor, proposal_id: uuid.UUID | str, has_conflict: bool, reason: str = ""
) -> ConflictDeclaration:
    """A juror declares on one proposal; without conflict it opens, with conflict it closes from the next request on."""
    seat, way = find_way(actor, proposal_id)
    jury = locked_jury(actor, seat.jury_id)
    require(policy.may_declare(seat.kind, jury))
    before = declarations(jury, juror=seat, proposal=way.proposal).get((seat.pk, way.proposal.pk))
    if before is not None and before.has_conflict and not has_conflict:
        require(policy.may_withdraw_conflict(jury, for_self=True))
    return _declare(actor, seat, way.proposal.pk, has_conflict, reason)


@operation
def declare_conflict_for(
    *,
    actor: Actor,
    jury_id: uuid.UUID | str,
    juror_id: uuid.UUID | str,
    proposal_id: uuid.UUID | str,
    has_conflict: bool,
    reason: str,
) -> ConflictDeclaration:
    """The chair or the agency records, or lifts, the conflict of another juror; the reason is asked for both."""
    jury = locked_jury(actor, jury_id)
    require(policy.may_declare_for(actor, seat_of(actor, jury)))
    juror = jury.jurors.filter(pk=juror_id).exclude(person_id=actor.person_id).first()
    proposal = proposals_of(jury).filter(pk=proposal_id).first()
    if juror is None or proposal is None:
        raise NotVisible
    require(policy.may_declare(juror.kind, jury))
    if not has_conflict:
        require(policy.may_withdraw_conflict(jury, for_self=False))
    if not reason.strip():
        raise Invalid.because("Schrijf waarom.", "reason")
    return _declare(actor, juror, proposal.pk, has_conflict, reason)


def _declare(
    actor: Actor, juror: Juror, proposal_id: uuid.UUID, has_conflict: bool, reason: str
) -> ConflictDeclaration:
    if has_conflict and not reason.strip():
        raise Invalid.because("Schrijf kort wat het belangenconflict is.", "reason")
    if len(reason.strip()) > REASON_MAX:
        raise Invalid.because(f"Hou het bij {REASON_MAX} tekens.", "reason")
    declaration = ConflictDeclaration.objects.create(
        juror=juror,
        proposal_id=proposal_id,
        has_conflict=has_conflict,
        reason=reason.strip(),
        declared_by_id=actor.person_id,
        declared_at=clock.now(),
    )
    record(actor, "jury.conflict_declared", declaration, juror=str(juror.pk), has_conflict=has_conflict)
    return declaration


@operation
def score(
    *, actor: Actor, proposal_id: uuid.UUID | str, points: Mapping[str, int | None], motivation: str = ""
) -> Assessment:
    """Save a juror's points on one proposal, by code of the criterion; a draft may leave criteria out.

    The new assessment counts as a whole. The log keeps a digest, never a point (access.md, 'score @open').
    Raises Invalid with every point that is outside the scale of the programme.
    """
    seat, way = open_way(actor, proposal_id)
    jury = locked_jury(actor, seat.jury_id)
    require(policy.may_score(way.standing, jury))
    criteria = {one.code: one for one in criteria_of(jury.call)}
    given = {code: value for code, value in points.items() if value is not None}
    faults = _point_faults(given, criteria, jury.call.programme.scoring)
    if faults:
        raise Invalid(faults)
    own = own_assessment(seat, way.proposal.pk)
    newest = Assessment.objects.filter(juror=seat, proposal=way.proposal).order_by("-id").first()
    if newest is not None and (own.points, own.motivation) == (given, motivation.strip()):
        record(actor, "jury.scored_again", newest)
        return newest
    assessment = Assessment.objects.create(
        juror=seat,
        proposal=way.proposal,
        motivation=motivation.strip(),
        given_at=clock.now(),
        nonce=secrets.token_hex(16),
    )
    Score.objects.bulk_create(
        Score(assessment=assessment, criterion=criteria[code], points=value) for code, value in sorted(given.items())
    )
    record(actor, "jury.scored", assessment, digest=digest_of(assessment, given))
    return assessment


def _point_faults(given: Mapping[str, int], criteria: Mapping[str, Criterion], scale: Scoring) -> list[Fault]:
    faults = []
    for code, value in given.items():
        criterion = criteria.get(code)
        if criterion is None:
            faults.append(Fault(f"points_{code}", f"Deze oproep heeft geen criterium '{code}'."))
        elif not scale.lowest <= value <= min(scale.highest, criterion.max_points):
            highest = min(scale.highest, criterion.max_points)
            faults.append(
                Fault(f"points_{code}", f"{criterion.name}: geef {scale.lowest} tot {highest} punten, niet {value}.")
            )
    return faults


@operation
def save_note(*, actor: Actor, proposal_id: uuid.UUID | str, text: str) -> Note:
    """Keep a juror's own notes on a proposal; nobody else reads them."""
    seat, way = open_way(actor, proposal_id)
    note, _ = Note.objects.update_or_create(
        juror=seat, proposal=way.proposal, defaults={"text": text.strip(), "changed_at": clock.now()}
    )
    record(actor, "jury.note_saved", note)
    return note


@operation
def give_position(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    pledge_id: uuid.UUID | str | None,
    feasibility: str,
    engagement: str,
    motivation: str,
) -> Position:
    """A member brings the position of its Flemish body, on a proposal or on one pledge asked of the body (R12, R17)."""
    seat, way = open_way(actor, proposal_id)
    jury = locked_jury(actor, seat.jury_id)
    require(policy.may_take_position(way.standing, jury))
    pledge = pledges_asked(seat, way.proposal.pk).filter(pk=pledge_id).first() if pledge_id else None
    faults = []
    if pledge_id and pledge is None:
        faults.append(Fault("pledge_id", "Dit engagement werd niet aan uw instantie gevraagd."))
    if feasibility not in Feasibility.values:
        faults.append(Fault("feasibility", "Kies of dit haalbaar is."))
    if engagement not in BodyEngagement.values:
        faults.append(Fault("engagement", "Kies wat uw instantie toezegt."))
    if not motivation.strip():
        faults.append(Fault("motivation", "Motiveer het standpunt. De jury leest deze tekst."))
    if faults:
        raise Invalid(faults)
    last = Position.objects.filter(proposal=way.proposal).aggregate(last=Max("number"))["last"] or 0
    position = Position.objects.create(
        proposal=way.proposal,
        organisation_id=seat.organisation_id,
        pledge=pledge,
        feasibility=feasibility,
        engagement=engagement,
        motivation=motivation.strip(),
        given_by_id=actor.person_id,
        given_at=clock.now(),
        number=last + 1,
    )
    record(actor, "jury.position_given", position, proposal=str(way.proposal.pk), feasibility=feasibility)
    return position


@operation
def call_up(
    *, actor: Actor, jury_id: uuid.UUID | str, juror_id: uuid.UUID | str, proposal_id: uuid.UUID | str
) -> CallUp:
    """Call a member of a Flemish body to a proposal that asked the body no pledge; a second time gives the first call."""
    jury = _for_call_up(actor, jury_id)
    juror = jury.jurors.filter(pk=juror_id, kind=JurorKind.NON_VOTING).first()
    proposal = proposals_of(jury).filter(pk=proposal_id).first()
    faults = []
    if juror is None:
        faults.append(Fault("juror_id", "Kies een lid van een Vlaamse instantie in deze jury."))
    if proposal is None:
        faults.append(Fault("proposal_id", "Kies een voorstel van deze jury."))
    if juror is None or proposal is None:
        raise Invalid(faults)
    called, _ = CallUp.objects.get_or_create(juror=juror, proposal=proposal, defaults={"called_at": clock.now()})
    record(actor, "jury.called_up", called, juror=str(juror.pk), proposal=str(proposal.pk))
    return called


def _for_call_up(actor: Actor, jury_id: uuid.UUID | str) -> Jury:
    jury = get_jury(actor, jury_id)
    require(policy.may_call_up(actor, seat_of(actor, jury), jury))
    return locked_jury(actor, jury_id)
