"""What the components draw: small typed values that a view makes and a template tag shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of "what is missing". `kind` is block, flag, ok or wait; `url` points to the field."""

    message: str
    kind: str = "block"
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One section of a dossier. `state` is done, busy, block, flag, closed or empty (not started)."""

    label: str
    url: str = ""
    state: str = ""
    note: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """One point in time, past or to come. `state` is done, here or empty (still to come)."""

    label: str
    when: dt.datetime | dt.date | str = ""
    text: str = ""
    state: str = "done"


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure, already written for people."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: a crumb (no address for the last one) or a tab."""

    label: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Dossier:
    """The bar under the header: where am I, what is it called, how does it stand.

    `heading` False makes the title plain text, for a page whose own first heading is in the content.
    """

    title: str
    crumbs: Sequence[Link] = ()
    state: str = ""
    state_label: str = ""
    meta: str = ""
    tabs: Sequence[Link] = ()
    tabs_label: str = "Dossier"
    heading: bool = True


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, on a home page. `kind` is block, flag, wait or empty."""

    title: str
    url: str = ""
    text: str = ""
    kind: str = ""
    icon: str = "pen"
    when: str = ""
    note: str = ""
