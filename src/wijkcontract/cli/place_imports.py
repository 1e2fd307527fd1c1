"""`wijkcontract import sectors|divisions|crosswalk|indicators|population FILE`: borders and figures (R2)."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wijkcontract.cli.command import FAILED, SUCCESS, UsageError

if TYPE_CHECKING:
    from wijkcontract.places.importers import Origin
    from wijkcontract.places.tables import FileFacts, Kept

    Stored = tuple[Kept, FileFacts]

LEVELS: Final = ("sector", "division", "municipality", "province", "region")
_SHOWN: Final = 20
"""Refused rows on the screen; `--report` writes them all."""


def configure(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of each kind of file."""
    sectors = _kind(kinds, "sectors", "statistische sectoren met hun grenzen", _sectors)
    sectors.add_argument("--vintage", required=True, metavar="CODE", help="jaargang, bijvoorbeeld 2020")
    sectors.add_argument(
        "--from-year", required=True, type=int, metavar="JAAR", help="eerste jaar waarin de codes gelden"
    )
    sectors.add_argument("--until-year", type=int, metavar="JAAR", help="laatste jaar waarin de codes gelden")
    sectors.add_argument("--approximate", action="store_true", help="de grenzen zijn benaderd, niet officieel")
    sectors.add_argument("--attributes", type=Path, metavar="FILE", help="tabel met namen, gemeenten of inwoners")
    sectors.add_argument(
        "--column", action="append", default=[], metavar="WAT=NAAM", help="code, name, nis, inhabitants"
    )
    divisions = _kind(kinds, "divisions", "bestaande wijken met hun grenzen", _divisions)
    divisions.add_argument("--vintage", required=True, metavar="CODE", help="jaargang van de sectoren")
    divisions.add_argument("--edition", required=True, metavar="CODE", help="uitgave van de wijkindeling")
    divisions.add_argument("--code", required=True, metavar="KOLOM", help="kolom met de code van de wijk")
    divisions.add_argument("--name", required=True, metavar="KOLOM", help="kolom met de naam van de wijk")
    for one in (sectors, divisions):
        one.add_argument(
            "--crs", default="", metavar="EPSG:NNNN", help="coördinatenstelsel, als het bestand er geen noemt"
        )
    crosswalk = _kind(kinds, "crosswalk", "omzetting tussen twee jaargangen van sectoren", _crosswalk)
    for name, text in (("--old", "kolom met de oude sector"), ("--new", "kolom met de nieuwe sector")):
        crosswalk.add_argument(name, required=True, metavar="KOLOM", help=text)
        crosswalk.add_argument(f"{name}-vintage", required=True, metavar="CODE", help="jaargang van die sectoren")
    crosswalk.add_argument("--weight", default="", metavar="KOLOM", help="kolom met het deel van de oude sector")
    indicators = _kind(kinds, "indicators", "cijfers van indicatoren", _indicators)
    indicators.add_argument("--vintage", required=True, metavar="CODE", help="jaargang van de sectoren")
    indicators.add_argument(
        "--indicator", action="append", required=True, metavar="INDICATOR=KOLOM[/NOEMER]", help="wat een kolom betekent"
    )
    indicators.add_argument("--code", default="geoitem", metavar="KOLOM", help="kolom met het gebied (geoitem)")
    indicators.add_argument("--level", choices=LEVELS, help="niveau, als er geen kolom geolevel is")
    indicators.add_argument("--year", type=int, metavar="JAAR", help="jaar, als er geen kolom period is")
    population = _kind(kinds, "population", "inwoners naar leeftijd en geslacht", _population)
    population.add_argument("--vintage", required=True, metavar="CODE", help="jaargang van de sectoren")
    population.add_argument("--year", required=True, type=int, metavar="JAAR", help="jaar van de cijfers")
    population.add_argument("--level", required=True, choices=LEVELS, help="niveau van de gebieden")
    for name in ("code", "sex", "age", "count"):
        population.add_argument(f"--{name}", required=True, metavar="KOLOM", help=f"kolom met {name}")


def run(arguments: argparse.Namespace) -> int:
    """Read the file, take it in, and say what happened. The exit code is 1 when a row was refused."""
    from wijkcontract.places.importers import Origin
    from wijkcontract.places.seed import seed_indicators
    from wijkcontract.rules.verdicts import Invalid

    seed_indicators()
    path: Path = arguments.file
    origin = Origin(arguments.label or path.stem, arguments.source, arguments.licence)
    try:
        kept, facts = arguments.take_in(arguments, origin)
    except Invalid as invalid:
        raise UsageError(str(invalid)) from invalid
    if kept.was_known:
        print(f"Dit bestand is al ingeladen (gegevensversie {kept.dataset_number}). Er verandert niets.")
    else:
        print(
            f"{kept.made} nieuw, {kept.changed} gewijzigd, {kept.unchanged} ongewijzigd, {kept.removed} verdwenen; "
            f"gegevensversie {kept.dataset_number}."
        )
    _tell(arguments.report, facts, kept.unknown)
    return FAILED if facts.refused or kept.unknown else SUCCESS


def _kind(
    kinds: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    take_in: Callable[[argparse.Namespace, Origin], Stored],
) -> argparse.ArgumentParser:
    parser = kinds.add_parser(name, help=text, description=text)
    parser.set_defaults(take_in=take_in)
    parser.add_argument("file", type=Path, metavar="FILE", help="het bestand")
    parser.add_argument("--source", required=True, metavar="TEKST", help="bron, zoals schermen ze noemen")
    parser.add_argument("--licence", required=True, metavar="TEKST", help="licentie van de bron")
    parser.add_argument("--label", default="", metavar="TEKST", help="naam van de gegevens")
    parser.add_argument("--report", type=Path, metavar="FILE", help="CSV met elke geweigerde rij")
    return parser


