"""What changed in a text, word by word, as HTML that a screen reader can follow: what went out, what came in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

WORDS = re.compile(r"\s+|[^\s]+")
KEPT_WORDS = 12
LONGEST = 4_000
SMALLEST_PART = 3
"""At least a third of the words stays, or the texts are shown whole."""


def difference(before: str, after: str) -> SafeString:
    """Both texts as one, with `<del>` and `<ins>`; what stays the same is shortened. Empty when nothing changed.

    Word by word up to 4,000 words (the matcher is quadratic); beyond that, and when little stayed, the whole texts, one after
    the other: a sentence that was written anew is not read word by word.
    """
    if before == after:
        return mark_safe("")
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > LONGEST:
        return format_html("{} {}", _gone(before), _come(after))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    if _words(old) and _words(new) and SMALLEST_PART * _stayed(steps, old) < max(_words(old), _words(new)):
        return format_html("{} {}", _gone(before), _come(after))
    pieces: list[SafeString | str] = []
    for action, a, b, c, d in steps:
        if action == "equal":
            pieces.append(_kept(old[a:b]))
        else:
            pieces += [_gone("".join(old[a:b])), _come("".join(new[c:d]))]
    return format_html_join("", "{}", ((piece,) for piece in pieces if piece))


def _words(pieces: Sequence[str]) -> int:
    """How many words there are; a space is no word."""
    return sum(not piece.isspace() for piece in pieces)


def _stayed(steps: Sequence[tuple[str, int, int, int, int]], old: Sequence[str]) -> int:
    return sum(_words(old[a:b]) for action, a, b, _, _ in steps if action == "equal")


def _gone(text: str) -> SafeString:
    if not text:
        return mark_safe("")
    return format_html('<del><span class="vh">weg: </span>{}<span class="vh">. </span></del>', text)


def _come(text: str) -> SafeString:
    if not text:
        return mark_safe("")
    return format_html('<ins><span class="vh">nieuw: </span>{}<span class="vh">. </span></ins>', text)


def _kept(words: list[str]) -> str:
    """What stayed, with its middle left out when it is long."""
    if len(words) <= 2 * KEPT_WORDS:
        return "".join(words)
    return f"{''.join(words[:KEPT_WORDS])} ... {''.join(words[-KEPT_WORDS:])}"
