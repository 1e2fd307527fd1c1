"""What an index is made of, as data: indicators, domains, weights and every choice between them (R2).

A definition is a TOML file with a code and a version. The product ships a few (`definitions/`); an agency may write its own.
`read` gives every fault at once, in Dutch, each with its place in the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final

from wijkcontract.engines.definition_reader import Reader
from wijkcontract.engines.ranking import Closed, Normalisation, Quantiles, Ties

MISSING_CODES: Final = (-99996.0, -99997.0, -99998.0, -99999.0)
"""The codes of the Swing format for an absent figure: empty, hidden by the source, not applicable, no answer."""


class Aggregation(StrEnum):
    """How indicators become a domain and domains the index."""

    ARITHMETIC = "arithmetic"
    """The weighted mean: a good domain makes up for a bad one."""
    GEOMETRIC = "geometric"
    """exp(sum of weight x ln(1 + x)) - 1: domains that are high together count more than one that is high alone."""


class Direction(StrEnum):
    """Which end of the indicator is the vulnerable one."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class IndexIndicator:
    """One indicator: its values, or with `shrink` the rate `factor` x numerator / denominator, drawn to the municipality."""

    code: str
    column: str
    weight: float
    direction: Direction
    shrink: bool
    numerator: str
    denominator: str
    factor: float

    def columns(self) -> list[str]:
        """The columns that are read for it; with `shrink` its values stand in where there are no counts."""
        return [self.column, self.numerator, self.denominator] if self.shrink else [self.column]


