"""The package of a proposal as two drawings: what it covers (R7), and how problems lead to measures (R5, R11).

Pure functions from the document of the rules to SVG. Each drawing has its figures in a table on the same page: the matrix
below, and the table of the package. Colours come from the style sheet, so a drawing prints and turns dark with its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from wijkcontract.rules.coverage import coverage
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Proposal
from wijkcontract.web.components.dossier_codes import measure_codes, objective_codes, problem_codes

NAME_WIDTH, CELL, ROW, HEAD = 220, 30, 28, 150
BOX_WIDTH, BOX_HEIGHT, STEP, GAP, TOP = 200, 40, 48, 50, 40
LONGEST_NAME, LONGEST_BOX = 34, 27
NO_ANSWER = "geen maatregel"


@dataclass(frozen=True, slots=True)
class Column:
    """One policy domain or level of government: its label and how many measures touch it."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One measure, with a mark for every column that it touches."""

    name: str
    marks: Sequence[bool]


@dataclass(frozen=True, slots=True)
class CoverageMatrix:
    """Measures in rows; policy domains and then levels of government in columns."""

    domains: Sequence[Column]
    levels: Sequence[Column]
    rows: Sequence[CoverageRow]

    @property
    def columns(self) -> Sequence[Column]:
        return [*self.domains, *self.levels]


def coverage_matrix(document: Proposal, programme: Programme) -> CoverageMatrix:
    """Which measure touches which policy domain and level of government; an empty column stays, for a gap must be seen."""
    picture, codes = coverage(document.measures, programme), measure_codes(document)
    touched = [*picture.by_domain.values(), *picture.by_level.values()]
    return CoverageMatrix(
        domains=[Column(one.label, len(picture.by_domain[one.code])) for one in programme.policy_domains],
        levels=[Column(one.label, len(picture.by_level[one.code])) for one in programme.levels],
        rows=[
            CoverageRow(f"{codes[measure.id]} {measure.title}".strip(), [measure.id in ids for ids in touched])
            for measure in document.measures
        ],
    )


def coverage_drawing(matrix: CoverageMatrix) -> SafeString:
    """The matrix as dots, with what no measure touches drawn as a gap; nothing without measures."""
    if not matrix.rows:
        return mark_safe("")
    columns, split = matrix.columns, len(matrix.domains)
    bottom = HEAD + ROW * len(matrix.rows)
    gaps = [column.label for column in columns if not column.count]
    description = f"Niet geraakt: {', '.join(gaps)}." if gaps else "Elk domein en elk bestuursniveau wordt geraakt."
    return format_html(
        '<svg class="covers" viewBox="0 0 {width} {height}" role="img" aria-labelledby="dek-t dek-d">'
        '<title id="dek-t">Welke maatregel welk beleidsdomein en bestuursniveau raakt</title>'
        '<desc id="dek-d">{description}</desc>{heads}{rows}{counts}</svg>',
        width=_x(len(columns), split) + 70,
        height=bottom + 34,
        description=description,
        heads=_column_heads(columns, split),
        rows=_coverage_rows(matrix.rows, split),
        counts=_counts(columns, split, bottom),
    )


def _x(column: int, split: int) -> int:
    """The middle of a column; the levels of government stand a little apart."""
    return NAME_WIDTH + CELL // 2 + CELL * column + (CELL // 2 if column >= split else 0)


def _column_heads(columns: Sequence[Column], split: int) -> SafeString:
    rows = ((_x(index, split), HEAD - 14, _short(column.label)) for index, column in enumerate(columns))
    return format_html_join("", '<text x="{0}" y="{1}" transform="rotate(-42 {0} {1})">{2}</text>', rows)


