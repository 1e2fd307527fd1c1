"""What holds for every test: this machine only, the clock as it was, files in a folder of their own, no unknown variable."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LOCAL = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}  # noqa: S104 - compared with, never bound
_connect = socket.socket.connect


class NetworkUsed(AssertionError):
    """A test tried to reach another machine."""


def _connect_locally(self: socket.socket, address: Any) -> None:  # noqa: ANN401 - the signature of the standard library
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOCAL:
        raise NetworkUsed(str(address))
    _connect(self, address)


class UnknownVariable(str):
    """What a template shows for a variable that does not exist: a failing test, with the variable's name.

    It is false, because Django also puts it in the place of a related row that is not there, inside `{% if %}`.
    """

    def __bool__(self) -> bool:
        return False

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"unknown template variable: {name}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", action="store_true", help="only the tests that reach the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A second database asks nothing new of a test that reaches none."""
    if not config.getoption("--database"):
        return
    reaching = {one for one in items if one.get_closest_marker("django_db") or _asks_for_the_database(one)}
    config.hook.pytest_deselected(items=[one for one in items if one not in reaching])
    items[:] = [one for one in items if one in reaching]


def _asks_for_the_database(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and bool(
        {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames)
    )


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    socket.socket.connect = _connect_locally  # type: ignore[method-assign]
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def _static_folder() -> None:
    """The folder of collected files is there, else whitenoise warns, and a warning is an error."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _clock_as_it_was() -> Iterator[None]:
    from wijkcontract.rules import clock

    yield
    clock.release()


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:  # noqa: ANN401 - pytest-django's wrapper has no public type
    """Files and mail go to the folder of this test; a template variable that does not exist fails."""
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = storages
    for engine in settings.TEMPLATES:
        engine["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real data and reference results beside the project; a reference test fails without it."""
    folder = Path(__file__).resolve().parent.parent.parent / "shared"
    assert folder.is_dir(), "the folder ../shared with the reference data is absent"
    return folder
