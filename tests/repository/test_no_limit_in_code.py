"""No limit of any programme that ships stands in code: not its amounts, not its shares (decision 0010)."""

from __future__ import annotations

import ast
from fractions import Fraction

from repository.tree import SOURCE, python_files, short
from wijkcontract.rules import programme

ABOUT_FIGURES = "figure_sentences.py"
"""How far a figure of a neighbourhood lies from another: its thresholds are no limit of a call."""
OUTSIDE = ("demo", "web/components/gallery.py")
"""The story of the demonstration and the page of specimens tell real amounts."""


def _amounts() -> set[int]:
    """The ceilings and budgets in cents and in euro."""
    limits = [programme.load(name).limits for name in programme.names()]
    cents = {amount for one in limits for amount in (one.subsidy_ceiling, one.call_budget)}
    return cents | {amount // 100 for amount in cents}


def _shares() -> set[float]:
    limits = [programme.load(name).limits for name in programme.names()]
    shares = {share for one in limits for share in (one.own_contribution_min, one.infrastructure_max)}
    return {float(share) for share in shares if share != Fraction(1)}


def test_no_limit_of_a_programme_stands_in_code() -> None:
    amounts = _amounts()
    assert 5_000_000_00 in amounts
    found = [
        f"{short(path)}:{node.lineno} {node.value}"
        for path in python_files(SOURCE)
        if not path.relative_to(SOURCE).as_posix().startswith(OUTSIDE)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in amounts
    ]
    assert not found


def test_no_share_of_a_programme_is_computed_with_in_the_rules() -> None:
    shares = _shares()
    assert 0.2 in shares
    found = []
    for path in python_files(SOURCE / "rules", SOURCE / "calls", SOURCE / "proposals", SOURCE / "contracts"):
        if path.name == ABOUT_FIGURES:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_float = isinstance(node, ast.Constant) and type(node.value) is float and node.value in shares
            if is_float or (isinstance(node, ast.Call) and _fraction(node) in shares):
                found.append(f"{short(path)}:{node.lineno}")  # type: ignore[attr-defined]  # both kinds have a line
    assert not found


def _fraction(call: ast.Call) -> float | None:
    """The value of `Fraction(1, 5)`; None for any other call."""
    numbers = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, int)]
    if not isinstance(call.func, ast.Name) or call.func.id != "Fraction" or len(numbers) != 2 or not numbers[1]:
        return None
    return numbers[0] / numbers[1]
