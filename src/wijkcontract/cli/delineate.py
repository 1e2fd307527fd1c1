"""`wijkcontract delineate`: the neighbourhood that the figures ask for, without the site (R2)."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from wijkcontract.cli.command import SUCCESS, Command, UsageError

if TYPE_CHECKING:
    from wijkcontract.engines.delineation import Delineation, Problem
    from wijkcontract.engines.ranking import Floats
    from wijkcontract.engines.tables import Table

NOTHING_FITS: Final = 3
KM2: Final = 1_000_000.0
_ENDING: Final = (
    "Zoekt het aaneensluitende geheel van sectoren met het hoogste totaal van inwoners x (score - drempel). Twee sectoren grenzen "
    "aan elkaar als ze een stuk grens delen. Een sector zonder score telt zijn inwoners mee en verder niets. "
    "Sluit af met 0 als er een antwoord is, met 3 als er geen bestaat, en met 64 als een bestand of een keuze niet bruikbaar is."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `delineate`."""
    parser.epilog = _ENDING
    add = parser.add_argument
    add("--sectors", required=True, type=Path, metavar="BESTAND", help="de sectoren met hun omtrek, in meter")
    add("--id", required=True, metavar="KOLOM", help="de kolom met de code van een sector")
    add("--population", required=True, metavar="KOLOM", help="de kolom met de inwoners")
    add(
        "--where",
        action="append",
        default=[],
        metavar="KOLOM=WAARDE",
        help="alleen deze sectoren; dezelfde kolom twee keer is 'of', een andere kolom is 'en'",
    )
    add("--scores", required=True, type=Path, metavar="BESTAND", help="de scores, .parquet of .csv")
    add("--scores-id", metavar="KOLOM", help="de kolom met de code in het bestand met scores (zoals --id)")
    add("--score", required=True, metavar="KOLOM", help="de kolom met de score; hoog is kwetsbaar")
    threshold = parser.add_mutually_exclusive_group(required=True)
    threshold.add_argument("--threshold", type=float, metavar="X", help="de drempel van de score")
    threshold.add_argument(
        "--threshold-quantile",
        type=float,
        metavar="Q",
        help="de drempel als kwantiel (type 7) van alle scores, 0 tot 1",
    )
    add("--inhabitants", required=True, nargs=2, type=int, metavar=("VAN", "TOT"), help="het aantal inwoners")
    add("--max-area", type=float, metavar="KM2", help="de grootste oppervlakte")
    add("--force-in", nargs="+", default=[], action="extend", metavar="CODE", help="sectoren die erin moeten")
    add("--force-out", nargs="+", default=[], action="extend", metavar="CODE", help="sectoren die er niet in mogen")
    add("--alternatives", type=int, default=0, metavar="K", help="geef ook K andere gehelen, de beste eerst")
    add(
        "--also",
        nargs="+",
        default=[],
        action="extend",
        metavar="KOLOM",
        help="andere berekeningen van de score, uit hetzelfde bestand: zegt in welk deel daarvan een sector ook gekozen wordt",
    )
    add("--quick", action="store_true", help="geef het eerste antwoord, zonder bewijs dat het het beste is")
    add("--seconds", type=float, default=10.0, metavar="S", help="de tijd voor elk antwoord (standaard 10)")
    add("--json", action="store_true", help="schrijf JSON in plaats van een lijst")


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; 3 when no set of sectors fits."""
    from wijkcontract.engines import delineation
    from wijkcontract.engines.tables import TableError

    _check(arguments)
    try:
        problem, codes = _problem(arguments)
        draws = _draws(arguments, codes)
    except TableError as error:
        raise UsageError(str(error)) from error
    find = delineation.suggest if arguments.quick else delineation.delineate
    answer = find(problem, arguments.seconds)
    others = (
        list(delineation.alternatives(problem, answer, arguments.alternatives, arguments.seconds))
        if answer.areas
        else []
    )
    unscored = [codes[place] for place in range(problem.size) if math.isnan(problem.score[place])]
    shown = _shown(answer, codes) | {
        "threshold": problem.threshold,
        "seconds": round(answer.seconds, 3),
        "unscored": unscored,
        "stability": _stability(problem, answer, codes, draws, arguments.seconds),
        "alternatives": [_shown(one, codes) for one in others],
    }
    print(json.dumps(shown, ensure_ascii=False) if arguments.json else _as_list(shown))
    return SUCCESS if answer.areas else NOTHING_FITS


def _stability(
    problem: Problem, answer: Delineation, codes: list[str], draws: Floats, seconds: float
) -> dict[str, float]:
    """For each sector of the answer the share of the other calculations that choose it too; empty when there are none."""
    from wijkcontract.engines import delineation

    if not len(draws):
        return {}
    share = delineation.stability(problem, draws, seconds)
    return {codes[area]: round(float(share[area]), 3) for area in answer.areas}


def _draws(arguments: argparse.Namespace, codes: list[str]) -> Floats:
    """The other calculations of the score: columns x sectors, NaN where a sector has none. Raises TableError, UsageError."""
    import numpy as np

    from wijkcontract.engines import tables

    if not arguments.also:
        return np.empty((0, len(codes)))
    scores = tables.read(arguments.scores)
    names = _texts(scores, arguments.scores_id or arguments.id)
    row = {code: at for at, code in enumerate(names)}
    columns = [np.append(_figures(scores, column), np.nan) for column in arguments.also]
    return np.array([[values[row.get(code, -1)] for code in codes] for values in columns])


def _check(arguments: argparse.Namespace) -> None:
    """What can be wrong with the numbers, all at once."""
    low, high = arguments.inhabitants
    quantile = arguments.threshold_quantile
    faults = [
        message
        for wrong, message in (
            (not 0 <= low <= high, "--inhabitants: geef twee aantallen, eerst het kleinste, zoals 2000 6000."),
            (
                quantile is not None and not 0 <= quantile <= 1,
                "--threshold-quantile: geef een getal van 0 tot 1, zoals 0.8.",
            ),
            (
                arguments.threshold is not None and not math.isfinite(arguments.threshold),
                "--threshold: geef een gewoon getal.",
            ),
            (not arguments.seconds > 0, "--seconds: geef een tijd die groter is dan 0."),
            (arguments.alternatives < 0, "--alternatives: geef 0 of meer."),
            (arguments.max_area is not None and not arguments.max_area > 0, "--max-area: geef meer dan 0 km²."),
        )
        if wrong
    ]
    if both := sorted(set(arguments.force_in) & set(arguments.force_out)):
        faults.append(f"{', '.join(both)}: kan niet tegelijk bij --force-in en --force-out staan.")
    if faults:
        raise UsageError("\n".join(faults))


def _problem(arguments: argparse.Namespace) -> tuple[Problem, list[str]]:
    """The question over the sectors that were chosen, and their codes. Raises TableError, UsageError."""
    import numpy as np

    from wijkcontract.engines import area_files, delineation, tables
    from wijkcontract.engines.adjacency import adjacency

    file = area_files.read(arguments.sectors)
    chosen = _where(file.table, arguments.where)
    codes = [code for code, keep in zip(_texts(file.table, arguments.id), chosen, strict=True) if keep]
    if not codes:
        raise UsageError("--where: geen enkele sector past hierbij. Kijk de kolom en de waarde na.")
    _once(codes, f"{arguments.sectors}, kolom '{arguments.id}'")
    people = np.nan_to_num(_figures(file.table, arguments.population)[chosen])
    if (people < 0).any() or (people != np.round(people)).any():
        raise UsageError(f"--population: de kolom '{arguments.population}' bevat geen aantallen inwoners.")
    scores = tables.read(arguments.scores)
    values = _figures(scores, arguments.score)
    names = _texts(scores, arguments.scores_id or arguments.id)
    _once(names, f"{arguments.scores}, kolom '{arguments.scores_id or arguments.id}'")
    by_code = dict(zip(names, values.tolist(), strict=True))
    place = {code: index for index, code in enumerate(codes)}
    problem = delineation.Problem(
        inhabitants=people.astype(np.int64),
        score=np.array([by_code.get(code, math.nan) for code in codes]),
        adjacency=adjacency(file.outlines[chosen]),
        low=arguments.inhabitants[0],
        high=arguments.inhabitants[1],
        threshold=_threshold(arguments, values),
        forced_in=_places("--force-in", arguments.force_in, place),
        forced_out=_places("--force-out", arguments.force_out, place),
        max_surface=arguments.max_area * KM2 if arguments.max_area is not None else None,
    )
    return problem, codes


def _where(table: Table, conditions: list[str]) -> Any:  # noqa: ANN401 - an array of truth values, shape (rows,)
    import numpy as np

    wanted: dict[str, set[str]] = {}
    for condition in conditions:
        column, equals, value = condition.partition("=")
        if not equals:
            raise UsageError(f"--where: '{condition}' mist een =. Schrijf KOLOM=WAARDE.")
        wanted.setdefault(column.strip(), set()).add(value.strip())
    chosen = np.ones(table.rows, dtype=bool)
    for column, values in wanted.items():
        chosen &= np.isin(_texts(table, column), sorted(values))
    return chosen


def _texts(table: Table, column: str) -> list[str]:
    _has(table, column)
    return table.texts(column)


def _figures(table: Table, column: str) -> Floats:
    _has(table, column)
    return table.figures(column)


def _has(table: Table, column: str) -> None:
    if column not in table.names:
        known = ", ".join(name for name in table.names if name != "geometry")
        raise UsageError(f"{table.path} heeft geen kolom '{column}'. Er zijn: {known}.")


def _once(codes: list[str], where: str) -> None:
    double = sorted({code for code in codes if codes.count(code) > 1}) if len(set(codes)) < len(codes) else []
    if double:
        raise UsageError(f"{where}: deze codes komen meer dan eens voor: {', '.join(double[:5])}.")


def _places(option: str, codes: list[str], place: dict[str, int]) -> tuple[int, ...]:
    if unknown := sorted(set(codes) - set(place)):
        raise UsageError(f"{option}: deze sectoren zijn niet gekozen of bestaan niet: {', '.join(unknown)}.")
    return tuple(sorted({place[code] for code in codes}))


def _threshold(arguments: argparse.Namespace, scores: Floats) -> float:
    import numpy as np

    if arguments.threshold is not None:
        return float(arguments.threshold)
    known = scores[~np.isnan(scores)]
    if not len(known):
        raise UsageError(f"--score: de kolom '{arguments.score}' heeft geen enkele score.")
    return float(np.quantile(known, arguments.threshold_quantile))


def _shown(answer: Delineation, codes: list[str]) -> dict[str, Any]:
    """One answer as JSON data; a figure that does not exist is null."""
    found = bool(answer.areas)
    shown: dict[str, Any] = {
        "sectors": [codes[area] for area in answer.areas],
        "inhabitants": answer.inhabitants,
        "objective": answer.objective if found else None,
        "bound": answer.bound if found and math.isfinite(answer.bound) else None,
        "gap": answer.gap if found and math.isfinite(answer.gap) else None,
        "proven": answer.proven,
    }
    return shown if found else shown | {"reason": answer.reason}


def _as_list(shown: dict[str, Any]) -> str:
    if not shown["sectors"]:
        return str(shown["reason"])
    lines = []
    for number, one in enumerate([shown, *shown["alternatives"]]):
        name = f"Alternatief {number}" if number else "Voorstel"
        proof = "bewezen de beste" if one["proven"] else "nog niet bewezen"
        lines.append(f"{name}: {one['inhabitants']} inwoners, doelwaarde {one['objective']:.2f}, {proof}.")
        lines.append(f"  {' '.join(one['sectors'])}")
    if shown["stability"]:
        kept = ", ".join(f"{code} {share * 100:.0f} %" for code, share in shown["stability"].items())
        lines.append(f"Ook gekozen in de andere berekeningen: {kept}.")
    if shown["unscored"]:
        lines.append(f"Zonder score: {' '.join(shown['unscored'])}.")
    return "\n".join(lines)


COMMANDS = (Command("delineate", "Zoek de wijk waar de kwetsbaarheid samenkomt.", configure, run),)
