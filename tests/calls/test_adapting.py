"""Building a call in the screen: sections, questions and limits of a draft, within the frame of its programme (R15)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calls import factories
from people import actor, municipality
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.calls import operations, queries
from wijkcontract.calls.models import Call
from wijkcontract.calls.operations import CriterionInput, LimitsInput, QuestionInput, SectionInput
from wijkcontract.proposals import operations as proposals, queries as proposal_queries
from wijkcontract.rules import clock
from wijkcontract.rules.lifecycle import NotAllowed
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db

CLIMATE = QuestionInput("Klimaat", "Wat betekent het voorstel voor de hitte in de wijk?", True, 1200, "measures")
LIMITS = LimitsInput(Fraction(1, 4), Fraction(1, 10), 36, 4, 5)


def codes(call: Call, section: str) -> list[str]:
    return [one.code for one in Call.objects.get(pk=call.pk).programme.questions if one.section == section]


def test_an_own_question_is_asked_checked_and_frozen_like_the_others(manager: Actor) -> None:
    call = factories.draft_call(manager)
    asked = operations.save_question(actor=manager, call_id=call.pk, typed=CLIMATE)
    assert asked.code == "klimaat"
    assert codes(call, "measures") == ["existing_policy", "mix_motivation", "new_character", "klimaat"]
    factories.inspectorate()
    operations.launch(actor=manager, call_id=call.pk)
    with clock.frozen(factories.DURING):
        saar = actor("Saar", municipality("Dendermonde"), Role.SUBMITTER)
        draft = proposals.start_proposal(actor=saar, call_id=call.pk, title="Bijloke")
        found = [one for one in proposal_queries.findings(draft) if one.path == "/answers/klimaat"]
        assert [(one.code, one.section, one.requirement) for one in found] == [
            ("required_text_empty", "measures", "R15")
        ]
        draft = proposals.save_answers(
            actor=saar, proposal_id=draft.pk, version=draft.version, answers={"klimaat": "Meer schaduw."}
        )
        assert proposal_queries.document(draft).answers["klimaat"] == "Meer schaduw."
        assert not [one for one in proposal_queries.findings(draft) if one.path == "/answers/klimaat"]


def test_a_question_is_changed_moved_left_out_and_asked_again(manager: Actor) -> None:
    call = factories.draft_call(manager)
    words = QuestionInput("Waarom deze mix?", "Leg uit.", False, 900)
    operations.save_question(actor=manager, call_id=call.pk, code="mix_motivation", typed=words)
    operations.move_question(actor=manager, call_id=call.pk, code="mix_motivation", up=True)
    operations.move_question(actor=manager, call_id=call.pk, code="mix_motivation", up=True)
    assert codes(call, "measures") == ["mix_motivation", "existing_policy", "new_character"]
    fresh = Call.objects.get()
    assert [one.subject for one in queries.deviations_of(fresh)] == [
        "Vraag 'Motivering van de mix'",
        "Uitleg bij 'Waarom deze mix?'",
        "Antwoord op 'Waarom deze mix?'",
        "Volgorde in 'Maatregelen'",
    ]
    operations.remove_question(actor=manager, call_id=call.pk, code="mix_motivation")
    assert [one.code for one in queries.questions_left_out(Call.objects.get())] == ["mix_motivation"]
    operations.restore_question(actor=manager, call_id=call.pk, code="mix_motivation")
    operations.restore_question(actor=manager, call_id=call.pk, code="mix_motivation")
    assert codes(call, "measures") == ["existing_policy", "new_character", "mix_motivation"]


def test_a_compulsory_question_of_the_programme_stays(manager: Actor) -> None:
    call = factories.draft_call(manager)
    with pytest.raises(Invalid, match="de vraag 'Samenvatting'"):
        operations.remove_question(actor=manager, call_id=call.pk, code="summary")
    with pytest.raises(Invalid) as invalid:
        operations.save_question(
            actor=manager, call_id=call.pk, code="summary", typed=QuestionInput(" ", "", False, 10)
        )
    assert [fault.where for fault in invalid.value.faults] == ["label", "max_chars", "required"]
    with pytest.raises(NotVisible):
        operations.remove_question(actor=manager, call_id=call.pk, code="bestaat_niet")


def test_a_section_that_others_need_cannot_go_off_and_all_faults_come_at_once(manager: Actor) -> None:
    call = factories.draft_call(manager)
    typed = [
        SectionInput("measures", False),
        SectionInput("local_decision", False),
        SectionInput("plan", True, "Kort."),
    ]
    with pytest.raises(Invalid) as invalid:
        operations.save_sections(actor=manager, call_id=call.pk, sections=typed)
    assert [fault.where for fault in invalid.value.faults] == ["on_measures", "on_local_decision"]
    operations.save_sections(
        actor=manager, call_id=call.pk, sections=[SectionInput("risks", False), SectionInput("plan", True, "Kort.")]
    )
    fresh = Call.objects.get()
    assert not fresh.programme.is_enabled("risks")
    assert [(one.subject, one.call) for one in queries.deviations_of(fresh)] == [
        ("Onderdeel 'Risico's'", "niet gevraagd"),
        ("Uitleg bij 'Planning'", "Kort."),
    ]


def test_limits_become_stricter_and_the_rules_read_them(manager: Actor) -> None:
    call = factories.draft_call(manager)
    operations.save_limits(actor=manager, call_id=call.pk, limits=LIMITS)
    fresh = Call.objects.get()
    assert fresh.programme.limits.own_contribution_min == Fraction(1, 4)
    assert len(queries.deviations_of(fresh)) == 3
    wider = LimitsInput(Fraction(1, 10), Fraction(1, 2), 60, 5, 4)
    with pytest.raises(Invalid) as invalid:
        operations.save_limits(actor=manager, call_id=call.pk, limits=wider)
    assert {fault.where for fault in invalid.value.faults} == {
        "window_months_max", "own_contribution_min", "infrastructure_max", "term_months_max",
    }  # fmt: skip
    assert Call.objects.get().programme.limits.own_contribution_min == Fraction(1, 4)


def test_a_launched_call_changes_nothing_any_more(manager: Actor) -> None:
    call = factories.launched_call(manager)
    writes = (
        lambda: operations.save_question(actor=manager, call_id=call.pk, typed=CLIMATE),
        lambda: operations.remove_question(actor=manager, call_id=call.pk, code="mix_motivation"),
        lambda: operations.restore_question(actor=manager, call_id=call.pk, code="mix_motivation"),
        lambda: operations.move_question(actor=manager, call_id=call.pk, code="mix_motivation", up=True),
        lambda: operations.save_sections(actor=manager, call_id=call.pk, sections=[SectionInput("risks", False)]),
        lambda: operations.save_limits(actor=manager, call_id=call.pk, limits=LIMITS),
    )
    for write in writes:
        with pytest.raises(NotAllowed):
            write()
    assert Call.objects.get().terms == call.terms


def test_only_the_manager_builds(manager: Actor, finance: Actor, municipality: Actor) -> None:
    call = factories.draft_call(manager)
    with pytest.raises(Refused):
        operations.save_limits(actor=finance, call_id=call.pk, limits=LIMITS)
    with pytest.raises(NotVisible):
        operations.save_question(actor=municipality, call_id=call.pk, typed=CLIMATE)


def test_a_copy_takes_the_adapted_form_limits_and_criteria(manager: Actor) -> None:
    call = factories.draft_call(manager)
    operations.save_question(actor=manager, call_id=call.pk, typed=CLIMATE)
    operations.save_limits(actor=manager, call_id=call.pk, limits=LIMITS)
    operations.save_criteria(actor=manager, call_id=call.pk, criteria=[CriterionInput("Eigen kracht", 7)])
    copy = operations.duplicate_call(actor=manager, call_id=call.pk, title="Volgende oproep")
    copy, call = Call.objects.get(pk=copy.pk), Call.objects.get(pk=call.pk)
    assert copy.programme == call.programme
    assert [(one.code, one.weight) for one in copy.criteria.all()] == [("eigen_kracht", 7)]
    assert queries.deviations_of(copy) == queries.deviations_of(call)
    assert (copy.published_on, copy.last_day, copy.state) == (None, None, "draft")
    operations.remove_question(actor=manager, call_id=copy.pk, code="klimaat")
    assert "klimaat" in codes(call, "measures")
