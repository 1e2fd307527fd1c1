"""The import contracts of pyproject.toml hold."""

from __future__ import annotations

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from repository.tree import ROOT, floors


def test_the_import_contracts_hold() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_every_room_has_a_place_in_the_order() -> None:
    rooms = {path.parent.name for path in (ROOT / "src" / "wijkcontract").glob("*/__init__.py")}
    assert rooms == set(floors())
