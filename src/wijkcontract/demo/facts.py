"""What was published of three contracts of the first call, as facts; everything else of the demonstration is marked as example.

Source: pages of the Flemish government and a regional newsroom, 2021-2022. Not published is None.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

EXAMPLE = "(voorbeeld)"
"""Marks what was not published and is invented for the demonstration."""

CALL_PUBLISHED = dt.date(2021, 3, 11)
CALL_LAST_DAY = dt.date(2021, 7, 10)
CALL_BUDGET_CENTS = 4_000_000_00
CEILING_CENTS = 800_000_00
TERM_START = dt.date(2022, 1, 1)
TERM_END = dt.date(2025, 12, 31)


@dataclass(frozen=True)
class MeasureFact:
    title: str
    nature: str
    instrument: str
    flemish_pledge: str = ""


@dataclass(frozen=True)
class Case:
    """One published case: who, where, which problems and measures, and the amount granted if it was published.

    `sectors` (codes of 2024) and their `inhabitants` (2024) are an example of a delineation by the sectors' names.
    """

    key: str
    municipality: str
    nis: str
    kbo: str
    ovo: str
    neighbourhood: str
    problems: tuple[str, ...]
    measures: tuple[MeasureFact, ...]
    aim: str
    sectors: tuple[str, ...] = ()
    inhabitants: int = 0
    granted_cents: int | None = None


DENDERMONDE = Case(
    key="dendermonde",
    municipality="Dendermonde",
    nis="42006",
    kbo="0207445584",
    ovo="OVO002046",
    neighbourhood="Bijloke (Donck-Vlotgras-Dammen)",
    problems=(
        "weinig verbinding tussen bewoners met diverse achtergronden",
        "pleintjes die niet uitnodigen tot bewegen en ontmoeten",
    ),
    measures=(
        MeasureFact("digitaal buurtplatform om bewoners te verbinden", "soft", "technology"),
        MeasureFact("burgerbudget voor sportieve ingrepen op de pleintjes", "hard", "participation"),
        MeasureFact("buurtsportmedewerker", "soft", "extra_capacity"),
    ),
    aim="de wijk versterken door sport en ontmoeting, laagdrempelig voor mensen met diverse achtergronden",
    sectors=("42006A20-", "42006A212"),
    inhabitants=2063,
    granted_cents=326_000_00,
)
BERINGEN = Case(
    key="beringen",
    municipality="Beringen",
    nis="71004",
    kbo="0207465281",
    ovo="OVO002014",
    neighbourhood="Tuinwijk Beringen-Mijn",
    problems=(
        "lage kwaliteit van huurwoningen in een wijk met veel erfgoed",
        "talent van bewoners dat geen weg vindt naar ondernemerschap",
    ),
    measures=(
        MeasureFact(
            "woningadviesonderzoek: bemiddelend en adviserend optreden naar huurder en verhuurder",
            "soft",
            "public_service",
        ),
        MeasureFact(
            "regelluw kader voor versnelde toegang tot sociale huisvesting",
            "soft",
            "rule_change",
            "Wonen in Vlaanderen",
        ),
        MeasureFact("werkplek waar ondernemende bewoners met ondersteuning experimenteren", "hard", "small_works"),
        MeasureFact("intensief participatietraject in de wijk", "soft", "participation"),
    ),
    aim="woonkwaliteit verhogen, ondernemerschap stimuleren, bewoners betrekken",
    sectors=("71004C20-", "71004D20-"),
    inhabitants=4862,
)
VILVOORDE = Case(
    key="vilvoorde",
    municipality="Vilvoorde",
    nis="23088",
    kbo="0207514474",
    ovo="OVO002257",
    neighbourhood="Centrum",
    problems=("leegstand in de winkelstraten",),
    measures=(MeasureFact("lokaal ondernemerschap stimuleren als motor voor emancipatie", "soft", "partnership"),),
    aim="leegstand keren door lokaal ondernemerschap",
    sectors=("23088A00-", "23088A01-", "23088A02-"),
    inhabitants=6955,
)
CASES = (DENDERMONDE, BERINGEN, VILVOORDE)
