"""`wijkcontract import KIND FILE`: municipalities and former municipalities (R4), borders and figures (R2)."""

import argparse
import sys
from pathlib import Path

from wijkcontract.cli import place_imports
from wijkcontract.cli.command import FAILED, SUCCESS, Command, UsageError


def _configure(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(title="soorten", metavar="SOORT", dest="what", required=True)
    organisations = kinds.add_parser("organisations", help="gemeenten en vroegere gemeenten")
    organisations.add_argument("file", type=Path, metavar="FILE", help="het CSV-bestand")
    place_imports.configure(kinds)


def _run(arguments: argparse.Namespace) -> int:
    return _organisations(arguments) if arguments.what == "organisations" else place_imports.run(arguments)


def _organisations(arguments: argparse.Namespace) -> int:
    from wijkcontract.accounts.actors import SYSTEM
    from wijkcontract.accounts.importers import import_organisations
    from wijkcontract.accounts.seed import seed_organisations
    from wijkcontract.rules.verdicts import Invalid

    seed_organisations()
    try:
        report = import_organisations(actor=SYSTEM, path=arguments.file)
    except Invalid as invalid:
        raise UsageError(str(invalid)) from invalid
    print(f"{report.made} nieuw, {report.changed} gewijzigd, {report.unchanged} ongewijzigd.")
    for line in report.refused:
        print(line, file=sys.stderr)
    return FAILED if report.refused else SUCCESS


COMMANDS = (Command("import", "laad gegevens in", _configure, _run, needs_django=True),)
