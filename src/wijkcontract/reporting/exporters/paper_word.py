"""A paper as Word, in the styles of `paper.docx`, which an agency can restyle; every text is escaped."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from wijkcontract.reporting.exporters.drawings import as_picture, width_on_page
from wijkcontract.reporting.exporters.glyphs import without_controls
from wijkcontract.reporting.papers import (
    AnswerSpace,
    Block,
    Bullets,
    Drawing,
    Facts,
    Heading,
    Paper,
    Table,
    Text,
    Tone,
    shortened,
)
from wijkcontract.rules.clock import BRUSSELS

STYLES: Final = {Tone.BODY: "Normal", Tone.NOTE: "Noot", Tone.WARNING: "Waarschuwing"}
TWIPS: Final = 9864
"""The width between the margins, in twentieths of a point: 174 mm."""
LONGEST_PROPERTY: Final = 255
ROOM: Final = 500
"""The least height of a row to write in, in twentieths of a point."""
EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


def paper_word(paper: Paper) -> bytes:
    """The document. The same paper gives the same bytes."""
    with resources.as_file(resources.files("wijkcontract.reporting") / "exporters" / "paper.docx") as path:
        word = Document(str(path))
    _name(word, paper)
    _paragraph(word, "Title", paper.title)
    _paragraph(word, "Subtitle", paper.subtitle)
    _paragraph(word, "Normal").add_run(without_controls(paper.state)).bold = True
    for block in paper.blocks:
        WRITE[type(block)](word, block)
    target = BytesIO()
    word.save(target)
    return _without_moments(target.getvalue())


def _name(word: Word, paper: Paper) -> None:
    """Title, author and moment in the properties; what it is above every page, its hash below."""
    moment = paper.moment.astimezone(BRUSSELS).replace(tzinfo=None)
    author = without_controls(paper.author)[:LONGEST_PROPERTY]
    properties = word.core_properties
    properties.title = without_controls(paper.title)[:LONGEST_PROPERTY]
    properties.subject = without_controls(paper.state)[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = author
    properties.language = "nl-BE"
    properties.created = properties.modified = moment
    section = word.sections[0]
    section.header.paragraphs[0].add_run(without_controls(f"{shortened(paper.title)}\t{paper.state}"))
    if paper.sha256:
        section.footer.add_paragraph(f"SHA-256 {paper.sha256}", style="Footer")


def _paragraph(word: Word, style_id: str, text: str = "") -> Paragraph:
    """A paragraph in a style, named by its id: to look a style up by its name costs more than to write the text."""
    made = word.element.body.add_p()
    made.style = style_id
    paragraph = Paragraph(made, word._body)
    if text:
        paragraph.add_run(without_controls(text))
    return paragraph


def _heading(word: Word, block: Heading) -> None:
    _paragraph(word, f"Heading{block.level}", block.text)


def _text(word: Word, block: Text) -> None:
    for line in block.text.splitlines():
        if line.strip():
            _paragraph(word, STYLES[block.tone], line)


def _facts(word: Word, block: Facts) -> None:
    for name, value in block.rows:
        paragraph = _paragraph(word, "Gegeven")
        paragraph.add_run(f"{without_controls(name)}: ").bold = True
        paragraph.add_run(without_controls(value))


def _bullets(word: Word, block: Bullets) -> None:
    for item in block.items:
        _paragraph(word, "ListBullet", item)


def _table(word: Word, block: Table) -> None:
    """Its caption, a head that repeats on every page, the rows, the total. Made as XML: cell by cell is slow in a long table."""
    _paragraph(word, "Caption", block.caption)
    parts = sum(column.width for column in block.columns)
    widths = [TWIPS * column.width // parts for column in block.columns]
    table = _frame(word, block.caption, widths)
    numbers = [column.is_number for column in block.columns]
    table.append(_row([column.label for column in block.columns], widths, numbers, is_head=True))
    for row in block.rows:
        table.append(_row(row, widths, numbers, height=ROOM if block.to_fill else 0))
    if block.total:
        table.append(_row(block.total, widths, numbers, is_bold=True))
    _paragraph(word, "Noot")


def _frame(word: Word, caption: str, widths: Sequence[int]) -> Any:  # noqa: ANN401 - an XML element
    """An empty table in the style of the template, with what it is called for who does not see it."""
    table = word.add_table(rows=0, cols=len(widths), style="Tabel")
    table.autofit = False
    properties = table._tbl.tblPr
    properties.append(_element("w:tblCaption", val=without_controls(caption)))
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(width))
    return table._tbl


def _row(
    cells: Sequence[str],
    widths: Sequence[int],
    numbers: Sequence[bool],
    *,
    is_head: bool = False,
    is_bold: bool = False,
    height: int = 0,
) -> Any:  # noqa: ANN401 - an XML element
    row = OxmlElement("w:tr")
    about = _under(row, "w:trPr")
    about.append(_element("w:cantSplit"))
    if is_head:
        about.append(_element("w:tblHeader"))
    if height:
        about.append(_element("w:trHeight", val=str(height), hRule="atLeast"))
    for text, width, is_number in zip(cells, widths, numbers, strict=True):
        cell = _under(row, "w:tc")
        _under(cell, "w:tcPr").append(_element("w:tcW", w=str(width), type="dxa"))
        paragraph = _under(cell, "w:p")
        if is_number:
            _under(paragraph, "w:pPr").append(_element("w:jc", val="right"))
        run = _under(paragraph, "w:r")
        if is_head or is_bold:
            _under(run, "w:rPr").append(_element("w:b"))
        for number, line in enumerate(without_controls(text).split("\n")):
            if number:
                _under(run, "w:br")
            written = _under(run, "w:t")
            written.text = line
            written.set(qn("xml:space"), "preserve")
    return row


def _drawing(word: Word, block: Drawing) -> None:
    """The drawing as a picture with its description; it stays with its caption."""
    _paragraph(word, "Caption", block.caption)
    picture = word.add_picture(BytesIO(as_picture(block.svg)), width=Mm(width_on_page(block.svg)))
    about = picture._inline.docPr
    about.set("descr", without_controls(block.description))
    about.set("title", without_controls(block.caption))


def _answer_space(word: Word, block: AnswerSpace) -> None:
    """A frame to write in, that grows with what is written."""
    table = _frame(word, "Uw antwoord", [TWIPS])
    table.append(_row([""], [TWIPS], [False], height=400 * block.lines))
    _paragraph(word, "Noot")


WRITE: Final[Mapping[type[Block], Callable[[Word, Any], None]]] = {
    Heading: _heading, Text: _text, Facts: _facts, Bullets: _bullets, Table: _table, Drawing: _drawing,
    AnswerSpace: _answer_space,
}  # fmt: skip


def _element(name: str, **attributes: str) -> Any:  # noqa: ANN401 - an XML element
    made = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def _under(parent: Any, name: str) -> Any:  # noqa: ANN401 - an XML element
    child = OxmlElement(name)
    parent.append(child)
    return child


def _without_moments(written: bytes) -> bytes:
    """The same archive with one date on all its parts: else a second copy would differ."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(written)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in source.infolist():
            copy.writestr(zipfile.ZipInfo(part.filename, EARLIEST), source.read(part), zipfile.ZIP_DEFLATED)
    return target.getvalue()
