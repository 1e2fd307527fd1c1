"""The choices of the room: levels of area, how figures add up, why a figure is absent, states of an analysis."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from django.db import models


class Level(models.TextChoices):
    """The level of area that a figure describes. Figures of levels above the municipality have no municipality."""

    SECTOR = "sector", "Statistische sector"
    DIVISION = "division", "Bestaande wijk"
    MUNICIPALITY = "municipality", "Gemeente"
    PROVINCE = "province", "Provincie"
    REGION = "region", "Vlaanderen"


class Aggregation(models.TextChoices):
    """How the figures of sectors become one figure of an own area."""

    SUM = "sum", "optellen"
    RATE = "rate", "teller gedeeld door noemer"
    MEAN = "weighted_mean", "gewogen gemiddelde"
    MEDIAN = "median", "niet optelbaar"


class Direction(models.TextChoices):
    """Which end of the scale is the vulnerable one."""

    HIGH = "high", "hoog is kwetsbaar"
    LOW = "low", "laag is kwetsbaar"
    NONE = "none", "geen richting"


class Missing(IntEnum):
    """Why a figure is absent. Stored beside every figure; 0 means that it is there."""

    PRESENT = 0
    EMPTY = 1
    HIDDEN_BY_SOURCE = 2
    NOT_APPLICABLE = 3
    NO_ANSWER = 4


MISSING_CODES: Final = {
    -99996: Missing.EMPTY,
    -99997: Missing.HIDDEN_BY_SOURCE,
    -99998: Missing.NOT_APPLICABLE,
    -99999: Missing.NO_ANSWER,
}
"""The codes of the Swing upload format."""


class Hidden(IntEnum):
    """Whether the product itself hides a figure that it has: because it is small, or because it would give one away."""

    SHOWN = 0
    PRIMARY = 1
    SECONDARY = 2


class DatasetKind(models.TextChoices):
    SECTORS = "sectors", "Statistische sectoren"
    DIVISIONS = "divisions", "Bestaande wijken"
    CROSSWALK = "crosswalk", "Omzetting tussen jaargangen"
    FIGURES = "figures", "Cijfers"
    POPULATION = "population", "Bevolking naar leeftijd en geslacht"


class AnalysisState(models.TextChoices):
    DRAFT = "draft", "Ontwerp"
    FROZEN = "frozen", "Vastgelegd"


class Method(models.TextChoices):
    """How the border of an analysis came about."""

    DRAWN = "drawn", "zelf getekend"
    DIVISION = "division", "bestaande wijk"
    PROPOSED = "proposed", "voorstel van de rekenmotor"
