"""Which files may come in: an allow list by ending and by first bytes (threats.md row 10). Everything else is refused."""

from __future__ import annotations

import re
import struct
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from wijkcontract.files.office import check_office
from wijkcontract.files.pdf import check_pdf
from wijkcontract.files.pictures import check_jpeg, check_png
from wijkcontract.rules.verdicts import Invalid

DIRECTORY_END, DIRECTORY_LINE = b"PK\x05\x06", b"PK\x01\x02"
LAST_BYTES = 65_557
MAX_NAME = 150
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
OFFICE = ("docx", "xlsx")
LOCKED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(rb"<script|<html|<!doctype|<\?php|<%eval|%PDF-1|%PDF-2", re.IGNORECASE)
ODD_IN_A_NAME = frozenset('/\\:*?"<>|')
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)


def check(name: str, content: bytes, max_bytes: int, only: str = "") -> Kind:
    """The kind of an acceptable file, of any kind or `only` of one ending; raises Invalid with a sentence on what to do."""
    _check_name(name)
    ending = PurePath(name).suffix.lower().lstrip(".")
    kind = next((one for one in KINDS if one.ending == ending and only in ("", ending)), None)
    allowed = ", ".join(one.ending for one in KINDS if one.ending != "jpeg")
    if kind is None:
        choose = f"Kies een bestand van het soort {only}." if only else f"Kies een van: {allowed}."
        raise Invalid.because(f"{name}: dit soort bestand kan niet. {choose}", "file")
    if not content:
        raise Invalid.because(f"{name} is leeg. Kies het bestand opnieuw.", "file")
    check_size(name, len(content), max_bytes)
    if ending in OFFICE and content.startswith(LOCKED_OFFICE):
        raise Invalid.because(
            f"{name} heeft een wachtwoord of is van een oude versie. Bewaar het zonder wachtwoord als {ending}.", "file"
        )
    if not content.startswith(kind.magic):
        raise Invalid.because(f"{name} is geen echt {ending}-bestand. Bewaar het opnieuw als {ending}.", "file")
    _check_inside(name, content, ending)
    return kind


def _check_name(name: str) -> None:
    """A name that reads as it is, and that every computer can keep."""
    if any(unicodedata.category(letter) in INVISIBLE for letter in name):
        raise Invalid.because("De naam van het bestand bevat onzichtbare tekens. Geef het een andere naam.", "file")
    if len(name) > MAX_NAME:
        raise Invalid.because(f"De naam van een bestand is hoogstens {MAX_NAME} tekens lang. Kort hem in.", "file")
    stem = name.partition(".")[0].strip().lower()
    if not stem or stem in DEVICES or not ODD_IN_A_NAME.isdisjoint(name) or name != name.strip(". "):
        raise Invalid.because(
            f"{name}: deze naam kan niet. Geef het bestand een naam van letters, cijfers, streepjes en spaties.", "file"
        )


def _check_inside(name: str, content: bytes, ending: str) -> None:
    """What the file holds, by its kind; a picture or a PDF that is something else as well is refused."""
    if ending in OFFICE:
        check_office(name, content, ending)
        return
    if _is_archive_too(content) or (ending != "pdf" and MARKUP.search(content)):
        raise Invalid.because(f"{name} bevat nog een ander bestand. Bewaar het opnieuw als {ending}.", "file")
    if ending == "pdf":
        check_pdf(name, content)
    elif ending == "png":
        check_png(name, content)
    else:
        check_jpeg(name, content)


def _is_archive_too(content: bytes) -> bool:
    """Would a program that opens archives open this as one? It looks for their list at the end."""
    at = content.rfind(DIRECTORY_END, max(0, len(content) - LAST_BYTES))
    if at < 0 or at + 22 > len(content):
        return False
    entries, size, offset = struct.unpack("<HII", content[at + 10 : at + 20])
    return entries > 0 and size <= at and offset <= at and content[at - size : at - size + 4] == DIRECTORY_LINE


def check_size(name: str, size: int, max_bytes: int) -> None:
    """Raises Invalid for a file that is larger than may be."""
    if size > max_bytes:
        raise Invalid.because(f"{name} is {size // 1_048_576} MB. Hoogstens {max_bytes // 1_048_576} MB kan.", "file")
