"""Load a whole proposal from the one document: a draft written elsewhere becomes records that can be edited further."""

from __future__ import annotations

import uuid
from typing import Any

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation
from wijkcontract.accounts.queries import flemish_bodies
from wijkcontract.audit.operations import operation, record
from wijkcontract.proposals import models
from wijkcontract.proposals.keeping import step
from wijkcontract.proposals.models import Proposal, ProposalRecord, RegisteredSubsidy
from wijkcontract.proposals.operations.writing import (
    save_answers,
    save_basics,
    save_target_groups,
    save_term,
    start_proposal,
)
from wijkcontract.rules import proposal_shape as shape
from wijkcontract.rules.proposal_references import programme_faults
from wijkcontract.rules.verdicts import Invalid


@operation
def import_document(*, actor: Actor, call_id: uuid.UUID | str, document: shape.Proposal) -> Proposal:
    """Begin a draft from a document. Ids are given anew; files are not in a document and must be attached again,
    and a pledge is confirmed only through a link.

    Raises Invalid with the path of every code that the call's programme does not know.
    """
    proposal = start_proposal(actor=actor, call_id=call_id, title=document.title)
    if faults := programme_faults(document, proposal.call.programme):
        raise Invalid(faults)
    proposal = save_basics(
        actor=actor,
        proposal_id=proposal.pk,
        version=proposal.version,
        title=document.title,
        neighbourhood=document.neighbourhood.name,
        inhabitants=document.neighbourhood.inhabitants,
        sectors=", ".join(document.neighbourhood.sectors),
    )
    proposal = save_term(
        actor=actor,
        proposal_id=proposal.pk,
        version=proposal.version,
        term_start=document.term.start,
        term_end=document.term.end,
    )
    proposal = save_answers(
        actor=actor, proposal_id=proposal.pk, version=proposal.version, answers=dict(document.answers)
    )
    proposal = save_target_groups(
        actor=actor,
        proposal_id=proposal.pk,
        version=proposal.version,
        target_groups="\n".join(document.participation.target_groups),
    )
    _Loader(actor, proposal).load(document)
    step(proposal, sums=True)
    record(actor, "proposals.imported", proposal, title=proposal.title)
    return proposal


class _Loader:
    """Makes the records of a document and keeps which id of the document became which record."""

    def __init__(self, actor: Actor, proposal: Proposal) -> None:
        self.proposal = proposal
        self.made: dict[str, uuid.UUID] = {}
        self.register: dict[str, RegisteredSubsidy] = {}
        self.bodies: dict[str, Organisation] = {body.name: body for body in flemish_bodies(actor)}

    def load(self, document: shape.Proposal) -> None:
        """In the order in which records point to each other."""
        self._package(document)
        self._partners(document)
        self._money(document)
        self._process(document)

    def _keep(self, source_id: str, position: int, one: ProposalRecord) -> None:
        one.position = position
        one.save()
        self.made[source_id] = one.pk

    def _point(self, links: Any, ids: tuple[str, ...]) -> None:  # noqa: ANN401 - the stubs know only whole numbers as keys
        """Let a record point to records that were made before it."""
        links.set([self.made[one] for one in ids])

    def _package(self, document: shape.Proposal) -> None:
        for place, figure in enumerate(document.figures, 1):
            if figure.value is not None:
                self._keep(
                    figure.id,
                    place,
                    models.Figure(
                        proposal=self.proposal, indicator=figure.indicator, value=figure.value, unit=figure.unit,
                        compare_value=figure.compare_value, year=figure.year, source=figure.source,
                    ),
                )  # fmt: skip
        for place, problem in enumerate(document.problems, 1):
            self._keep(problem.id, place, _problem(self.proposal, problem))
        for place, objective in enumerate(document.objectives, 1):
            self._keep(objective.id, place, models.Objective(proposal=self.proposal, title=objective.title))
            for number, target in enumerate(objective.targets, 1):
                self._keep(target.id, number, _target(self.proposal, self.made[objective.id], target))
        for place, measure in enumerate(document.measures, 1):
            row = _measure(self.proposal, measure)
            self._keep(measure.id, place, row)
            for number, action in enumerate(measure.actions, 1):
                self._keep(action.id, number, _action(self.proposal, row, action))
            self._point(row.problems, measure.problems)
            self._point(row.objectives, measure.objectives)

    def _partners(self, document: shape.Proposal) -> None:
        for place, partner in enumerate(document.partners, 1):
            row = models.Partner(
                proposal=self.proposal, name=partner.name, kind=partner.kind or self.proposal.call.programme.partner_kinds[0].code,
                body=self.bodies.get(partner.body),
            )  # fmt: skip
            self._keep(partner.id, place, row)
            for number, pledge in enumerate(partner.pledges, 1):
                made = _pledge(self.proposal, row, pledge)
                self._keep(pledge.id, number, made)
                self._point(made.measures, pledge.measures)
        for place, support in enumerate(document.additional_support, 1):
            self._keep(
                support.id,
                place,
                models.AdditionalSupport(
                    proposal=self.proposal, minister=support.minister, what=support.what, amount_cents=support.amount,
                    pledge_id=self.made.get(support.pledge or ""), budget_article=support.budget_article,
                    procedure=support.procedure,
                ),
            )  # fmt: skip

    def _find_registered(self, document: shape.Proposal) -> None:
        """Which subsidies of the register here are those that the document names: by provider and reference."""
        mine = RegisteredSubsidy.objects.filter(beneficiary=self.proposal.applicant_id)
        known = {(one.provider, one.reference): one for one in mine} if document.registered else {}
        for one in document.registered:
            if (one.provider, one.reference) in known:
                self.register[one.id] = known[one.provider, one.reference]

    def _money(self, document: shape.Proposal) -> None:
        self._find_registered(document)
        for place, line in enumerate(document.cost_lines, 1):
            self._keep(
                line.id,
                place,
                models.CostLine(
                    proposal=self.proposal, measure_id=self.made.get(line.measure or ""),
                    action_id=self.made.get(line.action or ""), item=line.item,
                    year=line.year or self.proposal.created_at.year, category=line.category or "",
                    source=line.source or shape.Source.SUBSIDY, amount_cents=line.amount or 0, item_cost_cents=line.item_cost,
                ),
            )  # fmt: skip
        for place, other in enumerate(document.other_subsidies, 1):
            covers = str(self.made.get(other.covers, other.covers))
            self._keep(
                other.id,
                place,
                models.OtherSubsidy(
                    proposal=self.proposal, name=other.name, provider=other.provider, amount_cents=other.amount,
                    covers=covers, status=other.status, registered=self.register.get(other.registered or ""),
                ),
            )  # fmt: skip

    def _process(self, document: shape.Proposal) -> None:
        for place, risk in enumerate(document.risks, 1):
            row = models.Risk(
                proposal=self.proposal, title=risk.title, likelihood=risk.likelihood, impact=risk.impact,
                mitigation=risk.mitigation, owner=risk.owner,
            )  # fmt: skip
            self._keep(risk.id, place, row)
            self._point(row.measures, risk.measures)
            self._point(row.objectives, risk.objectives)
            self._point(row.actions, risk.actions)
        for place, milestone in enumerate(document.milestones, 1):
            due = models.Milestone(
                proposal=self.proposal, title=milestone.title, due_on=milestone.due_on,
                measure_id=self.made.get(milestone.measure or ""), action_id=self.made.get(milestone.action or ""),
            )  # fmt: skip
            self._keep(milestone.id, place, due)
        for place, moment in enumerate(document.participation.moments, 1):
            held = models.ParticipationMoment(
                proposal=self.proposal, title=moment.title, held_on=moment.held_on, form=moment.form,
                groups=", ".join(moment.groups),
            )  # fmt: skip
            self._keep(moment.id, place, held)
        for place, one in enumerate(document.support_log, 1):
            entry = models.SupportLogEntry(
                proposal=self.proposal, held_on=one.held_on, with_whom=one.with_whom, what=one.what
            )
            self._keep(one.id, place, entry)
        for place, going_on in enumerate(document.continuations, 1):
            further = models.Continuation(
                proposal=self.proposal, what=going_on.what, measure_id=self.made.get(going_on.measure or ""),
                carried_by=going_on.carried_by, paid_by=going_on.paid_by, amount_cents=going_on.amount,
                starts_on=going_on.starts_on, certain=going_on.certain,
            )  # fmt: skip
            self._keep(going_on.id, place, further)
        for place, share in enumerate(document.dissemination, 1):
            planned = models.DisseminationMoment(
                proposal=self.proposal, planned_on=share.planned_on, what=share.what, audience=share.audience
            )
            self._keep(share.id, place, planned)
        for place, decision in enumerate(document.local_decisions, 1):
            local = models.LocalDecision(
                proposal=self.proposal, body=decision.body or shape.LocalBody.EXECUTIVE, decided_on=decision.decided_on,
                number=decision.number, link=decision.link,
            )  # fmt: skip
            self._keep(decision.id, place, local)


