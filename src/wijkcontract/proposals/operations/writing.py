"""Writing a draft: its basics, its texts, its records. Each save is one event and one step of the version."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max, Q, Sum

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.queries import get_organisation
from wijkcontract.audit.operations import operation, record
from wijkcontract.audit.queries import history
from wijkcontract.calls.queries import open_calls
from wijkcontract.files import operations as files
from wijkcontract.files.models import StoredFile
from wijkcontract.proposals import policy, queries
from wijkcontract.proposals.enums import FundingSource
from wijkcontract.proposals.models import Answer, LocalDecision, Proposal, ProposalRecord
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, require

STALE: Final = "Een collega bewaarde dit onderdeel terwijl u schreef. Er is nog niets van u bewaard."


class StaleVersion(Invalid):
    """Somebody saved in between: nothing was written, and what is stored can be shown beside what was typed."""


@operation
def start_proposal(*, actor: Actor, call_id: uuid.UUID | str, title: str) -> Proposal:
    """Begin a draft for an open call, for the actor's own local authority (R4)."""
    require(policy.may_start(actor))
    call = open_calls(actor).filter(pk=call_id).first()
    applicant = get_organisation(actor, actor.organisation_id)
    title = title.strip()
    faults = []
    if call is None:
        faults.append(Fault("call", "Deze oproep staat niet open. Kies een oproep uit de lijst."))
    elif applicant.kind not in call.programme.applicants.kinds:
        faults.append(Fault("call", f"Een bestuur als {applicant.name} kan voor deze oproep geen voorstel indienen."))
    if not title:
        faults.append(Fault("title", "Geef het voorstel een titel."))
    if call and Proposal.objects.filter(call=call, applicant=applicant, title=title).exists():
        faults.append(
            Fault("title", "Uw bestuur heeft voor deze oproep al een voorstel met deze titel. Kies een andere.")
        )
    if faults or call is None:
        raise Invalid(faults)
    now = clock.now()
    proposal = Proposal.objects.create(
        call=call,
        applicant=applicant,
        title=title,
        term_start=call.term_start,
        term_end=call.term_end,
        created_at=now,
        changed_at=now,
    )
    record(actor, "proposals.started", proposal, call=str(call.pk), title=title)
    return proposal


@operation
def save_basics(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    version: int,
    title: str,
    neighbourhood: str,
    inhabitants: int | None,
    sectors: str,
) -> Proposal:
    """The title and the neighbourhood (R2)."""
    proposal = _editable(actor, proposal_id)
    _require_fresh(proposal, version, "neighbourhood")
    if not title.strip():
        raise Invalid.because("Geef het voorstel een titel.", "title")
    same = Proposal.objects.filter(call=proposal.call, applicant=proposal.applicant, title=title.strip())
    if same.exclude(pk=proposal.pk).exists():
        raise Invalid.because(
            "Uw bestuur heeft voor deze oproep al een voorstel met deze titel. Kies een andere.", "title"
        )
    proposal.title, proposal.neighbourhood = title.strip(), neighbourhood.strip()
    proposal.inhabitants, proposal.sectors = inhabitants, sectors.strip()
    return _saved(actor, proposal, "neighbourhood")


@operation
def save_term(
    *, actor: Actor, proposal_id: uuid.UUID | str, version: int, term_start: dt.date | None, term_end: dt.date | None
) -> Proposal:
    """When the contract would run, both days counted (R14); the findings say what does not fit."""
    proposal = _editable(actor, proposal_id)
    _require_fresh(proposal, version, "plan")
    proposal.term_start, proposal.term_end = term_start, term_end
    return _saved(actor, proposal, "plan")


@operation
def save_target_groups(*, actor: Actor, proposal_id: uuid.UUID | str, version: int, target_groups: str) -> Proposal:
    """The groups that the participation process reaches, a line each (R25)."""
    proposal = _editable(actor, proposal_id)
    _require_fresh(proposal, version, "participation")
    proposal.target_groups = target_groups.strip()
    return _saved(actor, proposal, "participation")


