"""`wijkcontract import KIND FILE`: municipalities and former municipalities (R4), subsidies (R14), borders and figures (R2)."""

import argparse
import sys
from pathlib import Path

from wijkcontract.cli import place_imports
from wijkcontract.cli.command import FAILED, SUCCESS, Command, UsageError


def _configure(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(title="soorten", metavar="SOORT", dest="what", required=True)
    organisations = kinds.add_parser("organisations", help="gemeenten en vroegere gemeenten")
    organisations.add_argument("file", type=Path, metavar="FILE", help="het CSV-bestand")
    subsidies = kinds.add_parser("subsidies", help="register van subsidies van lokale besturen")
    subsidies.add_argument("file", type=Path, metavar="FILE", help="het CSV-bestand")
    place_imports.configure(kinds)


def _run(arguments: argparse.Namespace) -> int:
    own = {"organisations": _organisations, "subsidies": _subsidies}
    return own.get(arguments.what, place_imports.run)(arguments)


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


def _subsidies(arguments: argparse.Namespace) -> int:
    from wijkcontract.accounts.actors import SYSTEM
    from wijkcontract.proposals.operations import import_subsidies
    from wijkcontract.proposals.register.reading import read_register
    from wijkcontract.rules.verdicts import Invalid

    path: Path = arguments.file
    try:
        read = read_register(path.name, path.read_bytes())
        found = import_subsidies(actor=SYSTEM, name=path.name, rows=read.rows, refused=read.refused_rows)
    except OSError as error:
        raise UsageError(f"{path} kan niet gelezen worden: {error.strerror}.") from error
    except Invalid as invalid:
        raise UsageError(str(invalid)) from invalid
    print(
        f"{len(found.added)} nieuw, {len(found.changed)} gewijzigd, {found.unchanged} ongewijzigd, "
        f"{read.refused_rows} geweigerd."
    )
    for cell in read.refused:
        print(cell, file=sys.stderr)
    return FAILED if read.refused else SUCCESS


COMMANDS = (Command("import", "laad gegevens in", _configure, _run, needs_django=True),)
