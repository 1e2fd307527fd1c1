"""The list of sectors beside the map. Written here and not in a template: for 298 sectors that takes a fifth of the time."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from wijkcontract.web.neighbourhood.looking import SectorRow

ROW = (
    '<tr><th scope="row"><label class="check-cell"><input type="checkbox" name="sector" value="{0}"{1}> <span>{2}</span>'
    '</label></th><td>{0}</td><td class="num">{3}</td><td class="num">{4}</td><td>{5}</td><td class="num">{6}</td>'
    '<td class="num">{7}</td></tr>\n'
)
MARKS = {
    (inside, closed): SafeString((" checked" if inside else "") + (" disabled" if closed else ""))
    for inside in (False, True)
    for closed in (False, True)
}


def sector_rows(rows: Iterable[SectorRow], *, locked: bool) -> SafeString:
    """The rows of the table; with `locked` nothing can be ticked."""
    return format_html_join(
        "",
        ROW,
        (
            (
                row.code, MARKS[row.inside, locked or not row.pickable], row.name, row.inhabitants, row.value,
                row.class_label, row.decile, row.certainty,
            )
            for row in rows
        ),
    )  # fmt: skip
