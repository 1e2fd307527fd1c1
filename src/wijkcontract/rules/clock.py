"""The one clock of the product, in Europe/Brussels.

Production follows the server. Demonstration and tests may freeze or shift the clock; `is_set` then
tells the screens to show a banner. Reading `WIJKCONTRACT_NOW` is the work of the configuration.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

BRUSSELS: Final = ZoneInfo("Europe/Brussels")


class _Clock:
    """Either follows the server, stands still at a moment, or ticks on from a shifted start."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._fixed: datetime | None = None
        self._shift: timedelta | None = None

    def now(self) -> datetime:
        with self._lock:
            if self._fixed is not None:
                return self._fixed
            moment = datetime.now(UTC) + (self._shift or timedelta())
        return moment.astimezone(BRUSSELS)

    def set(self, fixed: datetime | None, shift: timedelta | None) -> None:
        with self._lock:
            self._fixed = fixed
            self._shift = shift

    def setting(self) -> tuple[datetime | None, timedelta | None]:
        with self._lock:
            return self._fixed, self._shift


_CLOCK: Final = _Clock()


def now() -> datetime:
    """The present moment, aware, in Brussels time."""
    return _CLOCK.now()


def today() -> date:
    """The present day in Brussels."""
    return now().date()


def day_of(moment: datetime) -> date:
    """The day in Brussels of an aware moment; what the database gives back is in UTC."""
    return moment.astimezone(BRUSSELS).date()


def freeze(moment: datetime) -> None:
    """Let the clock stand still at an aware moment. Raises ValueError for a naive one."""
    _CLOCK.set(_in_brussels(moment), None)


def start_at(moment: datetime) -> None:
    """Shift the clock to an aware moment and let it tick on. Raises ValueError for a naive one."""
    _CLOCK.set(None, _in_brussels(moment).astimezone(UTC) - datetime.now(UTC))


def release() -> None:
    """Follow the server again."""
    _CLOCK.set(None, None)


def is_set() -> bool:
    """True when the clock does not follow the server; every page then shows a banner."""
    return _CLOCK.setting() != (None, None)


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Freeze the clock for the length of a `with` block and put the earlier setting back."""
    before = _CLOCK.setting()
    freeze(moment)
    try:
        yield now()
    finally:
        _CLOCK.set(*before)


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 moment; without an offset it is Brussels time, without an hour midnight.

    Raises ValueError with a Dutch sentence when the text is no moment.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(
            f"'{text}' is geen geldig tijdstip. Schrijf het als 2021-07-10T14:30:00 of als 2021-07-10."
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=BRUSSELS)
    return _in_brussels(moment)


def _in_brussels(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("Een tijdstip voor de klok moet een tijdzone hebben.")
    return moment.astimezone(UTC).astimezone(BRUSSELS)
