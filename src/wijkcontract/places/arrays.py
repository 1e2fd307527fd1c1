"""Numbers as the database keeps them: little-endian arrays, without a header, in the order of a list of areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from wijkcontract.places.models import FigureColumn

Floats: TypeAlias = NDArray[np.float64]
Marks: TypeAlias = NDArray[np.uint8]
Bools: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one indicator and year for a list of areas. NaN is absent; `missing` and `hidden` (enums) say why."""

    value: Floats
    numerator: Floats
    denominator: Floats
    lower: Floats
    upper: Floats
    missing: Marks
    hidden: Marks

    def published(self) -> Figures:
        """The same with every hidden figure taken out; what leaves the room."""
        shown = self.hidden == 0
        return Figures(
            np.where(shown, self.value, np.nan),
            np.where(shown, self.numerator, np.nan),
            np.where(shown, self.denominator, np.nan),
            np.where(shown, self.lower, np.nan),
            np.where(shown, self.upper, np.nan),
            self.missing,
            self.hidden,
        )

    @classmethod
    def of(cls, value: Floats, numerator: Floats, denominator: Floats, missing: Marks) -> Figures:
        """Figures without confidence bounds, of which nothing is hidden yet."""
        blank = np.full(len(value), np.nan)
        return cls(value, numerator, denominator, blank, blank, missing, np.zeros(len(value), dtype=np.uint8))

    def take(self, rows: NDArray[np.intp]) -> Figures:
        """The figures of some areas, in the order asked."""
        return Figures(
            self.value[rows], self.numerator[rows], self.denominator[rows], self.lower[rows], self.upper[rows],
            self.missing[rows], self.hidden[rows],
        )  # fmt: skip


def pack(numbers: Floats) -> bytes:
    """The bytes of an array; none when every number is absent."""
    if np.isnan(numbers).all():
        return b""
    return np.ascontiguousarray(numbers, dtype="<f8").tobytes()


def unpack(content: Any, count: int) -> Floats:  # noqa: ANN401 - bytes on SQLite, a memoryview on PostgreSQL
    """`count` numbers of an array; all NaN when it was stored as absent."""
    if not len(content):
        return np.full(count, np.nan)
    return np.frombuffer(content, dtype="<f8").astype(np.float64, copy=False)


def unpack_marks(content: Any) -> Marks:  # noqa: ANN401 - as `unpack`
    return np.frombuffer(content, dtype=np.uint8)


def read(column: FigureColumn) -> Figures:
    """A stored column as arrays, hidden figures included: the caller publishes it."""
    missing = unpack_marks(column.missing)
    count = len(missing)
    return Figures(
        unpack(column.value, count), unpack(column.numerator, count), unpack(column.denominator, count),
        unpack(column.lower, count), unpack(column.upper, count), missing, unpack_marks(column.hidden),
    )  # fmt: skip
