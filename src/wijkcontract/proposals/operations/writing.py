"""Writing a draft: its basics, its texts, its records. Each of these saves is one event and one step of the version.

What a colleague stored meanwhile is never overwritten: `shown` says what the page knew (keeping.py, decision 0020).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.queries import get_organisation
from wijkcontract.audit.operations import nothing_changed, operation, record
from wijkcontract.calls.queries import open_calls
from wijkcontract.proposals import followers, queries
from wijkcontract.proposals.applying import (
    bring_along,
    brought_along,
    check_questions,
    find_record,
    measures_of_actions,
    new_record,
    stored_block,
    write_block,
    write_record,
)
from wijkcontract.proposals.keeping import (
    Compared,
    Conflict,
    Shown,
    StaleVersion,
    begun,
    compare,
    editable,
    forget_unfinished,
    keep_revision,
    record_save,
    step,
)
from wijkcontract.proposals.models import Change, Proposal, ProposalRecord
from wijkcontract.proposals.parts import (
    BLOCKS,
    TEXTS,
    Part,
    Values,
    asked_values,
    encoded,
    part_of,
    stored_values,
    typed_values,
)
from wijkcontract.proposals.records import KINDS
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Fault, Invalid


@operation
def start_proposal(*, actor: Actor, call_id: uuid.UUID | str, title: str, new_id: uuid.UUID | None = None) -> Proposal:
    """Begin a draft for an open call, for the actor's own local authority (R4).

    `new_id` is chosen by the page: the same one again gives the first draft back, whatever became of it.
    """
    if known := begun(actor, new_id):
        nothing_changed()
        return known
    call = open_calls(actor).filter(pk=call_id).first()
    applicant = get_organisation(actor, actor.organisation_id)
    title = title.strip()
    faults = []
    if call is None:
        faults.append(Fault("call", "Deze oproep staat niet open. Kies een oproep uit de lijst."))
    elif applicant.kind not in call.programme.applicants.kinds:
        faults.append(Fault("call", f"Een bestuur als {applicant.name} kan voor deze oproep geen voorstel indienen."))
    elif call.predecessor and not followers.selected_in(call.predecessor).filter(applicant=applicant).exists():
        faults.append(
            Fault(
                "call", f"Alleen wie geselecteerd is in '{call.predecessor.title}' dient in deze fase een voorstel in."
            )
        )
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
        id=new_id or uuid.uuid4(),
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
    shown: Mapping[str, int] | None = None,
    title: str,
    neighbourhood: str,
    inhabitants: int | None,
    sectors: str,
) -> Proposal:
    """The title and the neighbourhood (R2)."""
    values = {
        "title": title.strip(), "neighbourhood": neighbourhood.strip(), "inhabitants": inhabitants, "sectors": sectors.strip(),
    }  # fmt: skip
    return _save_block(actor, proposal_id, "wijk", values, Shown(version, shown or {}))


@operation
def save_term(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    version: int,
    shown: Mapping[str, int] | None = None,
    term_start: dt.date | None,
    term_end: dt.date | None,
) -> Proposal:
    """When the contract would run, both days counted (R14); the findings say what does not fit."""
    values = {"term_start": encoded(term_start), "term_end": encoded(term_end)}
    return _save_block(actor, proposal_id, "looptijd", values, Shown(version, shown or {}))


@operation
def save_target_groups(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    version: int,
    shown: Mapping[str, int] | None = None,
    target_groups: str,
) -> Proposal:
    """The groups that the participation process reaches, a line each (R25)."""
    values = {"target_groups": encoded(target_groups.strip())}
    return _save_block(actor, proposal_id, "groepen", values, Shown(version, shown or {}))


def _save_block(actor: Actor, proposal_id: uuid.UUID | str, block: str, values: Values, shown: Shown) -> Proposal:
    part = Part(BLOCKS[block][0], block)
    proposal = editable(actor, proposal_id, part.section)
    found = compare(actor, proposal, part, values, stored_block(proposal, part, values), shown)
    if found.conflicts:
        raise StaleVersion(found.conflicts)
    _write_block(actor, proposal, part, found)
    step(proposal)
    record_save(actor, proposal, part.section)
    return proposal


def _write_block(actor: Actor, proposal: Proposal, part: Part, found: Compared) -> None:
    """Write what is fresh, keep its history, and forget what the person had not finished there."""
    if found.fresh:
        write_block(proposal, part, found.fresh)
        keep_revision(actor, proposal, part, Change.WRITTEN, found.replaced, found.fresh)
    forget_unfinished(actor, proposal, part)


@operation
def save_answers(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    version: int,
    shown: Mapping[str, int] | None = None,
    answers: Mapping[str, str],
) -> Proposal:
    """Texts by the code of their question. A text that is too long is kept; the findings say so.

    Raises Invalid for a question that the call does not ask, StaleVersion when somebody saved in between.
    """
    asked = check_questions(queries.get_proposal(actor, proposal_id), answers)
    sections = sorted({asked[code] for code in answers})
    proposal = editable(actor, proposal_id, sections[0] if len(sections) == 1 else "")
    conflicts: dict[str, Conflict] = {}
    compared: dict[Part, Compared] = {}
    for section in sections:
        part = Part(section, TEXTS)
        values = {code: encoded(text.strip()) for code, text in answers.items() if asked[code] == section}
        compared[part] = compare(
            actor, proposal, part, values, stored_block(proposal, part, values), Shown(version, shown or {})
        )
        conflicts |= compared[part].conflicts
    if conflicts:
        raise StaleVersion(conflicts)
    for part, found in compared.items():
        _write_block(actor, proposal, part, found)
    step(proposal)
    record_save(actor, proposal, *(part.section for part in compared), questions=sorted(answers))
    return proposal


@operation
def save_record(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    kind: str,
    record_id: uuid.UUID | str | None = None,
    new_id: uuid.UUID | None = None,
    version: int | None = None,
    shown: Mapping[str, int] | None = None,
    data: Mapping[str, Any],
) -> ProposalRecord:
    """Make or change one record of the proposal. `data` holds typed values by field name; links are ids of own records.

    `new_id` is the id that a page chose for a new record: a second click then finds the first one and makes no second.
    `version` is the version of the proposal that the page showed, `shown` that of fields that were saved since.
    Raises Invalid for a link to a record that is not of this proposal, StaleVersion when somebody changed a field after the
    page showed it, TypeError for a field that the kind does not have.
    """
    shape = KINDS[kind]
    if unknown := set(data) - set(shape.fields):
        raise TypeError(f"{kind} has no field {sorted(unknown)}")
    part = part_of(shape, record_id or new_id or uuid.uuid4())
    proposal = editable(actor, proposal_id, shape.section)
    one = queries.get_record(proposal, shape, record_id) if record_id else find_record(proposal, shape, part.record_id)
    asked = asked_values(shape, data)
    if one is None:
        one = new_record(proposal, shape, part.record_id)
        brought = brought_along(measures_of_actions(proposal), one, data, data)
        write_record(proposal, shape, one, {**data, **brought})
        keep_revision(actor, proposal, part, Change.ADDED, {}, asked | asked_values(shape, brought))
    else:
        found = compare(actor, proposal, part, asked, stored_values(shape, one, asked), Shown(version, shown or {}))
        found = bring_along(proposal, shape, one, data, found)
        if found.conflicts:
            raise StaleVersion(found.conflicts)
        if found.fresh:
            values = {**data, **typed_values(shape, found.brought)}
            write_record(proposal, shape, one, {name: values[name] for name in found.fresh})
            keep_revision(actor, proposal, part, Change.WRITTEN, found.replaced, found.fresh)
    forget_unfinished(actor, proposal, part)
    step(proposal, sums=kind == "cost_line")
    record_save(actor, proposal, shape.section, kind=kind, record=str(one.pk))
    return one