@operation
def save_answers(*, actor: Actor, proposal_id: uuid.UUID | str, version: int, answers: Mapping[str, str]) -> Proposal:
    """Texts by the code of their question. A text that is too long is kept; the findings say so.

    Raises Invalid for a question that the call does not ask, StaleVersion when somebody saved in between.
    """
    proposal = _editable(actor, proposal_id)
    asked = {question.code: question.section for question in proposal.call.programme.questions}
    if unknown := sorted(set(answers) - set(asked)):
        raise Invalid([Fault(code, "Deze vraag staat niet in de oproep.") for code in unknown])
    sections = sorted({asked[code] for code in answers})
    _require_fresh(proposal, version, *sections)
    Answer.objects.bulk_create(
        [Answer(proposal=proposal, question=code, text=text.strip()) for code, text in answers.items()],
        update_conflicts=True,
        unique_fields=["proposal", "question"],
        update_fields=["text"],
    )
    return _saved(actor, proposal, *sections, questions=sorted(answers))


@operation
def save_record(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    kind: str,
    record_id: uuid.UUID | str | None = None,
    new_id: uuid.UUID | None = None,
    version: int | None = None,
    data: Mapping[str, Any],
) -> ProposalRecord:
    """Make or change one record of the proposal. `data` holds typed values by field name; links are ids of own records.

    `new_id` is the id that a page chose for a new record: a second click then finds the first one and makes no second.
    `version` is the version of the proposal that the page of an existing record showed.
    Raises Invalid for a link to a record that is not of this proposal, StaleVersion when somebody changed the record after
    `version`, TypeError for a field that the kind does not have.
    """
    proposal = _editable(actor, proposal_id)
    shape = KINDS[kind]
    if unknown := set(data) - set(shape.fields):
        raise TypeError(f"{kind} has no field {sorted(unknown)}")
    one = queries.get_record(proposal, shape, record_id) if record_id else _new_record(proposal, shape, new_id)
    changed = record_id and version is not None and _record_saved_since(proposal, version, one)
    if changed and not _stands(shape, one, data):
        raise StaleVersion([Fault("", STALE)])
    many = _set_fields(proposal, shape, one, data)
    one.save()
    for name, ids in many.items():
        getattr(one, name).set(ids)
    _saved(actor, proposal, shape.section, kind=kind, record=str(one.pk))
    return one


def _stands(kind: Kind, one: ProposalRecord, data: Mapping[str, Any]) -> bool:
    """Does the record already hold these values? Then a second click on "Bewaar" is no conflict."""
    stored: dict[str, Any] = {}
    asked = dict(data)
    for name in data:
        if name in kind.many_links:
            stored[name] = {str(pk) for pk in getattr(one, name).values_list("pk", flat=True)}
            asked[name] = {str(pk) for pk in data[name]}
        elif name in kind.links:
            stored[name], asked[name] = str(getattr(one, f"{name}_id") or ""), str(data[name] or "")
        else:
            stored[name] = getattr(one, name)
    return stored == asked


def _new_record(proposal: Proposal, kind: Kind, new_id: uuid.UUID | None) -> ProposalRecord:
    """A record at the end of its list, or the one that an earlier click made. Raises NotVisible for an id of elsewhere."""
    if new_id and kind.model._default_manager.filter(pk=new_id).exists():
        return queries.get_record(proposal, kind, new_id)
    last = queries.records(proposal, kind).aggregate(last=Max("position"))["last"]
    values = {"proposal": proposal, "position": (last or 0) + 1, "id": new_id or uuid.uuid4()}
    return kind.model(**values)


def _set_fields(
    proposal: Proposal, kind: Kind, one: ProposalRecord, data: Mapping[str, Any]
) -> dict[str, list[uuid.UUID]]:
    """Put the values on the record; returns the links that can only be set once it is stored."""
    faults: list[Fault] = []
    many: dict[str, list[uuid.UUID]] = {}
    for name, value in data.items():
        if name in kind.many_links:
            many[name] = _own(proposal, KINDS[kind.many_links[name]], value, name, faults)
        elif name in kind.links:
            own = _own(proposal, KINDS[kind.links[name]], [value] if value else [], name, faults)
            setattr(one, f"{name}_id", own[0] if own else None)
        else:
            setattr(one, name, value)
    if kind.parent and getattr(one, f"{kind.parent}_id") is None:
        faults.append(Fault(kind.parent, f"Kies bij welke {KINDS[kind.parent].singular} dit hoort."))
    if faults:
        raise Invalid(faults)
    return many


