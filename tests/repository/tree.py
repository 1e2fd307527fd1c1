"""Where things lie in the repository, and the rooms in their order: read from the import contracts, so that there is one truth."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "wijkcontract"
GENERATED = {"__pycache__", "migrations"}


def python_files(*folders: Path) -> Iterator[Path]:
    """Every Python file under these folders that a person wrote."""
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*.py") if GENERATED.isdisjoint(path.parts))


def short(path: Path) -> str:
    """A path as a message names it."""
    return path.relative_to(ROOT).as_posix()


def floors() -> dict[str, int]:
    """The floor of every room: a room on a lower floor may not know one above it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        room.strip().removeprefix("wijkcontract."): floor
        for floor, layer in enumerate(reversed(layers))
        for room in layer.split("|")
    }