def _sectors(arguments: argparse.Namespace, origin: Origin) -> Stored:
    from wijkcontract.accounts.actors import SYSTEM
    from wijkcontract.places.importers import facts_of, read_sectors
    from wijkcontract.places.operations import store_sectors
    from wijkcontract.places.tables import VintageFacts

    columns = dict(_pair(text) for text in arguments.column)
    read = read_sectors(
        arguments.file, columns=columns, attributes=arguments.attributes, crs=arguments.crs, progress=_steps(4)
    )
    files = [arguments.file, *([arguments.attributes] if arguments.attributes else [])]
    official = not arguments.approximate
    years = (arguments.from_year, arguments.until_year)
    facts = facts_of(
        files, origin, read, {"vintage": arguments.vintage, "years": years, "official": official, "columns": columns}
    )
    vintage = VintageFacts(arguments.vintage, origin.label, *years, is_official=official)
    return store_sectors(actor=SYSTEM, facts=facts, vintage=vintage, table=read.table), facts


def _divisions(arguments: argparse.Namespace, origin: Origin) -> Stored:
    from wijkcontract.accounts.actors import SYSTEM
    from wijkcontract.places.importers import facts_of, read_divisions
    from wijkcontract.places.operations import store_divisions

    asked = {name: getattr(arguments, name) for name in ("edition", "vintage", "code", "name", "crs")}
    read = read_divisions(arguments.file, **asked, progress=_steps(2))
    facts = facts_of([arguments.file], origin, read, asked)
    return store_divisions(actor=SYSTEM, facts=facts, vintage_code=arguments.vintage, table=read.table), facts


def _crosswalk(arguments: argparse.Namespace, origin: Origin) -> Stored:
    from wijkcontract.accounts.actors import SYSTEM
    from wijkcontract.places.importers import facts_of, read_crosswalk
    from wijkcontract.places.operations import store_crosswalk

    asked = {name: getattr(arguments, name) for name in ("old", "new", "weight")}
    read = read_crosswalk(arguments.file, **asked)
    old, new = arguments.old_vintage, arguments.new_vintage
    facts = facts_of([arguments.file], origin, read, asked | {"from": old, "to": new})
    return store_crosswalk(actor=SYSTEM, facts=facts, old_code=old, new_code=new, rows=read.table), facts


def _indicators(arguments: argparse.Namespace, origin: Origin) -> Stored:
    from wijkcontract.accounts.actors import SYSTEM
    from wijkcontract.places.enums import Level
    from wijkcontract.places.importers import Mapping, facts_of, read_figures
    from wijkcontract.places.operations import store_figures

    level = Level(arguments.level) if arguments.level else None
    mappings = [Mapping.of(text) for text in arguments.indicator]
    read = read_figures(
        arguments.file, mappings, level=level, year=arguments.year, code=arguments.code, progress=_steps(2)
    )
    asked = {name: getattr(arguments, name) for name in ("vintage", "indicator", "level", "year", "code")}
    facts = facts_of([arguments.file], origin, read, asked)
    return store_figures(actor=SYSTEM, facts=facts, vintage_code=arguments.vintage, tables=read.table), facts


def _population(arguments: argparse.Namespace, origin: Origin) -> Stored:
    from wijkcontract.accounts.actors import SYSTEM
    from wijkcontract.places.enums import Level
    from wijkcontract.places.importers import facts_of, read_population
    from wijkcontract.places.operations import store_population

    columns = {name: getattr(arguments, name) for name in ("code", "sex", "age", "count")}
    level, year = Level(arguments.level), arguments.year
    read = read_population(arguments.file, year=year, level=level, columns=columns, progress=_steps(2))
    facts = facts_of(
        [arguments.file], origin, read, columns | {"vintage": arguments.vintage, "year": year, "level": level}
    )
    return store_population(actor=SYSTEM, facts=facts, vintage_code=arguments.vintage, tables=[read.table]), facts


def _pair(text: str) -> tuple[str, str]:
    what, found, name = text.partition("=")
    if not found or what not in {"code", "name", "nis", "inhabitants"}:
        raise UsageError(f"--column {text}: schrijf code=NAAM, name=NAAM, nis=NAAM of inhabitants=NAAM.")
    return what, name


def _steps(total: int) -> Callable[[str], None]:
    """A bar on a terminal, one line that is written over; nothing where nobody looks."""
    done = 0

    def told(step: str) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            bar = "#" * (20 * done // total)
            print(
                f"\r[{bar:<20}] stap {done}: {step:<30}", end="\n" if done == total else "", file=sys.stderr, flush=True
            )

    return told


def _tell(report: Path | None, facts: FileFacts, unknown: Sequence[str]) -> None:
    """The refused rows on stderr, the first ones, and all of them in the report."""
    for row in facts.refused[:_SHOWN]:
        print(f"Rij {row.line}, {row.column}: {row.message}", file=sys.stderr)
    if len(facts.refused) > _SHOWN:
        print(f"... en nog {len(facts.refused) - _SHOWN} geweigerde rijen; --report schrijft ze alle.", file=sys.stderr)
    if unknown:
        shown = ", ".join(unknown[:_SHOWN])
        print(
            f"{len(unknown)} codes zijn hier niet bekend: {shown}{'...' if len(unknown) > _SHOWN else ''}",
            file=sys.stderr,
        )
    if report is None:
        return
    try:
        with report.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerow(["rij", "kolom", "melding"])
            writer.writerows([row.line, row.column, row.message] for row in facts.refused)
            writer.writerows(["", "code", f"{code} is hier niet bekend."] for code in unknown)
    except OSError as error:
        raise UsageError(f"{report} kan niet geschreven worden: {error.strerror}.") from error
