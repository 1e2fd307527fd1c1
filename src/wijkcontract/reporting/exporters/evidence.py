"""The evidence of a neighbourhood as PDF (PDF/A-2a, PDF/UA-1), Word and Excel, all from one document (R2)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from io import BytesIO
from typing import Any

import typst
import xlsxwriter
from docxtpl import DocxTemplate

from wijkcontract.reporting.evidence import Document
from wijkcontract.reporting.exporters.excel import OPTIONS, Measured, Sheets
from wijkcontract.reporting.exporters.glyphs import printable


def evidence_pdf(made: Document) -> bytes:
    """The document by Typst; what goes in is data, never markup."""
    package = resources.files("wijkcontract.reporting")
    with resources.as_file(package / "exporters") as folder, resources.as_file(package / "fonts") as fonts:
        written = typst.compile(
            str(folder / "evidence.typ"),
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


def evidence_word(made: Document) -> bytes:
    """The document in a Word template that an agency can restyle; every text is escaped."""
    target = BytesIO()
    with resources.as_file(resources.files("wijkcontract.reporting") / "exporters" / "evidence.docx") as path:
        template = DocxTemplate(str(path))
        template.render(dict(made), autoescape=True)
        template.docx.core_properties.title = f"{made['title']} in cijfers"
        template.save(target)
    return target.getvalue()


def evidence_excel(content: Mapping[str, Any], made: Document) -> bytes:
    """Every year of every indicator as typed cells, with the sectors, the sources and where the document comes from."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    moment = dt.datetime.fromisoformat(made["moment_iso"])
    book.set_properties(
        {"title": made["title"], "comments": f"SHA-256 {made['sha256']}", "created": moment.replace(tzinfo=None)}
    )
    sheets = Sheets(book)
    sheets.table(
        "cijfers",
        f"{made['title']}, {made['municipality']}: cijfers per jaar. {made['warning']}".strip(),
        *_figures(content),
    )
    sheets.table("sectoren", "De sectoren van de wijk", *_sectors(content))
    sheets.table(
        "bronnen", "Bronnen en licenties", ["Indicator", "Definitie", "Bron", "Licentie"],
        [[one["label"], one["definition"], one["source"], one["licence"]] for one in made["sources"]],
    )  # fmt: skip
    sheets.table(
        "herkomst", "Herkomst van deze cijfers", ["Gegeven", "Waarde"],
        [
            ["Stand", made["state"]], ["Gemaakt op", made["moment"]], ["Herkomst", made["origin"]], ["Grenzen", made["borders"]],
            ["Index", made["index"]], ["SHA-256 van de inhoud", made["sha256"]],
        ],
    )  # fmt: skip
    book.close()
    return target.getvalue()


def _figures(content: Mapping[str, Any]) -> tuple[list[str], list[list[Any]]]:
    head = [
        "Indicator", "Eenheid", "Jaar", "Wijk", "Gemeente", "Provincie", "Vlaanderen", "Teller", "Noemer", "Sectoren zonder cijfer",
        "Inwoners zonder cijfer",
    ]  # fmt: skip
    names = ("value", "municipality", "province", "region", "numerator", "denominator")
    rows = [
        [
            line["label"], line["unit"], year["year"], *(_measured(year[name]) for name in names), year["sectors_missing"],
            _measured(year["inhabitants_missing"]),
        ]
        for line in content["figures"]
        for year in line["years"]
    ]  # fmt: skip
    return head, rows


def _sectors(content: Mapping[str, Any]) -> tuple[list[str], list[list[Any]]]:
    scores = {one["code"]: one for one in (content["index"] or {"sectors": []})["sectors"]}
    rows = [
        [
            one["code"], one["name"], _measured(one["inhabitants"]),
            *(_measured(scores.get(one["code"], {}).get(name)) for name in ("score", "rank", "decile", "certainty")),
        ]
        for one in content["sectors"]
    ]  # fmt: skip
    return ["Code", "Sector", "Inwoners", "Kwetsbaarheid", "Rang", "Deciel", "Zekerheid (0 tot 1)"], rows


def _measured(text: str | None) -> Decimal | None:
    return None if text is None else Measured(text)
