"""What makes a proposal document unreadable as a whole: double ids, and references that lead nowhere.

An incomplete proposal is no fault (`completeness` says what is missing); a reference to a measure that is
not there is one, because no rule can be trusted on such a document.
"""

from collections.abc import Container, Iterable, Iterator
from typing import Protocol

from wijkcontract.rules.codec import pointer
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Proposal
from wijkcontract.rules.verdicts import Fault


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


def reference_faults(document: Proposal) -> list[Fault]:
    """Ids that occur twice in one kind of record, and references to a record that is not there."""
    return [*_double_ids(document), *_dangling(document), *_files_of_nothing(document)]


def programme_faults(document: Proposal, programme: Programme) -> list[Fault]:
    """Codes that the programme does not know: questions, instruments, domains, levels, partners, cost."""
    questions = {question.code for question in programme.questions}
    faults = [
        Fault(pointer("answers", code), f"de vraag '{code}' bestaat niet in deze oproep.")
        for code in document.answers
        if code not in questions
    ]
    instruments = {kind.code for kind in programme.instruments}
    domains = {domain.code for domain in programme.policy_domains}
    levels = {level.code for level in programme.levels}
    for index, measure in enumerate(document.measures):
        place = ("measures", index)
        faults += _unknown([measure.instrument], instruments, "het instrument", *place, "instrument")
        faults += _unknown(measure.policy_domains, domains, "het beleidsdomein", *place, "policy_domains")
        faults += _unknown(measure.levels, levels, "het bestuursniveau", *place, "levels")
    kinds = {kind.code for kind in programme.partner_kinds}
    for index, partner in enumerate(document.partners):
        faults += _unknown([partner.kind], kinds, "de soort partner", "partners", index, "kind")
    categories = {category.code for category in programme.cost_categories}
    for index, line in enumerate(document.cost_lines):
        faults += _unknown([line.category], categories, "de kostensoort", "cost_lines", index, "category")
    return faults


def _double_ids(document: Proposal) -> Iterator[Fault]:
    for records in _kinds(document):
        seen: set[str] = set()
        for place, record in records:
            if record.id in seen:
                yield Fault(
                    f"{place}/id",
                    f"het kenmerk '{record.id}' komt twee keer voor. Geef elk onderdeel een eigen kenmerk.",
                )
            seen.add(record.id)


def _kinds(document: Proposal) -> Iterator[list[tuple[str, _Identified]]]:
    """The records of each kind with their places; targets, actions and pledges are numbered over the whole document."""
    lists: dict[str, Iterable[_Identified]] = {
        "figures": document.figures,
        "problems": document.problems,
        "objectives": document.objectives,
        "measures": document.measures,
        "partners": document.partners,
        "additional_support": document.additional_support,
        "cost_lines": document.cost_lines,
        "risks": document.risks,
        "milestones": document.milestones,
        "participation/moments": document.participation.moments,
        "support_log": document.support_log,
        "dissemination": document.dissemination,
        "other_subsidies": document.other_subsidies,
        "registered": document.registered,
        "continuations": document.continuations,
        "local_decisions": document.local_decisions,
        "files": document.files,
    }
    for name, records in lists.items():
        yield [(f"/{name}/{index}", record) for index, record in enumerate(records)]
    yield [
        (pointer("objectives", index, "targets", number), target)
        for index, objective in enumerate(document.objectives)
        for number, target in enumerate(objective.targets)
    ]
    yield [
        (pointer("measures", index, "actions", number), action)
        for index, measure in enumerate(document.measures)
        for number, action in enumerate(measure.actions)
    ]
    yield [
        (pointer("partners", index, "pledges", number), pledge)
        for index, partner in enumerate(document.partners)
        for number, pledge in enumerate(partner.pledges)
    ]


