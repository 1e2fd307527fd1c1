"""Reading issued reports, and the report of a round as it would be issued now."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.execution.models import ProgressReport, ReportState, Round, RoundState
from wijkcontract.execution.queries import get_round, visible_rounds
from wijkcontract.reporting import policy
from wijkcontract.reporting.models import RelanceReport
from wijkcontract.reporting.relance import Content, build_content
from wijkcontract.rules.verdicts import NotVisible


@dataclass(frozen=True)
class Preview:
    """The report of a round computed live, and the reports that are not accepted and so would be missing."""

    round: Round
    content: Content
    missing: list[ProgressReport]
    number: int
    """The number that it would get."""


@dataclass(frozen=True)
class OwnFigures:
    """What one issued report says of one contract, for the local authority of that contract."""

    issued: RelanceReport
    contract: Content


def own_figures(actor: Actor, report: ProgressReport) -> list[OwnFigures]:
    """The own figures of a local authority in the issues of a round, newest first; nothing of any other contract."""
    if not actor.acts_for(report.contract.local_authority_id):
        return []
    return [
        OwnFigures(issued, one)
        for issued in RelanceReport.objects.filter(round_id=report.round_id)
        for one in json.loads(issued.content)["contracts"]
        if one["number"] == report.contract.number
    ]


def visible_issued(actor: Actor) -> QuerySet[RelanceReport]:
    """Issued reports, without their content: the list does not need it."""
    if not policy.reads_issued(actor):
        return RelanceReport.objects.none()
    return RelanceReport.objects.select_related("round").defer("content")


def get_issued(actor: Actor, report_id: uuid.UUID | str) -> RelanceReport:
    """An issued report with its frozen content, or NotVisible."""
    found = None
    if policy.reads_issued(actor):
        try:
            found = RelanceReport.objects.select_related("round").filter(pk=report_id).first()
        except (ValidationError, ValueError):
            found = None
    if found is None:
        raise NotVisible
    return found


def rounds_to_report(actor: Actor) -> QuerySet[Round]:
    """Rounds that were opened: a report can be prepared for each."""
    if not policy.reads_draft(actor):
        return Round.objects.none()
    return visible_rounds(actor).exclude(state=RoundState.DRAFT)


def missing_reports(in_round: Round) -> list[ProgressReport]:
    """The reports of a round that are not accepted: their content stays out of the report to the ministers."""
    waiting = ProgressReport.objects.filter(round=in_round).exclude(state=ReportState.ACCEPTED)
    return list(waiting.select_related("contract", "contract__local_authority"))


def next_number(in_round: Round) -> int:
    """The number of the next issue of a round."""
    return RelanceReport.objects.filter(round=in_round).count() + 1


def get_preview(actor: Actor, round_id: uuid.UUID | str) -> Preview:
    """The report of a round as it would be issued now; only for the agency, and only once the round was opened."""
    in_round = get_round(actor, round_id)
    if not policy.reads_draft(actor) or in_round.state == RoundState.DRAFT:
        raise NotVisible
    return Preview(in_round, build_content(in_round), missing_reports(in_round), next_number(in_round))
