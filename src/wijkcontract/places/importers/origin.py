"""What is told about a file, and what its rows are refused for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from wijkcontract.places.tables import FileFacts, RefusedRow
from wijkcontract.rules.verdicts import Invalid

Progress = Callable[[str], None]
"""Told at the start of each step, with the name of the step in Dutch."""
_SIDECARS: Final = (".dbf", ".shx", ".prj", ".cpg")
_BLOCK: Final = 1 << 20
T = TypeVar("T")


def silent(step: str) -> None:
    """Progress that nobody looks at."""
    del step


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from, as the operator says it; screens and evidence repeat it."""

    label: str
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What a file gave: `table` for the operation, how many rows there were, and those that were refused."""

    table: T
    rows: int
    refused: tuple[RefusedRow, ...]


def facts_of(files: Sequence[Path], origin: Origin, read: Read[T], asked: Mapping[str, object]) -> FileFacts:
    """The facts of an import. The hash covers every file and what was asked of it: other columns of one file are new data."""
    return FileFacts(
        label=origin.label[:200],
        source=origin.source[:200],
        licence=origin.licence[:200],
        file_name=files[0].name[:200],
        sha256=_digest(files, asked),
        rows_read=read.rows,
        refused=read.refused,
    )


def in_order(refused: Sequence[RefusedRow]) -> tuple[RefusedRow, ...]:
    """Refused rows as a person goes through the file."""
    return tuple(sorted(refused, key=lambda row: (row.line, row.column)))


def _digest(files: Sequence[Path], asked: Mapping[str, object]) -> str:
    digest = hashlib.sha256(json.dumps(dict(asked), sort_keys=True, default=str).encode())
    for file in files:
        beside = [file.with_suffix(suffix) for suffix in _SIDECARS] if file.suffix.lower() == ".shp" else []
        for part in (file, *(one for one in beside if one.exists())):
            with part.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
    return digest.hexdigest()


def nothing_usable(path: Path, refused: Sequence[RefusedRow]) -> Invalid:
    """The error of a file of which every row was refused, with the first reason."""
    reason = refused[0].message if refused else ""
    return Invalid.because(f"Geen enkele rij van {path.name} is bruikbaar. {reason}".strip())
