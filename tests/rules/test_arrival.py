"""Ten thousand arrivals around the deadline, through every clock change: in time exactly when they arrived before it (R16)."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from wijkcontract.rules import clock
from wijkcontract.rules.arrival import Arrival, StampedBy, moment_of, stamp
from wijkcontract.rules.window import arrived_on_time

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
CLOSES: dict[str, str] = {
    "2021-07-10": "2021-07-10T22:00:00+00:00",
    "2021-03-27": "2021-03-27T23:00:00+00:00",
    "2021-03-28": "2021-03-28T22:00:00+00:00",
    "2021-03-29": "2021-03-29T22:00:00+00:00",
    "2021-10-30": "2021-10-30T22:00:00+00:00",
    "2021-10-31": "2021-10-31T23:00:00+00:00",
    "2024-02-28": "2024-02-28T23:00:00+00:00",
    "2024-02-29": "2024-02-29T23:00:00+00:00",
    "2023-12-31": "2023-12-31T23:00:00+00:00",
    "2024-12-31": "2024-12-31T23:00:00+00:00",
}
"""The last day, and the moment in UTC at which the window closes, worked out by hand: the days around both changes of the clock,
29 February and the day before it, and New Year."""
NOW = clock.parse_moment("2021-07-06T10:00:00")


def microseconds(moment: dt.datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def headers(moment: dt.datetime) -> list[tuple[str | None, int]]:
    """Every way to tell a moment, with the microseconds that are then known."""
    exact = microseconds(moment)
    return [
        (None, exact),
        (f"t={exact // 10**6}.{exact % 10**6:06}", exact),
        (f"{exact}", exact),
        (f"t={exact // 1000}", exact // 1000 * 1000),
        (f"{exact // 10**6}.{exact // 1000 % 1000:03}", exact // 1000 * 1000),
    ]


def test_of_ten_thousand_arrivals_none_is_judged_wrongly() -> None:
    chance = random.Random(16)  # noqa: S311 - the same arrivals each time
    tried, wrong = 0, []
    for day, closing in CLOSES.items():
        closes = dt.datetime.fromisoformat(closing)
        offsets = [0, -1, 1, -1000, 1000, *(chance.randint(-5_000_000, 5_000_000) for _ in range(195))]
        for offset in offsets:
            arrives = closes + offset * MICROSECOND
            for header, known in headers(arrives):
                late = dt.timedelta(microseconds=chance.randint(0, 30_000_000)) if header else dt.timedelta()
                found = stamp(header, (arrives + late).astimezone(clock.BRUSSELS))
                is_in_time = arrived_on_time(moment_of(found, clock.now()), dt.date.fromisoformat(day))
                if microseconds(found.at) != known or is_in_time != (known < microseconds(closes)):
                    wrong.append((day, offset, header))
                tried += 1
    assert (tried, wrong) == (10_000, [])


@pytest.mark.parametrize(
    "header",
    ["", "morgen", "t=", "t=12", "-1625558400", "t=1625558400,t=1625558300", "1625558400 1625558300", "t=1625558400.1234567",
     "１６２５５５８４００", "99999999999999999999", "t=1625558400e3", "0x60e40a80"],
)  # fmt: skip
def test_a_stamp_that_names_no_moment_leaves_the_clock_of_the_product(header: str) -> None:
    found = stamp(header, NOW)
    assert (found.at, found.by) == (NOW, StampedBy.APPLICATION)
    assert found.ignored


def stamped(seconds: float) -> Arrival:
    return stamp(f"t={NOW.timestamp() + seconds:.3f}", NOW)


def test_a_front_door_is_believed_for_ten_minutes_and_never_ahead_of_the_clock() -> None:
    assert stamped(-600).at == NOW - dt.timedelta(minutes=10)
    assert stamped(-600).by is StampedBy.FRONT_DOOR
    assert stamped(-600.001) == Arrival(NOW, StampedBy.APPLICATION, "too old")
    assert stamped(0.001) == Arrival(NOW, StampedBy.APPLICATION)
    assert stamped(60) == Arrival(NOW, StampedBy.APPLICATION, "ahead of the clock")


def test_in_the_hour_that_comes_twice_the_earlier_moment_counts() -> None:
    arrives = dt.datetime(2021, 10, 31, 0, 59, 50, tzinfo=dt.UTC)
    found = stamp(f"{arrives.timestamp():.3f}", (arrives + dt.timedelta(seconds=15)).astimezone(clock.BRUSSELS))
    now = (arrives + dt.timedelta(seconds=20)).astimezone(clock.BRUSSELS)
    assert f"{moment_of(found, now):%H.%M.%S %z}" == "02.59.50 +0200"
    assert f"{now:%H.%M.%S %z}" == "02.00.10 +0100"


def test_a_moment_without_a_time_zone_is_no_arrival() -> None:
    with pytest.raises(ValueError, match="tijdzone"):
        stamp(None, dt.datetime(2021, 7, 6, 10))  # noqa: DTZ001 - the fault itself
