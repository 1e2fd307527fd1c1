"""A paper: a title and blocks in reading order. Word and PDF are drawn from it, so that both always say the same.

What is laid out here holds no markup: every text is data, whoever wrote it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST_RUNNING_TITLE: Final = 70


class Tone(StrEnum):
    """How a text speaks: as the content itself, as a note beside it, or as something one must not miss."""

    BODY = "body"
    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Level 1 comes first and no level is left out, or the PDF is refused (PDF/UA)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """Running text; every line of it is a paragraph."""

    text: str
    tone: Tone = Tone.BODY


@dataclass(frozen=True, slots=True)
class Facts:
    """What is what: a name and its value, one under the other."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` is its share beside the others; numbers stand at the right."""

    label: str
    width: int = 2
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption. A cell may hold more lines; `total` is the last row when there is one.

    `to_fill` gives it the lines and the room to write in.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] = ()
    to_fill: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing made on the server. `description` is what a person reads who does not see it."""

    caption: str
    svg: str
    description: str


@dataclass(frozen=True, slots=True)
class AnswerSpace:
    """Empty lines to write in."""

    lines: int


Block = Heading | Text | Facts | Bullets | Table | Drawing | AnswerSpace


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole. `state` says what it is ("Ontwerp, stand van ..."), `moment` dates it, `sha256` is of what it was made from."""

    title: str
    subtitle: str
    state: str
    author: str
    moment: dt.datetime
    blocks: Sequence[Block]
    sha256: str = ""


def shortened(title: str) -> str:
    """The title as it stands above every page."""
    return title if len(title) <= LONGEST_RUNNING_TITLE else f"{title[: LONGEST_RUNNING_TITLE - 1].rstrip()}…"
