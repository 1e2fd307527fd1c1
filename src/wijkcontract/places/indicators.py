"""The indicators of a vulnerable neighbourhood as data (R2): the codes of the glossary, with their Dutch name and unit.

The list is open-ended: a figure may carry another indicator, which is then shown as its authors named it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its code, its name on screens, and the unit in which it is usually counted."""

    code: str
    label: str
    unit: str


_ALL: Final = (
    Indicator("employment_rate", "Werkzaamheidsgraad", "% van 20 tot 64 jaar"),
    Indicator("jobseekers_share", "Aandeel werkzoekenden", "% van 18 tot 64 jaar"),
    Indicator("housing_quality", "Woonkwaliteit", "% woningen van lage kwaliteit"),
    Indicator("low_education", "Laaggeschoolden", "% van 25 tot 64 jaar"),
    Indicator("other_language", "Anderstaligheid", "% met een andere thuistaal"),
    Indicator("income", "Inkomen", "EUR netto belastbaar per inwoner, mediaan"),
    Indicator("poverty", "Armoede", "% inwoners onder de armoedegrens"),
    Indicator("living_wage_recipients", "Leefloongerechtigden", "per 1.000 inwoners"),
    Indicator("crime_rate", "Criminaliteitsgraad", "feiten per 1.000 inwoners"),
    Indicator("school_delay", "Schoolse vertraging", "% van de leerlingen"),
    Indicator("single_parent_households", "Eenoudergezinnen", "% van de huishoudens"),
    Indicator("ageing_housing_stock", "Verouderd woningpatrimonium", "% woningen van voor 1971"),
    Indicator("green_open_space", "Groene of open ruimte", "m² per inwoner"),
    Indicator("population_density", "Bevolkingsdichtheid", "inwoners per km²"),
    Indicator("demography", "Demografische structuur", "% van de inwoners"),
    Indicator("health_risks", "Gezondheidsrisico's", "% van de inwoners"),
    Indicator("satisfaction", "Tevredenheid van bewoners", "% tevreden"),
)
INDICATORS: Final[Mapping[str, Indicator]] = {one.code: one for one in _ALL}


def choices() -> list[tuple[str, str]]:
    """Code and name of every indicator, in the order of the note: the choices of a form."""
    return [(one.code, one.label) for one in _ALL]


def label_of(code: str) -> str:
    """The Dutch name of an indicator; one that is not in the list is shown as its authors named it."""
    known = INDICATORS.get(code)
    return known.label if known else code
