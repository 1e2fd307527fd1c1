"""Answers of policies, and the errors that operations raise: each carries a Dutch sentence for the person who asked."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Verdict:
    """May this be done? When not, `reason` says why, in a sentence that may be shown."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def refuse(reason: str) -> Verdict:
    """A verdict that says no, with the reason to show."""
    return Verdict(allowed=False, reason=reason)


class NotVisible(Exception):
    """The object does not exist for this actor: shown as a 404, never as a 403 (access.md)."""


class Refused(Exception):
    """The actor may see the object but not do this: shown as a 403 page with the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Fault:
    """One thing wrong with what was typed: `where` is the field's name, empty for the whole."""

    where: str
    message: str


@dataclass
class Invalid(Exception):
    """What was asked is not possible as typed; carries every fault at once."""

    faults: list[Fault] = field(default_factory=list)

    def __str__(self) -> str:
        return " ".join(fault.message for fault in self.faults)

    @classmethod
    def because(cls, message: str, where: str = "") -> Invalid:
        return cls([Fault(where, message)])


def require(verdict: Verdict) -> None:
    """Raise Refused with the verdict's reason unless it allows."""
    if not verdict.allowed:
        raise Refused(verdict.reason)
