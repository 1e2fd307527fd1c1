"""`make bench`: build the volume in a database of its own, measure every page, and say which is over its target.

The database is temporary: SQLite in a folder that is removed, or a test database beside the one of DATABASE_URL.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.engines import Timed
    from bench.measure import Cost

NUMBER = 1_000


def main() -> int:
    """Print a line per page and per engine; 1 when a page asks more queries than its target."""
    from bench import engines, peers

    with tempfile.TemporaryDirectory(prefix="wijkcontract-bench-") as folder:
        _set_up_django(folder)
        costs, rooms = _measured(Path(folder))
    _print_table(costs)
    engines.print_table("wijkcijfers", rooms)
    engines.print_table("rekenmotor", (line() for line in engines.LINES))
    peers.print_table(full="--peers" in sys.argv)
    return int(not all(cost.is_within for cost in costs))


def _set_up_django(folder: str) -> None:
    import django

    os.environ["WIJKCONTRACT_ENV"] = "test"
    os.environ["WIJKCONTRACT_DATA"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkcontract.config.settings")
    django.setup()


def _measured(folder: Path) -> tuple[list[Cost], list[Timed]]:
    """The cost of every page, and of the figures of sectors, on a database that is gone afterwards."""
    from django.conf import settings
    from django.db import connection

    from bench import measure, pages, places, submitting, volume

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(folder / "bench.sqlite3")
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        print(f"{NUMBER} voorstellen op {connection.display_name}", flush=True)
        filled = volume.build(NUMBER)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        costs = [measure.cost(page, filled) for page in pages.PAGES] + submitting.costs(filled)
        return costs, places.lines()
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def _print_table(costs: list[Cost]) -> None:
    print(f"{'bladzijde':34}{'vragen':>8}{'doel':>7}{'processor':>12}{'doel':>8}{'grootte':>10}")
    for cost in costs:
        note = "" if cost.is_within else "  te veel vragen aan de databank"
        print(
            f"{cost.page.name:34}{cost.queries:>8}{cost.page.max_queries:>7}"
            f"{cost.ms:>9.1f} ms{cost.page.target_ms:>5} ms{cost.kilobytes:>7.0f} kB{note}"
        )


if __name__ == "__main__":
    sys.exit(main())
