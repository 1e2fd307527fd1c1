"""Files made by code for the tests of the guard: the smallest that are what they say, and what people do to them."""

from __future__ import annotations

import base64
import hashlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping

PROGRAM = b"MZ\x90\x00" + b"\x00" * 64
SCRIPT = b"<script>alert(1)</script>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
CAMERA = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAA"
    "ABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1"
    "AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAP"
    "KnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/"
    "2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQX"
    "b4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAwAEADASIAAhEBAxEB/8QAGQABAQAD"
    "AQAAAAAAAAAAAAAAAAUCAwQG/8QALBAAAQQBAgYABAcAAAAAAAAAAQACAxEEBRITFCExQVEiIzJxMzVhgYKxwf/EABQBAQAAAAAAAAAAAAAAAA"
    "AAAAD/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCyiISALJoDygItXM491x4r9bwtoIcLaQR7CAixMjGmnPaD6JWSAiIgKBrk"
    "z3ZQh3EMaAa9n2r65M3T4s2i4lr29A4IOFmhxvjDhk7r8tHRduFiu0/GlBcH9S4V08KZPpeThsdLFNbWiyWktK69GzZcjfHMdxaAQ7ygkZeTzO"
    "UZ9m266XfZWsLVebyBFwdlgm99/wCKbq35q7+P9BejQTDrLW5boXxbWtcWl+/15qlljas3Jy2wsiIDr+In9PSkmITau6N30umIP2tejbBDHRbG"
    "xu3sQ0dEGxTM/BypMkz40u0kAUHEFU0QQpMXVpm8ORxLPNvFFUNNwOSY4vcHSP712C7UQSdU02XIn40FEkAFpNFbtPGoiYjL/D29Pp7/ALKgiC"
    "LHgZLdV45i+XxS69w7X91aIsUeyIg//9k="
)
"""A photo of 64 by 48 points, written by a browser."""


# pdf


def pdf(*objects: bytes, trailer: bytes = b"/Size 9 /Root 1 0 R") -> bytes:
    """A PDF of these objects."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<< " + trailer + b" >>\nstartxref\n9\n%%EOF\n"


def stream(content: bytes, extra: bytes = b"", packing: bytes = b"/Filter /FlateDecode") -> bytes:
    """A stream object, packed."""
    packed = zlib.compress(content) if b"Flate" in packing else content
    return b"<< %s %s /Length %d >>\nstream\n%s\nendstream" % (extra, packing, len(packed), packed)


def packed_objects(content: bytes, extra: bytes = b"/Type /ObjStm /N 1 /First 4", **more: bytes) -> bytes:
    """Objects packed in a stream, as PDF writers since 2003 do."""
    return stream(b"9 0 " + content, extra, **more)


def streams_in_each_other(number: int = 1_900) -> bytes:
    """A PDF of nineteen megabytes in which each stream, once unpacked, holds all later ones and gives next to nothing."""
    begins = b"/First stream\n\x78\x9c"
    kept = b"\x00" + struct.pack("<HH", len(begins), len(begins) ^ 0xFFFF) + begins
    return b"%PDF-1.7\n" + begins + (kept + b"\x00\x00\x00\xff\xff" * 2_000) * number + b"%%EOF\n"


PDF = pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")


# pictures


def png_part(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(
    width: int = 2, height: int = 2, before: Iterable[tuple[bytes, bytes]] = (), pixels: bytes | None = None
) -> bytes:
    """A grey PNG; `before` are parts in front of the pixels."""
    head = png_part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = (b"\x00" + b"\x7f" * width) * height if pixels is None else pixels
    more = b"".join(png_part(kind, data) for kind, data in before)
    return b"\x89PNG\r\n\x1a\n" + head + more + png_part(b"IDAT", zlib.compress(rows)) + png_part(b"IEND")


def jpeg(width: int = 64, height: int = 48, comment: bytes = b"", exif: bytes = b"") -> bytes:
    """The photo of the browser, which says that it is this large; with a comment and what a camera writes."""
    photo = bytearray(CAMERA)
    at = photo.index(b"\xff\xc0")
    photo[at + 5 : at + 9] = struct.pack(">HH", height, width)
    segments = b"".join(
        b"\xff" + mark + struct.pack(">H", len(data) + 2) + data
        for mark, data in ((b"\xfe", comment), (b"\xe1", exif))
        if data
    )
    return bytes(photo[:2]) + segments + bytes(photo[2:])


# office


def content_type(kind: str) -> bytes:
    """The list of parts of an office file, with one part of this kind."""
    return f"<Types><Override ContentType='application/{kind}'/></Types>".encode()


DOCX_TYPE = content_type("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")
MACRO_TYPE = content_type("vnd.ms-word.document.macroEnabled.main+xml")
VBA_TYPE = content_type("vnd.ms-office.vbaProject")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def office(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    """A zip of these parts."""
    with io.BytesIO() as target:
        with zipfile.ZipFile(target, "w", compression) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
            archive.comment = comment
        return target.getvalue()


def docx(types: bytes = DOCX_TYPE, body: bytes = b"<w:document/>", **more: bytes) -> bytes:
    return office({"[Content_Types].xml": types, "word/document.xml": body, **more})


def xlsx(sheet: bytes = b"<worksheet/>", **more: bytes) -> bytes:
    return office({
        "[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet, **more,
    })  # fmt: skip


def related(kind: str, target: str, *, outside: bool = True, prefix: str = "") -> bytes:
    """The links of a part, with one of this kind."""
    mode = ' TargetMode="External"' if outside else ""
    return (
        f'<{prefix}Relationships><{prefix}Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        f"</{prefix}Relationships>"
    ).encode()


def linked(kind: str, target: str, **how: object) -> bytes:
    """A docx with such a link."""
    return docx(**{"word/_rels/document.xml.rels": related(kind, target, **how)})  # type: ignore[arg-type]


def field(*pieces: str) -> bytes:
    """A docx with a field of Word whose code lies in pieces."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return docx(body=f"<w:document>{runs}</w:document>".encode())


