"""Scores, conflicts of interest, states, targets, risks and coverage (R7, R9, R11, R17)."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from wijkcontract.rules import programme
from wijkcontract.rules.conflicts import (
    Declaration,
    JurorKind,
    counts,
    may_score,
    may_see_proposal,
    may_see_scores_of_others,
    may_take_position,
)
from wijkcontract.rules.coverage import coverage, gaps
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.lifecycle import CALL, PROPOSAL, TABLES, NotAllowed, StateTable, advance, call_phase
from wijkcontract.rules.proposal_shape import Direction
from wijkcontract.rules.risks import RiskLevel, risk_level
from wijkcontract.rules.scoring import Result, Score, Weight, missing_scores, ranking, result
from wijkcontract.rules.targets import is_reached, points_the_right_way, progress

WEIGHTS = [Weight("tailoring", 2, 10), Weight("feasibility", 1, 10)]


def test_only_voters_count_and_the_total_is_exact() -> None:
    scores = [
        Score("an", "tailoring", 7),
        Score("bart", "tailoring", 8),
        Score("an", "feasibility", 5),
        Score("bart", "feasibility", 6),
        Score("gast", "tailoring", 0),
    ]
    found = result(scores, WEIGHTS, {"an", "bart"})
    assert found.total == Fraction(205, 3)
    assert found.spread == {"tailoring": 1, "feasibility": 1}
    assert result(scores[:2], WEIGHTS, {"an", "bart"}).total is None
    assert missing_scores(scores[:3], WEIGHTS, {"an", "bart"}) == [("bart", "feasibility")]


def test_equal_totals_are_ordered_by_the_declared_criteria_and_else_share_a_place() -> None:
    def found(total: int, tailoring: int) -> Result:
        return Result(Fraction(total), {"tailoring": Fraction(tailoring)}, {})

    results = {"a": found(70, 6), "b": found(70, 7), "c": found(80, 5), "d": found(70, 6), "e": Result(None, {}, {})}
    ranked = [(row.place, row.proposal, row.is_tied) for row in ranking(results, ["tailoring"])]
    assert ranked == [(1, "c", False), (2, "b", False), (3, "a", True), (3, "d", True)]


@given(st.sampled_from(JurorKind), st.booleans())
def test_a_conflict_beats_every_role(kind: JurorKind, flag: bool) -> None:
    conflict = Declaration.CONFLICT
    assert not may_see_proposal(kind, conflict, is_called=flag)
    assert not may_score(kind, conflict, is_scoring=flag)
    assert not may_see_scores_of_others(kind, conflict, is_locked=flag)
    assert not may_take_position(kind, conflict, is_called=flag)
    assert not counts(kind, conflict)


def test_only_a_voting_member_who_declared_scores_while_scoring_is_open() -> None:
    allowed = {
        (kind, declaration, is_scoring)
        for kind in JurorKind
        for declaration in Declaration
        for is_scoring in (True, False)
        if may_score(kind, declaration, is_scoring=is_scoring)
    }
    assert allowed == {(JurorKind.VOTING, Declaration.NO_CONFLICT, True)}


def test_a_flemish_member_reads_and_takes_position_when_called() -> None:
    for is_called in (True, False):
        assert bool(may_see_proposal(JurorKind.NON_VOTING, Declaration.MISSING, is_called=is_called)) is is_called
        assert bool(may_take_position(JurorKind.NON_VOTING, Declaration.MISSING, is_called=is_called)) is is_called
    assert not may_take_position(JurorKind.VOTING, Declaration.NO_CONFLICT, is_called=True)
    assert not may_see_scores_of_others(JurorKind.OBSERVER, Declaration.MISSING, is_locked=True)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_state_is_reachable_and_every_event_leads_somewhere(table: StateTable) -> None:
    reached, queue = set(), [table.initial]
    while queue:
        state = queue.pop()
        reached.add(state)
        queue += [after for event in table.allowed(state) if (after := advance(table, state, event)) not in reached]
    assert reached == set(table.states)


def test_a_proposal_from_draft_to_decision() -> None:
    state = PROPOSAL.initial
    for event in ("submitted", "withdrawn", "submitted", "declared_admissible", "sent_to_jury", "advised", "decided"):
        state = advance(PROPOSAL, state, event)
    assert state == "decided"
    with pytest.raises(NotAllowed, match="Een voorstel met de status 'Beslist' kunt u niet intrekken"):
        advance(PROPOSAL, state, "withdrawn")


def test_open_and_closed_follow_from_the_clock() -> None:
    opens, closes = datetime(2021, 3, 11, tzinfo=UTC), datetime(2021, 7, 10, 22, tzinfo=UTC)
    assert call_phase(CALL.initial, opens, closes, opens) == "draft"
    assert call_phase("launched", opens, closes, datetime(2021, 3, 1, tzinfo=UTC)) == "announced"
    assert call_phase("launched", opens, closes, opens) == "open"
    assert call_phase("launched", opens, closes, closes) == "closed"


def test_progress_knows_baseline_and_direction() -> None:
    assert progress(Decimal(18), Decimal(9), Decimal("13.5")) == Fraction(1, 2)
    assert progress(Decimal(40), Decimal(320), Decimal(20)) == Fraction(-1, 14)
    assert progress(Decimal(5), Decimal(5), Decimal(6)) is None
    assert progress(None, Decimal(5), Decimal(6)) is None
    assert is_reached(Direction.DOWN, Decimal(9), Decimal(9))
    assert not is_reached(Direction.UP, Decimal(9), Decimal(8))
    assert not points_the_right_way(Direction.UP, Decimal(9), Decimal(8))


def test_risk_levels() -> None:
    assert [risk_level(*pair) for pair in ((2, 2), (3, 3), (3, 5), (4, 4))] == list(RiskLevel)
    assert RiskLevel.VERY_HIGH.label == "zeer hoog"
    with pytest.raises(ValueError, match="1 tot 5"):
        risk_level(0, 3)


def test_coverage_names_the_gaps() -> None:
    first = programme.load("wijkverbeteringscontract-2021")
    picture = coverage(example().measures, first)
    assert (picture.hard, picture.soft, picture.levels, picture.instruments) == (2, 4, 2, 6)
    assert picture.by_domain["sport"] == ("M2", "M3")
    assert any("Federaal" in sentence for sentence in gaps(picture, first))
