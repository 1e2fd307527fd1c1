"""The mission trace: docs/mission.md says of each requirement R1..R27 what stands and what does not yet, and where to look.

Its form: one section a requirement that starts with a heading `## R1 ...` (or ###) and holds two filled paragraphs or list items
that start with **Nu** and **Nog niet**. A path or a test in backticks (`rules/window.py`, `tests/rules/test_money.py`,
`tests/rules/test_money.py::test_name`) exists; paths of the package may leave out `src/wijkcontract/`.
"""

from __future__ import annotations

import re

import pytest

from repository.tree import ROOT, SOURCE

MISSION = ROOT / "docs" / "mission.md"
REQUIREMENTS = tuple(f"R{number}" for number in range(1, 28))
LABELS = ("Nu", "Nog niet")
PATH = re.compile(r"`((?!/)[\w.*-]+(?:/[\w.*-]+)*(?:/|\.[a-z]+))(?:::(\w+))?`")


def text() -> str:
    assert MISSION.is_file(), (
        "docs/mission.md is absent: one section for each of R1..R27, each with **Nu** and **Nog niet**"
    )
    return MISSION.read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """The text under the heading of each requirement."""
    parts = re.split(r"^#{2,4} +(R\d+)\b", text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def filled(section: str, label: str) -> bool:
    """Does the section say something after the label?"""
    found = re.search(rf"\*\*{label}[.:]?\*\*[.:]?[ \n]*([^*\s#].*)", section)
    return found is not None and len(found.group(1)) > len("niets")


def test_every_requirement_has_its_section_and_nothing_else_has() -> None:
    headings = re.findall(r"^#{2,4} +(R\d+)\b", text(), flags=re.MULTILINE)
    assert headings == list(REQUIREMENTS)


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_a_requirement_says_what_stands_and_what_does_not_yet(requirement: str) -> None:
    section = sections().get(requirement, "")
    missing = [label for label in LABELS if not filled(section, label)]
    assert not missing, f"{requirement}: nothing after {', '.join(f'**{label}**' for label in missing)}"


def test_every_path_in_the_trace_exists() -> None:
    wrong = []
    for path, test in PATH.findall(text()):
        found = [one for folder in (ROOT, SOURCE) for one in folder.glob(path)]
        if not found or (test and f"def {test}(" not in found[0].read_text(encoding="utf-8")):
            wrong.append(f"{path}::{test}" if test else path)
    assert not wrong, "\n".join(wrong)
