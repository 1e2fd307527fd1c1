"""Text made from figures: its numbers are those of the table, its words point the right way, its doubt is said (R2)."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from wijkcontract.rules.figure_sentences import (
    Comparison,
    Course,
    Topic,
    compared,
    comparison_sentences,
    domains_sentence,
    far_sentence,
    figure_sentence,
    listed,
    margin_sentence,
    missing_sentence,
    no_figure_sentence,
    paragraph,
    trend_sentence,
    variants_sentence,
)
from wijkcontract.rules.numbers import as_shown, number_nl

JOBSEEKERS = Topic("jobseekers_share", "Aandeel werkzoekenden", "% van 18 tot 64 jaar")
INCOME = Topic("income", "Inkomen", "EUR netto belastbaar per inwoner, mediaan", decimals=0)
OWN = Topic("own", "Leegstand", "panden per straat", decimals=0)
VALUES = st.floats(0, 1e6)
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_figure_reads_as_a_sentence_beside_the_city() -> None:
    sentences = paragraph(
        JOBSEEKERS,
        "de wijk",
        14.8,
        margin=(13.2, 16.4),
        others=[Comparison("de stad", 8.1, True), Comparison("Vlaanderen", 14.1, False)],
        course=Course(2018, 12.1, 2020, 14.8, True, 2018),
    )
    assert [plain(one) for one in sentences] == [
        "In de wijk zoekt 14,8 % van de mensen van 18 tot 64 jaar werk.",
        "Met 90 % zekerheid ligt het cijfer tussen 13,2 en 16,4 %.",
        "Dat is bijna dubbel zoveel als in de stad (8,1 %).",
        "Het verschil met Vlaanderen (14,1 %) valt binnen de marge: het kan toeval zijn.",
        "Van 2018 tot 2020 steeg het van 12,1 naar 14,8 %. "
        "Oudere cijfers, van voor 2018, zijn hiermee niet te vergelijken.",
    ]


def test_an_indicator_without_a_sentence_of_its_own_uses_its_label_and_unit() -> None:
    assert plain(figure_sentence(OWN, "de wijk", 3)) == "Leegstand in de wijk: 3 panden per straat."
    assert plain(figure_sentence(INCOME, "de stad", 22310)) == (
        "Inkomen in de stad: 22.310 EUR netto belastbaar per inwoner, mediaan."
    )
    renamed = Topic("jobseekers_share", "Werkzoekenden", "% van 15 tot 64 jaar")
    assert plain(figure_sentence(renamed, "de wijk", 9)) == "Werkzoekenden in de wijk: 9,0 % van 15 tot 64 jaar."


def test_what_the_numerator_counts_is_said_where_the_label_does_not_tell() -> None:
    topic = Topic("demography", "Demografie", "% van de inwoners", counts="inwoners van 65 jaar en ouder")
    assert plain(figure_sentence(topic, "de wijk", 22.8)) == (
        "Demografie in de wijk: 22,8 % van de inwoners (inwoners van 65 jaar en ouder)."
    )


def test_areas_that_ask_the_same_words_share_a_sentence() -> None:
    others = [Comparison("de stad", 10, True), Comparison("de provincie", 14, False), Comparison("Vlaanderen", 9, True)]
    assert [plain(one) for one in comparison_sentences(JOBSEEKERS, 14.8, others)] == [
        "Dat is meer dan in de stad (10,0 %) en in Vlaanderen (9,0 %).",
        "Het verschil met de provincie (14,0 %) valt binnen de marge: het kan toeval zijn.",
    ]


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        ("10", "10", "evenveel als"),
        ("10.5", "10", "iets meer dan"),
        ("15", "10", "meer dan"),
        ("18.5", "10", "bijna dubbel zoveel als"),
        ("20.2", "10", "ongeveer dubbel zoveel als"),
        ("24", "10", "meer dan dubbel zoveel als"),
        ("29", "10", "bijna 3 keer zoveel als"),
        ("150", "10", "meer dan 10 keer zoveel als"),
        ("9.5", "10", "iets minder dan"),
        ("7", "10", "minder dan"),
        ("5", "10", "ongeveer half zoveel als"),
        ("3", "10", "minder dan half zoveel als"),
        ("3", "0", "meer dan"),
        ("0", "3", "minder dan"),
        ("-4", "-2", "minder dan"),
    ],
)
def test_words_for_a_ratio(mine: str, theirs: str, words: str) -> None:
    assert compared(Fraction(mine), Fraction(theirs)) == words


@given(VALUES, VALUES, st.integers(0, 2))
def test_the_words_point_the_way_of_the_numbers_shown_and_the_numbers_are_those_of_the_table(
    mine: float, theirs: float, decimals: int
) -> None:
    topic = Topic("own", "Iets", "% van iets", decimals)
    (text,) = comparison_sentences(topic, mine, [Comparison("de stad", theirs)])
    one, other = as_shown(mine, decimals), as_shown(theirs, decimals)
    assert NUMBER.findall(text)[-1] == number_nl(theirs, decimals)
    assert ("evenveel" in text) == (one == other)
    assert ("minder dan" in text or "half" in text) == (one < other)
    assert not ("dubbel" in text and not Fraction(18, 10) <= one / other < 3)
    assert number_nl(mine, decimals) in figure_sentence(topic, "de wijk", mine)


@given(VALUES, VALUES, st.booleans())
def test_a_change_is_named_by_its_direction_and_never_when_it_lies_inside_the_margin(
    first: float, last: float, certain: bool
) -> None:
    text = trend_sentence(JOBSEEKERS, Course(2018, first, 2020, last, certain))
    one, other = as_shown(first, 1), as_shown(last, 1)
    assert ("steeg" in text) == (certain and other > one)
    assert ("daalde" in text) == (certain and other < one)
    assert ("marge" in text) == (not certain and other != one)
    assert NUMBER.findall(text.replace("2018", "").replace("2020", ""))[0] == number_nl(
        first if one != other else last, 1
    )


@given(VALUES, st.floats(0, 100), st.floats(0, 100))
def test_the_margin_shown_holds_the_figure_shown(value: float, down: float, up: float) -> None:
    text = margin_sentence(JOBSEEKERS, value - down, value + up)
    shown = [as_shown(value - down, 1), as_shown(value, 1), as_shown(value + up, 1)]
    assert shown == sorted(shown)
    assert (text == "") == (shown[0] == shown[2])


def test_a_survey_is_named_as_one() -> None:
    survey = Topic("satisfaction", "Tevredenheid", "% tevreden", is_survey=True)
    assert plain(margin_sentence(survey, 50, 60)).startswith("Dit komt uit een enquête. Met 90 % zekerheid")


def test_what_is_missing_is_named_and_never_rounded_away() -> None:
    assert missing_sentence("de wijk", 0, 5, 0, 900) == ""
    assert plain(missing_sentence("de wijk", 2, 5, 312, 2600)) == (
        "Voor 2 van de 5 sectoren is er geen cijfer, of is het te klein om te tonen. Daar wonen 312 mensen. "
        "Het cijfer gaat over 88 % van de inwoners van de wijk."
    )
    assert "99 %" in plain(missing_sentence("de wijk", 1, 90, 1, 90_000))
    assert "minder dan 1 %" in plain(missing_sentence("de wijk", 89, 90, 89_999, 90_000))
    assert "gaat over" not in missing_sentence("de wijk", 1, 1, 40, 40)
    assert "mediaan" in plain(figure_sentence(INCOME, "de wijk", 1))
    assert "niet optelbaar" in no_figure_sentence(INCOME, "de wijk", additive=False)
    assert no_figure_sentence(OWN, "de wijk", additive=True) == "Leegstand: voor de wijk is er geen cijfer."


def test_the_combination_of_groups_is_named() -> None:
    domains = ["Inkomen", "Werk", "Wonen", "OCMW-steun"]
    assert plain(domains_sentence("de wijk", "Vlaanderen", domains[1:], domains)) == (
        "De wijk hoort voor 3 van de 4 domeinen bij de kwetsbaarste 20 % van Vlaanderen: werk, wonen en OCMW-steun."
    )
    assert "geen enkel domein" in domains_sentence("de wijk", "Vlaanderen", [], domains)
    assert "geen cijfers" in domains_sentence("de wijk", "Vlaanderen", [], [])
    assert far_sentence("de wijk", "de stad", [], 12) == ""
    assert "voor 2 van de 12 indicatoren" in far_sentence("de wijk", "de stad", ["Werk", "Wonen"], 12)
    assert listed(["Werk"]) == "werk"


@given(st.integers(1, 5000).flatmap(lambda all_: st.tuples(st.integers(0, all_), st.just(all_))))
def test_only_all_variants_are_called_all(pair: tuple[int, int]) -> None:
    inside, variants = pair
    text = plain(variants_sentence("de wijk", "Vlaanderen", inside, variants))
    assert text.startswith("In alle ") == (inside == variants)
    assert text.startswith("In geen enkele ") == (inside == 0)
    assert "100 %" not in text
    assert "In 0 %" not in text
