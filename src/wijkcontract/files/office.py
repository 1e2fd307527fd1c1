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
"""Of all parts of text together: half a million rows, and no more than two seconds of looking."""
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
RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
OUTSIDE: Final = re.compile(rb"""TargetMode\s*=\s*["']External["']""", re.IGNORECASE)
HYPERLINK: Final = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""", re.IGNORECASE)
TARGET: Final = re.compile(rb"""\bTarget\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
SCHEME: Final = re.compile(rb"^\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SCHEMES: Final = frozenset({b"http", b"https", b"mailto", b"tel", b"ftp", b"file"})
FIELD: Final = re.compile(rb"<w:instrText[^>]*>([^<]*)<|w:instr\s*=\s*\"([^\"]*)\"")
FETCHING_FIELD: Final = re.compile(rb"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|MACROBUTTON)\b", re.IGNORECASE)
FORMULA: Final = re.compile(rb"<f\b[^>]*>([^<]*)<")
QUOTED: Final = re.compile(rb"(?:\"|&quot;).*?(?:\"|&quot;)")
FETCHING_FORMULA: Final = re.compile(rb"\||\b(?:WEBSERVICE|CALL|REGISTER|EXEC|RTD)\s*\(", re.IGNORECASE)
SCRIPT: Final = re.compile(rb"<(?:\w+:)?(?:script|foreignObject)\b|\bon[a-z]+\s*=", re.IGNORECASE)
DIRECTORY_END: Final = b"PK\x05\x06"
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
    reason = _Reader(ending).reason(content, is_inner=False)
    if reason:
        raise Invalid.because(f"{name} {WHY[reason]}", "file")


class _Reader:
    """Looks at one office file and at the workbooks inside it."""

    def __init__(self, ending: str) -> None:
        self.ending = ending
        self.fields: list[bytes] = []

    def reason(self, content: bytes, *, is_inner: bool) -> str:
        """Why the file may not come in; empty when it may."""
        try:
            reason = _directory(content)
            if reason:
                return reason
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = archive.infolist()
                reason = _entries(entries, MAIN_PART[self.ending], len(content))
                if reason:
                    return reason
                found = (self._part(archive, entry, is_inner=is_inner) for entry in entries)
                return next((one for one in found if one), "") or self._assembled()
        except UNREADABLE:
            return "broken"

    def _part(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, is_inner: bool) -> str:
        """Unpack one part, which also compares its checksum, and look at it."""
        name = entry.filename.lower()
        if name.endswith(TEXTS) or name == CONTENT_TYPES:
            return self._text(name, _whole(archive, entry))
        with archive.open(entry) as stream:
            start = stream.read(16)
            if name.endswith(".xlsx") and not is_inner and entry.file_size <= MAX_INNER:
                return "inner" if _Reader("xlsx").reason(_whole(archive, entry), is_inner=True) else ""
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
        if name == CONTENT_TYPES and any(one in text.lower() for one in MACRO_TYPES):
            return "macro"
        if name.endswith(".rels"):
            return _relations(text)
        if name.endswith(".svg") and SCRIPT.search(text):
            return "inner"
        if name.startswith("word/"):
            self.fields += (one[1] or one[2] for one in FIELD.finditer(text))
        if name.startswith("xl/") and any(
            FETCHING_FORMULA.search(QUOTED.sub(b"", one[1])) for one in FORMULA.finditer(text)
        ):
            return "link"
        return ""

    def _assembled(self) -> str:
        """Fields of Word, whose code may lie in pieces."""
        code = b"".join(self.fields)
        return "link" if FETCHING_FIELD.search(code) else ""


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
    if entries > MAX_ENTRIES or size > MEGABYTE:
        return "large"
    return "names" if at + 22 + comment != len(content) else ""


def _entries(entries: list[zipfile.ZipInfo], main: str, packed: int) -> str:
    """What the list tells, before anything is unpacked; sizes come first, for a bomb is never opened."""
    names = [entry.filename.lower() for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    text = sum(entry.file_size for entry in entries if entry.filename.lower().endswith(TEXTS))
    if text > MAX_TEXT or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
        return "large"
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


def _relations(text: bytes) -> str:
    """A link to a page may stand; everything else that is fetched from outside may not."""
    for relation in RELATION.findall(text):
        target = TARGET.search(relation)
        scheme = SCHEME.match(target[1]) if target else None
        if scheme and scheme[1].lower() not in SCHEMES:
            return "link"
        if OUTSIDE.search(relation) and not HYPERLINK.search(relation):
            return "link"
    return ""
