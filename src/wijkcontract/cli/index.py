"""`wijkcontract index`: the index of vulnerability of a file of sectors, without the site (R2)."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wijkcontract.cli.command import FAILED, SUCCESS, Command, UsageError

if TYPE_CHECKING:
    from wijkcontract.engines.index_definition import IndexDefinition
    from wijkcontract.engines.index_files import IndexInput
    from wijkcontract.engines.uncertainty import Uncertainty
    from wijkcontract.engines.vulnerability import IndexResult

_ENDING = (
    "Het resultaat heeft de kolom met de code van elke rij, score (hoog is kwetsbaar), rank en decile (1 is het kwetsbaarst), "
    "score_DOMEIN en decile_DOMEIN per domein en score_VARIANT per variant. Een rij waarvan een cijfer ontbreekt blijft staan "
    "en is dan leeg. Sluit af met 0 als het lukte, met 1 als geen enkele rij een score kreeg, "
    "en met 64 als een bestand of de definitie niet bruikbaar is."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `index`."""
    parser.epilog = _ENDING
    parser.add_argument("file", type=Path, metavar="BESTAND", help="de cijfers per sector, .parquet of .csv")
    parser.add_argument(
        "--definition", required=True, metavar="DEFINITIE", help="een TOML-bestand, of een meegeleverde naam zoals bimd"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="BESTAND", help="het resultaat, .parquet of .csv")
    parser.add_argument(
        "--averages",
        type=Path,
        metavar="BESTAND",
        help="schrijf ook de gemiddelden per gemeente, gewogen naar inwoners",
    )
    parser.add_argument(
        "--uncertainty",
        action="store_true",
        help="voeg toe hoe zeker een rang is: certainty (aandeel van de varianten in het kwetsbaarste tiende), "
        "rank_low en rank_high (90 %% van de varianten)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Compute and write the index; 1 when no row got a score."""
    from wijkcontract.engines import index_files, vulnerability
    from wijkcontract.engines.tables import TableError
    from wijkcontract.engines.uncertainty import uncertainty

    definition = _definition(arguments.definition)
    _different(arguments)
    try:
        data = index_files.read(arguments.file, definition, averages=arguments.averages is not None)
        result = vulnerability.compute(definition, data.units)
        doubt = uncertainty(definition, result, data.units.municipalities) if arguments.uncertainty else None
        index_files.write(arguments.out, definition, data, result, doubt)
        if arguments.averages is not None:
            index_files.write_averages(arguments.averages, definition, data, result)
    except vulnerability.DataError as error:
        raise UsageError(
            "\n".join([f"{arguments.file} past niet bij de definitie:", *_indented(error.faults)])
        ) from error
    except TableError as error:
        raise UsageError(str(error)) from error
    return _report(definition, data, result, doubt)


def _definition(name: str) -> IndexDefinition:
    """A shipped definition by its name, or any by its path. Raises UsageError with every fault."""
    from wijkcontract.engines import index_definition

    path = Path(name)
    shipped = name.removeprefix("definitions/").removesuffix(".toml")  # as the documentation writes it too
    if shipped in index_definition.names() and not path.is_file():
        return index_definition.load(shipped)
    try:
        return index_definition.read(path.read_text(encoding="utf-8-sig"))
    except index_definition.DefinitionError as error:
        raise UsageError("\n".join([f"{name} is geen geldige definitie:", *_indented(error.faults)])) from error
    except UnicodeDecodeError:
        raise UsageError(f"{name} is geen UTF-8. Bewaar het bestand als TOML in UTF-8.") from None
    except OSError:
        known = ", ".join(index_definition.names())
        raise UsageError(
            f"--definition: het bestand {name} kan niet worden gelezen. Meegeleverd zijn: {known}."
        ) from None


def _different(arguments: argparse.Namespace) -> None:
    """Nothing that is written may take the place of what is read, or of the other result."""
    named = {"BESTAND": arguments.file, "--out": arguments.out, "--averages": arguments.averages}
    places = {name: path.resolve() for name, path in named.items() if path is not None}
    for one, other in (("BESTAND", "--out"), ("BESTAND", "--averages"), ("--out", "--averages")):
        if other in places and places[one] == places[other]:
            raise UsageError(f"{one} en {other} zijn hetzelfde bestand. Kies een andere naam voor {other}.")


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _report(definition: IndexDefinition, data: IndexInput, result: IndexResult, doubt: Uncertainty | None) -> int:
    from wijkcontract.engines.uncertainty import choice_label
    from wijkcontract.engines.vulnerability import is_shrunk

    scored = result.index.count
    print(f"{definition.label}, versie {definition.version}: {scored} van {data.table.rows} rijen hebben een score.")
    width = max(len(domain.label) for domain in definition.domains)
    print(f"{'Domein':<{width}}  gewicht  werkelijk gewicht")
    for domain in definition.domains:
        print(f"{domain.label:<{width}}  {_percent(domain.weight)}  {_percent(result.effective_weights[domain.code])}")
    if result.winsorised:
        each = ", ".join(f"{code} ({count})" for code, count in result.winsorised.items())
        print(f"Uiterste cijfers teruggebracht tot de grens: {each}.")
    if doubt is not None:
        print(
            f"Zekerheid over {doubt.draws} varianten. Gemiddeld aantal plaatsen verschil als alleen deze keuze wijzigt:"
        )
        for choice, places in doubt.sensitivity.items():
            print(f"  {choice_label(definition, choice)}: {places:.1f}".replace(".", ","))
    for code, reason in result.screened.items():
        print(f"{code} telt niet mee: {reason.value}.", file=sys.stderr)
    indicators = [one for domain in definition.domains for one in domain.indicators]
    raw = [one.code for one in indicators if one.shrink and not is_shrunk(one, data.units)]
    if raw:
        print(
            f"Niet naar de gemeente bijgetrokken, want de kolommen met teller en noemer ontbreken: {', '.join(raw)}.",
            file=sys.stderr,
        )
    return SUCCESS if scored else FAILED


def _percent(share: float) -> str:
    return "      -" if math.isnan(share) else f"{100 * share:5.1f} %".replace(".", ",")


COMMANDS = (Command("index", "Bereken de index van kwetsbaarheid uit een bestand met cijfers.", configure, run),)
