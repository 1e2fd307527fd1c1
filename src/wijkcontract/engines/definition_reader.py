"""Reads one table of a definition key by key and gathers every fault with its place, in Dutch."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, TypeVar

Choice = TypeVar("Choice", bound=StrEnum)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")


class Reader:
    """The keys of one table. Each method reads one key; `done` names the keys that nobody asked for.

    A value that is wrong becomes a fault, and something harmless of the right type is given back so that reading goes on.
    """

    def __init__(self, data: Mapping[str, Any], where: str, faults: list[str]) -> None:
        self._data, self._where, self._faults = data, where, faults
        self._asked: set[str] = set()

    def _fault(self, key: str, message: str) -> None:
        self._faults.append(f"{self._where}/{key}: {message}")

    def _value(self, key: str, *, needed: bool) -> Any:  # noqa: ANN401 - TOML decides
        self._asked.add(key)
        if key not in self._data and needed:
            self._fault(key, "dit is verplicht en ontbreekt.")
        return self._data.get(key)

    def done(self) -> None:
        """Name the keys that do not exist: a misspelt choice must not be lost."""
        for key in self._data:
            if key not in self._asked:
                self._fault(key, f"dit bestaat niet. Hier kan staan: {', '.join(sorted(self._asked))}.")

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it is needed and not empty."""
        value = self._value(key, needed=default is None)
        if value is None:
            return default or ""
        if not isinstance(value, str) or (default is None and not value.strip()):
            self._fault(key, "hier hoort tekst, tussen aanhalingstekens.")
            return ""
        return value

    def name(self, key: str) -> str:
        """A code that can be part of a column name."""
        value = self.text(key)
        if value and not _NAME.fullmatch(value):
            self._fault(key, f"'{value}' mag alleen kleine letters, cijfers en _ bevatten en begint met een letter.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts with at least one; needed."""
        value = self._value(key, needed=True)
        if value is None:
            return ()
        if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
            self._fault(key, "hier hoort een lijst van teksten met minstens een.")
            return ()
        return tuple(value)

    def number(self, key: str, default: float | None, lowest: float, highest: float) -> float:
        """A number within bounds; without a default it is needed."""
        value = self._value(key, needed=default is None)
        if value is None:
            return default if default is not None else lowest
        if isinstance(value, bool) or not isinstance(value, int | float) or not lowest <= value <= highest:
            self._fault(key, f"hier hoort een getal van {lowest:g} tot {highest:g}.")
            return lowest
        return float(value)

    def whole(self, key: str, default: int, lowest: int, highest: int) -> int:
        """A whole number within bounds."""
        value = self._value(key, needed=False)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            self._fault(key, f"hier hoort een geheel getal van {lowest} tot {highest}.")
            return default
        return value

    def numbers(self, key: str, default: Sequence[float]) -> tuple[float, ...]:
        """A list of finite numbers."""
        value = self._value(key, needed=False)
        if value is None:
            return tuple(default)
        if not isinstance(value, list) or not all(_is_number(one) for one in value):
            self._fault(key, "hier hoort een lijst van getallen.")
            return tuple(default)
        return tuple(float(one) for one in value)

    def flag(self, key: str, *, default: bool) -> bool:
        """true or false."""
        value = self._value(key, needed=False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._fault(key, "hier hoort true of false.")
            return default
        return value

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """One of the values of an enumeration; without a default it is needed."""
        value = self._value(key, needed=default is None)
        fallback = default if default is not None else next(iter(kind))
        return fallback if value is None else self._chosen(key, value, kind, fallback)

    def choices(self, key: str, kind: type[Choice], default: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """A list of values of an enumeration, each once."""
        value = self._value(key, needed=False)
        if value is None:
            return default
        if not isinstance(value, list) or not value:
            self._fault(key, "hier hoort een lijst met minstens een waarde.")
            return default
        return tuple(dict.fromkeys(self._chosen(key, one, kind, default[0]) for one in value))

    def _chosen(self, key: str, value: object, kind: type[Choice], fallback: Choice) -> Choice:
        allowed = [str(one) for one in kind]
        if not isinstance(value, str) or value not in allowed:
            self._fault(key, f"kies een van deze waarden: {', '.join(allowed)}.")
            return fallback
        return kind(value)

    def table(self, key: str, *, needed: bool = True) -> Reader:
        """A table within this one."""
        value = self._value(key, needed=needed)
        if value is not None and not isinstance(value, dict):
            self._fault(key, "hier hoort een tabel.")
        return Reader(value if isinstance(value, dict) else {}, f"{self._where}/{key}", self._faults)

    def tables(self, key: str, *, needed: bool = False) -> list[Reader]:
        """A list of tables within this one; at least one when needed."""
        value = self._value(key, needed=needed)
        if value is None:
            return []
        if not isinstance(value, list) or (needed and not value) or not all(isinstance(one, dict) for one in value):
            self._fault(key, "hier hoort een lijst van tabellen.")
            return []
        return [Reader(one, f"{self._where}/{key}/{place}", self._faults) for place, one in enumerate(value)]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
