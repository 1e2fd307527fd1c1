"""A docx or xlsx is unpacked within limits and read part by part: no program, no macro, no link that fetches, no bomb.

Each part is read whole at most once; nothing is resolved, evaluated or drawn (threats.md row 10, decision 0031).
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from typing import Final

from wijkcontract.rules.verdicts import Invalid

MEGABYTE: Final = 1024 * 1024
MAX_UNPACKED: Final = 200 * MEGABYTE
MAX_TEXT: Final = 48 * MEGABYTE
"""Of all parts of text together, workbooks inside too: half a million rows, and no more than two seconds of looking."""
MAX_INNER: Final = 8 * MEGABYTE
MAX_RATIO: Final = 100
MAX_ENTRIES: Final = 5_000
PIECE: Final = MEGABYTE
MAIN_PART: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
CONTENT_TYPES: Final = "[content_types].xml"
MACROS: Final = ("vbaproject", "vbadata", "activex", "macrosheets", "customui", "attachedtoolbars", "dialogsheets")
MACRO_TYPES: Final = (b"macroenabled", b"vbaproject", b"macrosheet", b"intlmacrosheet")
OTHER_FILES: Final = (
    ".exe", ".dll", ".com", ".scr", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".bat", ".cmd", ".ps1", ".jar", ".msi",
    ".lnk", ".html", ".htm", ".mht", ".zip", ".rar", ".7z", ".docm", ".xlsm", ".pdf", ".php", ".sh", ".py", ".swf",
)  # fmt: skip
OTHER_STARTS: Final = (
    b"MZ",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"%PDF-",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"#!",
    b"FWS",
    b"CWS",
)
TEXTS: Final = (".xml", ".rels", ".vml", ".svg", ".txt")
ENTITIES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)["']""", re.IGNORECASE)
ENCODINGS: Final = frozenset({b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
INSIDE: Final = rb"""(?:[^<>"']++|"[^<"]*+"|'[^<']*+')*+"""
"""Of a tag: a raw < cannot stand there, so that a tag without an end costs no more than the way to the next one."""
RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b" + INSIDE + rb"(?P<end>>?)", re.IGNORECASE)
OUTSIDE: Final = re.compile(rb"""TargetMode\s*=\s*["']External["']""", re.IGNORECASE)
HYPERLINK: Final = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""", re.IGNORECASE)
TARGET: Final = re.compile(rb"""\bTarget\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
SCHEME: Final = re.compile(rb"^\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SCHEMES: Final = frozenset({b"http", b"https", b"mailto", b"tel", b"ftp", b"file"})
FIELD: Final = re.compile(
    rb"<(?:\w+:)?instrText\b" + INSIDE + rb"(?P<end>>?)(?P<code>[^<]*+)"
    rb"|:instr\s*=\s*(?P<simple>\"[^\"]*+\"|'[^']*+')"
)
FETCHING_FIELD: Final = re.compile(rb"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|MACROBUTTON)\b", re.IGNORECASE)
FORMULA: Final = re.compile(rb"<(?:\w+:)?f\b" + INSIDE + rb"(?P<end>>?)(?P<code>[^<]*+)")
QUOTED: Final = re.compile(rb"(?:\"|&quot;).*?(?:\"|&quot;)")
FETCHING_FORMULA: Final = re.compile(rb"\||\b(?:WEBSERVICE|CALL|REGISTER|EXEC|RTD)\s*\(", re.IGNORECASE)
SCRIPT: Final = re.compile(rb"<(?:\w+:)?(?:script|foreignObject)\b|\bon[a-z]+\s*=", re.IGNORECASE)
REFERENCE: Final = re.compile(rb"&#(?:[xX]0{0,8}([0-9a-fA-F]{1,2})|0{0,8}([0-9]{1,3}));")
"""A sign of ASCII by its number. No office program writes a letter so; who does, hides a word from a reader like this one."""
DIRECTORY_END: Final = b"PK\x05\x06"
LONG_END: Final = b"PK\x06\x06"
LONG_LOCATOR: Final = b"PK\x06\x07"
"""Of Zip64: a second, longer end of the list, that programs believe over the short one."""
UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, struct.error,
)  # fmt: skip

WHY: Final = {
    "broken": "is beschadigd. Bewaar het opnieuw en probeer nog eens.",
    "password": "heeft een wachtwoord. Bewaar het zonder wachtwoord.",
    "large": "is uitgepakt te groot. Bewaar het opnieuw, zonder overbodige inhoud.",
    "other": "heeft niet de inhoud van zijn soort. Bewaar het opnieuw.",
    "macro": "bevat macro's. Bewaar het zonder macro's.",
    "inner": "bevat een ander bestand dat niet kan. Bewaar het zonder bijlagen.",
    "names": "is ongewoon ingepakt. Open het en bewaar het opnieuw.",
    "entity": "bevat een verwijzing die zichzelf vermenigvuldigt of iets ophaalt. Bewaar het opnieuw.",
    "link": "haalt iets op van een andere plaats. Verbreek de koppelingen, of plak de inhoud als tekst of foto.",
}


def check_office(name: str, content: bytes, ending: str) -> None:
    """An office file in the way of its ending. Raises Invalid with what is wrong and what to do."""
    reason = _Reader(ending).reason(content)
    if reason:
        raise Invalid.because(f"{name} {WHY[reason]}", "file")


class _Reader:
    """Looks at one office file and at the workbooks inside it."""

    def __init__(self, ending: str, outer: _Reader | None = None) -> None:
        self.ending = ending
        self.is_inner = outer is not None
        self.sizes: _Sizes = outer.sizes if outer else _Sizes()
        self.fields = bytearray()

    def reason(self, content: bytes) -> str:
        """Why the file may not come in; empty when it may."""
        try:
            reason = _directory(content)
            if reason:
                return reason
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = archive.infolist()
                if self.sizes.are_too_large_with(entries, len(content)):
                    return "large"
                reason = _entries(entries, MAIN_PART[self.ending])
                if reason:
                    return reason
                found = (self._part(archive, entry) for entry in entries)
                return next((one for one in found if one), "") or self._assembled()
        except UNREADABLE:
            return "broken"

    def _part(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
        """Unpack one part, which also compares its checksum, and look at it."""
        name = entry.filename.lower()
        if name.endswith(TEXTS) or name == CONTENT_TYPES:
            return self._text(name, _whole(archive, entry))
        with archive.open(entry) as stream:
            start = stream.read(16)
            if name.endswith(".xlsx") and not self.is_inner and entry.file_size <= MAX_INNER:
                return "inner" if _Reader("xlsx", self).reason(_whole(archive, entry)) else ""
            if start.startswith(OTHER_STARTS):
                return "inner"
            while stream.read(PIECE):
                pass
        return ""

    def _text(self, name: str, text: bytes) -> str:
        """What a part of text must not say."""
        declared = DECLARED.match(text[:200])
        if b"\x00" in text[:4] or (declared and declared[1].lower() not in ENCODINGS) or ENTITIES.search(text):
            return "entity"
        text = REFERENCE.sub(_spelled, text)
        if name == CONTENT_TYPES and any(one in text.lower() for one in MACRO_TYPES):
            return "macro"
        if name.endswith(".rels"):
            return _relations(text)
        if name.endswith(".svg") and SCRIPT.search(text):
            return "inner"
        if name.startswith("word/"):
            return self._fields(text)
        return _formulas(text) if name.startswith("xl/") else ""

    def _fields(self, text: bytes) -> str:
        """Keep the code of the fields of a part for later."""
        for one in FIELD.finditer(text):
            if one["end"] == b"":
                return "broken"
            self.fields += one["code"] or (one["simple"] or b"")[1:-1]
        return ""

    def _assembled(self) -> str:
        """Fields of Word, whose code may lie in pieces."""
        return "link" if FETCHING_FIELD.search(self.fields) else ""


def _spelled(reference: re.Match[bytes]) -> bytes:
    """The sign itself; one that markup is made of stays as it is written."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    sign = chr(number).encode() if number < 128 else b""
    return reference[0] if sign in (b"", b"<", b">", b"&", b'"', b"'") else sign


def _whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A part in full, piece by piece: read at once it is unpacked before its said size is looked at."""
    text = bytearray()
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            text += piece
    return bytes(text)


def _directory(content: bytes) -> str:
    """Look at the list of an archive before anything reads it: a list of half a million lines would fill the memory."""
    at = content.rfind(DIRECTORY_END, max(0, len(content) - 65_557))
    if at < 0:
        return "broken"
    entries, size, _, comment = struct.unpack("<HIIH", content[at + 10 : at + 22])
    if content[max(0, at - 20) : at].startswith(LONG_LOCATOR):
        (place,) = struct.unpack("<Q", content[at - 12 : at - 4])
        record = content[at - 76 : at - 20] if place == at - 76 else b""
        if not record.startswith(LONG_END):
            return "names"
        entries, size = (
            max(entries, *struct.unpack("<QQ", record[24:40])),
            max(size, *struct.unpack("<Q", record[40:48])),
        )
    if entries > MAX_ENTRIES or size > MEGABYTE:
        return "large"
    return "names" if at + 22 + comment != len(content) else ""


class _Sizes:
    """What a file and the workbooks inside it unpack to together, as their lists say; a bomb is never opened."""

    def __init__(self) -> None:
        self.unpacked = self.text = 0

    def are_too_large_with(self, entries: list[zipfile.ZipInfo], packed: int) -> bool:
        """Does one archive more, of so many packed bytes, pass a limit?"""
        own = sum(entry.file_size for entry in entries)
        self.unpacked += own
        self.text += sum(entry.file_size for entry in entries if entry.filename.lower().endswith(TEXTS))
        return self.text > MAX_TEXT or self.unpacked > MAX_UNPACKED or own > MAX_RATIO * packed


def _entries(entries: list[zipfile.ZipInfo], main: str) -> str:
    """What the list tells, before anything is unpacked."""
    names = [entry.filename.lower() for entry in entries]
    if any(entry.flag_bits & 0x1 for entry in entries):
        return "password"
    if main not in names:
        return "other"
    if any(macro in name for name in names for macro in MACROS):
        return "macro"
    if any("externallinks/" in name for name in names):
        return "link"
    if any(name.endswith(OTHER_FILES) for name in names):
        return "inner"
    if len(set(names)) < len(names) or _overlaps(entries) or any(_odd(entry) for entry in entries):
        return "names"
    return ""


def _odd(entry: zipfile.ZipInfo) -> bool:
    """Does the name of a part lead out of its folder, or is the part a link?"""
    name = entry.filename
    climbs = ".." in re.split(r"[/\\]", name) or name.startswith(("/", "\\")) or ":" in name
    return climbs or any(ord(letter) < 32 for letter in name) or stat.S_ISLNK(entry.external_attr >> 16)


def _overlaps(entries: list[zipfile.ZipInfo]) -> bool:
    """Do parts share bytes, or does something stand before the first?"""
    at = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < at or (at == 0 and entry.header_offset):
            return True
        at = entry.header_offset + 30 + entry.compress_size
    return False


def _formulas(text: bytes) -> str:
    """A formula that asks another program or another place may not stand."""
    for one in FORMULA.finditer(text):
        if not one["end"]:
            return "broken"
        if FETCHING_FORMULA.search(QUOTED.sub(b"", one["code"])):
            return "link"
    return ""


def _relations(text: bytes) -> str:
    """A link to a page may stand; everything else that is fetched from outside may not."""
    for one in RELATION.finditer(text):
        if not one["end"]:
            return "broken"
        relation = one[0]
        target = TARGET.search(relation)
        scheme = SCHEME.match(target[1]) if target else None
        if scheme and scheme[1].lower() not in SCHEMES:
            return "link"
        if OUTSIDE.search(relation) and not HYPERLINK.search(relation):
            return "link"
    return ""