def _own(
    proposal: Proposal, kind: Kind, ids: Iterable[uuid.UUID | str], name: str, faults: list[Fault]
) -> list[uuid.UUID]:
    """The ids that are records of this proposal; another one is a fault at the field."""
    asked = {str(one) for one in ids}
    found = list(queries.records(proposal, kind).filter(pk__in=asked).values_list("pk", flat=True))
    if len(found) != len(asked):
        faults.append(
            Fault(name, f"Kies een {kind.singular} van dit voorstel. De lijst is misschien intussen veranderd.")
        )
    return found


@operation
def delete_record(*, actor: Actor, proposal_id: uuid.UUID | str, kind: str, record_id: uuid.UUID | str) -> Proposal:
    """Take a record away. A measure that has cost lines stays until those are moved or taken away."""
    proposal = _editable(actor, proposal_id)
    shape = KINDS[kind]
    one = queries.get_record(proposal, shape, record_id)
    if shape.code == "measure" and proposal.cost_lines.filter(measure=one.pk).exists():
        raise Invalid.because(
            "Aan deze maatregel hangen kostenposten. Verplaats of verwijder die eerst in de begroting."
        )
    title = str(getattr(one, shape.title_field))
    one.delete()
    return _saved(actor, proposal, shape.section, kind=kind, deleted=str(record_id), title=title[:200])


@operation
def attach_decision_document(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    local_decision_id: uuid.UUID | str,
    upload: UploadedFile[bytes],
) -> StoredFile:
    """Keep the document of a local decision (R16). The newest document counts; Invalid when the guard refuses it."""
    proposal = _editable(actor, proposal_id)
    decision = queries.get_record(proposal, KINDS["local_decision"], local_decision_id)
    assert isinstance(decision, LocalDecision)  # noqa: S101 - the kind says so
    stored = files.keep(actor=actor, owner=decision, upload=upload)
    _saved(actor, proposal, "local_decision", file=stored.name)
    return stored


def _editable(actor: Actor, proposal_id: uuid.UUID | str) -> Proposal:
    """The draft, locked for this transaction. Raises NotVisible or Refused."""
    found = queries.visible_proposals(actor).select_for_update(of=("self",))
    proposal = found.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotVisible
    require(policy.may_edit(actor, proposal))
    return proposal


def _require_fresh(proposal: Proposal, version: int, *sections: str) -> None:
    """Raise StaleVersion when the texts of these sections were saved after the version that the page showed."""
    if any(
        "kind" not in saved and not set(sections).isdisjoint(saved["sections"]) for saved in _since(proposal, version)
    ):
        raise StaleVersion([Fault("", STALE)])


def _record_saved_since(proposal: Proposal, version: int, one: ProposalRecord) -> bool:
    """Did a later save change this record?"""
    return any(saved.get("record") == str(one.pk) for saved in _since(proposal, version))


def _since(proposal: Proposal, version: int) -> Iterator[Mapping[str, Any]]:
    """What was saved after this version, newest first. Other records and sections are no conflict: the log knows."""
    if version == proposal.version:
        return
    for event in history(proposal).filter(verb="proposals.saved").iterator():
        if event.data["version"] <= version:
            return
        yield event.data


def _saved(actor: Actor, proposal: Proposal, *sections: str, **data: Any) -> Proposal:  # noqa: ANN401 - any JSON value
    """Step the version, keep the sums that lists show, and record the save."""
    if data.get("kind") == "cost_line":
        sums = proposal.cost_lines.aggregate(
            cost=Sum("amount_cents"), subsidy=Sum("amount_cents", filter=Q(source=FundingSource.SUBSIDY))
        )
        proposal.cost_cents, proposal.subsidy_cents = sums["cost"] or 0, sums["subsidy"] or 0
    proposal.version += 1
    proposal.changed_at = clock.now()
    proposal.save()
    record(actor, "proposals.saved", proposal, sections=list(sections), version=proposal.version, **data)
    return proposal