def formula(code: str) -> bytes:
    return xlsx(f"<worksheet><c><f>{code}</f></c></worksheet>".encode())


def lying_about_its_size() -> bytes:
    """A docx whose list says that its main part is one byte long while it holds fifty megabytes."""
    content = bytearray(docx(**{"word/big.xml": b"0" * 50_000_000}))
    size = struct.pack("<I", 50_000_000)
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = struct.pack("<I", 1)
    return bytes(content)


def encrypted() -> bytes:
    """A docx whose parts say that they are encrypted."""
    content = bytearray(docx())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(sign, at + 4)
    return bytes(content)


def overlapping() -> bytes:
    """A docx in whose list two parts are the same bytes."""
    content = bytearray(docx(**{"word/one.xml": b"<a/>", "word/two.xml": b"<b/>"}))
    at = [found for found in range(len(content)) if content[found : found + 4] == b"PK\x01\x02"]
    content[at[-1] + 42 : at[-1] + 46] = content[at[-2] + 42 : at[-2] + 46]
    return bytes(content)


def symbolic_link() -> bytes:
    """A docx with a part that is a link to another file of the computer."""
    with io.BytesIO() as target:
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("[Content_Types].xml", DOCX_TYPE)
            archive.writestr("word/document.xml", b"<w/>")
            link = zipfile.ZipInfo("word/media/image1.png")
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, "/etc/passwd")
        return target.getvalue()


def twice_the_same_name() -> bytes:
    """A docx with two main parts: which one is read depends on the program."""
    with io.BytesIO() as target:
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("[Content_Types].xml", DOCX_TYPE)
            archive.writestr("word/document.xml", b"<w/>")
            archive.writestr("WORD/document.xml", b"<w/>")
        return target.getvalue()


def endless_rows() -> bytes:
    """A workbook of sixty megabytes of rows beside a picture that does not pack, so that it is no bomb by its ratio."""
    picture = b"".join(hashlib.sha256(str(one).encode()).digest() for one in range(25_000))
    return xlsx(**{"xl/worksheets/sheet2.xml": b"<row><c><v>1</v></c></row>" * 2_400_000, "xl/media/a.bin": picture})


def never_ending(make: Callable[..., bytes], part: str, tag: bytes) -> bytes:
    """A file in which a tag begins forty thousand times and never ends, beside a picture that does not pack."""
    picture = b"".join(hashlib.sha256(str(one).encode()).digest() for one in range(500))
    return make(**{part: b"<a>" + tag * 40_000, "media/a.bin": picture})


def with_a_long_end(parts: int, displaced: int = 0) -> bytes:
    """A docx whose short end of the list says one part, and whose Zip64 end, which programs believe, says this many."""
    name, data = b"word/document.xml", b"x"
    crc = zlib.crc32(data)
    first = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, crc, 1, 1, len(name), 0) + name + data
    rows = bytearray()
    for one in range(parts):
        row = b"%x" % one if one else name
        rows += struct.pack(
            "<4s4B4H3I5H2I", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, crc, 1, 1, len(row), 0, 0, 0, 0, 0, 0
        )
        rows += row
    place = len(first) + len(rows)
    long_end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, parts, parts, len(rows), len(first))
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, place - displaced, 1)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, 60, len(first), 0)
    return first + bytes(rows) + long_end + locator + end


def workbooks_inside() -> bytes:
    """A docx with ten workbooks of twenty megabytes of text inside, each of which could come in on its own."""
    picture = b"".join(hashlib.sha256(str(one).encode()).digest() for one in range(7_000))
    inner = xlsx(**{"xl/sharedStrings.xml": b"<sst>" + b"wijk " * 4_000_000 + b"</sst>", "xl/media/a.bin": picture})
    return docx(**{f"word/embeddings/{one}.xlsx": inner for one in range(10)})


def many_parts(number: int) -> bytes:
    return docx(**{f"word/part{one}.xml": b"<a/>" for one in range(number)})
