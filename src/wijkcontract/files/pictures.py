"""Pictures are walked part by part and never decoded: how large they would be, and whether something else hides in them.

Nothing is unpacked, so that a picture of a billion points costs no more than its file (threats.md row 10, decision 0031).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from wijkcontract.rules.verdicts import Invalid

MAX_POINTS: Final = 120_000_000
"""A camera of 108 million points still comes in; a screen needs 2 million."""
MAX_PARTS: Final = 20_000
PNG_START: Final = 8
PNG_PART: Final = 12
PNG_ANIMATION: Final = frozenset({b"acTL", b"fcTL", b"fdAT"})
JPEG_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
JPEG_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
START_OF_SCAN: Final = 0xDA
END_OF_IMAGE: Final = 0xD9


def check_png(name: str, content: bytes) -> None:
    """A PNG is whole, stands still, is not too large, and nothing follows it. Raises Invalid."""
    kinds: list[bytes] = []
    end = PNG_START
    for kind, data, ended in _png_parts(name, content):
        if not kinds and (kind != b"IHDR" or len(data) != 13):
            raise _broken(name)
        if kind == b"IHDR":
            check_points(name, *struct.unpack(">II", data[:8]))
        if kind in PNG_ANIMATION:
            raise Invalid.because(f"{name} is een bewegend beeld. Bewaar het als een gewone foto.", "file")
        kinds.append(kind)
        if kind == b"IEND":
            end = ended
            break
    if b"IDAT" not in kinds or kinds[-1] != b"IEND":
        raise _broken(name)
    if end != len(content):
        raise _more(name)


def _png_parts(name: str, content: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """The parts of a PNG with where each ends; every one whole and with its checksum."""
    at = PNG_START
    for _ in range(MAX_PARTS):
        head = content[at : at + 8]
        if len(head) < 8:
            raise _broken(name)
        length, kind = struct.unpack(">I4s", head)
        data = content[at + 8 : at + 8 + length]
        sum_ = content[at + 8 + length : at + PNG_PART + length]
        if len(sum_) < 4 or struct.unpack(">I", sum_)[0] != zlib.crc32(data, zlib.crc32(kind)):
            raise _broken(name)
        at += PNG_PART + length
        yield kind, data, at
    raise _broken(name)


def check_jpeg(name: str, content: bytes) -> None:
    """A JPEG has a frame that is not too large, a scan and an end. What a camera adds behind it may stay. Raises Invalid."""
    at, has_frame = 2, False
    for _ in range(MAX_PARTS):
        if len(content) < at + 4 or content[at] != 0xFF:
            raise _broken(name)
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in JPEG_ALONE:
            at += 2
            continue
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        if marker in JPEG_FRAMES:
            if length < 8 or len(content) < at + 9:
                raise _broken(name)
            check_points(name, *struct.unpack(">HH", content[at + 5 : at + 9]))
            has_frame = True
        if marker == START_OF_SCAN:
            break
        if marker == END_OF_IMAGE or length < 2:
            raise _broken(name)
        at += 2 + length
    if not has_frame or bytes((0xFF, END_OF_IMAGE)) not in content[at:]:
        raise _broken(name)


def check_points(name: str, one_way: int, other_way: int) -> None:
    """Raises Invalid for a picture of no points, or of more than anybody looks at."""
    if not one_way or not other_way:
        raise _broken(name)
    if one_way * other_way > MAX_POINTS:
        raise Invalid.because(
            f"{name} is {one_way} bij {other_way} beeldpunten: te groot. Verklein de foto en probeer opnieuw.", "file"
        )


def _broken(name: str) -> Invalid:
    return Invalid.because(f"{name} is beschadigd of onvolledig. Bewaar de foto opnieuw en probeer nog eens.", "file")


def _more(name: str) -> Invalid:
    return Invalid.because(f"{name} bevat meer dan een foto. Open de foto en bewaar ze opnieuw als png of jpg.", "file")
