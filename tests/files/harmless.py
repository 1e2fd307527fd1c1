"""Files as people really attach them, at least fifteen of each kind, written by the programs that write them; all must come in."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, Final

import docx as word
import openpyxl
import pypdf
import typst
import xlsxwriter
from docx.shared import Cm
from openpyxl.comments import Comment

from files.making import jpeg, office, pdf, png, related, with_a_long_end, xlsx

Draw = Callable[[Any], object]
LINES: Final = "De straat is breed en grijs. " * 40


def harmless() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each."""
    for kind, made in (
        ("docx", documents()),
        ("xlsx", workbooks()),
        ("pdf", pages()),
        ("jpg", photos()),
        ("png", drawings()),
    ):
        for number, content in enumerate(made, 1):
            yield f"Bijlage {number} (versie 2) - mét accenten.{kind}", content


def documents() -> Iterator[bytes]:
    draws: tuple[Draw, ...] = (
        lambda one: one.add_paragraph("Een brief."),
        lambda one: one.add_heading("Besluit", 0),
        lambda one: one.add_table(rows=20, cols=4),
        lambda one: one.add_picture(io.BytesIO(typst_png()), Cm(3)),
        lambda one: one.add_picture(io.BytesIO(jpeg()), Cm(3)),
        lambda one: [one.add_paragraph(LINES) for _ in range(300)],
        lambda one: one.sections[0].header.paragraphs[0].add_run("Stad"),
        lambda one: one.add_page_break(),
        lambda one: one.add_paragraph("een punt", style="List Bullet"),
        lambda one: one.add_paragraph('€ ≥ é ﬁ 漢字 🏠 <script> & "quotes"'),
        lambda one: one.add_paragraph("Ik ontving een DDE-lijst en wij importeren | niets."),
        lambda one: one.add_section(),
    )
    for draw in draws:
        yield written(draw)
    base = written(draws[0])
    yield with_part(base, "word/embeddings/Microsoft_Excel_Worksheet.xlsx", xlsx())
    yield with_part(base, "word/media/icon.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>")
    yield with_part(
        base, "word/_rels/footnotes.xml.rels", related("hyperlink", "https://www.vlaanderen.be/?a=1&amp;b=2")
    )
    yield with_part(base, "word/_rels/header9.xml.rels", related("hyperlink", "mailto:wijk@example.invalid"))
    yield with_a_long_end(1)
    yield with_part(base, "word/footer9.xml", b"<w:ftr><w:instrText> PAGE  \\* MERGEFORMAT </w:instrText></w:ftr>")


def written(draw: Draw) -> bytes:
    one = word.Document()
    draw(one)
    with io.BytesIO() as target:
        one.save(target)
        return target.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same document with a part that Word adds."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return office({**{one: archive.read(one) for one in archive.namelist()}, name: part})


def workbooks() -> Iterator[bytes]:
    draws: tuple[Draw, ...] = (
        lambda one: one.add_worksheet("Begroting").write(0, 0, "Post"),
        lambda one: one.add_worksheet().write_formula("A1", "=SUM(B1:B9)"),
        lambda one: one.add_worksheet().write_formula("A1", '=IF(B1="a|b","ja","nee")'),
        lambda one: one.add_worksheet().write_url("A1", "https://www.vlaanderen.be"),
        lambda one: one.add_worksheet().write_comment("A1", "Kijk na"),
        lambda one: one.add_worksheet().insert_image("A1", "kaart.png", {"image_data": io.BytesIO(png(40, 30))}),
        lambda one: one.add_worksheet().add_table("A1:C9"),
        lambda one: one.add_worksheet().data_validation("A1", {"validate": "list", "source": ["ja", "nee"]}),
        lambda one: one.add_worksheet().conditional_format("A1:A9", {"type": "3_color_scale"}),
        lambda one: one.add_worksheet().protect("geheim"),
        lambda one: one.add_worksheet().insert_chart("A1", filled_chart(one)),
        lambda one: [one.add_worksheet(f"Jaar {year}") for year in range(2022, 2026)],
        lambda one: one.define_name("Totaal", "=Sheet1!$A$1") or one.add_worksheet(),
    )
    for draw in draws:
        with io.BytesIO() as target:
            book = xlsxwriter.Workbook(target)
            draw(book)
            book.close()
            yield target.getvalue()
    yield sheet_of(30_000)
    yield sheet_of(3, comment=True)
    yield with_part(sheet_of(2), "xl/printerSettings/printerSettings1.bin", b"\x00P\x00r\x00i\x00n\x00t" * 40)


