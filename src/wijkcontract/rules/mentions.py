"""Who is called by name in a text: "@Financieel directeur, klopt dit?" finds the colleague, and says whom it does not know.

A colleague answers to the full name, to its first words while nobody else's name begins so, and to a function; a function that
several people have calls them all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

CALL: Final = re.compile(r"(?<![\w.@])@(?=\w)")
WORD: Final = re.compile(r"[\w'-]+")


@dataclass(frozen=True)
class Mentionable:
    """Someone who can be called: an id, the name, and the functions."""

    id: str
    name: str
    functions: Sequence[str] = ()


@dataclass(frozen=True)
class Mentions:
    """The ids of who is called, in the order of the text, and the words after an @ that call nobody, or more than one."""

    found: tuple[str, ...]
    unknown: tuple[str, ...]


def find(text: str, people: Iterable[Mentionable]) -> Mentions:
    """Everyone whom the text calls. The longest name that fits counts; capitals do not."""
    names = _names(list(people))
    longest = sorted(names, key=len, reverse=True)
    found: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for call in CALL.finditer(text):
        rest = text[call.end() :].casefold()
        name = next((one for one in longest if _begins(rest, one)), None)
        if name is None:
            word = WORD.match(text, call.end())
            unknown[word[0] if word else ""] = None
        else:
            found.update(dict.fromkeys(names[name]))
    return Mentions(tuple(found), tuple(unknown))


def _names(people: Sequence[Mentionable]) -> Mapping[str, Sequence[str]]:
    """Every spelling that calls somebody, with whom: full names go before functions, functions before first words."""
    first: dict[str, list[str]] = defaultdict(list)
    functions: dict[str, list[str]] = defaultdict(list)
    full: dict[str, list[str]] = defaultdict(list)
    for one in people:
        words = one.name.casefold().split()
        full[" ".join(words)].append(one.id)
        for length in range(1, len(words)):
            first[" ".join(words[:length])].append(one.id)
        for function in one.functions:
            functions[function.casefold()].append(one.id)
    alone = {name: ids for name, ids in first.items() if len(ids) == 1}
    return {**alone, **functions, **full}


def _begins(text: str, name: str) -> bool:
    """Does the text begin with this name as whole words?"""
    return bool(name) and text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()