def _dangling(document: Proposal) -> Iterator[Fault]:
    problems = {problem.id for problem in document.problems}
    objectives = {objective.id for objective in document.objectives}
    measures = {measure.id for measure in document.measures}
    pledges = {pledge.id for partner in document.partners for pledge in partner.pledges}
    for index, measure in enumerate(document.measures):
        yield from _unknown(measure.problems, problems, "het probleem", "measures", index, "problems")
        yield from _unknown(measure.objectives, objectives, "de doelstelling", "measures", index, "objectives")
    for index, risk in enumerate(document.risks):
        yield from _unknown(risk.measures, measures, "de maatregel", "risks", index, "measures")
        yield from _unknown(risk.objectives, objectives, "de doelstelling", "risks", index, "objectives")
    for index, line in enumerate(document.cost_lines):
        yield from _unknown([line.measure], measures, "de maatregel", "cost_lines", index, "measure")
    for index, milestone in enumerate(document.milestones):
        yield from _unknown([milestone.measure], measures, "de maatregel", "milestones", index, "measure")
    for index, partner in enumerate(document.partners):
        for number, pledge in enumerate(partner.pledges):
            place = ("partners", index, "pledges", number, "measures")
            yield from _unknown(pledge.measures, measures, "de maatregel", *place)
    yield from _actions(document)
    registered = {one.id for one in document.registered}
    for index, other in enumerate(document.other_subsidies):
        yield from _unknown(
            [other.registered], registered, "de geregistreerde subsidie", "other_subsidies", index, "registered"
        )
    for index, going_on in enumerate(document.continuations):
        yield from _unknown([going_on.measure], measures, "de maatregel", "continuations", index, "measure")
    for index, support in enumerate(document.additional_support):
        yield from _unknown([support.pledge], pledges, "het engagement", "additional_support", index, "pledge")


def _actions(document: Proposal) -> Iterator[Fault]:
    """References to an action that is not there, or whose measure is not named beside it."""
    owner = {action.id: measure.id for measure in document.measures for action in measure.actions}
    for where, action, measures in _on_actions(document):
        if action not in owner:
            yield Fault(where, f"de actie '{action}' bestaat niet. Kies er een die bestaat.")
        elif owner[action] not in measures:
            yield Fault(where, f"de actie '{action}' hoort bij de maatregel '{owner[action]}'. Noem die maatregel ook.")


def _on_actions(document: Proposal) -> Iterator[tuple[str, str, Container[str | None]]]:
    """What hangs on an action: where, which action, and the measures named beside it."""
    for index, line in enumerate(document.cost_lines):
        if line.action is not None:
            yield pointer("cost_lines", index, "action"), line.action, [line.measure]
    for index, milestone in enumerate(document.milestones):
        if milestone.action is not None:
            yield pointer("milestones", index, "action"), milestone.action, [milestone.measure]
    for index, risk in enumerate(document.risks):
        for action in risk.actions:
            yield pointer("risks", index, "actions"), action, risk.measures


def _files_of_nothing(document: Proposal) -> Iterator[Fault]:
    """Files that say that they belong to a record that is not there."""
    known = {
        f"{place.rstrip('0123456789').strip('/').rpartition('/')[2]}/{record.id}"
        for records in _kinds(document)
        for place, record in records
    }
    for index, file in enumerate(document.files):
        if file.belongs_to and file.belongs_to not in known:
            yield Fault(
                pointer("files", index, "belongs_to"),
                f"het onderdeel '{file.belongs_to}' bestaat niet. Noem de lijst en het kenmerk, zoals measures/M3.",
            )


def _unknown(references: Iterable[str | None], known: Container[str], what: str, *place: str | int) -> Iterator[Fault]:
    """A fault for each reference that is not known; in a list the place is that of the reference itself."""
    is_list = isinstance(references, tuple)
    for index, reference in enumerate(references):
        if reference is not None and reference not in known:
            where = pointer(*place, index) if is_list else pointer(*place)
            yield Fault(where, f"{what} '{reference}' bestaat niet. Kies er een die bestaat.")
