"""The rows of a proposal as it is read: plain values and Dutch words, filled by `proposal_dossier`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from wijkcontract.rules.findings.catalogue import Finding
from wijkcontract.rules.proposal_shape import ChangeAsked, Pledge, Problem
from wijkcontract.web.components.dossier_files import FileRow
from wijkcontract.web.components.formats import day


def anchor_of(section: str) -> str:
    """The id of a section on the page."""
    return f"onderdeel-{section}"


@dataclass(frozen=True, slots=True)
class AnswerText:
    """A question of the call and what was answered."""

    label: str
    text: str
    requirement: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section of the proposal, with its answers and the findings that the reader must know."""

    code: str
    label: str
    answers: Sequence[AnswerText]
    findings: Sequence[Finding]
    files: Sequence[FileRow] = ()

    @property
    def anchor(self) -> str:
        return anchor_of(self.code)


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem with what the authority cannot do alone (R1, R3, R10)."""

    code: str
    source: Problem
    answered_by: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A measurable target of an objective (R11)."""

    objective: str
    indicator: str
    direction: str
    baseline: str
    baseline_note: str
    target: str
    target_on: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A part of a measure: who carries it out, when, and what it costs."""

    code: str
    title: str
    description: str
    note: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in the table of the package (R5 to R7)."""

    code: str
    title: str
    description: str
    nature: str
    instrument: str
    is_new: bool
    domains: str
    levels: str
    problems: str
    objectives: str
    lead: str
    cost: int
    actions: Sequence[ActionRow] = ()


def change_words(asked: ChangeAsked) -> str:
    """That a partner wants its pledge otherwise, and since when (R8)."""
    return f"vraagt een wijziging, op {day(asked.on)}"


def confirmation_words(pledge: Pledge) -> str:
    """What the partner said of a pledge through its link, in short; empty when it said nothing that counts now (R8)."""
    said = [f"geweigerd op {day(pledge.declined_on)}"] if pledge.declined_on is not None else []
    if (asked := pledge.change_asked) is not None:
        said.append(change_words(asked) + (f": '{asked.remark}'" if asked.remark else ""))
    if (confirmed := pledge.confirmed) is not None:
        earlier = f", voor een vroegere tekst: {confirmed.earlier_words}" if confirmed.earlier_words else ""
        said.append(f"bevestigd door {confirmed.by} op {day(confirmed.on)}{earlier}")
    return "; ".join(said)


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """What a partner binds itself to (R8, R12)."""

    partner: str
    kind: str
    what: str
    form: str
    amount: int | None
    due_on: dt.date | None
    status: str
    proof: str
    confirmation: str


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk with its level in a word and a shape (R9)."""

    title: str
    likelihood: str
    impact: str
    level: str
    light: str
    mitigation: str
    owner: str
    where: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Something on a day: a milestone, a moment, a step of the support process."""

    on: dt.date | None
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A figure of the neighbourhood with its source and year (R2)."""

    indicator: str
    unit: str
    value: str
    compare: str
    year: str
    source: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A local decision with its document (R16)."""

    body: str
    on: dt.date | None
    number: str
    link: str
    file_name: str
    file_url: str
