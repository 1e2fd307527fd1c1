"""Which files may come in: an allow list by ending and by first bytes (threats.md row 10). Everything else is refused."""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from wijkcontract.rules.verdicts import Invalid

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "activex")
MACRO_TYPES = (b"macroenabled", b"vbaproject")
PROGRAMS = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".jar", ".html", ".svg", ".zip")
CONTENT_TYPES = "[Content_Types].xml"
INVISIBLE = frozenset({"Cc", "Cf"})


@dataclass(frozen=True)
class Kind:
    """A kind of file that may be attached."""

    ending: str
    media_type: str
    magic: bytes


KINDS = (
    Kind("pdf", "application/pdf", b"%PDF-"),
    Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    Kind("jpg", "image/jpeg", b"\xff\xd8\xff"),
    Kind("jpeg", "image/jpeg", b"\xff\xd8\xff"),
    Kind("png", "image/png", b"\x89PNG\r\n\x1a\n"),
)
OFFICE_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def check(name: str, content: bytes, max_bytes: int) -> Kind:
    """The kind of an acceptable file; raises Invalid with a sentence on what to do otherwise."""
    if any(unicodedata.category(letter) in INVISIBLE for letter in name):
        raise Invalid.because("De naam van het bestand bevat onzichtbare tekens. Geef het een andere naam.", "file")
    ending = PurePath(name).suffix.lower().lstrip(".")
    kind = next((one for one in KINDS if one.ending == ending), None)
    allowed = ", ".join(one.ending for one in KINDS if one.ending != "jpeg")
    if kind is None:
        raise Invalid.because(f"{name}: dit soort bestand kan niet. Kies een van: {allowed}.", "file")
    if not content:
        raise Invalid.because(f"{name} is leeg. Kies het bestand opnieuw.", "file")
    check_size(name, len(content), max_bytes)
    if not content.startswith(kind.magic):
        raise Invalid.because(f"{name} is geen echt {ending}-bestand. Bewaar het opnieuw als {ending}.", "file")
    if ending in OFFICE_PART:
        _check_office(name, content, OFFICE_PART[ending])
    return kind


def check_size(name: str, size: int, max_bytes: int) -> None:
    """Raises Invalid for a file that is larger than may be."""
    if size > max_bytes:
        raise Invalid.because(f"{name} is {size // 1_048_576} MB. Hoogstens {max_bytes // 1_048_576} MB kan.", "file")


def _check_office(name: str, content: bytes, part: str) -> None:
    """A docx or xlsx must unpack whole, hold its main part, and carry no macro, no program and no bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(name, archive, part, len(content))
            unpacks = archive.testzip() is None
            types = archive.read(CONTENT_TYPES).lower() if CONTENT_TYPES in archive.namelist() else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        unpacks, types = False, b""
    if not unpacks:
        raise Invalid.because(f"{name} is beschadigd. Bewaar het opnieuw en probeer nog eens.", "file")
    if any(macro in types for macro in MACRO_TYPES):
        raise Invalid.because(f"{name} bevat macro's. Bewaar het zonder macro's.", "file")


def _check_parts(name: str, archive: zipfile.ZipFile, part: str, packed: int) -> None:
    """What the list of the archive tells, before anything is unpacked; sizes come first, for a bomb is never opened."""
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
        raise Invalid.because(f"{name} is uitgepakt te groot. Bewaar het opnieuw, zonder overbodige inhoud.", "file")
    if part not in names:
        raise Invalid.because(f"{name} heeft niet de inhoud van zijn soort. Bewaar het opnieuw.", "file")
    if any(macro in entry for entry in names for macro in MACRO_PARTS):
        raise Invalid.because(f"{name} bevat macro's. Bewaar het zonder macro's.", "file")
    if any(entry.endswith(PROGRAMS) or ".." in entry.split("/") for entry in names):
        raise Invalid.because(f"{name} bevat een ander bestand dat niet kan. Bewaar het zonder bijlagen.", "file")
