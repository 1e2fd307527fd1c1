"""Results of the index: which definition on which data gave which score, rank and certainty."""

from __future__ import annotations

from django.db import models

from wijkcontract.places.models.geography import Areas, Vintage


class IndexDefinition(models.Model):
    """A version of an index definition, as its TOML text. What was computed with it stays readable for ever."""

    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    label = models.CharField(max_length=120)
    content = models.TextField(help_text="the TOML text as computed with")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("code", "-version")
        constraints = (models.UniqueConstraint(fields=["code", "version"], name="places_one_definition"),)

    def __str__(self) -> str:
        return f"{self.label} (versie {self.version})"


class IndexRun(models.Model):
    """One computation over all sectors of a vintage. `data_version` is the number of the newest dataset then."""

    definition = models.ForeignKey(IndexDefinition, on_delete=models.PROTECT, related_name="runs")
    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="runs")
    data_version = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField(help_text="the figures are of this year, or of the last one before it")
    ranked = models.PositiveIntegerField(help_text="how many sectors have a score")
    threshold = models.FloatField(help_text="80th percentile of the scores, type 7: the start of a vulnerable sector")
    variants = models.PositiveIntegerField(default=0, help_text="how many variants the certainty was computed over")
    domains = models.JSONField(help_text="list of {code, label, weight, effective_weight}")
    sensitivity = models.JSONField(default=dict, help_text="choice to the mean number of places that it moves a sector")
    screened = models.JSONField(default=dict, help_text="code of an indicator that was left out, to why in Dutch")
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ("-computed_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["definition", "vintage", "data_version", "year"], name="places_one_run"),
        )


class IndexColumn(models.Model):
    """The results of one run for the sectors of one municipality: little-endian float64, NaN where a sector has no score.

    `score` high is vulnerable; `rank` and `decile` 1 is most vulnerable; `certainty` is the share (0..1) of variants in
    which the sector is in the most vulnerable tenth; `rank_low`, `rank_high` hold 90 % of the variants; `domain_scores`
    and `domain_deciles` have shape (areas, domains); `burdened` counts the domains in the worst fifth.
    """

    run = models.ForeignKey(IndexRun, on_delete=models.CASCADE, related_name="columns")
    areas = models.ForeignKey(Areas, on_delete=models.PROTECT, related_name="+")
    score = models.BinaryField()
    rank = models.BinaryField()
    decile = models.BinaryField()
    certainty = models.BinaryField()
    rank_low = models.BinaryField()
    rank_high = models.BinaryField()
    burdened = models.BinaryField()
    domain_scores = models.BinaryField()
    domain_deciles = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["run", "areas"], name="places_one_result"),)
