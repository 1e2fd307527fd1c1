"""Files that must never come in: each a name, its bytes, and what is wrong with it. Made here, nothing is kept on disk."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
JPG = b"\xff\xd8\xff\xe0" + b"\x00" * 32
PROGRAM = b"MZ\x90\x00" + b"\x00" * 64
SCRIPT = b"<script>alert(1)</script>"


def content_type(kind: str) -> bytes:
    """The list of parts of an office file, with one part of this kind."""
    return f"<Types><Override ContentType='application/{kind}'/></Types>".encode()


DOCX_TYPE = content_type("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")
MACRO_TYPE = content_type("vnd.ms-word.document.macroEnabled.main+xml")
VBA_TYPE = content_type("vnd.ms-office.vbaProject")


def office(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx(types: bytes = DOCX_TYPE, **more: bytes) -> bytes:
    return office({"[Content_Types].xml": types, "word/document.xml": b"<w/>", **more})


def xlsx() -> bytes:
    return office({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def lying_about_its_size() -> bytes:
    """A docx whose list says that its main part is one byte long while it holds fifty megabytes."""
    content = bytearray(docx(**{"word/big.xml": b"0" * 50_000_000}))
    size = struct.pack("<I", 50_000_000)
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = struct.pack("<I", 1)
    return bytes(content)


def bomb() -> bytes:
    return docx(**{"word/media/nul.bin": b"\x00" * 30_000_000})


def encrypted() -> bytes:
    """A docx whose parts say that they are encrypted."""
    content = bytearray(docx())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(sign, at + 4)
    return bytes(content)


HOSTILE: tuple[tuple[str, str, bytes], ...] = (
    ("a program named pdf", "besluit.pdf", PROGRAM),
    ("a program", "besluit.exe", PROGRAM),
    ("a program behind a double ending", "besluit.pdf.exe", PROGRAM),
    ("a pdf that is called a program", "besluit.pdf.scr", PDF),
    ("a drawing with script", "kaart.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>"),
    ("a drawing named png", "kaart.png", b"<svg>" + SCRIPT + b"</svg>"),
    ("a page", "verslag.html", b"<!doctype html>" + SCRIPT),
    ("a page named pdf", "verslag.pdf", b"<!doctype html>" + SCRIPT),
    ("a page named jpg", "foto.jpg", b"<html>" + SCRIPT),
    ("a page of another kind", "verslag.xhtml", SCRIPT),
    ("a text with a formula", "kosten.csv", b"=HYPERLINK('x')"),
    ("a document with macros", "brief.docm", docx(**{"word/vbaProject.bin": b"x"})),
    ("a document with macros named docx", "brief.docx", docx(**{"word/vbaProject.bin": b"x"})),
    ("macros under another name", "brief.docx", docx(VBA_TYPE, **{"word/foto.bin": b"x"})),
    ("a macro document by its type", "brief.docx", docx(MACRO_TYPE)),
    ("an active control", "brief.docx", docx(**{"word/activeX/activeX1.xml": b"x"})),
    ("a program inside", "brief.docx", docx(**{"word/embeddings/hulp.exe": PROGRAM})),
    ("a zip inside", "brief.docx", docx(**{"word/embeddings/meer.zip": office({"a": b"b"})})),
    ("a part that climbs out of its folder", "brief.docx", docx(**{"../../etc/passwd": b"x"})),
    ("a bomb", "brief.docx", bomb()),
    ("a bomb that lies about its size", "brief.docx", lying_about_its_size()),
    ("an encrypted document", "brief.docx", encrypted()),
    ("half a document", "brief.docx", docx()[:60]),
    ("a document with one broken byte", "brief.docx", docx().replace(b"PK\x01\x02", b"PK\x01\x03", 1)),
    ("a workbook named docx", "brief.docx", xlsx()),
    ("a document named xlsx", "kosten.xlsx", docx()),
    ("an archive named docx", "brief.docx", office({"lees mij": b"x"})),
    ("an archive", "alles.zip", docx()),
    ("nothing", "leeg.pdf", b""),
    ("one byte of a pdf", "kort.pdf", b"%"),
    ("no ending", "besluit", PDF),
    ("only an ending", ".pdf", PDF),
    ("an ending behind a zero", "besluit.pdf\x00.exe", PROGRAM),
    ("a name that reads backwards", "besluit\u202efdp.pdf", PDF),
    ("a pdf after other bytes", "besluit.pdf", b"\x00\x00" + PDF),
    ("a jpg named png", "foto.png", JPG),
)  # fmt: skip
HARMLESS: tuple[tuple[str, bytes], ...] = (
    ("besluit.pdf", PDF),
    ("BESLUIT COLLEGE.PDF", PDF),
    ("brief.docx", docx()),
    ("kosten.xlsx", xlsx()),
    ("foto.jpg", JPG),
    ("foto.jpeg", JPG),
    ("kaart.png", PNG),
)
