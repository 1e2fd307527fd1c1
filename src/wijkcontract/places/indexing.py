"""The index of all sectors of a vintage, from published figures only: a score can then tell of no hidden cell (R2).

Reading and computing stand apart from writing, because they take seconds and a transaction must not (decision 2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from wijkcontract.accounts.actors import Actor
from wijkcontract.engines import index_definition, uncertainty, vulnerability
from wijkcontract.places.arrays import Bools, Floats, read
from wijkcontract.places.enums import Level
from wijkcontract.places.models import Areas, FigureColumn, Sector, Vintage
from wijkcontract.places.queries import data_version, library

DEFAULT = "vlaamse-wijk"
"""The shipped definition that is used when nobody names another."""
VULNERABLE = 0.8
"""A sector is vulnerable above this quantile (type 7) of the scores: the most vulnerable fifth."""


@dataclass(frozen=True)
class IndexTable:
    """A computed index, ready to be stored. Arrays have a number for each of `codes`, in the order of `lists`."""

    vintage: Vintage
    definition: index_definition.IndexDefinition
    text: str
    data_version: int
    year: int
    lists: list[Areas]
    result: vulnerability.IndexResult
    doubt: uncertainty.Uncertainty

    @property
    def ranked(self) -> int:
        """How many sectors have a score."""
        return int(np.count_nonzero(~np.isnan(self.result.index.score)))

    @property
    def threshold(self) -> float:
        """The score above which a sector is among the most vulnerable fifth."""
        return float(np.nanquantile(self.result.index.score, VULNERABLE))

    def domains(self) -> list[dict[str, object]]:
        """The domains as they are kept with the run; an effective weight that cannot be computed is None."""
        effective = self.result.effective_weights
        return [
            {
                "code": domain.code,
                "label": domain.label,
                "weight": domain.weight,
                "effective_weight": effective[domain.code] if math.isfinite(effective[domain.code]) else None,
            }
            for domain in self.definition.domains
        ]

    def columns(self) -> dict[str, Floats]:
        """The results by field of `models.IndexColumn`; those of domains have shape (sectors, domains)."""
        index, domains = self.result.index, self.result.domains.values()
        return {
            "score": index.score,
            "rank": index.rank,
            "decile": index.decile,
            "certainty": self.doubt.certainty,
            "rank_low": self.doubt.rank_low,
            "rank_high": self.doubt.rank_high,
            "burdened": self.result.burdened,
            "domain_scores": np.column_stack([one.score for one in domains]),
            "domain_deciles": np.column_stack([one.decile for one in domains]),
        }


def compute(
    actor: Actor, vintage: Vintage, *, text: str | None = None, year: int | None = None, draws: int | None = None
) -> IndexTable:
    """The index of every located sector, with the newest figures of each indicator up to `year`.

    `text` is a definition as TOML, by default the shipped one. Raises DefinitionError (every fault, in Dutch), or DataError.
    """
    content = index_definition.text_of(DEFAULT) if text is None else text
    definition = index_definition.read(content)
    lists = list(Areas.objects.filter(vintage=vintage, level=Level.SECTOR).order_by("pk"))
    columns, newest = _figures(actor, lists, year)
    codes = [code for areas in lists for code in areas.codes]
    located = _located(vintage, codes)
    for name in definition.needed_columns():
        columns[name] = np.where(located, columns.get(name, np.nan), np.nan)
    municipalities = np.repeat(np.arange(len(lists)), [len(areas.codes) for areas in lists]).astype(np.int64)
    names = tuple(str(areas.municipality_id) for areas in lists)
    result = vulnerability.compute(definition, vulnerability.Units(columns, municipalities, names))
    doubt = uncertainty.uncertainty(definition, result, municipalities, draws=draws)
    return IndexTable(vintage, definition, content, data_version(actor), newest, lists, result, doubt)


def _figures(actor: Actor, lists: list[Areas], year: int | None) -> tuple[dict[str, Floats], int]:
    """Value, numerator and denominator of the newest year of each indicator, and the newest year of all."""
    start: dict[int, int] = {}
    size = 0
    for areas in lists:
        start[areas.pk] = size
        size += len(areas.codes)
    found = FigureColumn.objects.filter(areas__in=start, indicator__in=library(actor))
    if year is not None:
        found = found.filter(year__lte=year)
    newest = dict(found.order_by("year").values_list("indicator__code", "year").distinct())
    columns: dict[str, Floats] = {}
    for code, at in newest.items():
        names = (code, f"{code}_numerator", f"{code}_denominator")
        columns |= {name: np.full(size, np.nan) for name in names}
        for column in found.filter(indicator__code=code, year=at):
            figures, first = read(column).published(), start[column.areas_id]
            span = slice(first, first + len(figures.value))
            for name, numbers in zip(names, (figures.value, figures.numerator, figures.denominator), strict=True):
                columns[name][span] = numbers
    return columns, max(newest.values(), default=0)


def _located(vintage: Vintage, codes: list[str]) -> Bools:
    """Which sectors are places; the unlocated rest category of a municipality is not ranked."""
    nowhere = set(Sector.objects.filter(vintage=vintage, is_unlocated=True).values_list("code", flat=True))
    return np.array([code not in nowhere for code in codes], dtype=np.bool_)