def filled_chart(book: Any) -> Any:  # noqa: ANN401 - xlsxwriter has no types
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Sheet1!$A$1:$A$5"})
    return chart


def sheet_of(rows: int, *, comment: bool = False) -> bytes:
    book = openpyxl.Workbook(write_only=not comment)
    sheet = book.active if comment else book.create_sheet()
    assert sheet is not None
    for row in range(rows):
        sheet.append([row, f"Post {row}", row * 12.5])
    if comment:
        sheet["A1"].comment = Comment("Nakijken", "Wijkteam")
    with io.BytesIO() as target:
        book.save(target)
        return target.getvalue()


def pages() -> Iterator[bytes]:
    sources = (
        "= Besluit", "#lorem(3000)", "#table(columns: 3, ..range(90).map(str))", '#link("https://www.vlaanderen.be")[hier]',
        "$ sum_(i=1)^n i $", "#outline()\n= Een\n= Twee", "#pagebreak()\nTwee", "/JavaScript en /Launch als woorden",
        "#set page(flipped: true)\nBreed", '#set text(lang: "nl")\nNederlands', "#footnote[Een noot]",
        "#figure(rect(width: 4cm), caption: [Kaart])", "#set document(title: [T], author: \"Wijkteam\")\nX",
    )  # fmt: skip
    for source in sources:
        yield typst.compile(source.encode(), format="pdf")
    whole = b'#set document(title: [Titel])\n#set text(lang: "nl")\n= Titel\nTekst'
    for standard in ("a-2b", "a-2u", "1.4", "1.5", "2.0"):
        yield typst.compile(whole, format="pdf", pdf_standards=[standard])  # type: ignore[call-overload,list-item]
    yield joined(typst.compile(b"= Een", format="pdf"), typst.compile(b"= Twee", format="pdf"))
    yield pdf(b"<< /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit] /AcroForm << /Fields [] >> >>")


def joined(*parts: bytes) -> bytes:
    """Pages of several documents in one, with a bookmark and a title."""
    writer = pypdf.PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part))
    writer.add_metadata({"/Title": "Samen"})
    with io.BytesIO() as target:
        writer.write(target)
        return target.getvalue()


def photos() -> Iterator[bytes]:
    yield from (
        jpeg(width, height)
        for width, height in ((64, 48), (1, 1), (800, 600), (1920, 1080), (6000, 4000), (9000, 12000))
    )
    yield jpeg(comment=b"Foto van het plein, 12 mei")
    yield jpeg(exif=b"Exif\x00\x00MM\x00\x2a" + b"\x00" * 400)
    yield jpeg(exif=b"Exif\x00\x00" + jpeg())
    yield jpeg(exif=b'http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    yield jpeg() + jpeg()
    yield jpeg() + b"\x00" * 4000
    yield jpeg() + b"MotionPhoto_Data" + b"\x00\x00\x00\x18ftypmp42" + noise(60_000)
    yield jpeg().replace(b"\xff\xc0", b"\xff\xc2", 1)
    photo = jpeg(6000, 4000)
    yield photo[:-2] + noise(15_000_000).replace(b"\xff", b"\xfe") + photo[-2:]


def noise(length: int) -> bytes:
    """What packed pixels look like: the same every time."""
    return random.Random(2).randbytes(length)  # noqa: S311 - no secret


def drawings() -> Iterator[bytes]:
    yield from (png(width, width) for width in (1, 2, 16, 100, 640, 1200, 4899))
    yield png(before=[(b"gAMA", b"\x00\x00\xb1\x8f"), (b"pHYs", b"\x00\x00\x0e\xc4\x00\x00\x0e\xc4\x01")])
    yield png(before=[(b"tEXt", b"Title\x00Kaart van de wijk")])
    yield png(before=[(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00<x:xmpmeta/>")])
    yield png(before=[(b"tIME", b"\x07\xe6\x05\x0c\x0a\x00\x00"), (b"bKGD", b"\x00\xff")])
    yield png(before=[(b"eXIf", b"MM\x00\x2a" + b"\x00" * 60)])
    for source in ("= Kaart", "#rect(width: 5cm, height: 5cm, fill: red)", "#lorem(400)"):
        yield typst_png(source)


def typst_png(source: str = "Kaart") -> bytes:
    made = typst.compile(f"#set page(height: 6cm, width: 9cm)\n{source[:300]}".encode(), format="png", ppi=72)
    return made[0] if isinstance(made, list) else made
