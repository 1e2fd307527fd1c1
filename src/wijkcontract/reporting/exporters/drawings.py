"""The drawings of the site on paper: the same lines with ink for a style sheet, and as a picture where SVG is not read."""

from __future__ import annotations

import re
from importlib import resources
from typing import Final

import typst

from wijkcontract.reporting.exporters.glyphs import printable

INK: Final = (
    'text{font-family:"Hanken Grotesk";font-size:12px;fill:#3a4553}'
    ".strong{fill:#16202e;font-weight:700}.gap{fill:#8f4700;font-weight:700}"
    "path{fill:none;stroke:#9aa4b0;stroke-width:1.2}rect{fill:#ffffff;stroke:#7b8794}"
    ".hit{fill:#1d5fa8}.miss{fill:#7b8794}.lack rect{stroke:#8f4700;stroke-dasharray:4 3;fill:#fdf3e7}"
)
"""Colours of the printed drawings; on the site they come from `drawings.css`."""

VIEW_BOX: Final = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
PIXELS_PER_INCH: Final = 200
PAGE_WIDTH, PAGE_HEIGHT = 174, 225
"""What a page leaves for a drawing with its caption, in mm."""


def on_paper(svg: str) -> str:
    """The drawing as a document of its own, with its colours and with signs that the font can draw."""
    with_names = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    start, _, rest = printable(with_names).partition(">")
    return f"{start}><style>{INK}</style>{rest}"


def width_on_page(svg: str) -> int:
    """How wide the drawing stands on a page, in mm, so that it fits in the height too."""
    found = VIEW_BOX.search(svg)
    if found is None:
        raise ValueError("a drawing without a view box has no size")
    width, height = int(found[1]), int(found[2])
    return min(PAGE_WIDTH, PAGE_HEIGHT * width // height)


def as_picture(svg: str) -> bytes:
    """The drawing as PNG, as wide as it stands on the page."""
    package = resources.files("wijkcontract.reporting")
    with resources.as_file(package / "exporters") as folder, resources.as_file(package / "fonts") as fonts:
        made = typst.compile(
            str(folder / "drawing.typ"),
            root=str(folder),
            format="png",
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"svg": on_paper(svg), "width": str(width_on_page(svg))},
            ppi=PIXELS_PER_INCH,
        )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no picture")
    return made