def _problem(proposal: Proposal, problem: shape.Problem) -> models.Problem:
    experiment = problem.experiment or shape.Experiment()
    return models.Problem(
        proposal=proposal, title=problem.title, description=problem.description, groups="\n".join(problem.groups),
        residents=problem.residents, beyond_capacity=problem.beyond_capacity, blocking_rule=problem.blocking_rule,
        blocking_body=problem.blocking_body, experiment_what=experiment.what, experiment_rule=experiment.rule,
        experiment_link=experiment.rule_link, experiment_body=experiment.body, experiment_area=experiment.area,
        experiment_start=experiment.start, experiment_end=experiment.end,
    )  # fmt: skip


def _target(proposal: Proposal, objective_id: uuid.UUID, target: shape.Target) -> models.Target:
    return models.Target(
        proposal=proposal, objective_id=objective_id, indicator=target.indicator, unit=target.unit,
        direction=target.direction or "", baseline=target.baseline, baseline_on=target.baseline_on,
        baseline_source=target.baseline_source, target=target.target, target_on=target.target_on,
        aggregation=target.aggregation,
    )  # fmt: skip


def _measure(proposal: Proposal, measure: shape.Measure) -> models.Measure:
    return models.Measure(
        proposal=proposal, title=measure.title, description=measure.description, nature=measure.nature or "",
        instrument=measure.instrument or "", is_new=measure.new, policy_domains=list(measure.policy_domains),
        levels=list(measure.levels), programme_name=measure.programme_name, acceleration=measure.acceleration,
        lead=measure.lead,
    )  # fmt: skip


def _action(proposal: Proposal, measure: models.Measure, action: shape.Action) -> models.Action:
    return models.Action(
        proposal=proposal, measure=measure, title=action.title, description=action.description, lead=action.lead,
        start=action.start, end=action.end,
    )  # fmt: skip


def _pledge(proposal: Proposal, partner: models.Partner, pledge: shape.Pledge) -> models.Pledge:
    return models.Pledge(
        proposal=proposal, partner=partner, what=pledge.what, form=pledge.form or "", amount_cents=pledge.amount,
        due_on=pledge.due_on, status=pledge.status or "", proof=pledge.proof,
    )  # fmt: skip
