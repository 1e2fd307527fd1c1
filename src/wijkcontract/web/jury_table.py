"""The deliberation table as markup: dots of the votes, spread, totals, closed doors. Pure functions; no template per cell."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from wijkcontract.jury.queries import ClosedRow, ScoreRow, ScoreTable
from wijkcontract.rules.money import format_nl
from wijkcontract.web.components.formats import NOTHING, number
from wijkcontract.web.components.markup import icon

LEFT, WIDTH = 4, 72
POSITION_LIGHTS = (
    ("feasible", "ok", "check", "haalbaar"),
    ("conditional", "warn", "alert", "mits voorwaarde"),
    ("not_feasible", "bad", "stop", "niet haalbaar"),
)
Address = Callable[[uuid.UUID], str]


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and the highest points of the call."""

    lowest: int
    highest: int

    def is_wide(self, spread: int) -> bool:
        """Do the votes lie further apart than half of the scale? Then the jury discusses the criterion."""
        return spread * 2 > self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class Sorting:
    """What the reader sorts by: rank unless the address says otherwise; `here` is the row under discussion."""

    key: str
    descending: bool
    here: str = ""

    def address(self, key: str) -> str:
        """The address of the head of a column: figures first from high to low, a second click turns the order."""
        first_descending = key not in ("rang", "voorstel")
        descending = not self.descending if key == self.key else first_descending
        asked = {"sorteer": f"-{key}" if descending else key, "voorstel": self.here}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def sorting_from(query: QueryDict, table: ScoreTable) -> Sorting:
    """Read the sorting from an address; anything unknown is the rank."""
    asked = query.get("sorteer", "rang")
    codes = {one.code for one in table.criteria} if table.shows_votes else set()
    known = {"rang", "voorstel", "gevraagd", "totaal", *codes}
    key = asked.removeprefix("-")
    return Sorting(key if key in known else "rang", key in known and asked.startswith("-"), query.get("voorstel", ""))


def in_order(rows: Sequence[ScoreRow], sorting: Sorting) -> list[ScoreRow]:
    """The open rows in the order asked; a row without the figure stands last."""
    least = Fraction(-1)
    keys: Mapping[str, Callable[[ScoreRow], Fraction | int | str]] = {
        "rang": lambda row: row.place or len(rows) + 1,
        "voorstel": lambda row: row.title.casefold(),
        "gevraagd": lambda row: row.subsidy_cents,
        "totaal": lambda row: least if row.total is None else row.total,
    }
    key = keys.get(sorting.key, lambda row: row.means.get(sorting.key, least))
    return sorted(rows, key=key, reverse=sorting.descending)


def head(table: ScoreTable, sorting: Sorting) -> SafeString:
    """The heads of the columns, each a link that sorts."""
    weight = sum(one.weight for one in table.criteria) or 1
    shares = [(one.code, one.name, f"{number(Fraction(one.weight * 100, weight))} %") for one in table.criteria]
    columns = [
        ("rang", "Rang", "", True),
        ("voorstel", "Voorstel", "", False),
        ("gevraagd", "Gevraagd", "EUR", True),
        *((code, name, share, True) for code, name, share in shares if table.shows_votes),
        ("totaal", "Totaal", "op 100", True),
    ]
    cells = [_head_cell(sorting, *column) for column in columns]
    return mark_safe("".join([*cells, '<th scope="col">Standpunten<small>Vlaamse instanties</small></th>']))  # noqa: S308


def _head_cell(sorting: Sorting, key: str, label: str, unit: str, numeric: bool) -> SafeString:
    order = ("descending" if sorting.descending else "ascending") if key == sorting.key else ""
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="{}">{}</a>{}</th>',
        mark_safe(' class="num"') if numeric else "",
        format_html(' aria-sort="{}"', order) if order else "",
        sorting.address(key),
        label,
        format_html("<small>{}</small>", unit) if unit else "",
    )


def body(table: ScoreTable, sorting: Sorting, scale: Scale, address: Address, declare: Address) -> SafeString:
    """Every row: first the open ones in their order, then the closed doors."""
    codes = [one.code for one in table.criteria] if table.shows_votes else []
    rows = [
        _open_row(row, codes, scale, address(row.proposal_id), sorting.here) for row in in_order(table.rows, sorting)
    ]
    width = len(codes) + 3
    rows += [_closed_row(row, width, declare(row.proposal_id)) for row in table.closed]
    return mark_safe("".join(rows))  # noqa: S308 - every value was escaped where it was written


