"""The frame of every write of the product, and the log that it leaves.

An operation is a keyword-only function whose first argument is the actor. It runs in one transaction, checks policy, writes, and
records what happened inside that same transaction. An operation that records nothing is a fault and rolls back.
A save of a few words is history, not audit (decision 0020): it may be recorded by a `HistoryRow` of its room instead.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import models, transaction

from wijkcontract.audit.chain import GENESIS, chain_digest
from wijkcontract.audit.models import Event, Seal
from wijkcontract.rules import clock

P = ParamSpec("P")
R = TypeVar("R")

_recorded: ContextVar[int] = ContextVar("recorded_events", default=0)


class ActorLike(Protocol):
    """What the log needs to know of an actor; `accounts` gives the real one."""

    @property
    def person_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def organisation_id(self) -> str: ...


class NothingRecorded(Exception):
    """An operation ended without an audit event and without a row of history: a fault in the program."""


class HistoryRow(models.Model):
    """A row that records a write as an event does: who, when and what. Only rows of this kind count, see `record_in`."""

    class Meta:
        abstract = True


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Make a write out of `function`: one transaction around it, and at least one audit event (or row of history) inside it.

    Raises TypeError at import when the signature is not `(*, actor, ...)`, NothingRecorded when nothing was recorded.
    """
    parameters = list(inspect.signature(function).parameters.values())
    if not parameters or parameters[0].name != "actor" or any(p.kind is not p.KEYWORD_ONLY for p in parameters):
        raise TypeError(f"{function.__qualname__} must be keyword-only and take the actor first")

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            before = _recorded.get()
            answer = function(*args, **kwargs)
            if _recorded.get() == before:
                raise NothingRecorded(function.__qualname__)
            return answer

    run.is_operation = True  # type: ignore[attr-defined]  # read by the repository test
    return run


def record(actor: ActorLike, verb: str, subject: models.Model, **data: Any) -> Event:  # noqa: ANN401 - any JSON value
    """Write that `actor` did `verb` (`room.past_tense`, e.g. `calls.launched`) to `subject`; `data` must be JSON."""
    event = Event.objects.create(
        at=clock.now(),
        actor_id=actor.person_id,
        actor_name=actor.name,
        organisation_id=actor.organisation_id,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        data=data,
    )
    _recorded.set(_recorded.get() + 1)
    return event


def record_in(row: HistoryRow) -> None:
    """Write this row of history and let it count as the record of the operation."""
    row.save()
    _recorded.set(_recorded.get() + 1)


def nothing_changed() -> None:
    """Say that everything asked already stood as asked, so that there is nothing to record: the repeat of a save."""
    _recorded.set(_recorded.get() + 1)


def seal() -> int:
    """Chain every event that has no place in the chain yet; returns how many. Run after commit, by one process."""
    with transaction.atomic():
        last = Seal.objects.order_by("-position").first()
        position, digest = (last.position, last.digest) if last else (0, GENESIS)
        count = 0
        for event in Event.objects.filter(seal=None).order_by("id"):
            position, digest, count = position + 1, chain_digest(digest, event), count + 1
            Seal.objects.create(position=position, event=event, digest=digest)
        return count