@dataclass(frozen=True, slots=True)
class Domain:
    """Indicators that tell about one side of life. `per_municipality`: one figure a municipality, ranked over those."""

    code: str
    label: str
    weight: float
    per_municipality: bool
    indicators: tuple[IndexIndicator, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """The same index without some domains. With `rescale` the other weights are raised to 1 together."""

    code: str
    label: str
    without: tuple[str, ...]
    rescale: bool


@dataclass(frozen=True, slots=True)
class FileColumns:
    """Where a file holds what is no indicator. `municipality_length` 0 takes the whole text of the column."""

    id: str
    inhabitants: str
    municipality: str
    municipality_length: int
    averages_id: str
    missing_codes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scoring:
    """The choices of the computation; each is declared, none is hidden in code."""

    indicators: Normalisation
    domains: Normalisation
    aggregation: Aggregation
    scale: float
    """Of the rank-exponential normalisation; 23 is the one of the English and Belgian indices."""
    minimum_share: float
    """The share of the weight (0..1) that must be known; below it there is no figure. 1 asks everything."""
    winsorise_lower: float
    winsorise_upper: float
    """Quantiles of each indicator to which values beyond them are pulled; 0 and 1 leave everything."""
    minimum_known: float
    """Screening: an indicator that fewer units than this share (0..1) have is left out."""
    drop_constant: bool
    """Screening: an indicator with one value everywhere is left out."""
    ties: Ties
    quantiles: Quantiles
    closed: Closed


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the Monte Carlo variants vary. `concentration`: how close the weights stay to the declared ones (Dirichlet)."""

    draws: int
    seed: int
    concentration: float
    leave_out: bool
    normalisations: tuple[Normalisation, ...]
    aggregations: tuple[Aggregation, ...]


@dataclass(frozen=True, slots=True)
class IndexDefinition:
    """A whole index. Weights of domains add up to 1, and so do those of the indicators within a domain."""

    code: str
    version: str
    label: str
    source: str
    columns: FileColumns
    scoring: Scoring
    doubt: Doubt
    domains: tuple[Domain, ...]
    variants: tuple[Variant, ...]

    def needed_columns(self) -> list[str]:
        """Every column with figures that is read when it is there, each once; `lacking` says which may not be absent."""
        names = [name for domain in self.domains for one in domain.indicators for name in one.columns()]
        return list(dict.fromkeys(names))

    def lacking(self, names: Collection[str]) -> list[str]:
        """What is missing from these columns, as Dutch sentences."""
        indicators = [one for domain in self.domains for one in domain.indicators]
        return [
            f"De kolom '{one.column}' ontbreekt." for one in indicators
            if one.column not in names and not (one.shrink and one.numerator in names and one.denominator in names)
        ]  # fmt: skip


class DefinitionError(ValueError):
    """A definition that cannot be used: every fault at once, in Dutch, each beginning with its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def names() -> list[str]:
    """The names of the definitions that ship with the product."""
    folder = resources.files(__package__) / "definitions"
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


def text_of(name: str) -> str:
    """The TOML text of a shipped definition. Raises KeyError with a Dutch sentence when there is none of that name."""
    if name not in names():
        raise KeyError(f"De definitie '{name}' bestaat niet. Kies een van: {', '.join(names())}.")
    return (resources.files(__package__) / "definitions" / f"{name}.toml").read_text(encoding="utf-8")


@cache
def load(name: str) -> IndexDefinition:
    """The shipped definition of that name. Raises KeyError with a Dutch sentence when there is none."""
    return read(text_of(name))


def read(text: str) -> IndexDefinition:
    """Read the TOML text of a definition. Raises DefinitionError with all faults."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError([f"/: dit is geen geldige TOML ({error})."]) from error
    faults: list[str] = []
    definition = _definition(data, faults)
    if not faults:
        faults = _contradictions(definition)
    if faults:
        raise DefinitionError(faults)
    return definition


def _definition(data: Mapping[str, Any], faults: list[str]) -> IndexDefinition:
    reader = Reader(data, "", faults)
    definition = IndexDefinition(
        code=reader.name("code"),
        version=reader.text("version"),
        label=reader.text("label"),
        source=reader.text("source", ""),
        columns=_columns(reader.table("file")),
        scoring=_scoring(reader.table("scoring")),
        doubt=_doubt(reader.table("uncertainty", needed=False)),
        domains=_together([_domain(one) for one in reader.tables("domains", needed=True)]),
        variants=tuple(_variant(one) for one in reader.tables("variants")),
    )
    reader.done()
    return definition


def _columns(reader: Reader) -> FileColumns:
    columns = FileColumns(
        id=reader.text("id"),
        inhabitants=reader.text("inhabitants", ""),
        municipality=reader.text("municipality", ""),
        municipality_length=reader.whole("municipality_length", 0, 0, 100),
        averages_id=reader.text("averages_id", "municipality"),
        missing_codes=reader.numbers("missing_codes", MISSING_CODES),
    )
    reader.done()
    return columns


def _scoring(reader: Reader) -> Scoring:
    scoring = Scoring(
        indicators=reader.choice("indicators", Normalisation),
        domains=reader.choice("domains", Normalisation),
        aggregation=reader.choice("aggregation", Aggregation),
        scale=reader.number("scale", 23.0, 1.0, 1000.0),
        minimum_share=reader.number("minimum_share", 1.0, 0.01, 1.0),
        winsorise_lower=reader.number("winsorise_lower", 0.0, 0.0, 0.49),
        winsorise_upper=reader.number("winsorise_upper", 1.0, 0.51, 1.0),
        minimum_known=reader.number("minimum_known", 0.0, 0.0, 1.0),
        drop_constant=reader.flag("drop_constant", default=True),
        ties=reader.choice("ties", Ties, Ties.SMALLEST),
        quantiles=reader.choice("quantiles", Quantiles, Quantiles.TYPE7),
        closed=reader.choice("closed", Closed, Closed.RIGHT),
    )
    reader.done()
    return scoring


def _doubt(reader: Reader) -> Doubt:
    scales = tuple(one for one in Normalisation if one is not Normalisation.NONE)
    doubt = Doubt(
        draws=reader.whole("draws", 1000, 1, 100_000),
        seed=reader.whole("seed", 1, 0, 2**31 - 1),
        concentration=reader.number("concentration", 50.0, 1.0, 1e6),
        leave_out=reader.flag("leave_out", default=True),
        normalisations=reader.choices("normalisations", Normalisation, scales),
        aggregations=reader.choices("aggregations", Aggregation, tuple(Aggregation)),
    )
    reader.done()
    return doubt


def _domain(reader: Reader) -> Domain:
    domain = Domain(
        code=reader.name("code"),
        label=reader.text("label"),
        weight=reader.number("weight", None, 1e-6, 1e6),
        per_municipality=reader.flag("per_municipality", default=False),
        indicators=tuple(_indicator(one) for one in reader.tables("indicators", needed=True)),
    )
    reader.done()
    total = sum(one.weight for one in domain.indicators) or 1.0
    indicators = tuple(_weighed(one, one.weight / total) for one in domain.indicators)
    return Domain(domain.code, domain.label, domain.weight, domain.per_municipality, indicators)


def _together(domains: list[Domain]) -> tuple[Domain, ...]:
    total = sum(one.weight for one in domains) or 1.0
    return tuple(
        Domain(one.code, one.label, one.weight / total, one.per_municipality, one.indicators) for one in domains
    )


def _weighed(one: IndexIndicator, weight: float) -> IndexIndicator:
    return IndexIndicator(
        one.code, one.column, weight, one.direction, one.shrink, one.numerator, one.denominator, one.factor
    )


def _indicator(reader: Reader) -> IndexIndicator:
    code = reader.name("code")
    indicator = IndexIndicator(
        code=code,
        column=reader.text("column", code),
        weight=reader.number("weight", 1.0, 1e-6, 1e6),
        direction=reader.choice("direction", Direction),
        shrink=reader.flag("shrink", default=False),
        numerator=reader.text("numerator", f"{code}_numerator"),
        denominator=reader.text("denominator", f"{code}_denominator"),
        factor=reader.number("factor", 100.0, 1e-9, 1e9),
    )
    reader.done()
    return indicator


def _variant(reader: Reader) -> Variant:
    variant = Variant(
        code=reader.name("code"),
        label=reader.text("label"),
        without=reader.texts("without"),
        rescale=reader.flag("rescale", default=True),
    )
    reader.done()
    return variant


def _contradictions(definition: IndexDefinition) -> list[str]:
    """What is well written and still cannot be."""
    faults: list[str] = []
    scoring = definition.scoring
    codes = [one.code for one in definition.domains]
    used = codes + [one.code for one in definition.variants]
    faults += [f"/: de code '{code}' komt meer dan eens voor." for code in dict.fromkeys(used) if used.count(code) > 1]
    signed = {Normalisation.Z, Normalisation.NONE}
    if scoring.aggregation is Aggregation.GEOMETRIC and signed & {scoring.domains, scoring.indicators}:
        faults.append("/scoring/aggregation: geometrisch gaat niet samen met 'z' of 'none', die negatief kunnen zijn.")
    for place, domain in enumerate(definition.domains):
        where = f"/domains/{place}"
        if scoring.indicators is Normalisation.NONE and len(domain.indicators) > 1:
            faults.append(f"{where}: meer dan een indicator vraagt een normalisatie in scoring.indicators.")
        if domain.per_municipality and not definition.columns.municipality:
            faults.append(f"{where}/per_municipality: noem dan de kolom van de gemeente in file.municipality.")
        if any(one.shrink for one in domain.indicators) and not definition.columns.municipality:
            faults.append(f"{where}: 'shrink' trekt naar de gemeente. Noem haar kolom in file.municipality.")
    for place, variant in enumerate(definition.variants):
        where = f"/variants/{place}/without"
        faults += [f"{where}: het domein '{code}' bestaat niet." for code in variant.without if code not in codes]
        if set(codes) <= set(variant.without):
            faults.append(f"{where}: er blijft geen domein over.")
    return faults
