"""The issued report as PDF/A-2a and PDF/UA-1, by Typst: the content goes in as data, never as markup."""

from __future__ import annotations

import datetime as dt
from importlib import resources
from typing import Any

import typst

from wijkcontract.reporting.exporters.glyphs import printable
from wijkcontract.reporting.relance import Content, canonical


def pdf(content: Content, sha256: str) -> bytes:
    """The document of a frozen content; its date is the moment of issue, so that the same content gives the same bytes."""
    issued_at = dt.datetime.fromisoformat(content["issued_at"])
    package = resources.files("wijkcontract.reporting")
    with (
        resources.as_file(package / "exporters") as folder,
        resources.as_file(package / "fonts") as fonts,
    ):
        made = typst.compile(
            str(folder / "relance.typ"),
            root=str(folder),
            format="pdf",
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"content": canonical(_printable(content)), "sha256": sha256},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(issued_at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no document")
    return made


def _printable(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The content with every text limited to what the font can draw."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_printable(one) for one in value]
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return value
