"""How values get onto a draft: on the proposal, as answers, or on a record with its links. Steps of operations, see keeping.py."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Max

from wijkcontract.proposals import queries
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.keeping import Compared
from wijkcontract.proposals.models import Action, Answer, CostLine, Milestone, Proposal, ProposalRecord
from wijkcontract.proposals.parts import (
    TEXTS,
    Part,
    Values,
    asked_values,
    block_values,
    encoded,
    stored_values,
    typed_block,
)
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible

Links = Mapping[str, list[uuid.UUID]]
MeasureOf = Callable[[str], uuid.UUID | None]


def stored_block(proposal: Proposal, part: Part, names: Iterable[str]) -> dict[str, Any]:
    """What a block of fields holds now; a question without an answer is an empty text."""
    if part.name != TEXTS:
        return block_values(proposal, names)
    asked = list(names)
    answers = Answer.objects.filter(proposal=proposal, question__in=asked)
    return dict.fromkeys(asked, "") | {answer.question: answer.text for answer in answers}


def write_block(proposal: Proposal, part: Part, values: Values) -> None:
    """Put values on a block of fields; the proposal itself is saved with the step of its version. Raises Invalid."""
    if part.name != TEXTS:
        _check_names(proposal, values)
        for name, value in typed_block(values).items():
            setattr(proposal, name, value)
    elif values:
        Answer.objects.bulk_create(
            [Answer(proposal=proposal, question=code, text=text) for code, text in values.items()],
            update_conflicts=True,
            unique_fields=["proposal", "question"],
            update_fields=["text"],
        )


def _check_names(proposal: Proposal, values: Values) -> None:
    """A draft has a title of its own; what was submitted keeps its title and stays about the same neighbourhood."""
    for name, label in (("title", "De titel"), ("neighbourhood", "De naam van de wijk")):
        if name in values and proposal.state != ProposalState.DRAFT:
            raise Invalid.because(f"{label} blijft zoals ingediend. Verduidelijken doet u in de tekst.", name)
    if "title" in values:
        _check_title(proposal, str(values["title"]))


def _check_title(proposal: Proposal, title: str) -> None:
    if not title:
        raise Invalid.because("Geef het voorstel een titel.", "title")
    same = Proposal.objects.filter(call=proposal.call, applicant=proposal.applicant, title=title)
    if same.exclude(pk=proposal.pk).exists():
        raise Invalid.because(
            "Uw bestuur heeft voor deze oproep al een voorstel met deze titel. Kies een andere.", "title"
        )


def check_questions(proposal: Proposal, codes: Iterable[str]) -> dict[str, str]:
    """The section of each question. Raises Invalid for one that the call does not ask."""
    asked = {question.code: question.section for question in proposal.call.programme.questions}
    if unknown := sorted(set(codes) - set(asked)):
        raise Invalid([Fault(code, "Deze vraag staat niet in de oproep.") for code in unknown])
    return asked


def find_record(proposal: Proposal, kind: Kind, record_id: uuid.UUID | str) -> ProposalRecord | None:
    """The record with this id, None when there is none. Raises NotVisible when it is of another proposal."""
    found: ProposalRecord | None = kind.model._default_manager.filter(pk=record_id).first()
    if found is not None and found.proposal_id != proposal.pk:  # type: ignore[attr-defined]  # every kind has a proposal
        raise NotVisible
    return found


def new_record(proposal: Proposal, kind: Kind, record_id: uuid.UUID | str) -> ProposalRecord:
    """A record at the end of its list, not stored yet."""
    last = queries.records(proposal, kind).aggregate(last=Max("position"))["last"]
    return kind.model(proposal=proposal, position=(last or 0) + 1, id=record_id)  # type: ignore[misc]  # every kind has a proposal


def write_record(proposal: Proposal, kind: Kind, one: ProposalRecord, data: Mapping[str, Any]) -> None:
    """Put typed values on a record and store it. Raises Invalid for a link to what is not of this proposal."""
    many = _set_fields(proposal, kind, one, data)
    one.save()
    for name, ids in many.items():
        getattr(one, name).set(ids)


def _set_fields(proposal: Proposal, kind: Kind, one: ProposalRecord, data: Mapping[str, Any]) -> Links:
    """Put the values on the record; returns the links that can only be set once it is stored."""
    faults: list[Fault] = []
    many: dict[str, list[uuid.UUID]] = {}
    for name, value in data.items():
        if name in kind.many_links:
            many[name] = _own(proposal, KINDS[kind.many_links[name]], value, name, faults)
        elif name in kind.links:
            own = _own(proposal, KINDS[kind.links[name]], [value] if value else [], name, faults)
            setattr(one, f"{name}_id", own[0] if own else None)
        elif kind.model._meta.get_field(name).is_relation:
            setattr(one, f"{name}_id", getattr(value, "pk", value))
        else:
            setattr(one, name, encoded(value) if isinstance(value, str) else value)
    if kind.parent and getattr(one, f"{kind.parent}_id") is None:
        faults.append(Fault(kind.parent, f"Kies bij welke {KINDS[kind.parent].singular} dit hoort."))
    if faults:
        raise Invalid(faults)
    return many


def brought_along(
    measure_of: MeasureOf, one: ProposalRecord, data: Mapping[str, Any], fresh: Collection[str]
) -> dict[str, uuid.UUID | None]:
    """What a choice brings along on a record that hangs on a measure and on an action of it: its value by field.

    An action that is chosen, or that stands beside an empty measure, brings its measure; another measure lets the action go.
    `fresh` names the fields of `data` that change. Every way in asks this: a form, an autosave, a workbook, the history.
    """
    if not isinstance(one, (CostLine, Milestone)):
        return {}
    action, measure = _id_of(data.get("action")), _id_of(data.get("measure"))
    stored = str(one.action_id or "")
    if action and ("action" in fresh or ("measure" in data and not measure)):
        its = measure_of(action)
        return {"measure": its} if its else {}
    if "measure" in fresh and "action" not in fresh and stored and measure != str(measure_of(stored)):
        return {"action": None}
    return {}


def bring_along(
    proposal: Proposal, kind: Kind, one: ProposalRecord, data: Mapping[str, Any], found: Compared
) -> Compared:
    """The same comparison with what the fresh choices bring along: written, kept in the history, and never a conflict."""
    brought = asked_values(kind, brought_along(measures_of_actions(proposal), one, data, found.fresh))
    stored = stored_values(kind, one, brought)
    fresh = {name: value for name, value in {**found.fresh, **brought}.items() if value != stored.get(name)}
    return replace(
        found,
        fresh=fresh,
        replaced={name: found.replaced.get(name, stored.get(name)) for name in fresh},
        conflicts={name: one for name, one in found.conflicts.items() if name not in brought},
        brought=brought,
    )


def _id_of(value: object) -> str:
    return str(getattr(value, "pk", value) or "")


def measures_of_actions(proposal: Proposal) -> MeasureOf:
    """Asks which measure an action of this proposal is of; None when there is no such action, which writing says."""
    actions = Action.objects.filter(proposal=proposal).values_list("measure_id", flat=True)
    return lambda action: actions.filter(pk=action).first()


def _own(
    proposal: Proposal, kind: Kind, ids: Iterable[uuid.UUID | str], name: str, faults: list[Fault]
) -> list[uuid.UUID]:
    """The ids that are records of this proposal; another one is a fault at the field."""
    asked = {str(one) for one in ids}
    found = list(queries.records(proposal, kind).filter(pk__in=asked).values_list("pk", flat=True)) if asked else []
    if len(found) != len(asked):
        faults.append(
            Fault(name, f"Kies een {kind.singular} van dit voorstel. De lijst is misschien intussen veranderd.")
        )
    return found
