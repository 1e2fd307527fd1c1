"""The issued report as an Excel workbook: typed cells, amounts in EUR computed exactly from cents, no formula anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from wijkcontract.reporting.relance import Content

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
WIDEST = 60


class Measured(Decimal):
    """A measured value: shown with the decimals it has, unlike an amount."""


class Sheets:
    """A workbook under construction with its cell formats."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.head: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.money: Format = book.add_format({"num_format": "#,##0.00", "valign": "top"})
        self.day: Format = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        self.title: Format = book.add_format({"bold": True, "font_size": 14})

    def table(self, name: str, title: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """One sheet: a title, then a table whose head stays in view and repeats in print."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, title, self.title)
        for column, label in enumerate(head):
            sheet.write_string(2, column, label, self.head)
        for line, row in enumerate(rows, start=3):
            for column, value in enumerate(row):
                self._cell(sheet, line, column, value)
        for column in range(len(head)):
            longest = max([len(head[column]), *(len(str(row[column])) for row in rows)], default=10)
            sheet.set_column(column, column, min(WIDEST, max(10, longest + 2)))
        sheet.freeze_panes(3, 1)
        sheet.repeat_rows(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if rows:
            sheet.autofilter(2, 0, 2 + len(rows), len(head) - 1)

    def _cell(self, sheet: Worksheet, line: int, column: int, value: object) -> None:
        """A text stays a text, also when it looks like a formula."""
        if value is None:
            sheet.write_blank(line, column, None, self.text)
        elif isinstance(value, dt.date):
            sheet.write_datetime(line, column, dt.datetime(value.year, value.month, value.day), self.day)  # noqa: DTZ001 - a day
        elif isinstance(value, Measured):
            sheet.write_number(line, column, value, self.text)
        elif isinstance(value, Decimal):
            sheet.write_number(line, column, value, self.money)
        elif isinstance(value, int):
            sheet.write_number(line, column, value, self.text)
        else:
            sheet.write_string(line, column, str(value), self.text)


def excel(content: Content, sha256: str) -> bytes:
    """The workbook of a frozen content, whose date of making is the moment of issue."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    issued_at = dt.datetime.fromisoformat(content["issued_at"])
    title = f"Relancerapport: {content['round']['title']}"
    book.set_properties({"title": title, "comments": f"SHA-256 {sha256}", "created": issued_at.replace(tzinfo=None)})
    sheets = Sheets(book)
    sheets.table("overzicht", f"{title}, stand op {_nl(content['round']['moment'])}", *_overview(content))
    sheets.table("aanrekening per jaar", "Aanrekening (VEK) per begrotingsjaar, in EUR", *_charges(content))
    sheets.table("artikels", "Kredieten per begrotingsartikel en jaar, in EUR", *_articles(content))
    sheets.table("doelstellingen", "Doelstellingen: nulmeting, streefwaarde en meting", *_targets(content))
    sheets.table("mijlpalen", "Mijlpalen", *_milestones(content))
    sheets.table("maatregelen", "Maatregelen met hun licht", *_measures(content))
    sheets.table("uitgaven", "Uitgaven van de gemeenten, opgeteld, in EUR", *_spending(content))
    sheets.table("herkomst", "Herkomst van deze cijfers", *_origin(content, sha256))
    book.close()
    return target.getvalue()


def _overview(content: Content) -> tuple[list[str], list[list[Any]]]:
    head = [
        "Contract", "Gemeente", "Wijk", "Titel", "Begin", "Einde", "Status", "Oorzaak", "Artikel", "Omschrijving van het artikel",
        "Omschreven op", "Subsidie EUR", "Vastgelegd (VAK) EUR", "Aangerekend (VEK) EUR", "Nog aan te rekenen EUR", "Betaald EUR",
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for one in content["contracts"]:
        money, report = one["money"], one["report"]
        rows.append(
            [
                one["number"], one["municipality"], one["neighbourhood"], one["title"], _day(one["term_start"]),
                _day(one["term_end"]), report["light_label"] if report else "Verslag ontbreekt", report["cause"] if report else "",
                money["article"] or "", money["article_description"] or "", _day(money["article_described_on"]),
                _eur(one["subsidy_cents"]), *_four(money),
            ]
        )  # fmt: skip
    totals = content["totals"]
    blank = [None] * 10
    rows.append([f"Totaal, {totals['contracts']} contracten", *blank, _eur(totals["subsidy_cents"]), *_four(totals)])
    return head, rows


def _charges(content: Content) -> tuple[list[str], list[list[Any]]]:
    rows: list[list[Any]] = []
    for one in content["contracts"]:
        for year in one["money"]["years"]:
            state = "Geboekt" if year["posted"] else "Gepland"
            rows.append(
                [one["number"], one["municipality"], one["money"]["article"], year["year"], *_year(year), state]
            )
    rows += [["Totaal", None, None, year["year"], *_year(year), None] for year in content["totals"]["years"]]
    return ["Contract", "Gemeente", "Artikel", "Jaar", "Aanrekening EUR", "Waarvan geboekt EUR", "Toestand"], rows


def _articles(content: Content) -> tuple[list[str], list[list[Any]]]:
    head = [
        "Artikel", "Omschrijving", "Omschreven op", "Middelen", "Jaar", "VAK EUR", "Vastgelegd EUR", "VEK EUR",
        "Aanrekening EUR", "Waarvan geboekt EUR",
    ]  # fmt: skip
    rows = [
        [
            article["code"], article["description"], _day(article["described_on"]), article["funding_label"], year["year"],
            _eur(year["vak_cents"]), _eur(year["committed_cents"]), _eur(year["vek_cents"]), *_year(year),
        ]
        for article in content["articles"]
        for year in article["years"]
    ]  # fmt: skip
    return head, rows


def _targets(content: Content) -> tuple[list[str], list[list[Any]]]:
    head = [
        "Contract", "Gemeente", "Doelstelling", "Indicator", "Eenheid", "Nulmeting", "Nulmeting op", "Streefwaarde",
        "Streefdatum", "Meting", "Gemeten op", "Bron", "Weg afgelegd %",
    ]  # fmt: skip
    rows = [
        [
            one["number"], one["municipality"], row["objective"], row["indicator"], row["unit"], _value(row["baseline"]),
            _day(row["baseline_on"]), _value(row["target"]), _day(row["target_on"]), _value(row["actual"]),
            _day(row["measured_on"]), row["source"], row["progress_percent"],
        ]
        for one in content["contracts"]
        for row in one["targets"]
    ]  # fmt: skip
    return head, rows


def _milestones(content: Content) -> tuple[list[str], list[list[Any]]]:
    rows = [
        [
            one["number"],
            one["municipality"],
            row["title"],
            _day(row["due_on"]),
            "Verstreken" if row["passed"] else "Komt nog",
        ]
        for one in content["contracts"]
        for row in one["milestones"]
    ]
    return ["Contract", "Gemeente", "Mijlpaal", "Datum", "Op de dag van het rapport"], rows


def _measures(content: Content) -> tuple[list[str], list[list[Any]]]:
    rows = [
        [one["number"], one["municipality"], row["title"], row["light_label"], row["text"]]
        for one in content["contracts"]
        if one["report"]
        for row in one["report"]["measures"]
    ]
    return ["Contract", "Gemeente", "Maatregel", "Status", "Toelichting"], rows


def _spending(content: Content) -> tuple[list[str], list[list[Any]]]:
    rows = [
        [one["number"], one["municipality"], row["label"], _eur(row["amount_cents"])]
        for one in content["contracts"]
        if one["report"]
        for row in one["report"]["spending"]
    ]
    return ["Contract", "Gemeente", "Kostensoort", "Uitgegeven EUR"], rows


def _origin(content: Content, sha256: str) -> tuple[list[str], list[list[Any]]]:
    issued_at = dt.datetime.fromisoformat(content["issued_at"])
    rows: list[list[Any]] = [
        ["Ronde", content["round"]["title"]],
        ["Stand op", _day(content["round"]["moment"])],
        ["Uitgave", content["number"]],
        ["Uitgebracht op", f"{_nl(issued_at.date().isoformat())} om {issued_at:%H.%M} uur"],
        ["SHA-256 van de inhoud", sha256],
        ["Schema", content["schema"]],
    ]
    rows += [["Verslag ontbreekt", f"{one['number']}, {one['municipality']}"] for one in content["missing"]]
    return ["Gegeven", "Waarde"], rows


def _four(money: Content) -> list[Decimal]:
    return [_eur(money[name]) for name in ("committed_cents", "posted_cents", "forecast_cents", "paid_cents")]


def _year(year: Content) -> list[Decimal]:
    return [_eur(year["charge_cents"]), _eur(year["posted_cents"])]


def _eur(cents: int) -> Decimal:
    """Cents as euro: exact, written by Excel with two decimals."""
    return Decimal(cents).scaleb(-2)


def _value(text: str | None) -> Decimal | None:
    return None if text is None else Measured(text)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _nl(text: str) -> str:
    day = dt.date.fromisoformat(text)
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
