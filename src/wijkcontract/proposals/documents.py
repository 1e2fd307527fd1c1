"""The whole proposal as the one document of the rules, read from the database with a fixed number of queries.

What the command line checks, what the site shows as missing and what a submission freezes is this document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from django.db.models import prefetch_related_objects

from wijkcontract.files.queries import has_bytes
from wijkcontract.proposals import attachments, models, pledges
from wijkcontract.proposals.models import Attachment, Proposal
from wijkcontract.proposals.reader import Parts, read
from wijkcontract.rules import other_money, proposal_shape as shape

MeasureOf = Mapping[UUID, UUID]
"""The measure of each action."""


def build(
    proposal: Proposal, carried: Iterable[Attachment] | None = None, *, look_for_bytes: bool = False
) -> shape.Proposal:
    """The document of a proposal as it stands; the day of submission is filled by the submission.

    `carried` are its attachments when the caller has read them. With `look_for_bytes` a file whose bytes are not in the storage
    is in the document without its hash, which blocks: so before a submission.
    """
    parts = read(proposal)
    partners = parts.of(models.Partner)
    prefetch_related_objects(partners, "body")
    registered = _registered(parts.of(models.RegisteredSubsidy))
    if carried is None:
        carried = attachments.attachments_of(proposal)
    there = {one.pk for found in parts.records.values() for one in found}
    files = [one for one in carried if one.record_id in there]
    newest = attachments.newest_by_record(files)
    measure_of = {one.pk: one.measure_id for one in parts.of(models.Action)}
    return shape.Proposal(
        format=shape.Format.ONE,
        title=proposal.title,
        applicant=_applicant(proposal),
        neighbourhood=shape.Neighbourhood(proposal.neighbourhood, proposal.inhabitants, _listed(proposal.sectors)),
        term=shape.Term(proposal.term_start, proposal.term_end),
        answers={answer.question: answer.text for answer in parts.of(models.Answer) if answer.text},
        figures=tuple(_figure(one) for one in parts.of(models.Figure)),
        problems=tuple(_problem(one) for one in parts.of(models.Problem)),
        objectives=_objectives(parts.of(models.Objective), parts.of(models.Target)),
        measures=_measures(parts),
        partners=_partners(partners, parts, newest),
        additional_support=tuple(_support(one) for one in parts.of(models.AdditionalSupport)),
        cost_lines=tuple(_cost_line(one, measure_of) for one in parts.of(models.CostLine)),
        risks=tuple(_risk(one, parts, measure_of) for one in parts.of(models.Risk)),
        milestones=tuple(
            shape.Milestone(str(one.pk), one.title, one.due_on, _measure_id(one, measure_of), _id(one.action_id))
            for one in parts.of(models.Milestone)
        ),
        participation=shape.Participation(
            target_groups=_lines(proposal.target_groups),
            moments=tuple(
                shape.ParticipationMoment(str(one.pk), one.title, one.held_on, one.form, _listed(one.groups))
                for one in parts.of(models.ParticipationMoment)
            ),
        ),
        support_log=tuple(
            shape.SupportLogEntry(str(one.pk), one.held_on, one.with_whom, one.what)
            for one in parts.of(models.SupportLogEntry)
        ),
        dissemination=tuple(
            shape.DisseminationMoment(str(one.pk), one.planned_on, one.what, one.audience)
            for one in parts.of(models.DisseminationMoment)
        ),
        other_subsidies=_other_subsidies(parts.of(models.OtherSubsidy), {one.id for one in registered}),
        registered=registered,
        continuations=tuple(_continuation(one) for one in parts.of(models.Continuation)),
        local_decisions=tuple(
            shape.LocalDecision(
                str(one.pk), shape.LocalBody(one.body), one.decided_on, one.number, one.link, newest.get(str(one.pk))
            )
            for one in parts.of(models.LocalDecision)
        ),
        files=tuple(_file(one, is_there=not look_for_bytes or has_bytes(one.file)) for one in files),
    )


def _applicant(proposal: Proposal) -> shape.Applicant:
    authority = proposal.applicant
    return shape.Applicant(authority.name, authority.nis, authority.kbo, authority.ovo)


def _figure(one: models.Figure) -> shape.Figure:
    return shape.Figure(
        str(one.pk), one.indicator, _number(one.value), one.unit, one.year, one.source, _number(one.compare_value)
    )


def _problem(one: models.Problem) -> shape.Problem:
    experiment = shape.Experiment(
        rule=one.experiment_rule,
        rule_link=one.experiment_link,
        body=one.experiment_body,
        what=one.experiment_what,
        area=one.experiment_area,
        start=one.experiment_start,
        end=one.experiment_end,
    )
    return shape.Problem(
        id=str(one.pk),
        title=one.title,
        description=one.description,
        groups=_lines(one.groups),
        residents=one.residents,
        beyond_capacity=one.beyond_capacity,
        blocking_rule=one.blocking_rule,
        blocking_body=one.blocking_body,
        experiment=None if experiment == shape.Experiment() else experiment,
    )


def _objectives(
    objectives: Iterable[models.Objective], targets: Iterable[models.Target]
) -> tuple[shape.Objective, ...]:
    by_objective: dict[UUID, list[shape.Target]] = defaultdict(list)
    for one in targets:
        by_objective[one.objective_id].append(
            shape.Target(
                id=str(one.pk),
                indicator=one.indicator,
                unit=one.unit,
                direction=shape.Direction(one.direction) if one.direction else None,
                baseline=_number(one.baseline),
                baseline_on=one.baseline_on,
                baseline_source=one.baseline_source,
                target=_number(one.target),
                target_on=one.target_on,
                aggregation=one.aggregation,
            )
        )
    return tuple(shape.Objective(str(one.pk), one.title, tuple(by_objective[one.pk])) for one in objectives)


def _measures(parts: Parts) -> tuple[shape.Measure, ...]:
    actions: dict[UUID, list[shape.Action]] = defaultdict(list)
    for one in parts.of(models.Action):
        actions[one.measure_id].append(
            shape.Action(str(one.pk), one.title, one.description, one.lead, one.start, one.end)
        )
    return tuple(_measure(one, parts, actions[one.pk]) for one in parts.of(models.Measure))


def _measure(one: models.Measure, parts: Parts, actions: Iterable[shape.Action]) -> shape.Measure:
    return shape.Measure(
        id=str(one.pk),
        title=one.title,
        description=one.description,
        nature=shape.Nature(one.nature) if one.nature else None,
        instrument=one.instrument or None,
        new=one.is_new,
        policy_domains=tuple(one.policy_domains),
        levels=tuple(one.levels),
        programme_name=one.programme_name,
        acceleration=one.acceleration,
        lead=one.lead,
        problems=parts.linked("measure.problems", one),
        objectives=parts.linked("measure.objectives", one),
        actions=tuple(actions),
    )


def _partners(partners: Iterable[models.Partner], parts: Parts, newest: Mapping[str, str]) -> tuple[shape.Partner, ...]:
    answers = {answer.pledge_id: answer for answer in parts.of(models.PledgeAnswer)}
    by_partner: dict[UUID, list[shape.Pledge]] = defaultdict(list)
    for one in parts.of(models.Pledge):
        by_partner[one.partner_id].append(_pledge(one, parts, answers.get(one.pk), newest.get(str(one.pk))))
    return tuple(
        shape.Partner(
            str(one.pk),
            one.name,
            one.kind,
            one.body.name if one.body else "",
            tuple(by_partner[one.pk]),
        )
        for one in partners
    )


def _pledge(one: models.Pledge, parts: Parts, answer: models.PledgeAnswer | None, file: str | None) -> shape.Pledge:
    standing = pledges.standing(one, answer)
    return shape.Pledge(
        id=str(one.pk),
        what=one.what,
        form=shape.PledgeForm(one.form) if one.form else None,
        amount=one.amount_cents,
        due_on=one.due_on,
        status=shape.PledgeStatus(one.status) if one.status else None,
        proof=one.proof,
        file=file,
        measures=parts.linked("pledge.measures", one),
        confirmed=standing.confirmed,
        declined_on=standing.declined_on,
        change_asked=standing.change_asked,
    )


def _support(one: models.AdditionalSupport) -> shape.AdditionalSupport:
    return shape.AdditionalSupport(
        str(one.pk), one.minister, one.what, one.amount_cents, _id(one.pledge_id), one.budget_article, one.procedure
    )


def _cost_line(one: models.CostLine, measure_of: MeasureOf) -> shape.CostLine:
    return shape.CostLine(
        id=str(one.pk),
        item=one.item,
        measure=_measure_id(one, measure_of),
        year=one.year,
        category=one.category or None,
        source=shape.Source(one.source) if one.source else None,
        amount=one.amount_cents,
        item_cost=one.item_cost_cents,
        action=_id(one.action_id),
    )


def _measure_id(one: models.CostLine | models.Milestone, measure_of: MeasureOf) -> str | None:
    """The measure of a record that may hang on an action: that of its action comes first."""
    return _id(measure_of[one.action_id] if one.action_id else one.measure_id)


def _risk(one: models.Risk, parts: Parts, measure_of: MeasureOf) -> shape.Risk:
    actions = parts.linked("risk.actions", one)
    measures = parts.linked("risk.measures", one)
    of_actions = (str(measure_of[UUID(action)]) for action in actions)
    return shape.Risk(
        id=str(one.pk),
        title=one.title,
        likelihood=one.likelihood,
        impact=one.impact,
        mitigation=one.mitigation,
        owner=one.owner,
        measures=tuple(dict.fromkeys((*measures, *of_actions))),
        objectives=parts.linked("risk.objectives", one),
        actions=actions,
    )


def _file(one: Attachment, *, is_there: bool) -> shape.File:
    file = one.file
    sha256 = file.sha256 if is_there else ""
    return shape.File(str(file.pk), file.name, sha256, file.media_type, attachments.belongs_to(one))


def _registered(found: Iterable[models.RegisteredSubsidy]) -> tuple[other_money.RegisteredSubsidy, ...]:
    """The subsidies of the register; one that the authority and the agency both wrote counts once, as the agency wrote it."""
    by_reference: dict[tuple[str, str], models.RegisteredSubsidy] = {}
    for one in sorted(found, key=lambda one: (one.starts_on, one.provider, one.reference, one.pk)):
        key = (one.provider.casefold(), one.reference.casefold())
        if key not in by_reference or one.registrar == models.Registrar.AGENCY:
            by_reference[key] = one
    return tuple(
        other_money.RegisteredSubsidy(
            id=str(one.pk),
            name=one.name,
            provider=one.provider,
            reference=one.reference,
            covers=one.covers,
            amount=one.amount_cents,
            start=one.starts_on,
            end=one.ends_on,
            registrar=other_money.Registrar(one.registrar),
        )
        for one in by_reference.values()
    )


def _other_subsidies(
    found: Iterable[models.OtherSubsidy], known: Container[str]
) -> tuple[other_money.OtherSubsidy, ...]:
    """Other subsidies; a link to what is not in the register during the term is left out."""
    return tuple(
        other_money.OtherSubsidy(
            str(one.pk), one.name, one.provider, one.amount_cents, one.covers, one.status,
            str(one.registered_id) if str(one.registered_id) in known else None,
        )
        for one in found
    )  # fmt: skip


def _continuation(one: models.Continuation) -> other_money.Continuation:
    return other_money.Continuation(
        id=str(one.pk),
        what=one.what,
        measure=_id(one.measure_id),
        carried_by=one.carried_by,
        paid_by=one.paid_by,
        amount=one.amount_cents,
        starts_on=one.starts_on,
        certain=one.certain,
    )


def _number(value: Decimal | None) -> Decimal | None:
    """A number as people wrote it: the zeros that the database added are taken off."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _id(value: UUID | None) -> str | None:
    return str(value) if value else None


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
