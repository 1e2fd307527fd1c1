"""Who may do what in the jury (access.md). A conflict of interest beats every role, and what one may not know is absent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.jury.models import Juror, JurorKind, Jury, JuryState
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.rules import conflicts
from wijkcontract.rules.conflicts import Declaration
from wijkcontract.rules.verdicts import ALLOWED, Verdict, refuse

ROLE_OF_KIND: Final = {
    JurorKind.VOTING: Role.JUROR,
    JurorKind.NON_VOTING: Role.BODY_MEMBER,
    JurorKind.OBSERVER: Role.OBSERVER,
}
"""The role that a person must hold for a seat: external experts vote, members of Flemish bodies do not (R17)."""

READS_ALWAYS: Final = (Role.AGENCY_MANAGER, Role.AGENCY_FINANCE, Role.CABINET, Role.AUDITOR)
READS_ADVICE: Final = (Role.CABINET, Role.INSPECTORATE)
READS_VOTES: Final = (Role.AGENCY_MANAGER, Role.AUDITOR)
READS_ALL_POSITIONS: Final = (Role.AGENCY_MANAGER, Role.AUDITOR)
AT_THE_JURY: Final = (ProposalState.IN_JURY, ProposalState.ADVISED, ProposalState.DECIDED)
AFTER_LOCK: Final = (JuryState.LOCKED, JuryState.ADVISED)
NOT_DECLARED: Final = refuse("Verklaar eerst of u bij dit voorstel een belangenconflict hebt.")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a juror stands to one proposal: the kind of seat, what was last declared, and whether the body is called to it."""

    kind: conflicts.JurorKind
    declaration: Declaration
    is_called: bool = True

    @classmethod
    def of(cls, juror: Juror, has_conflict: bool | None, is_called: bool) -> Standing:
        declared = {None: Declaration.MISSING, True: Declaration.CONFLICT, False: Declaration.NO_CONFLICT}
        return cls(conflicts.JurorKind(juror.kind), declared[has_conflict], is_called)


def seats(actor: Actor) -> Q:
    """The seats that this person holds now: in that organisation, and with the role that the seat asks."""
    held = [kind for kind, role in ROLE_OF_KIND.items() if actor.has(role)]
    if not actor.person_id or not actor.organisation_id or not held:
        return Q(pk__in=())
    return Q(person_id=actor.person_id, organisation_id=actor.organisation_id, kind__in=held)


def visible(actor: Actor) -> Q:
    """Which juries exist for this actor: all for who follows them, the advised ones for the Inspectorate, the own ones."""
    if actor.has(*READS_ALWAYS):
        return Q()
    seen = Q(pk__in=Juror.objects.filter(seats(actor)).values("jury_id"))
    return seen | Q(state=JuryState.ADVISED) if actor.has(*READS_ADVICE) else seen


def may_compose(actor: Actor) -> Verdict:
    if actor.has(Role.AGENCY_MANAGER):
        return ALLOWED
    return refuse("Alleen de programmabeheerder stelt de jury samen.")


def may_change_members(actor: Actor, jury: Jury) -> Verdict:
    """Members come and go until the points are locked."""
    if not actor.has(Role.AGENCY_MANAGER):
        return may_compose(actor)
    if jury.state in AFTER_LOCK:
        return refuse("De punten zijn vergrendeld. De samenstelling van de jury verandert niet meer.")
    return ALLOWED


def may_see_content(standing: Standing) -> Verdict:
    """Content opens for a voting member or a member of a called body after "geen conflict"; an observer just reads."""
    verdict = conflicts.may_see_proposal(standing.kind, standing.declaration, is_called=standing.is_called)
    if not verdict:
        return verdict
    if standing.kind is not conflicts.JurorKind.OBSERVER and standing.declaration is Declaration.MISSING:
        return NOT_DECLARED
    return ALLOWED


def may_declare(kind: str, jury: Jury) -> Verdict:
    if kind == JurorKind.OBSERVER:
        return refuse("Een waarnemer stemt niet en verklaart geen belangenconflict.")
    if jury.state == JuryState.ADVISED:
        return refuse("De jury gaf haar advies. Meld een laat belangenconflict aan het agentschap.")
    return ALLOWED


def may_withdraw_conflict(jury: Jury, *, for_self: bool) -> Verdict:
    """A reported conflict stands until the chair or the agency lifts it, and for good once the points can be read."""
    if for_self:
        return refuse("U meldde een belangenconflict. Vraag de voorzitter of het agentschap om het in te trekken.")
    if jury.state in AFTER_LOCK:
        return refuse("De punten zijn vergrendeld. Een gemeld belangenconflict blijft staan.")
    return ALLOWED


def may_declare_for(actor: Actor, seat: Juror | None) -> Verdict:
    """The chair and the agency may record or lift a conflict of another juror."""
    if actor.has(Role.AGENCY_MANAGER) or (seat is not None and seat.is_chair):
        return ALLOWED
    return refuse("Alleen de voorzitter of het agentschap meldt een belangenconflict van een ander.")


def may_score(standing: Standing, jury: Jury) -> Verdict:
    is_scoring = jury.state == JuryState.SCORING
    verdict = conflicts.may_score(standing.kind, standing.declaration, is_scoring=is_scoring)
    if verdict and jury.lock_asked_at is not None:
        return refuse("De voorzitter vroeg om de punten te vergrendelen. Vraag de voorzitter om ze opnieuw te openen.")
    return verdict


