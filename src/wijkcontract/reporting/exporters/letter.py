"""The letter of intent of a partner as Word, which it may change, and as PDF (PDF/A-2a, PDF/UA-1), to sign (R8)."""

from __future__ import annotations

import datetime as dt
import json
from importlib import resources
from io import BytesIO

import typst
from docxtpl import DocxTemplate

from wijkcontract.reporting.exporters.glyphs import printable
from wijkcontract.reporting.letters import Letter


def letter_pdf(made: Letter) -> bytes:
    """The letter by Typst; what goes in is data, never markup."""
    package = resources.files("wijkcontract.reporting")
    with resources.as_file(package / "exporters") as folder, resources.as_file(package / "fonts") as fonts:
        written = typst.compile(
            str(folder / "letter.typ"),
            root=str(folder),
            format="pdf",
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"content": printable(json.dumps(made, ensure_ascii=False))},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(dt.datetime.fromisoformat(made["moment_iso"]).timestamp()),
        )
    if not isinstance(written, bytes):
        raise TypeError("Typst gave no document")
    return written


def letter_word(made: Letter) -> bytes:
    """The letter in a Word template that an agency can restyle; every text is escaped."""
    target = BytesIO()
    with resources.as_file(resources.files("wijkcontract.reporting") / "exporters" / "letter.docx") as path:
        template = DocxTemplate(str(path))
        template.render(dict(made), autoescape=True)
        template.docx.core_properties.title = f"Intentiebrief van {made['partner']}"[:250]
        template.save(target)
    return target.getvalue()
