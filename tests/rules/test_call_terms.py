"""What a call may change of its programme: stricter, never wider, and each change in a sentence. Phases are data."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from wijkcontract.rules import programme
from wijkcontract.rules.call_terms import Deviation, deviations, terms_faults, why_not_off
from wijkcontract.rules.codec import DocumentError
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.programme_phases import for_phase, phase_before

FIRST = programme.load("wijkverbeteringscontract-2021")
RENEWAL = programme.load("stadsvernieuwing-2024")


def with_off(rules: Programme, *codes: str) -> Programme:
    return replace(rules, sections=tuple(replace(one, enabled=one.code not in codes) for one in rules.sections))


def with_limits(**limits: object) -> Programme:
    return replace(FIRST, limits=replace(FIRST.limits, **limits))  # type: ignore[arg-type]


def test_a_programme_without_changes_has_no_deviation_and_no_fault() -> None:
    assert deviations(FIRST, FIRST) == []
    assert terms_faults(FIRST, FIRST) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("neighbourhood", "titel"),
        ("budget", "subsidie niet te berekenen"),
        ("participation", "een participatieproces"),
        ("local_decision", "het college of de raad"),
        ("measures", "Begroting en Risico's"),
        ("knowledge", "'Voortzetting'"),
    ],
)
def test_a_section_that_others_need_says_why_it_stays_on(code: str, words: str) -> None:
    assert words in why_not_off(FIRST, code)
    assert terms_faults(FIRST, with_off(FIRST, code))[0].where == f"on_{code}"


def test_a_call_made_before_the_programme_had_a_section_does_not_ask_it() -> None:
    older = replace(FIRST, sections=FIRST.sections[:-1])
    assert deviations(FIRST, older) == [Deviation("Onderdeel 'Lokale beslissing'", "gevraagd", "niet gevraagd")]


def test_a_section_that_nobody_needs_goes_off() -> None:
    free = replace(FIRST, questions=tuple(one for one in FIRST.questions if one.section != "plan"))
    off = with_off(free, "plan")
    assert terms_faults(free, off) == []
    assert deviations(free, off) == [Deviation("Onderdeel 'Planning'", "gevraagd", "niet gevraagd")]


@pytest.mark.parametrize(
    ("limits", "field"),
    [
        ({"own_contribution_min": Fraction(19, 100)}, "own_contribution_min"),
        ({"infrastructure_max": Fraction(21, 100)}, "infrastructure_max"),
        ({"subsidy_ceiling": 80_000_001}, "subsidy_ceiling"),
        ({"term_months_max": 49}, "term_months_max"),
        ({"window_months_min": 3}, "window_months_min"),
        ({"window_months_max": 6}, "window_months_max"),
    ],
)
def test_a_limit_becomes_stricter_never_wider(limits: dict[str, object], field: str) -> None:
    assert [fault.where for fault in terms_faults(FIRST, with_limits(**limits))] == [field]
    stricter = with_limits(own_contribution_min=Fraction(1, 4), term_months_max=36, subsidy_ceiling=500_000_00)
    assert terms_faults(FIRST, stricter) == []
    assert [(one.programme, one.call) for one in deviations(FIRST, stricter)] == [
        ("20 %", "25 %"),
        ("800.000,00 EUR", "500.000,00 EUR"),
        ("48 maanden", "36 maanden"),
    ]


def test_what_the_programme_makes_compulsory_stays_compulsory() -> None:
    free = replace(FIRST, questions=tuple(replace(one, required=False) for one in FIRST.questions))
    assert len(terms_faults(FIRST, free)) == sum(one.required for one in FIRST.questions)
    gone = replace(FIRST, questions=FIRST.questions[1:])
    assert terms_faults(FIRST, gone)[0].message == "Het programma verplicht de vraag 'Samenvatting'."


def test_urban_renewal_has_its_own_limits_partners_and_phases() -> None:
    assert RENEWAL.limits.subsidy_ceiling == 5_000_000_00
    assert [one.code for one in RENEWAL.partner_kinds] == ["public_partner", "private_partner", "ppp"]
    assert [one.code for one in RENEWAL.phases] == ["candidature", "full"]
    assert {one.code for one in FIRST.partner_kinds}.isdisjoint(one.code for one in RENEWAL.partner_kinds)


def test_a_phase_asks_its_own_sections_and_questions() -> None:
    candidature, full = for_phase(RENEWAL, "candidature"), for_phase(RENEWAL, "full")
    assert [one.code for one in candidature.sections if one.enabled] == list(RENEWAL.phases[0].sections)
    assert not candidature.is_enabled("local_decision")
    assert [one.code for one in candidature.questions] == list(RENEWAL.phases[0].questions)
    assert all(one.enabled for one in full.sections)
    assert full.questions == RENEWAL.questions
    assert phase_before(candidature) is None
    assert phase_before(full) == RENEWAL.phases[0]
    assert for_phase(FIRST, "") == FIRST
    assert programme.from_dict(programme.to_dict(candidature)) == candidature


def test_a_phase_that_names_what_is_not_there_is_a_fault() -> None:
    data = programme.to_dict(RENEWAL)
    data["phases"][0]["sections"][1] = "nergens"
    data["phases"][1]["questions"] = ["niets"]
    data["partner_kinds"][0]["code"] = "een_soort_partner_te_lang"
    with pytest.raises(DocumentError) as error:
        programme.from_dict(data)
    assert [fault.where for fault in error.value.faults] == [
        "/partner_kinds/0/code",
        "/phases/0/sections/1",
        "/phases/1/questions/0",
    ]


def test_terms_that_were_stored_before_there_were_kinds_of_partners_are_read_with_the_five_of_the_note() -> None:
    data = programme.to_dict(FIRST)
    for name in ("partner_kinds", "phases", "phase", "new_instrument_required"):
        del data[name]
    for section in data["sections"]:
        del section["help"]
    assert programme.from_dict(data) == FIRST
    assert FIRST.is_flemish_body("flemish_body")
    assert len(FIRST.partner_kinds) == 5
