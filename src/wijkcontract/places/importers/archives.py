"""A guard for zipped files (also workbooks): what unpacks to far more than it weighs is never unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from wijkcontract.rules.verdicts import Invalid

MOST_BYTES: Final = 4 << 30
"""Unpacked: the sectors of Belgium in GeoJSON are below 1 GiB."""
MOST_RATIO: Final = 200
"""Unpacked to packed: text and coordinates pack to a tenth or a thirtieth, a bomb to a thousandth."""
MOST_FILES: Final = 1000
_SMALL: Final = 10 << 20


def require_harmless(path: Path) -> list[str]:
    """The names of the files in an archive. Raises Invalid when it is none, or unpacks to too much."""
    try:
        with zipfile.ZipFile(path) as archive:
            inside = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise Invalid.because(f"{path.name} is geen geldig zipbestand. Haal het opnieuw op.") from error
    unpacked = sum(one.file_size for one in inside)
    packed = max(1, sum(one.compress_size for one in inside))
    if len(inside) > MOST_FILES or unpacked > MOST_BYTES or (unpacked > _SMALL and unpacked / packed > MOST_RATIO):
        raise Invalid.because(
            f"{path.name} pakt uit tot {unpacked // 1_000_000} MB in {len(inside)} bestanden: dat wordt niet geopend. "
            "Pak het zelf uit en kijk het na."
        )
    return [one.filename for one in inside if not one.is_dir()]
