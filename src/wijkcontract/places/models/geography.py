"""Statistical sectors by vintage: their shapes, who adjoins whom, the existing neighbourhoods, the way to another vintage."""

from __future__ import annotations

from django.db import models

from wijkcontract.accounts.models import Organisation
from wijkcontract.places.enums import Level


class Vintage(models.Model):
    """One edition of the statistical sectors; codes of two editions are not compatible, `Crosswalk` leads over.

    `is_official` is false for approximate borders, `is_example` true for the invented demo city: screens then say so.
    """

    code = models.CharField(max_length=20, unique=True, help_text="e.g. 2020 or demo")
    label = models.CharField(max_length=100)
    first_year = models.PositiveSmallIntegerField(help_text="first year in which the codes hold")
    last_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: until further notice")
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    is_official = models.BooleanField(default=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ("-first_year", "code")

    def __str__(self) -> str:
        return self.label


class Sector(models.Model):
    """A statistical sector. Shapes are WKB in EPSG:31370 (metres); an unlocated rest category has none.

    `municipality` is the municipality of today, `nis` the code that the file gave: since the mergers the first five
    characters of a sector code are not its municipality. `outline` is the shape simplified for the screen, borders shared.
    """

    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="sectors")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    nis = models.CharField(max_length=5)
    municipality = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    inhabitants = models.PositiveIntegerField(null=True, blank=True)
    area_m2 = models.FloatField(null=True, blank=True)
    is_unlocated = models.BooleanField(default=False)
    geometry = models.BinaryField(default=b"")
    outline = models.BinaryField(default=b"")
    min_x = models.FloatField(null=True, blank=True)
    min_y = models.FloatField(null=True, blank=True)
    max_x = models.FloatField(null=True, blank=True)
    max_y = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=["vintage", "code"], name="places_one_sector"),)
        indexes = (
            models.Index(fields=["vintage", "municipality"], name="places_sector_town"),
            models.Index(fields=["vintage", "min_x", "max_x", "min_y", "max_y"], name="places_sector_box"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Adjacency(models.Model):
    """Two sectors that share a border of positive length, each pair once (the code of `left` comes first)."""

    left = models.ForeignKey(Sector, on_delete=models.CASCADE, related_name="adjacent_right")
    right = models.ForeignKey(Sector, on_delete=models.CASCADE, related_name="adjacent_left")
    border_m = models.FloatField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["left", "right"], name="places_one_border"),)


class Division(models.Model):
    """An existing neighbourhood (wijk) of a municipality, by an edition of its own; unlocated ones have no shape."""

    edition = models.CharField(max_length=20, help_text="e.g. 2024: the edition of the division")
    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="divisions")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    municipality = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    is_unlocated = models.BooleanField(default=False)
    geometry = models.BinaryField(default=b"")

    class Meta:
        ordering = ("name", "code")
        constraints = (models.UniqueConstraint(fields=["edition", "code"], name="places_one_division"),)

    def __str__(self) -> str:
        return self.name


class DivisionSector(models.Model):
    """A sector lies in an existing neighbourhood; `share` is below 1 when the border of the neighbourhood cuts it."""

    division = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="members")
    sector = models.ForeignKey(Sector, on_delete=models.CASCADE, related_name="divisions")
    share = models.FloatField(default=1.0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["division", "sector"], name="places_one_membership"),)


class Crosswalk(models.Model):
    """`weight` of what was counted in `old` belongs to `new`; the weights of one old sector add up to at most 1."""

    old = models.ForeignKey(Sector, on_delete=models.CASCADE, related_name="becomes")
    new = models.ForeignKey(Sector, on_delete=models.CASCADE, related_name="comes_from")
    weight = models.FloatField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["old", "new"], name="places_one_crosswalk"),)


class Areas(models.Model):
    """The areas of one level, in a fixed order: the rows of every column of figures that points here.

    Sectors and divisions have one list a municipality (`municipality`; none for those outside the municipalities that the
    product knows); higher levels have one list in all. Codes: of the sector, of the division, NIS of a municipality,
    province or region.
    """

    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="areas")
    level = models.CharField(max_length=15, choices=Level)
    municipality = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    codes = models.JSONField(help_text="list of area codes, in order")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["vintage", "level", "municipality"], name="places_one_list"),
            models.UniqueConstraint(
                fields=["vintage", "level"], condition=models.Q(municipality=None), name="places_one_list_of_all"
            ),
        )
