"""A programme: the law of one call as data (R14, R15, R18, R22, R23).

A programme file ships with the product (`programmes/*.toml`) and is copied into a call when the call is
launched, so that a later version never changes a running call. Nothing of the first call is a constant
in code; another place-based fund is another file.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from wijkcontract.rules.codec import DocumentError, decode, encode
from wijkcontract.rules.programme_checks import programme_faults
from wijkcontract.rules.programme_shape import (
    Applicants,
    CostCategory,
    Criterion,
    DecidingBody,
    FundingSource,
    GovernmentLevel,
    Instalment,
    InstrumentKind,
    Limits,
    PartnerKind,
    Phase,
    PolicyDomain,
    Programme,
    Question,
    Reporting,
    Scoring,
    Section,
)

__all__ = [
    "Applicants",
    "CostCategory",
    "Criterion",
    "DecidingBody",
    "FundingSource",
    "GovernmentLevel",
    "Instalment",
    "InstrumentKind",
    "Limits",
    "PartnerKind",
    "Phase",
    "PolicyDomain",
    "Programme",
    "Question",
    "Reporting",
    "Scoring",
    "Section",
    "from_dict",
    "load",
    "names",
    "to_dict",
]


def names() -> list[str]:
    """The names of the programmes that ship with the product; those of one instrument oldest first."""
    folder = resources.files(__package__) / "programmes"
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


@cache
def load(name: str) -> Programme:
    """The shipped programme of that name. Raises KeyError with a Dutch sentence when there is none."""
    if name not in names():
        raise KeyError(f"Het programma '{name}' bestaat niet. Kies een van: {', '.join(names())}.")
    text = (resources.files(__package__) / "programmes" / f"{name}.toml").read_text(encoding="utf-8")
    return from_dict(tomllib.loads(text))


def from_dict(data: Mapping[str, Any]) -> Programme:
    """Read a programme from TOML or from a call's JSON copy. Raises DocumentError with all faults."""
    programme, faults = decode(Programme, data)
    if programme is not None:
        faults = programme_faults(programme)
    if programme is None or faults:
        raise DocumentError(faults)
    return programme


def to_dict(programme: Programme) -> dict[str, Any]:
    """The JSON copy that a call keeps; `from_dict` reads it back unchanged."""
    return encode(programme)
