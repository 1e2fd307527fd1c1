"""What must always hold of live data: each room adds its checks at start; an operator runs them nightly and after a restore."""

from __future__ import annotations

from collections.abc import Callable

from wijkcontract.audit.queries import broken_seals

Check = Callable[[], list[str]]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check under a name; it returns a Dutch sentence per thing that does not hold."""
    _checks[name] = check


def names() -> list[str]:
    return sorted(_checks)


def run_all() -> list[str]:
    """The sentences of every check, in the order of their names; empty when all holds."""
    return [sentence for name in names() for sentence in _checks[name]()]


def chain_is_intact() -> list[str]:
    """The hash chain of the log follows from its events (threats.md row 27)."""
    return [f"Logboek: plaats {position} in de keten klopt niet." for position in broken_seals()]


register("logboek", chain_is_intact)
