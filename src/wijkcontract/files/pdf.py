"""A PDF is read for the names of what it can do, in its own bytes and in its packed objects; nothing of it is shown or run.

A small reader of our own instead of a library for PDF: it has a limit for everything it unpacks, and no code in another language
ever sees the bytes of a stranger (threats.md row 10, decision 0031).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from wijkcontract.rules.verdicts import Invalid

END: Final = b"%%EOF"
NEAR_THE_END: Final = 2048
MAX_OBJECTS_UNPACKED: Final = 32 * 1024 * 1024
MAX_PACKED_READ: Final = 64 * 1024 * 1024
"""Of all streams together, each up to where it ends: more than any file has whose streams lie beside each other."""
MAX_STREAMS: Final = 50_000
PIECE: Final = 4 * 1024
ENCRYPTED: Final = b"/Encrypt"
PRINT_IT: Final = "Druk het af naar een nieuwe pdf en voeg die toe."
ACTIVE: Final[dict[bytes, str]] = {
    b"/JavaScript": "een programma (JavaScript)",
    b"/Launch": "een opdracht die een ander programma start",
    b"/EmbeddedFile": "een ander bestand",
    b"/EmbeddedFiles": "een ander bestand",
    b"/RichMedia": "beeld of geluid dat afspeelt",
    b"/Rendition": "beeld of geluid dat afspeelt",
    b"/XFA": "een formulier dat zichzelf verandert",
    b"/SubmitForm": "een formulier dat gegevens verstuurt",
    b"/ImportData": "een opdracht die gegevens inleest",
    b"/GoToE": "een ander bestand",
    b"/FileAttachment": "een ander bestand",
    ENCRYPTED: "een wachtwoord of beveiliging",
}
NAMES: Final = re.compile(b"(?:%s)(?=[\\s/<>\\[\\]()%%{}]|$)" % b"|".join(sorted(ACTIVE, reverse=True)))
STRUCTURE: Final = (b"/ObjStm", b"/First", b"/Filter", b"/FlateDecode", b"/Type", b"/Length")
ESCAPED: Final = re.compile(rb"/[^\s/<>\[\]()%{}#]*#[0-9A-Fa-f]{2}[^\s/<>\[\]()%{}]*")
HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
HEAD: Final = 4096
PACKED: Final = re.compile(rb"/ObjStm\b")
FILTER: Final = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])(?=[\s/<>])")


def check_pdf(name: str, content: bytes) -> None:
    """A PDF is whole, has no password, starts nothing and carries nothing. Raises Invalid with what it holds."""
    if END not in content[-NEAR_THE_END:]:
        raise Invalid.because(f"{name} is onvolledig. Bewaar het opnieuw als pdf en probeer nog eens.", "file")
    for text in _readable(name, content):
        found = _active(text)
        if found == ENCRYPTED:
            raise Invalid.because(f"{name} heeft een wachtwoord of beveiliging. Bewaar het zonder.", "file")
        if found in STRUCTURE:
            raise _unusual(name)
        if found:
            raise Invalid.because(f"{name} bevat {ACTIVE[found]}. {PRINT_IT}", "file")


def _readable(name: str, content: bytes) -> Iterator[bytes]:
    """The bytes themselves, then each stream of packed objects, unpacked; together no more than the limits."""
    yield content
    unpacker, opened = _Unpacker(content), 0
    for number, start in enumerate(STREAM.finditer(content)):
        if number >= MAX_STREAMS:
            raise Invalid.because(f"{name} heeft te veel onderdelen. {PRINT_IT}", "file")
        before = content[max(0, start.start() - HEAD) : start.start()]
        head = before[before.rfind(b"obj") :]
        is_packed = PACKED.search(head) is not None
        if not is_packed and b"/First" not in before:
            continue
        opened += is_packed
        if is_packed and b"/Filter" not in head:
            continue
        if is_packed and (not FILTER.search(head) or head.count(b"/Filter") > 1 or b"/Predictor" in head):
            raise _unusual(name)
        text = unpacker.text(start.end())
        if text is None and is_packed:
            raise Invalid.because(f"{name} is beschadigd. Bewaar het opnieuw als pdf en probeer nog eens.", "file")
        if unpacker.is_spent:
            raise Invalid.because(f"{name} is uitgepakt te groot. {PRINT_IT}", "file")
        yield text or b""
    if opened < len(PACKED.findall(content)):
        raise _unusual(name)


class _Unpacker:
    """Unpacks streams of one file, within what all of them together may give and may take."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.given = self.taken = 0

    @property
    def is_spent(self) -> bool:
        return self.given >= MAX_OBJECTS_UNPACKED or self.taken >= MAX_PACKED_READ

    def text(self, at: int) -> bytes | None:
        """What the stream at this place holds, up to the limits; None when it is packed in another way."""
        machine = zlib.decompressobj()
        text = bytearray()
        try:
            while not machine.eof and at < len(self.content) and not self.is_spent:
                piece = self.content[at : at + PIECE]
                self.taken += len(piece)
                found = machine.decompress(piece, MAX_OBJECTS_UNPACKED - self.given)
                self.given += len(found)
                text += found
                at += PIECE
        except zlib.error:
            return None
        self.taken -= len(machine.unused_data)
        return bytes(text)


def _unusual(name: str) -> Invalid:
    return Invalid.because(f"{name} is ongewoon gemaakt. {PRINT_IT}", "file")


def _active(text: bytes) -> bytes:
    """The first name of something that a document must not do, or a name of its structure that is written in a hidden way."""
    found = NAMES.search(text)
    if found:
        return found[0]
    for escaped in ESCAPED.finditer(text):
        plain = HEX.sub(lambda code: bytes([int(code[1], 16)]), escaped[0])
        if plain in ACTIVE or plain in STRUCTURE:
            return plain
    return b""
