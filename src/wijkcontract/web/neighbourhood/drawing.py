"""The map of a municipality as one SVG made on the server: it prints, needs no script, and the script only moves it.

Shapes come in metres (EPSG:31370) and go out as whole numbers of a drawing 1000 wide: at that size a street is
still a pixel, and 298 sectors stay under 60 kB before compression.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from numpy.typing import NDArray

WIDTH = 1000
MARGIN = 12
TALLEST = 1100
SCALE_LENGTHS = (100, 200, 500, 1_000, 2_000, 5_000, 10_000)


@dataclass(frozen=True, slots=True)
class Area:
    """One sector on the map. `look` 1 to 5 is its class, 0 says that there is no figure. `note` is read with the name."""

    code: str
    name: str
    shape: shapely.Geometry | None
    look: int
    inside: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """From metres to the drawing: y turns round, because a drawing counts downwards."""

    left: float
    top: float
    scale: float
    height: int

    def place(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        moved = (points - (self.left, self.top)) * (self.scale, -self.scale) + MARGIN
        return np.rint(moved).astype(np.int64)


def draw_map(areas: Sequence[Area], *, title: str, description: str, ident: str = "kaart") -> SafeString:
    """The map, with the border of the chosen sectors in yellow. Nothing when no area has a shape."""
    drawn = [area for area in areas if area.shape is not None]
    if not drawn:
        return mark_safe("")
    shapes = np.array([area.shape for area in drawn], dtype=np.object_)
    frame = _frame(shapes)
    paths = _paths(shapes, frame)
    rows = (
        (area.look, area.code, " is-in" if area.inside else "", path, area.name, f": {area.note}" if area.note else "")
        for area, path in zip(drawn, paths, strict=True)
    )
    body = format_html_join("", '<path class="s{0}{2}" data-code="{1}" d="{3}"><title>{4}{5}</title></path>', rows)
    chosen = shapes[[area.inside for area in drawn]]
    return format_html(
        '<svg class="map" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{ident}-t {ident}-d">'
        '<title id="{ident}-t">{title}</title><desc id="{ident}-d">{description}</desc>{hatch}<g>{body}</g>{edge}{scale}</svg>',
        width=WIDTH, height=frame.height, ident=ident, title=title, description=description, hatch=HATCH, body=body,
        edge=_edge(chosen, frame), scale=_scale_bar(frame),
    )  # fmt: skip


HATCH = mark_safe(
    '<defs><pattern id="hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="hatch__ground" d="M0 0h9v9H0Z"/><path class="hatch__line" d="M0 0v9"/></pattern></defs>'
)


def _frame(shapes: NDArray[np.object_]) -> _Frame:
    left, bottom, right, top = shapely.total_bounds(shapes)
    inside = WIDTH - 2 * MARGIN
    scale = min(inside / max(right - left, 1.0), (TALLEST - 2 * MARGIN) / max(top - bottom, 1.0))
    spare = (inside - (right - left) * scale) / 2 / scale
    return _Frame(left - spare, top, scale, round((top - bottom) * scale) + 2 * MARGIN)


def _paths(shapes: NDArray[np.object_], frame: _Frame) -> list[str]:
    """The `d` of every shape: all its rings, in steps from point to point, without steps of nothing."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    placed = frame.place(points)
    starts = np.searchsorted(ring, np.arange(len(rings) + 1))
    pieces: list[list[str]] = [[] for _ in shapes]
    for number, shape in enumerate(owner[part].tolist()):
        pieces[shape].append(_ring(placed[starts[number] : starts[number + 1] - 1]))
    return ["".join(piece) for piece in pieces]


def _ring(points: NDArray[np.int64]) -> str:
    steps = np.diff(points, axis=0)
    moving = steps[(steps != 0).any(axis=1)].tolist()
    return f"M{points[0, 0]} {points[0, 1]}l" + " ".join(f"{x} {y}" for x, y in moving) + "z" if moving else ""


def _edge(chosen: NDArray[np.object_], frame: _Frame) -> SafeString:
    """The border of the neighbourhood twice: a dark line under a yellow one, so that it shows on every ground."""
    if not len(chosen):
        return mark_safe("")
    union = shapely.union_all(shapely.make_valid(chosen))
    flat = [part for part in shapely.get_parts(union) if shapely.get_type_id(part) == shapely.GeometryType.POLYGON]
    path = "".join(_paths(np.array(flat, dtype=object), frame)) if flat else ""
    return format_html('<path class="area-out" d="{0}"/><path class="area" d="{0}"/>', path)


def _scale_bar(frame: _Frame) -> SafeString:
    """The longest round distance that stays under a fifth of the drawing."""
    fitting = [metres for metres in SCALE_LENGTHS if metres * frame.scale <= WIDTH / 5] or [SCALE_LENGTHS[0]]
    metres = fitting[-1]
    length = round(metres * frame.scale)
    words = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    return format_html(
        '<g class="map__scale" transform="translate({} {})"><path class="here" d="M0-6v6h{}v-6"/>'
        '<text class="halo" x="{}" y="-10" text-anchor="middle">{}</text></g>',
        WIDTH - MARGIN - length, frame.height - MARGIN, length, length // 2, words,
    )  # fmt: skip
