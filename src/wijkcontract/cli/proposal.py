"""`wijkcontract check-proposal` and `example-proposal`: the rules on a file, without a database."""

import argparse
import json
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from wijkcontract.cli.command import FAILED, SUCCESS, Command, UsageError
from wijkcontract.rules import clock, programme
from wijkcontract.rules.codec import DocumentError, Value, pointer
from wijkcontract.rules.completeness import Finding, Severity, check, has_block
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.periods import parse_day
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_form import from_json, schema, to_json
from wijkcontract.rules.proposal_shape import Proposal
from wijkcontract.rules.verdicts import Fault


def configure_check(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `check-proposal`."""
    parser.add_argument("file", metavar="BESTAND", help="het voorstel als JSON")
    parser.add_argument("--programme", required=True, metavar="NAAM", help=f"een van: {', '.join(programme.names())}")
    parser.add_argument("--on", metavar="JJJJ-MM-DD", help="de dag van de controle (standaard vandaag)")
    parser.add_argument("--json", action="store_true", help="schrijf JSON in plaats van een lijst")


def run_check(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 when at least one of them blocks the submission."""
    rules = _programme(arguments.programme)
    day = _day(arguments.on)
    document = _read_proposal(Path(arguments.file), rules)
    findings = check(document, rules, day)
    print(_as_json(findings) if arguments.json else _as_list(findings))
    return FAILED if has_block(findings) else SUCCESS


def run_example(arguments: argparse.Namespace) -> int:
    """Print a whole, valid proposal."""
    print(json.dumps(to_json(example()), ensure_ascii=False, indent=2))
    return SUCCESS


def _programme(name: str) -> Programme:
    try:
        return programme.load(name)
    except KeyError as error:
        raise UsageError(f"--programme: {error.args[0]}") from None


def _day(text: str | None) -> date:
    """The day of the check; `WIJKCONTRACT_NOW` only moves this default, which anyone may set with --on."""
    try:
        if text is not None:
            return parse_day(text)
        fixed = os.environ.get("WIJKCONTRACT_NOW")
        return clock.parse_moment(fixed).date() if fixed else clock.today()
    except ValueError as error:
        raise UsageError(f"{'--on' if text is not None else 'WIJKCONTRACT_NOW'}: {error}") from None


def _read_proposal(path: Path, rules: Programme) -> Proposal:
    data = _parse(path)
    faults = _schema_faults(data)
    if not faults:
        try:
            return from_json(data, rules)
        except DocumentError as error:
            faults = error.faults
    lines = "\n".join(f"  {fault.where or '/'}: {fault.message}" for fault in faults)
    raise UsageError(f"{path} is geen geldig voorstel:\n{lines}")


def _parse(path: Path) -> Value:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is geen UTF-8. Bewaar het bestand als JSON in UTF-8.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{path} kan niet worden gelezen ({reason}). Kijk de naam en de rechten na.") from None
    try:
        return json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{path} is geen geldige JSON: zie regel {error.lineno}, teken {error.colno} ({error.msg})."
        ) from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is geen geldige JSON: {error}") from None


def _without_doubles(pairs: list[tuple[str, Value]]) -> dict[str, Any]:
    """A JSON object; a name that occurs twice would silently lose the first value."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"het veld '{name}' staat twee keer in hetzelfde object.")
        found[name] = value
    return found


def _no_constant(name: str) -> Value:
    raise ValueError(f"'{name}' is geen JSON-getal.")


def _schema_faults(data: Value) -> list[Fault]:
    """What the published schema refuses; the typed reader gives the same faults a Dutch sentence.

    The schema has the last word on what is refused: a fault that only the schema sees is shown as it is.
    """
    from jsonschema import Draft202012Validator

    errors = list(Draft202012Validator(schema()).iter_errors(data))
    if not errors:
        return []
    try:
        from_json(data)
    except DocumentError as error:
        return error.faults
    return [Fault(pointer(*error.absolute_path), error.message) for error in errors]


def _as_json(findings: list[Finding]) -> str:
    shown = [
        {
            "code": finding.code,
            "requirement": finding.requirement,
            "severity": finding.severity.value,
            "path": finding.path,
            "message": finding.message,
        }
        for finding in findings
    ]
    counts = {"blocks": _count(findings, Severity.BLOCK), "flags": _count(findings, Severity.FLAG)}
    return json.dumps({"findings": shown, **counts}, ensure_ascii=False, indent=2)


def _as_list(findings: list[Finding]) -> str:
    words = {Severity.BLOCK: "BLOKKEERT", Severity.FLAG: "aandacht"}
    lines = [
        f"{finding.requirement:<4}{words[finding.severity]:<10} {finding.message} ({finding.path})"
        for finding in findings
    ]
    blocks, flags = _count(findings, Severity.BLOCK), _count(findings, Severity.FLAG)
    return "\n".join([*lines, f"{blocks} punten blokkeren de indiening, {flags} vragen aandacht."])


def _count(findings: Iterable[Finding], severity: Severity) -> int:
    return sum(finding.severity is severity for finding in findings)


def _no_arguments(parser: argparse.ArgumentParser) -> None:
    """`example-proposal` takes none."""


COMMANDS = (
    Command("check-proposal", "Toets een voorstel aan de regels van een programma.", configure_check, run_check),
    Command("example-proposal", "Toon een volledig en geldig voorbeeld van een voorstel.", _no_arguments, run_example),
)