def _coverage_rows(rows: Sequence[CoverageRow], split: int) -> SafeString:
    parts = []
    for index, row in enumerate(rows):
        y = HEAD + ROW * index + ROW // 2
        dots = format_html_join(
            "",
            '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
            (
                ("hit" if mark else "miss", _x(column, split), y, 8 if mark else 2)
                for column, mark in enumerate(row.marks)
            ),
        )
        line = format_html('<path d="M0 {}H{}"/>', y + ROW // 2, _x(len(row.marks), split))
        parts.append(format_html('{}<text x="0" y="{}">{}</text>{}', line, y + 4, _short(row.name), dots))
    return format_html_join("", "{}", ((part,) for part in parts))


def _counts(columns: Sequence[Column], split: int, bottom: int) -> SafeString:
    """How many measures touch a column; a gap is a word, not a colour alone."""
    y = bottom + 22
    cells = (
        ("strong" if column.count else "gap", _x(index, split), y, column.count or "leeg")
        for index, column in enumerate(columns)
    )
    body = format_html_join("", '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>', cells)
    return format_html('<text class="strong" x="0" y="{}">Aantal maatregelen</text>{}', y, body)


@dataclass(frozen=True, slots=True)
class _Box:
    key: str
    name: str
    lack: str = ""


def logic_drawing(document: Proposal) -> SafeString:
    """From problems to objectives to measures. A problem is joined to an objective when a measure answers the one and serves
    the other; what hangs loose is drawn with a broken border and says so. Nothing without problems, objectives and measures.
    """
    boxes = _boxes(document)
    if not all(boxes):
        return mark_safe("")
    joined = {
        (0, problem, objective) for one in document.measures for problem in one.problems for objective in one.objectives
    } | {(1, objective, one.id) for one in document.measures for objective in one.objectives}
    places = [{box.key: TOP + STEP * index for index, box in enumerate(column)} for column in boxes]
    lines = [
        (_right(column), places[column][left] + BOX_HEIGHT // 2, _left(column + 1), places[column + 1][right] + 20)
        for column, left, right in sorted(joined)
        if left in places[column] and right in places[column + 1]
    ]
    loose = [f"{box.name}: {box.lack}" for column in boxes for box in column if box.lack]
    return format_html(
        '<svg class="logic logic--three" viewBox="0 0 {width} {height}" role="img" aria-labelledby="log-t log-d">'
        '<title id="log-t">Van probleem over doelstelling naar maatregel</title><desc id="log-d">{description}</desc>'
        "{heads}{lines}{boxes}</svg>",
        width=_right(2) + 4,
        height=TOP + STEP * max(len(column) for column in boxes),
        description=f"Nog los: {'; '.join(loose)}." if loose else "Alles hangt aan elkaar.",
        heads=format_html_join(
            "",
            '<text class="strong" x="{}" y="24">{}</text>',
            ((_left(index), name) for index, name in enumerate(("Problemen", "Doelstellingen", "Maatregelen"))),
        ),
        lines=format_html_join("", '<path d="M{} {}C{} {} {} {} {} {}"/>', (_curve(*line) for line in lines)),
        boxes=format_html_join(
            "",
            "{}",
            ((_box(box, index, places[index][box.key]),) for index, column in enumerate(boxes) for box in column),
        ),
    )


def _boxes(document: Proposal) -> tuple[list[_Box], list[_Box], list[_Box]]:
    problems, objectives, measures = problem_codes(document), objective_codes(document), measure_codes(document)
    answered = {problem for one in document.measures for problem in one.problems}
    served = {objective for one in document.measures for objective in one.objectives}
    return (
        [
            _Box(one.id, f"{problems[one.id]} {one.title}", "" if one.id in answered else NO_ANSWER)
            for one in document.problems
        ],
        [
            _Box(one.id, f"{objectives[one.id]} {one.title}", "" if one.id in served else NO_ANSWER)
            for one in document.objectives
        ],
        [
            _Box(
                one.id,
                f"{measures[one.id]} {one.title}",
                " en ".join(
                    what
                    for what, links in (("geen probleem", one.problems), ("geen doelstelling", one.objectives))
                    if not links
                ),
            )
            for one in document.measures
        ],
    )


def _left(column: int) -> int:
    return 2 + column * (BOX_WIDTH + GAP)


def _right(column: int) -> int:
    return _left(column) + BOX_WIDTH


def _curve(x1: int, y1: int, x2: int, y2: int) -> tuple[int, ...]:
    middle = (x1 + x2) // 2
    return x1, y1, middle, y1, middle, y2, x2, y2


def _box(box: _Box, column: int, y: int) -> SafeString:
    x = _left(column)
    lack = format_html('<text x="{}" y="{}">{}</text>', x + 10, y + 33, box.lack) if box.lack else mark_safe("")
    return format_html(
        '<g class="{}"><rect x="{}" y="{}" width="{}" height="{}" rx="4"/><text class="strong" x="{}" y="{}">{}</text>{}</g>',
        "lack" if box.lack else "",
        x,
        y,
        BOX_WIDTH,
        BOX_HEIGHT,
        x + 10,
        y + (18 if box.lack else 25),
        _short(box.name, LONGEST_BOX),
        lack,
    )


def _short(name: str, longest: int = LONGEST_NAME) -> str:
    """A name that fits its place; the table beside the drawing has it whole."""
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"
