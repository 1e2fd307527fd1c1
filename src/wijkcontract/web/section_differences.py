"""What changed in one section between two frozen versions, as the reader of the dossier sees it: line by line, word by word."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Proposal
from wijkcontract.web.components.differences import difference
from wijkcontract.web.components.proposal_dossier import build

LINES: Final = frozenset(
    {"p", "li", "tr", "h2", "h3", "h4", "dt", "summary", "caption", "article", "section", "div", "dl"}
)
SEPARATORS: Final = {"td": " · ", "dd": ": ", "br": " · ", "small": " "}
DRAWN: Final = frozenset({"svg", "caption", "thead"})


def section_differences(before: Proposal, after: Proposal, programme: Programme, section: str) -> list[SafeString]:
    """The lines of a section that differ, each with what went out and what came in; empty when nothing changed."""
    old, new = (_lines(document, programme, section) for document in (before, after))
    found: list[SafeString] = []
    for action, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if action != "equal":
            found += (difference(gone, come) for gone, come in zip_longest(old[a:b], new[c:d], fillvalue=""))
    return found


def _lines(document: Proposal, programme: Programme, section: str) -> list[str]:
    view = build(document, programme, only={section})
    reader = _Reader()
    reader.feed(render_to_string("components/proposal_dossier.html", {"view": view}))
    reader.close()
    return list(reader.lines())


class _Reader(HTMLParser):
    """The words of the section, a line for each paragraph, item and row of a table; drawings and heads of tables left out."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._within: list[str] = []
        self._drawn = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self._within.append(tag)
        self._drawn += tag in DRAWN
        self._pieces.append("\n" if tag in LINES else SEPARATORS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self._drawn -= tag in DRAWN
        if tag in LINES:
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if self._within and not self._drawn:
            self._pieces.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))

    def lines(self) -> Iterable[str]:
        """The lines that hold words."""
        for line in "".join(self._pieces).split("\n"):
            if words := " ".join(line.split()).strip(" ·:"):
                yield words
