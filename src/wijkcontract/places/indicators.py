"""The indicators that the library starts with (R2): the codes of the glossary, with what makes a figure of each.

The library in the database is open-ended (`models.Indicator`, seeded from here by `places.seed`); a typed figure may carry
an indicator of its authors' own, which is then shown as they named it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wijkcontract.places.enums import Aggregation, Direction


@dataclass(frozen=True, slots=True)
class StandardIndicator:
    """One indicator: its code, its name on screens, the unit in which it is usually counted, and how it is made.

    `factor` x numerator / denominator is the value. See `models.Indicator` for the other fields.
    """

    code: str
    label: str
    unit: str
    numerator: str = ""
    denominator: str = ""
    factor: float = 100.0
    direction: Direction = Direction.HIGH
    aggregation: Aggregation = Aggregation.RATE
    decimals: int = 1
    is_survey: bool = False
    threshold: int = 5


_WORKING = "inwoners van 20 tot 64 jaar"
_HOUSEHOLDS = "huishoudens"
_DWELLINGS = "woningen"
_ALL_AGES = "inwoners"
_ALL: Final = (
    StandardIndicator(
        "employment_rate", "Werkzaamheidsgraad", "% van 20 tot 64 jaar", "werkenden", _WORKING, direction=Direction.LOW
    ),
    StandardIndicator(
        "jobseekers_share", "Aandeel werkzoekenden", "% van 18 tot 64 jaar", "werkzoekenden", "inwoners van 18 tot 64 jaar"
    ),
    StandardIndicator(
        "housing_quality", "Woonkwaliteit", "% woningen van lage kwaliteit", "woningen van lage kwaliteit", _DWELLINGS
    ),
    StandardIndicator(
        "low_education", "Laaggeschoolden", "% van 25 tot 64 jaar", "laaggeschoolden", "inwoners van 25 tot 64 jaar"
    ),
    StandardIndicator(
        "other_language", "Anderstaligheid", "% met een andere thuistaal", "leerlingen met een andere thuistaal", "leerlingen"
    ),
    StandardIndicator(
        "income", "Inkomen", "EUR netto belastbaar per inwoner, mediaan", "", _ALL_AGES, 1.0,
        Direction.LOW, Aggregation.MEDIAN, 0,
    ),
    StandardIndicator("poverty", "Armoede", "% inwoners onder de armoedegrens", "inwoners onder de armoedegrens", _ALL_AGES),
    StandardIndicator(
        "living_wage_recipients", "Leefloongerechtigden", "per 1.000 inwoners", "leefloongerechtigden", _ALL_AGES, 1000.0
    ),
    StandardIndicator("crime_rate", "Criminaliteitsgraad", "feiten per 1.000 inwoners", "feiten", _ALL_AGES, 1000.0),
    StandardIndicator(
        "school_delay", "Schoolse vertraging", "% van de leerlingen", "leerlingen met vertraging", "leerlingen"
    ),
    StandardIndicator(
        "single_parent_households", "Eenoudergezinnen", "% van de huishoudens", "eenoudergezinnen", _HOUSEHOLDS
    ),
    StandardIndicator(
        "ageing_housing_stock", "Verouderd woningpatrimonium", "% woningen van voor 1971", "woningen van voor 1971", _DWELLINGS
    ),
    StandardIndicator(
        "green_open_space", "Groene of open ruimte", "m² per inwoner", "m² groen", _ALL_AGES, 1.0, Direction.LOW, decimals=0,
        threshold=0,
    ),
    StandardIndicator(
        "population_density", "Bevolkingsdichtheid", "inwoners per km²", _ALL_AGES, "km²", 1.0, Direction.NONE, decimals=0,
        threshold=0,
    ),
    StandardIndicator("demography", "Demografische structuur", "% van de inwoners", "inwoners van 65 jaar en ouder",
                      _ALL_AGES, direction=Direction.NONE),
    StandardIndicator(
        "health_risks", "Gezondheidsrisico's", "% van de inwoners", "inwoners met een chronische aandoening", _ALL_AGES
    ),
    StandardIndicator(
        "satisfaction", "Tevredenheid van bewoners", "% tevreden", "tevreden bewoners", "ondervraagde bewoners",
        direction=Direction.LOW, is_survey=True,
    ),
)  # fmt: skip
INDICATORS: Final[Mapping[str, StandardIndicator]] = {one.code: one for one in _ALL}


def choices() -> list[tuple[str, str]]:
    """Code and name of every indicator, in the order of the note: the choices of a form."""
    return [(one.code, one.label) for one in _ALL]


def label_of(code: str) -> str:
    """The Dutch name of an indicator; one that is not in the list is shown as its authors named it."""
    known = INDICATORS.get(code)
    return known.label if known else code
