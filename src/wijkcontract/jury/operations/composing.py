"""Composing the jury: appointment, members, invitations of ministers, and the start of the assessment (R17)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.files.uploadedfile import UploadedFile

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.calls.models import Call
from wijkcontract.calls.queries import get_call
from wijkcontract.files.models import StoredFile
from wijkcontract.files.operations import keep
from wijkcontract.jury import policy
from wijkcontract.jury.models import (
    Assessment,
    ConflictDeclaration,
    Invitation,
    Juror,
    JurorKind,
    Jury,
    JuryState,
    Reply,
)
from wijkcontract.jury.operations.locking import locked_jury
from wijkcontract.jury.queries.room import eligible
from wijkcontract.outbox.operations import queue_mail
from wijkcontract.proposals import operations as proposals
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.queries import visible_proposals
from wijkcontract.rules import clock
from wijkcontract.rules.lifecycle import JURY, advance
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, Refused, require


@operation
def compose_jury(*, actor: Actor, call_id: uuid.UUID | str, appointed_on: dt.date, appointment: str) -> Jury:
    """Make the jury of a launched call, as the minister appointed it."""
    call = Call.objects.select_for_update().get(pk=get_call(actor, call_id).pk)
    require(policy.may_compose(actor))
    faults = []
    if not call.is_public:
        faults.append(Fault("call_id", "Deze oproep is nog niet gelanceerd."))
    if Jury.objects.filter(call=call).exists():
        faults.append(Fault("call_id", "Deze oproep heeft al een jury."))
    if appointed_on > clock.today():
        faults.append(Fault("appointed_on", "De dag van aanstelling ligt in de toekomst."))
    if not appointment.strip():
        faults.append(Fault("appointment", "Vul het nummer en de datum van het ministerieel besluit in."))
    if faults:
        raise Invalid(faults)
    jury = Jury.objects.create(call=call, appointed_on=appointed_on, appointment=appointment.strip())
    record(actor, "jury.composed", jury, call=str(call.pk), appointment=jury.appointment)
    return jury


@operation
def attach_appointment(*, actor: Actor, jury_id: uuid.UUID | str, upload: UploadedFile[bytes]) -> StoredFile:
    """Keep the document of the appointment with the jury."""
    jury = locked_jury(actor, jury_id)
    require(policy.may_compose(actor))
    stored = keep(actor=actor, owner=jury, upload=upload)
    record(actor, "jury.appointment_attached", jury, file=str(stored.pk))
    return stored


@operation
def add_juror(
    *, actor: Actor, jury_id: uuid.UUID | str, person_id: uuid.UUID | str, kind: str, is_chair: bool = False
) -> Juror:
    """Give a person a seat. Only external experts vote, members of Flemish bodies do not; the chair votes (R17)."""
    jury = locked_jury(actor, jury_id)
    require(policy.may_change_members(actor, jury))
    if kind not in JurorKind.values:
        raise Invalid.because("Kies of dit lid stemt, een Vlaamse instantie vertegenwoordigt of waarneemt.", "kind")
    mandate = eligible(policy.ROLE_OF_KIND[JurorKind(kind)]).filter(person_id=person_id).order_by("pk").first()
    faults = []
    if mandate is None:
        faults.append(Fault("person_id", _no_right(JurorKind(kind))))
    if jury.jurors.filter(person_id=person_id).exists():
        faults.append(Fault("person_id", "Deze persoon zit al in de jury."))
    if is_chair and kind != JurorKind.VOTING:
        faults.append(Fault("is_chair", "De voorzitter is een stemgerechtigd lid."))
    if is_chair and jury.jurors.filter(is_chair=True).exists():
        faults.append(Fault("is_chair", "De jury heeft al een voorzitter."))
    if faults or mandate is None:
        raise Invalid(faults)
    juror = Juror.objects.create(
        jury=jury, person_id=mandate.person_id, organisation_id=mandate.organisation_id, kind=kind, is_chair=is_chair
    )
    record(actor, "jury.juror_added", jury, juror=str(juror.pk), person=str(juror.person_id), kind=kind, chair=is_chair)
    return juror


def _no_right(kind: JurorKind) -> str:
    return {
        JurorKind.VOTING: "Alleen een externe deskundige stemt. Deze persoon heeft die rol niet, of werkt bij het agentschap.",
        JurorKind.NON_VOTING: "Alleen een lid van een Vlaamse instantie krijgt een zetel zonder stem.",
        JurorKind.OBSERVER: "Alleen een waarnemer van de minister krijgt deze zetel.",
    }[kind]


@operation
def remove_juror(*, actor: Actor, jury_id: uuid.UUID | str, juror_id: uuid.UUID | str) -> Jury:
    """Take a seat back, as long as its juror declared nothing and gave no points: what was said stays."""
    jury = locked_jury(actor, jury_id)
    require(policy.may_change_members(actor, jury))
    juror = jury.jurors.filter(pk=juror_id).select_related("person").first()
    if juror is None:
        raise NotVisible
    spoke = ConflictDeclaration.objects.filter(juror=juror).exists() or Assessment.objects.filter(juror=juror).exists()
    if spoke:
        raise Refused(f"{juror.person.name} gaf al een verklaring of punten. Dit lid blijft in de jury.")
    record(actor, "jury.juror_removed", jury, juror=str(juror.pk), person=str(juror.person_id))
    juror.delete()
    return jury


@operation
def invite_minister(*, actor: Actor, jury_id: uuid.UUID | str, minister: str, invited_on: dt.date) -> Invitation:
    """Record that a member of the Government was invited to designate a delegate (R17)."""
    jury = locked_jury(actor, jury_id)
    require(policy.may_change_members(actor, jury))
    faults = []
    if not minister.strip():
        faults.append(Fault("minister", "Vul in welke minister werd uitgenodigd."))
    elif jury.invitations.filter(minister=minister.strip()).exists():
        faults.append(Fault("minister", "Deze minister werd al uitgenodigd."))
    if invited_on > clock.today():
        faults.append(Fault("invited_on", "De dag van de uitnodiging ligt in de toekomst."))
    if faults:
        raise Invalid(faults)
    invitation = Invitation.objects.create(jury=jury, minister=minister.strip(), invited_on=invited_on)
    record(actor, "jury.minister_invited", jury, minister=invitation.minister)
    return invitation


@operation
def record_reply(
    *, actor: Actor, jury_id: uuid.UUID | str, invitation_id: int, reply: str, delegate: str = ""
) -> Invitation:
    """Record what an invited minister answered, with the delegate when there is one."""
    jury = locked_jury(actor, jury_id)
    require(policy.may_change_members(actor, jury))
    invitation = jury.invitations.filter(pk=invitation_id).first()
    if invitation is None:
        raise NotVisible
    if reply not in Reply.values:
        raise Invalid.because("Kies wat de minister antwoordde.", "reply")
    if reply == Reply.DESIGNATED and not delegate.strip():
        raise Invalid.because("Vul de naam van de afgevaardigde in.", "delegate")
    invitation.reply = reply
    invitation.delegate = delegate.strip() if reply == Reply.DESIGNATED else ""
    invitation.save(update_fields=["reply", "delegate"])
    record(actor, "jury.reply_recorded", jury, minister=invitation.minister, reply=reply)
    return invitation


@operation
def start_scoring(*, actor: Actor, jury_id: uuid.UUID | str, score_until: dt.date | None = None) -> Jury:
    """Send every admissible proposal of the call to the jury and open the points. Later ones follow with a second start."""
    jury = locked_jury(actor, jury_id)
    require(policy.may_change_members(actor, jury))
    admissible = visible_proposals(actor).filter(call_id=jury.call_id, state=ProposalState.ADMISSIBLE)
    ids = list(admissible.order_by("pk").values_list("pk", flat=True))
    faults = _start_faults(jury, len(ids), score_until)
    if faults:
        raise Invalid(faults)
    is_first = jury.state == JuryState.COMPOSED
    if is_first:
        jury.state = advance(JURY, jury.state, "scoring_opened")
    jury.score_until = score_until or jury.score_until
    jury.save(update_fields=["state", "score_until"])
    for proposal_id in ids:
        proposals.mark_in_jury(actor=actor, proposal_id=proposal_id)
    if is_first:
        _tell_members(jury)
    record(actor, "jury.scoring_opened" if is_first else "jury.proposals_added", jury, proposals=len(ids))
    return jury


def _start_faults(jury: Jury, admissible: int, score_until: dt.date | None) -> list[Fault]:
    faults = []
    if not jury.jurors.filter(kind=JurorKind.VOTING).exists():
        faults.append(Fault("", "De jury heeft nog geen stemgerechtigd lid."))
    if not jury.jurors.filter(is_chair=True).exists():
        faults.append(Fault("", "De jury heeft nog geen voorzitter."))
    if admissible == 0:
        sentence = "Alle ontvankelijke voorstellen zijn al bij de jury."
        if jury.state == JuryState.COMPOSED:
            sentence = "Er is nog geen ontvankelijk voorstel. Verklaar eerst de voorstellen ontvankelijk."
        faults.append(Fault("", sentence))
    if score_until is not None and score_until < clock.today():
        faults.append(Fault("score_until", "Deze dag is voorbij. Kies vandaag of een latere dag."))
    return faults


def _tell_members(jury: Jury) -> None:
    """A mail to every member that the work can begin."""
    until = f" Geef uw punten tot en met {jury.score_until:%d/%m/%Y}." if jury.score_until else ""
    for juror in jury.jurors.select_related("person"):
        queue_mail(
            key=f"jury-start:{juror.pk}",
            kind="jury_start",
            recipient=juror.person.email,
            subject=f"De jury van {jury.call.title} begint",
            body=(
                f"De voorstellen van de oproep '{jury.call.title}' staan klaar voor de jury.{until}\n\n"
                "Verklaar per voorstel eerst of u een belangenconflict hebt. Daarna gaat het voorstel voor u open.\n"
            ),
            about=jury,
        )
