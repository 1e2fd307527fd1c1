"""Who is called in a text with an @."""

from __future__ import annotations

import pytest

from wijkcontract.rules.mentions import Mentionable, find

PEOPLE = (
    Mentionable("fin", "Financieel directeur Dendermonde", ("Certificeerder", "Bewerker")),
    Mentionable("alg", "Algemeen directeur Dendermonde", ("Gemandateerde indiener", "Bewerker")),
    Mentionable("an", "An", ("Bewerker",)),
    Mentionable("anja", "Anja Peeters", ()),
    Mentionable("anja2", "Anja Wouters", ()),
)


@pytest.mark.parametrize(
    ("text", "found", "unknown"),
    [
        ("@Financieel directeur, klopt dit?", ("fin",), ()),
        ("Vraag het aan @FINANCIEEL DIRECTEUR DENDERMONDE.", ("fin",), ()),
        ("@certificeerder: graag", ("fin",), ()),
        ("@Bewerker", ("fin", "alg", "an"), ()),
        ("@An en @Anja Peeters", ("an", "anja"), ()),
        ("@Anja", (), ("Anja",)),
        ("@Annelies weet het", (), ("Annelies",)),
        ("mail naar iemand@stad.example of @@An", (), ()),
        ("@An @An", ("an",), ()),
        ("niemand, en een losse @ ook niet", (), ()),
    ],
)
def test_a_text_calls_who_it_names_and_says_whom_it_does_not_know(
    text: str, found: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    asked = find(text, PEOPLE)
    assert (asked.found, asked.unknown) == (found, unknown)
