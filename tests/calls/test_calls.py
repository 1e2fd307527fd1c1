"""A call from draft to extension: who sees it, what its terms hold, what stops its launch (R14, R15)."""

from __future__ import annotations

import datetime as dt

import pytest

from calls import factories
from wijkcontract.accounts.actors import ANONYMOUS, Actor
from wijkcontract.accounts.models import Organisation
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.queries import history
from wijkcontract.calls import operations, queries
from wijkcontract.calls.models import Call
from wijkcontract.calls.operations import CriterionInput
from wijkcontract.outbox.models import Message
from wijkcontract.rules import clock, programme
from wijkcontract.rules.lifecycle import NotAllowed
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db


def faults_of(invalid: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [fault.where for fault in invalid.value.faults]


def typed(call: Call) -> list[CriterionInput]:
    return [CriterionInput(one.name, one.weight, one.guidance, one.code) for one in call.criteria.all()]


def test_a_call_starts_with_the_terms_and_criteria_of_its_programme(manager: Actor) -> None:
    call = operations.create_call(actor=manager, programme_name=factories.PROGRAMME, title=" Oproep 2021 ")
    shipped = programme.load(factories.PROGRAMME)
    assert call.title == "Oproep 2021"
    assert call.programme == shipped
    assert {one.code: one.weight for one in call.criteria.all()} == shipped.weights()
    assert [event.verb for event in history(call)] == ["calls.created"]


def test_a_call_without_title_of_an_unknown_programme_tells_both_faults(manager: Actor) -> None:
    with pytest.raises(Invalid) as invalid:
        operations.create_call(actor=manager, programme_name="bestaat-niet", title=" ")
    assert faults_of(invalid) == ["title", "programme_name"]


def test_a_draft_does_not_exist_for_a_municipality_nor_for_a_visitor(manager: Actor, municipality: Actor) -> None:
    call = factories.draft_call(manager)
    for outsider in (municipality, ANONYMOUS):
        with pytest.raises(NotVisible):
            queries.get_call(outsider, call.pk)
        assert not queries.visible_calls(outsider).exists()
    with pytest.raises(NotVisible):
        operations.launch(actor=municipality, call_id=call.pk)


@pytest.mark.parametrize("role", [Role.AGENCY_FINANCE, Role.CABINET, Role.INSPECTORATE, Role.AUDITOR])
def test_who_supervises_reads_a_draft_and_is_told_why_it_cannot_change_it(manager: Actor, role: Role) -> None:
    call = factories.draft_call(manager)
    reader = factories.actor_as(role)
    assert queries.get_call(reader, call.pk) == call
    with pytest.raises(Refused, match="Alleen de programmabeheerder"):
        operations.launch(actor=reader, call_id=call.pk)
    with pytest.raises(Refused, match="Alleen de programmabeheerder"):
        operations.create_call(actor=reader, programme_name=factories.PROGRAMME, title="Nog een")


def test_a_launched_call_is_seen_by_all_from_the_day_of_publication(manager: Actor, municipality: Actor) -> None:
    call = factories.launched_call(manager)
    assert not queries.visible_calls(municipality).exists()
    with clock.frozen(clock.parse_moment("2021-03-11T00:00:00")):
        assert queries.get_call(municipality, call.pk) == call
        assert queries.get_call(ANONYMOUS, call.pk) == call
        assert list(queries.open_calls(municipality)) == [call]
        assert not queries.visible_calls(factories.actor_as(Role.OPERATOR)).exists()
    with clock.frozen(factories.AFTER):
        assert not queries.open_calls(municipality).exists()
        assert list(queries.public_calls()) == [call]


def test_the_rules_read_the_ceiling_and_the_budget_of_the_call(manager: Actor) -> None:
    call = factories.draft_call(manager, budget_cents=2_000_000_00, ceiling_cents=500_000_00)
    assert call.programme.limits.subsidy_ceiling == 500_000_00
    assert Call.objects.get().programme.limits.call_budget == 2_000_000_00


def test_a_ceiling_above_that_of_the_programme_is_refused(manager: Actor) -> None:
    call = factories.draft_call(manager, budget_cents=2_000_000_00, ceiling_cents=500_000_00)
    with pytest.raises(Invalid, match=r"800\.000,00 EUR") as invalid:
        factories.draft_call(manager, "Tweede", ceiling_cents=800_000_01)
    assert faults_of(invalid) == ["ceiling"]
    again = factories.draft_call(manager, "Derde", ceiling_cents=800_000_00)
    assert again.ceiling_cents > call.ceiling_cents


def test_all_faults_of_a_draft_come_at_once(manager: Actor) -> None:
    with pytest.raises(Invalid) as invalid:
        factories.draft_call(
            manager,
            last_day=dt.date(2021, 3, 1),
            term_end=dt.date(2021, 12, 31),
            budget_cents=0,
            ceiling_cents=0,
        )
    assert faults_of(invalid) == ["last_day", "term_end", "budget", "ceiling"]


def test_criteria_are_changed_added_and_removed_and_the_terms_follow(manager: Actor) -> None:
    call = factories.draft_call(manager)
    kept = [one for one in typed(call) if one.code != "tailoring"]
    kept[0] = CriterionInput("Nieuwe instrumenten", 40, "Wat is nieuw?", "new_instruments")
    operations.save_criteria(actor=manager, call_id=call.pk, criteria=[*kept, CriterionInput("Eigen kracht", 7)])
    fresh = Call.objects.get()
    weights = {one.code: one.weight for one in fresh.criteria.all()}
    assert weights == fresh.programme.weights()
    assert weights["new_instruments"] == 40
    assert weights["eigen_kracht"] == 7
    assert "tailoring" not in weights
    assert "tailoring" not in fresh.programme.scoring.tie_break


def test_a_criterion_needs_a_name_of_its_own_and_a_weight_above_zero(manager: Actor) -> None:
    call = factories.draft_call(manager)
    with pytest.raises(Invalid) as invalid:
        operations.save_criteria(
            actor=manager,
            call_id=call.pk,
            criteria=[CriterionInput("Maatwerk", 1), CriterionInput(" ", 0), CriterionInput("maatwerk", 2)],
        )
    assert faults_of(invalid) == ["criteria-1-name", "criteria-1-weight", "criteria-2-name"]
    with pytest.raises(Invalid, match="minstens één criterium"):
        operations.save_criteria(actor=manager, call_id=call.pk, criteria=[])


def test_the_launch_sends_the_notice_to_the_inspectorate_and_logs_who_was_told(manager: Actor) -> None:
    factories.inspectorate()
    call = operations.launch(actor=manager, call_id=factories.draft_call(manager).pk, channels=["Website", " "])
    notice = Message.objects.get()
    assert notice.recipient == "inspectie@example.invalid"
    assert "Ter kennisgeving" in notice.subject
    assert "11/03/2021" in notice.body
    assert "4.000.000,00 EUR" in notice.body
    told = {(one.audience, one.channel) for one in queries.announcements_of(call)}
    assert told == {
        ("Inspectie van Financiën", "E-mail"),
        ("Iedereen", "Openbaar register"),
        ("Lokale besturen", "Website"),
    }
    assert history(call)[0].data["last_day"] == "2021-07-10"


def test_a_second_launch_is_refused_and_sends_nothing(manager: Actor) -> None:
    factories.inspectorate()
    call = factories.draft_call(manager)
    operations.launch(actor=manager, call_id=call.pk)
    with pytest.raises(NotAllowed, match="Gelanceerd"):
        operations.launch(actor=manager, call_id=call.pk)
    assert Message.objects.count() == 1
    with pytest.raises(NotAllowed, match="wijzigen"):
        operations.save_criteria(actor=manager, call_id=call.pk, criteria=[CriterionInput("Ander", 1)])


@pytest.mark.parametrize(
    ("last_day", "words"),
    [(dt.date(2021, 7, 9), "te kort open"), (dt.date(2021, 8, 11), "te lang open")],
)
def test_a_window_outside_four_to_five_months_is_not_launched(manager: Actor, last_day: dt.date, words: str) -> None:
    factories.inspectorate()
    call = factories.draft_call(manager, last_day=last_day)
    assert words in queries.window_sentence(call)
    with pytest.raises(Invalid, match=words) as invalid:
        operations.launch(actor=manager, call_id=call.pk)
    assert faults_of(invalid) == ["last_day"]


def test_everything_that_stops_a_launch_comes_at_once(manager: Actor) -> None:
    call = factories.draft_call(manager, published_on=dt.date(2021, 2, 28), term_start=dt.date(2021, 7, 1))
    call.criteria.all().delete()
    with pytest.raises(Invalid) as invalid:
        operations.launch(actor=manager, call_id=call.pk)
    assert faults_of(invalid) == ["published_on", "term_start", "criteria", ""]


def test_a_call_without_dates_is_not_launched(manager: Actor) -> None:
    factories.inspectorate()
    call = factories.draft_call(manager, published_on=None, last_day=None)
    with pytest.raises(Invalid) as invalid:
        operations.launch(actor=manager, call_id=call.pk)
    assert faults_of(invalid) == ["published_on", "last_day"]


def test_the_notice_goes_to_the_people_of_the_inspectorate_when_it_has_no_address(manager: Actor) -> None:
    factories.actor_as(Role.INSPECTORATE, "inspecteur")
    assert not Organisation.objects.filter(mail__gt="").exists()
    operations.launch(actor=manager, call_id=factories.draft_call(manager).pk)
    assert Message.objects.get().recipient == "inspecteur@example.invalid"


def test_an_extension_stays_within_five_months_and_needs_a_reason(manager: Actor) -> None:
    factories.inspectorate()
    call = factories.launched_call(manager)
    with clock.frozen(factories.DURING), pytest.raises(Invalid) as invalid:
        operations.extend(actor=manager, call_id=call.pk, new_last_day=dt.date(2021, 8, 11), reason=" ")
    assert faults_of(invalid) == ["reason", "new_last_day"]
    with clock.frozen(factories.DURING):
        operations.extend(actor=manager, call_id=call.pk, new_last_day=dt.date(2021, 8, 10), reason="Vakantie")
    call.refresh_from_db()
    assert call.last_day == dt.date(2021, 8, 10)
    assert queries.extensions_of(call).get().reason == "Vakantie"
    assert "verlengd" in Message.objects.get().subject


def test_the_same_extension_twice_is_refused_the_second_time(manager: Actor) -> None:
    factories.inspectorate()
    call = factories.launched_call(manager)
    day = dt.date(2021, 7, 31)
    with clock.frozen(factories.DURING):
        operations.extend(actor=manager, call_id=call.pk, new_last_day=day, reason="Vakantie")
        with pytest.raises(Invalid, match="moet na 31/07/2021 liggen"):
            operations.extend(actor=manager, call_id=call.pk, new_last_day=day, reason="Vakantie")
    assert queries.extensions_of(call).count() == 1


def test_an_extension_ends_before_the_first_day_of_the_contracts(manager: Actor) -> None:
    factories.inspectorate()
    call = factories.launched_call(manager)
    Call.objects.filter(pk=call.pk).update(term_start=dt.date(2021, 8, 1))
    with clock.frozen(factories.DURING):
        with pytest.raises(Invalid, match="pas lopen na de laatste indiendag, 01/08/2021") as invalid:
            operations.extend(actor=manager, call_id=call.pk, new_last_day=dt.date(2021, 8, 1), reason="Vakantie")
        assert faults_of(invalid) == ["new_last_day"]
        operations.extend(actor=manager, call_id=call.pk, new_last_day=dt.date(2021, 7, 31), reason="Vakantie")


def test_a_closed_call_is_not_extended(manager: Actor) -> None:
    call = factories.launched_call(manager)
    with clock.frozen(factories.AFTER), pytest.raises(Invalid, match="sloot op 10/07/2021"):
        operations.extend(actor=manager, call_id=call.pk, new_last_day=dt.date(2021, 8, 1), reason="Te laat")


def test_a_copy_takes_terms_and_criteria_but_no_dates(manager: Actor, municipality: Actor) -> None:
    call = factories.draft_call(manager, budget_cents=2_000_000_00, ceiling_cents=500_000_00)
    operations.save_criteria(actor=manager, call_id=call.pk, criteria=[CriterionInput("Eigen kracht", 7)])
    copy = operations.duplicate_call(actor=manager, call_id=call.pk, title="Tweede oproep")
    assert copy.programme == Call.objects.get(pk=call.pk).programme
    assert [(one.code, one.weight) for one in copy.criteria.all()] == [("eigen_kracht", 7)]
    assert (copy.published_on, copy.last_day) == (None, None)
    with pytest.raises(NotVisible):
        operations.duplicate_call(actor=municipality, call_id=call.pk, title="Derde")


def test_other_channels_are_logged_after_the_launch_only(manager: Actor) -> None:
    call = factories.draft_call(manager)
    with pytest.raises(Invalid) as invalid:
        operations.announce(actor=manager, call_id=call.pk, audience="", channel="Nieuwsbrief")
    assert faults_of(invalid) == ["", "audience"]
    launched = factories.launched_call(manager, "Andere oproep")
    operations.announce(actor=manager, call_id=launched.pk, audience="Steden", channel="Nieuwsbrief")
    assert queries.announcements_of(launched).get().channel == "Nieuwsbrief"
