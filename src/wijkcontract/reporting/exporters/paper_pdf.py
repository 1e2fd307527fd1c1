"""A paper as PDF/A-2a and PDF/UA-1, by Typst: the content goes in as data, never as markup."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Sequence
from importlib import resources
from typing import Any, Final

import typst

from wijkcontract.reporting.exporters.drawings import on_paper, width_on_page
from wijkcontract.reporting.exporters.glyphs import printable
from wijkcontract.reporting.papers import Block, Drawing, Paper, Text, Tone, shortened
from wijkcontract.rules.clock import BRUSSELS

LONG_WORD: Final = re.compile(r"\S{25,}")
HASH: Final = re.compile(r"[0-9a-f]{64}")
PIECE: Final = 8
BREAK: Final = "\u200b"
LOST: Final = "Een vraagteken kan een teken vervangen dat deze pdf niet kan tonen. In het Word-document staat het wel."


def paper_pdf(paper: Paper) -> bytes:
    """The document. The same paper gives the same bytes."""
    content = {
        "title": _drawn(paper.title),
        "short_title": _drawn(shortened(paper.title)),
        "subtitle": _drawn(paper.subtitle),
        "state": _drawn(paper.state),
        "author": _drawn(paper.author),
        "moment": paper.moment.astimezone(BRUSSELS).isoformat(),
        "sha256": paper.sha256,
        "blocks": [_block(one) for one in (*paper.blocks, *_lost(paper.blocks))],
    }
    package = resources.files("wijkcontract.reporting")
    with resources.as_file(package / "exporters") as folder, resources.as_file(package / "fonts") as fonts:
        made = typst.compile(
            str(folder / "paper.typ"),
            root=str(folder),
            format="pdf",
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(paper.moment.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no document")
    return made


def _lost(blocks: Sequence[Block]) -> list[Block]:
    """A last line that says so when the font could not draw a sign of a text."""
    whole = json.dumps([dataclasses.asdict(one) for one in blocks], ensure_ascii=False)
    return [Text(LOST, Tone.NOTE)] if printable(whole).count("?") > whole.count("?") else []


def _block(block: Block) -> dict[str, Any]:
    drawn: dict[str, Any] = {"kind": type(block).__name__.lower()}
    if isinstance(block, Drawing):
        return drawn | {
            "caption": _drawn(block.caption),
            "description": _drawn(block.description),
            "svg": on_paper(block.svg),
            "width": width_on_page(block.svg),
        }
    return drawn | {name: _value(value) for name, value in dataclasses.asdict(block).items()}


def _value(value: Any) -> Any:  # noqa: ANN401 - any value of a block
    if isinstance(value, str):
        return _drawn(value)
    if isinstance(value, dict):
        return {name: _value(one) for name, one in value.items()}
    return [_value(one) for one in value] if isinstance(value, (list, tuple)) else value


def _drawn(text: str) -> str:
    """The text as the font can draw it; a word that no line holds may break anywhere, but a hash stays whole to be copied."""
    return LONG_WORD.sub(_breakable, printable(text))


def _breakable(found: re.Match[str]) -> str:
    word = found[0]
    if HASH.fullmatch(word):
        return word
    return BREAK.join(word[start : start + PIECE] for start in range(0, len(word), PIECE))
