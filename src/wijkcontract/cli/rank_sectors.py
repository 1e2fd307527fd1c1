"""`wijkcontract rank-sectors VINTAGE`: compute the index of imported sectors and keep it for the maps (R2)."""

from __future__ import annotations

import argparse
from pathlib import Path

from wijkcontract.cli.command import SUCCESS, Command, UsageError


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "Doe dit nadat cijfers zijn ingeladen. Dezelfde definitie op dezelfde cijfers vervangt de vorige berekening."
    )
    parser.add_argument("vintage", metavar="JAARGANG", help="de jaargang van de sectoren, zoals bij het inladen")
    parser.add_argument("--definition", type=Path, metavar="BESTAND", help="een eigen definitie (TOML)")
    parser.add_argument("--year", type=int, metavar="JAAR", help="gebruik geen cijfers van na dit jaar")


def _run(arguments: argparse.Namespace) -> int:
    """Compute and keep the index. Raises UsageError with what is missing."""
    from wijkcontract.accounts.actors import SYSTEM
    from wijkcontract.engines.index_definition import DefinitionError
    from wijkcontract.engines.vulnerability import DataError
    from wijkcontract.places.indexing import compute
    from wijkcontract.places.operations import store_index
    from wijkcontract.places.queries import vintages
    from wijkcontract.rules.verdicts import Invalid

    vintage = vintages(SYSTEM).filter(code=arguments.vintage).first()
    if vintage is None:
        known = ", ".join(vintages(SYSTEM).values_list("code", flat=True)) or "nog geen"
        raise UsageError(f"JAARGANG: {arguments.vintage} is niet ingeladen. Er zijn: {known}.")
    try:
        text = arguments.definition.read_text(encoding="utf-8-sig") if arguments.definition else None
        run = store_index(actor=SYSTEM, table=compute(SYSTEM, vintage, text=text, year=arguments.year))
    except (DefinitionError, DataError) as error:
        raise UsageError("\n".join(error.faults)) from error
    except Invalid as invalid:
        raise UsageError(str(invalid)) from invalid
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--definition: {arguments.definition} kan niet worden gelezen ({error}).") from None
    print(f"{run.definition}: {run.ranked} sectoren hebben een score, met cijfers tot en met {run.year}.")
    return SUCCESS


COMMANDS = (
    Command(
        "rank-sectors", "Bereken de index van ingeladen sectoren en bewaar hem.", _configure, _run, needs_django=True
    ),
)
