"""Is this process fit to serve? For the front door and the operator: JSON, 200 or 503, no content (threats.md row 2)."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from wijkcontract.outbox.queries import backlog
from wijkcontract.rules.arrival import LARGEST_SKEW

UNHEALTHY: Final = 503
FULL: Final = 0.95
LONGEST_WAIT: Final = dt.timedelta(minutes=15)
CLOCK_OF: Final[Mapping[str, str]] = {
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')",
    "postgresql": "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')",
}


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Every check, and the answer that a front door understands. Mail that waits is told, and stops nothing."""
    checks: dict[str, Callable[[], dict[str, Any]]] = {
        "databank": _database,
        "klok": _clock,
        "opslag": _storage,
        "postvak": _outbox,
    }
    found = {name: _answer(check) for name, check in checks.items()}
    is_fit = all(one["goed"] for name, one in found.items() if name != "postvak")
    answer = JsonResponse({"goed": is_fit, "controles": found}, status=200 if is_fit else UNHEALTHY)
    answer["Cache-Control"] = "no-store"
    return answer


def _answer(check: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a check says; one that cannot be done is not good. The cause stays in the log of the process."""
    try:
        return check()
    except (DatabaseError, OSError):
        return {"goed": False}


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return {"goed": cursor.fetchone() == (1,)}


def database_clock() -> dt.datetime:
    """What time the database says it is."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCK_OF[connection.vendor])
        return dt.datetime.fromisoformat(cursor.fetchone()[0])


def _clock() -> dict[str, Any]:
    """The server's clock beside that of the database; the product's may be set in a demonstration and is not asked."""
    before = dt.datetime.now(dt.UTC)
    told = database_clock()
    after = dt.datetime.now(dt.UTC)
    skew = told - (before + (after - before) / 2)
    return {"goed": abs(skew) <= LARGEST_SKEW, "verschil_seconden": round(skew.total_seconds(), 3)}


def _storage() -> dict[str, Any]:
    """The folder of the files can be written and is not nearly full; a folder that is not there yet is made with the first file."""
    folder = Path(str(storages["default"].location))  # type: ignore[attr-defined]  # the product keeps its files in a folder
    while not folder.exists():
        folder = folder.parent
    used = shutil.disk_usage(folder)
    share = used.used / used.total
    return {"goed": os.access(folder, os.W_OK) and share < FULL, "vol_procent": round(100 * share)}


def _outbox() -> dict[str, Any]:
    waits = backlog()
    return {
        "goed": waits.oldest <= LONGEST_WAIT,
        "wachtend": waits.waiting,
        "oudste_minuten": int(waits.oldest.total_seconds() // 60),
    }
