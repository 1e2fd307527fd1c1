"""`wijkcontract charges`: the charges on payment credits per budget year (R21, R22)."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from wijkcontract.cli.command import REFUSED, SUCCESS, Command, UsageError
from wijkcontract.rules.money import format_cents, format_nl, parse_cents
from wijkcontract.rules.periods import day_nl, parse_day, parse_month
from wijkcontract.rules.proration import Convention, beyond_limit, charges_by_year

T = TypeVar("T")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments; their values are read by `run`, so that a message names the argument."""
    parser.add_argument("amount", metavar="BEDRAG", help="de subsidie, zoals 326000 of 326000.00")
    parser.add_argument("start", metavar="BEGIN", help="de eerste dag van de looptijd, zoals 2022-01-01")
    parser.add_argument("end", metavar="EINDE", help="de laatste dag van de looptijd, zoals 2025-12-31")
    parser.add_argument(
        "--convention",
        choices=[convention.value for convention in Convention],
        default=Convention.ACTUAL_DAYS.value,
        help="tel werkelijke dagen (standaard) of maanden van 30 dagen",
    )
    parser.add_argument("--last-month", metavar="JJJJ-MM", help="de laatste maand waarin VEK kan worden aangerekend")
    parser.add_argument("--allow-beyond", action="store_true", help="reken ook aan na de laatste maand")
    parser.add_argument("--json", action="store_true", help="schrijf JSON in plaats van een tabel")


def run(arguments: argparse.Namespace) -> int:
    """Print the charges; 2 when money falls after the last month and that was not allowed."""
    amount = _read("BEDRAG", parse_cents, arguments.amount)
    start = _read("BEGIN", parse_day, arguments.start)
    end = _read("EINDE", parse_day, arguments.end)
    last_month = None if arguments.last_month is None else _read("--last-month", parse_month, arguments.last_month)
    if amount == 0:
        raise UsageError("BEDRAG: het bedrag moet groter zijn dan 0.")
    if end < start:
        raise UsageError("EINDE: de looptijd eindigt voor ze begint. Kijk de twee datums na.")
    convention = Convention(arguments.convention)
    charges = charges_by_year(amount, start, end, convention)
    beyond = beyond_limit(amount, start, end, convention, last_month)
    print(_as_json(charges, beyond) if arguments.json else _as_table(charges, beyond))
    if last_month is not None and beyond > 0 and not arguments.allow_beyond:
        print(_refusal(beyond, last_month), file=sys.stderr)
        return REFUSED
    return SUCCESS


def _read(name: str, parse: Callable[[str], T], text: str) -> T:
    try:
        return parse(text)
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None


def _as_json(charges: dict[int, int], beyond: int) -> str:
    result: dict[str, Any] = {
        "charges": {str(year): format_cents(cents) for year, cents in charges.items()},
        "total": format_cents(sum(charges.values())),
        "beyond_limit": format_cents(beyond),
    }
    return json.dumps(result)


def _as_table(charges: dict[int, int], beyond: int) -> str:
    rows = [(str(year), format_nl(cents)) for year, cents in charges.items()]
    rows.append(("Totaal", format_nl(sum(charges.values()))))
    if beyond > 0:
        rows.append(("Na de laatste maand", format_nl(beyond)))
    left, right = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "\n".join(f"{name:<{left}}  {amount:>{right}} EUR" for name, amount in rows)


def _refusal(beyond: int, last_day: date) -> str:
    return (
        f"{format_nl(beyond)} euro van de looptijd valt na {day_nl(last_day)}, de laatste dag voor aanrekening op VEK. "
        "Kies een vroegere einddatum, of gebruik --allow-beyond als een uitdrukkelijke vervroeging dat opvangt."
    )


COMMANDS = (Command("charges", "Bereken de aanrekening van een subsidie per begrotingsjaar.", configure, run),)
