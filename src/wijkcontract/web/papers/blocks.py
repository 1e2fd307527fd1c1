"""Small helpers that every paper uses."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Sequence
from typing import Final

from wijkcontract.reporting.papers import Block, Column, Drawing, Facts, Table
from wijkcontract.rules.proposal_shape import Proposal
from wijkcontract.web.components.dossier_files import record_names
from wijkcontract.web.components.formats import moment_exact

DESCRIPTION: Final = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)


def table(
    caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], total: Sequence[str] = ()
) -> list[Block]:
    """The table, or nothing when there is nothing to show."""
    return [Table(caption, columns, rows, total)] if rows else []


def facts(rows: Sequence[tuple[str, str]]) -> list[Block]:
    """What is known of something; what is not filled in is left out."""
    known = [(name, value) for name, value in rows if value]
    return [Facts(known)] if known else []


def drawing(caption: str, svg: str) -> list[Block]:
    """A drawing of the site; its own description says in words what it shows. Nothing when there is no drawing."""
    found = DESCRIPTION.search(svg)
    return [Drawing(caption, svg, f"{caption}. {html.unescape(found[1])}")] if found else []


def lines(*parts: str) -> str:
    """Parts of a cell under each other; an empty one takes no line."""
    return "\n".join(part for part in parts if part)


def files_table(document: Proposal) -> list[Block]:
    """The files of a proposal with what proves them."""
    names = record_names(document)
    rows = [(lines(one.name, names.get(one.belongs_to, "")), one.sha256 or "niet bewaard") for one in document.files]
    return table("Bestanden, waar ze bij horen en hun SHA-256", [Column("Bestand", 1), Column("SHA-256", 2)], rows)


def to_the_second(at: dt.datetime) -> str:
    """A moment to the second, in Brussels time."""
    return f"{moment_exact(at)}, tijd van Brussel"
