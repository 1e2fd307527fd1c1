"""The moment a request arrived: as a trusted front door stamped it, else as the product's own clock saw it (R16, threats.md row 2).

A front door may know earlier than a busy worker that somebody was in time. It is believed for ten minutes back, never ahead of
the product's clock. Only the middleware of the front door calls `stamp`, so that no page can name a moment of its own.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from wijkcontract.rules.clock import BRUSSELS

OLDEST: Final = timedelta(minutes=10)
LARGEST_SKEW: Final = timedelta(seconds=2)
_EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_SECONDS: Final = re.compile(r"(?:t=)?([0-9]{10})(?:\.([0-9]{1,6}))?")
_MILLISECONDS: Final = re.compile(r"(?:t=)?([0-9]{13})(?:\.([0-9]{1,3}))?")
_MICROSECONDS: Final = re.compile(r"(?:t=)?([0-9]{16})")


class StampedBy(StrEnum):
    """Whose clock a moment of arrival is from."""

    FRONT_DOOR = "front_door"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a request arrived, in Brussels, and whose clock said so. `ignored` says why a stamp was not believed."""

    at: datetime
    by: StampedBy
    ignored: str = ""


def stamp(header: str | None, first_seen_at: datetime) -> Arrival:
    """The arrival of a request that the product first saw at an aware moment.

    `header` is the `X-Request-Start` of a trusted front door: `t=1700000000.123`, or the same in milliseconds or microseconds;
    None without one. Raises ValueError for a moment without a time zone.
    """
    if first_seen_at.tzinfo is None:
        raise ValueError("Een moment van aankomst moet een tijdzone hebben.")
    seen = first_seen_at.astimezone(BRUSSELS)
    if header is None:
        return Arrival(seen, StampedBy.APPLICATION)
    stamped = _moment(header.strip())
    if stamped is None:
        return Arrival(seen, StampedBy.APPLICATION, "no moment in it")
    early = first_seen_at - stamped
    if early < timedelta():
        ignored = "ahead of the clock" if -early > LARGEST_SKEW else ""
        return Arrival(seen, StampedBy.APPLICATION, ignored)
    if early > OLDEST:
        return Arrival(seen, StampedBy.APPLICATION, "too old")
    return Arrival(stamped.astimezone(BRUSSELS), StampedBy.FRONT_DOOR)


def moment_of(arrival: Arrival | None, now: datetime) -> datetime:
    """The moment that counts for a request: its arrival, and never later than now. Without an arrival, now."""
    if arrival is None:
        return now
    # In UTC: within one time zone Python compares what the clock on the wall says, and in October an hour comes twice.
    return min(arrival.at, now, key=lambda moment: moment.astimezone(UTC))


def _moment(text: str) -> datetime | None:
    """The moment that a stamp names, exact to the microsecond; its length tells the unit."""
    for shape, digits in ((_SECONDS, 6), (_MILLISECONDS, 3), (_MICROSECONDS, 0)):
        if found := shape.fullmatch(text):
            fraction = (found.group(2) or "") if digits else ""
            return _EPOCH + timedelta(microseconds=int(found.group(1) + fraction.ljust(digits, "0")))
    return None
