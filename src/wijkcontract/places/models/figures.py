"""The indicator library, what was imported, and the figures: one row a column of figures, not one a figure (decision 19)."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.places.enums import Aggregation, DatasetKind, Direction
from wijkcontract.places.models.geography import Areas


class Indicator(models.Model):
    """One indicator of the library (R2). The library is data and open-ended; `places.indicators` names the first ones.

    `factor` makes the value out of numerator / denominator (100 for a percentage, 1000 for per thousand).
    `threshold`: a numerator below it is hidden, zero is shown. `is_survey`: figures carry confidence bounds.
    """

    code = models.CharField(max_length=60, unique=True)
    label = models.CharField(max_length=120)
    definition = models.TextField(blank=True)
    unit = models.CharField(max_length=80)
    source = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    numerator_label = models.CharField(max_length=120, blank=True)
    denominator_label = models.CharField(max_length=120, blank=True)
    factor = models.FloatField(default=1.0)
    decimals = models.PositiveSmallIntegerField(default=1)
    direction = models.CharField(max_length=5, choices=Direction, default=Direction.HIGH)
    aggregation = models.CharField(max_length=15, choices=Aggregation, default=Aggregation.RATE)
    threshold = models.PositiveSmallIntegerField(default=5)
    is_survey = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True, help_text="the licence lets everyone see the figures")
    position = models.PositiveSmallIntegerField(default=1000, help_text="order on screens")

    class Meta:
        ordering = ("position", "label")

    def __str__(self) -> str:
        return self.label


class Dataset(models.Model):
    """One import: which file, by whom, when, and which rows were refused. `number` of the newest is the data version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=12, choices=DatasetKind)
    label = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(
        max_length=64, db_index=True, help_text="of the file; the same file again changes nothing"
    )
    is_example = models.BooleanField(default=False)
    rows_read = models.PositiveIntegerField()
    rows_refused = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list, help_text="list of {line, column, message}, at most 1000")
    imported_by_id = models.CharField(max_length=36)
    imported_by_name = models.CharField(max_length=200)
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.label} (gegevensversie {self.number})"


class FigureColumn(models.Model):
    """The figures of one indicator and one year for a list of areas: little-endian float64 arrays in the order of the list.

    An array is empty when no area has it. NaN is absent, `missing` (uint8, `Missing`) says why. `hidden` (uint8, `Hidden`)
    is what the product may not publish: only `places.queries` reads these rows, and it never hands out a hidden figure.
    """

    areas = models.ForeignKey(Areas, on_delete=models.PROTECT, related_name="columns")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="columns")
    year = models.PositiveSmallIntegerField()
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="columns")
    value = models.BinaryField()
    numerator = models.BinaryField(default=b"")
    denominator = models.BinaryField(default=b"")
    lower = models.BinaryField(default=b"")
    upper = models.BinaryField(default=b"")
    missing = models.BinaryField()
    hidden = models.BinaryField()
    is_derived = models.BooleanField(
        default=False, help_text="summed by the product from sectors, not given by a source"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["areas", "indicator", "year"], name="places_one_column"),)


class PopulationColumn(models.Model):
    """Inhabitants by sex and age of a list of areas: little-endian int32 of shape (areas, 2, ages), men first.

    Counts of sectors are rounded to a multiple of 5 before they are stored (random rounding, seeded by the code), so that
    no cell tells about one person; counts of higher levels are as the source gives them.
    """

    areas = models.ForeignKey(Areas, on_delete=models.PROTECT, related_name="populations")
    year = models.PositiveSmallIntegerField()
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="populations")
    ages = models.JSONField(help_text="list: the lowest age of each group")
    counts = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["areas", "year"], name="places_one_population"),)