def may_take_position(standing: Standing, jury: Jury) -> Verdict:
    verdict = conflicts.may_take_position(standing.kind, standing.declaration, is_called=standing.is_called)
    if not verdict:
        return verdict
    if standing.declaration is Declaration.MISSING:
        return NOT_DECLARED
    if jury.state == JuryState.ADVISED:
        return refuse("De jury gaf haar advies. Een standpunt komt te laat.")
    return ALLOWED


def may_call_up(actor: Actor, seat: Juror | None, jury: Jury) -> Verdict:
    """The chair or the agency calls a member of a Flemish body to a proposal."""
    if not actor.has(Role.AGENCY_MANAGER) and (seat is None or not seat.is_chair):
        return refuse("Alleen de voorzitter of het agentschap roept een Vlaamse instantie op.")
    if jury.state in (JuryState.SCORING, JuryState.LOCKED):
        return ALLOWED
    return refuse("Een instantie oproepen kan van het begin van de beoordeling tot het advies.")


def may_ask_lock(actor: Actor, seat: Juror | None, jury: Jury) -> Verdict:
    """The first of the two persons who lock: the chair."""
    if seat is None or not seat.is_chair:
        return refuse("De voorzitter vraagt om de punten te vergrendelen, daarna bevestigt het agentschap.")
    return _is_scoring(jury)


def may_confirm_lock(actor: Actor, jury: Jury) -> Verdict:
    """The second of the two persons who lock: the agency manager, never the same person."""
    if not actor.has(Role.AGENCY_MANAGER):
        return refuse("Het agentschap bevestigt dat de punten vergrendeld worden.")
    if not (verdict := _is_scoring(jury)):
        return verdict
    if jury.lock_asked_at is None:
        return refuse("De voorzitter heeft nog niet gevraagd om de punten te vergrendelen.")
    if str(jury.lock_asked_by_id) == actor.person_id:
        return refuse("Vergrendelen vraagt twee personen. U hebt het zelf gevraagd.")
    return ALLOWED


def may_reopen(actor: Actor, seat: Juror | None, jury: Jury) -> Verdict:
    """Take the question of the chair back, so that points can be given again."""
    if not actor.has(Role.AGENCY_MANAGER) and (seat is None or not seat.is_chair):
        return refuse("Alleen de voorzitter of het agentschap opent de punten opnieuw.")
    return _is_scoring(jury)


def may_write_minutes(actor: Actor, seat: Juror | None, jury: Jury) -> Verdict:
    """The chair and the agency keep the minutes, from the lock until the advice."""
    if not actor.has(Role.AGENCY_MANAGER) and (seat is None or not seat.is_chair):
        return refuse("De voorzitter en het agentschap maken het verslag.")
    if jury.state == JuryState.LOCKED:
        return ALLOWED
    if jury.state == JuryState.ADVISED:
        return refuse("De jury gaf haar advies. Het verslag verandert niet meer.")
    return refuse("De beraadslaging begint als alle punten vergrendeld zijn.")


def may_advise(seat: Juror | None, jury: Jury) -> Verdict:
    if seat is None or not seat.is_chair:
        return refuse("Alleen de voorzitter geeft het advies van de jury.")
    if jury.state == JuryState.ADVISED:
        return refuse("De jury gaf haar advies al.")
    if jury.state != JuryState.LOCKED:
        return refuse("Het advies volgt op de beraadslaging. Vergrendel eerst de punten.")
    return ALLOWED


def reads_composition(actor: Actor, seat: Juror | None) -> bool:
    """Who sits in the jury: the State that follows it, and the jury itself."""
    return seat is not None or actor.has(*READS_ALWAYS)


def reads_progress(actor: Actor) -> bool:
    """How far the jurors are, without one point."""
    return actor.has(Role.AGENCY_MANAGER)


def reads_votes(actor: Actor, seat: Juror | None, jury: Jury) -> bool:
    """The points of each juror: voting members, the agency manager and the auditor, after the lock."""
    if jury.state not in AFTER_LOCK:
        return False
    return actor.has(*READS_VOTES) or (seat is not None and seat.kind == JurorKind.VOTING)


def reads_totals(actor: Actor, seat: Juror | None, jury: Jury) -> bool:
    """Totals and ranks, after the lock: every seat too."""
    return jury.state in AFTER_LOCK and (seat is not None or actor.has(*READS_VOTES))


def reads_minutes(actor: Actor, seat: Juror | None, jury: Jury) -> bool:
    """Minutes and advice: the room from the lock on, cabinet and Inspectorate once the advice is given."""
    if seat is not None or actor.has(*READS_VOTES):
        return jury.state in AFTER_LOCK
    return reads_advice(actor, jury)


def reads_advice(actor: Actor, jury: Jury) -> bool:
    return jury.state == JuryState.ADVISED and actor.has(*READS_VOTES, *READS_ADVICE)


def reads_declarations(actor: Actor, seat: Juror | None) -> bool:
    """Whose conflict on which proposal: the agency, the chair and the auditor."""
    return actor.has(*READS_VOTES) or (seat is not None and seat.is_chair)


def _is_scoring(jury: Jury) -> Verdict:
    if jury.state == JuryState.SCORING:
        return ALLOWED
    if jury.state == JuryState.COMPOSED:
        return refuse("De beoordeling is nog niet begonnen.")
    return refuse("De punten zijn al vergrendeld.")
