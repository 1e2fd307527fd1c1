"""A real server on its own SQLite file, and a real browser that talks to nothing else. Run apart from the other tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

LONGEST = ("test_story", "test_two_clicks", "test_typing")
"""The modules that take more than a minute. Two workers are ready at the same time when these go first."""

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Playwright's own loop runs in the thread in which Django opens its connections; no query of the story is concurrent.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda one: LONGEST.index(one.path.stem) if one.path.stem in LONGEST else len(LONGEST))


@pytest.fixture(scope="session")
def migrated(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A database file with the demonstration's organisations and people and nothing else; every module takes a copy."""
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    from wijkcontract.demo import people

    file = tmp_path_factory.mktemp("database") / "story.sqlite3"
    connections["default"].settings_dict["TEST"]["NAME"] = str(file)
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        people.organisations_and_people()
        connections.close_all()
        yield file
        connections["default"].settings_dict["NAME"] = str(file)
        teardown_databases(databases, verbosity=0)


@pytest.fixture(scope="module")
def site(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running site. What one module writes is not seen by the next; within a module nothing is rolled back.

    The database is a file, because the server answers in threads of its own.
    """
    from django.conf import settings
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.db import connections
    from django.test.testcases import LiveServerThread

    settings.EMAIL_FILE_PATH = tmp_path_factory.mktemp("mail")
    copied = shutil.copy(migrated, tmp_path_factory.mktemp("site") / "site.sqlite3")
    connections["default"].settings_dict["NAME"] = str(copied)
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://{server.host}:{server.port}"
    server.terminate()
    connections.close_all()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """Where to keep a picture of every page, when `WIJKCONTRACT_PICTURES` names a folder."""
    folder = os.environ.get("WIJKCONTRACT_PICTURES")
    if not folder:
        return None
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    return path