def foot(table: ScoreTable) -> SafeString:
    """The number of open proposals, what they ask together, and the means."""
    codes = [one.code for one in table.criteria] if table.shows_votes else []
    means = [_mean([row.means[code] for row in table.rows if code in row.means]) for code in codes]
    total = _mean([row.total for row in table.rows if row.total is not None])
    cells = "".join(f'<td class="num">{_tenth(mean)}</td>' for mean in [*means, total])
    count = len(table.rows)
    noun = "open voorstel" if count == 1 else "open voorstellen"
    asked = whole_euro(sum(row.subsidy_cents for row in table.rows))
    return mark_safe(  # noqa: S308 - numbers only
        f'<tr><td></td><th scope="row">{count} {noun}</th><td class="num">{asked}</td>{cells}<td></td></tr>'
    )


def whole_euro(cents: int) -> str:
    """An amount without cents when it has none: "326.000"."""
    return format_nl(cents).removesuffix(",00")


@lru_cache(maxsize=4096)
def strip(points: tuple[int, ...], lowest: int, highest: int, wide: bool) -> SafeString:
    """The votes on one criterion as dots on a line, and their mean as a stroke; the words beside it say the same."""
    step = WIDTH / max(1, highest - lowest)
    dots = "".join(f'<circle cx="{LEFT + (one - lowest) * step:.0f}" cy="7" r="3.2"/>' for one in points)
    mean = LEFT + (sum(points) / len(points) - lowest) * step
    return mark_safe(  # noqa: S308 - numbers only
        f'<svg class="strip{" strip--wide" if wide else ""}" viewBox="0 0 80 14" aria-hidden="true">'
        f'<path class="rail" d="M{LEFT} 7h{WIDTH}"/>{dots}<path class="mean" d="M{mean:.1f} 1v12"/></svg>'
    )


def _open_row(row: ScoreRow, codes: Sequence[str], scale: Scale, url: str, here: str) -> str:
    cells = "".join(_cell(row, code, scale) for code in codes)
    place = f"<b>{row.place}</b>" if row.place else NOTHING
    tied = "<small>gelijk</small>" if row.is_tied else ""
    is_here = str(row.proposal_id) == here
    kind, current, now = (' class="is-here"', ' aria-current="true"', ", <b>nu</b>") if is_here else ("", "", "")
    return (
        f'<tr{kind}><td class="num">{place}{tied}</td>'
        f'<th scope="row"><a href="{escape(url)}"{current}>{escape(row.title)}</a><br>'
        f"<small>{escape(row.applicant)}{now}</small></th>"
        f'<td class="num">{whole_euro(row.subsidy_cents)}</td>{cells}<td class="num"><b>{_tenth(row.total)}</b></td>'
        f"<td>{positions(row)}</td></tr>"
    )


def _cell(row: ScoreRow, code: str, scale: Scale) -> str:
    points = tuple(row.points.get(code, ()))
    if not points:
        return f'<td class="num">{NOTHING}</td>'
    spread = points[-1] - points[0]
    wide = scale.is_wide(spread)
    apart = f'<small class="minus">verschil {spread}</small>' if wide else ""
    return (
        f'<td class="num">{number(Fraction(sum(points), len(points)), 1)}<span class="vh">, punten van {points[0]} tot '
        f"{points[-1]}</span>{strip(points, scale.lowest, scale.highest, wide)}{apart}</td>"
    )


def positions(row: ScoreRow) -> SafeString:
    """How many bodies find the proposal feasible, feasible on a condition, or not."""
    lights = [
        f'<span class="light light--{kind}">{icon(shape)}{count}<span class="vh"> {word}</span></span>'
        for name, kind, shape, word in POSITION_LIGHTS
        if (count := getattr(row.positions, name))
    ]
    inner = " ".join(lights) or f"{NOTHING}"
    return mark_safe(f'<span class="cluster">{inner}</span>')  # noqa: S308 - numbers and our own words


def _closed_row(row: ClosedRow, width: int, url: str) -> SafeString:
    if row.declare:
        said = format_html('<a href="{}">Verklaar eerst</a> of u een belangenconflict hebt.', url)
    else:
        bold, _, rest = row.reason.partition(". ")
        said = format_html("<span><b>{}.</b> {}</span>", bold, rest)
    return format_html(
        '<tr class="is-closed"><td></td><th scope="row">{}<br><small>{}</small></th><td colspan="{}">'
        '<span class="door">{}{}</span></td></tr>',
        row.title, row.applicant, width, icon("door"), said,
    )  # fmt: skip


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction()) / len(values) if values else None


def _tenth(value: Fraction | None) -> str:
    return NOTHING if value is None else number(value, 1)
