"""Which characters the shipped font can draw. PDF/A refuses a character without a glyph, and a name from afar may hold one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

COVERED: Final = (
    (0x0020, 0x007E), (0x00A0, 0x017E), (0x018F, 0x018F), (0x0192, 0x0192), (0x019D, 0x019D), (0x01A0, 0x01A1),
    (0x01AF, 0x01B0), (0x01CD, 0x01D4), (0x01E6, 0x01E7), (0x01EA, 0x01EB), (0x01FA, 0x01FF), (0x0218, 0x021B),
    (0x0232, 0x0233), (0x0237, 0x0237), (0x0259, 0x0259), (0x0272, 0x0272), (0x02C6, 0x02C7), (0x02DA, 0x02DA),
    (0x02DC, 0x02DD), (0x02F5, 0x02F6), (0x0300, 0x0301), (0x0303, 0x0304), (0x0308, 0x0309), (0x0323, 0x0323),
    (0x1E20, 0x1E21), (0x1E44, 0x1E45), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EF2, 0x1EF9), (0x2013, 0x2014),
    (0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2020), (0x2022, 0x2022), (0x2026, 0x2026), (0x2039, 0x203A),
    (0x2044, 0x2044), (0x20AB, 0x20AC), (0x20B1, 0x20B1), (0x20B3, 0x20B4), (0x20B8, 0x20B8), (0x20BD, 0x20BD),
    (0x2122, 0x2122), (0x2212, 0x2212), (0x2215, 0x2215),
)  # fmt: skip
"""Ranges of code points in both weights of the font, both ends included; a test compares them with the font."""

REPLACED: Final = {
    "≥": ">=", "≤": "<=", "→": "->", "\t": " ", "\r": "",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufe0e\ufe0f\ufeff", ""),
    **dict.fromkeys("\u2002\u2003\u2007\u2008\u2009\u200a\u2028\u2029\u202f", " "),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("●▪■◦‣\uf0a7\uf0b7", "•"),
    "\u2012": "–", "\u2015": "—", "′": "'", "″": "''", "ﬁ": "fi", "ﬂ": "fl",
}  # fmt: skip
"""What a word processor writes and the font does not have: signs without width, narrow spaces, its hyphens, its bullets.

No quote and no line end is among what replaces them: a whole document in JSON passes through here too.
"""


UNCOVERED: Final = re.compile("[^\n" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in COVERED) + "]")

IMPOSSIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of characters: no document can hold them, and nobody can read them."""


def without_controls(text: str) -> str:
    """The text as any document can hold it."""
    return IMPOSSIBLE.sub("", text)


def printable(text: str) -> str:
    """The text as the font can draw it: composed, a few signs spelled out, and `?` for any other unknown character."""
    composed = unicodedata.normalize("NFC", without_controls(text))
    return UNCOVERED.sub(lambda found: REPLACED.get(found[0], "?"), composed)
