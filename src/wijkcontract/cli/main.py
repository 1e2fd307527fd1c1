"""`wijkcontract`: reads the arguments, finds the command, reports wrong use in Dutch with exit code 64."""

import argparse
import importlib
import io
import os
import pkgutil
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Final, NoReturn

from wijkcontract import cli
from wijkcontract.cli.command import OUTPUT_CLOSED, USAGE, Command, UsageError

_DUTCH: Final = (
    (r"unrecognized arguments: (.*)", r"Onbekende argumenten: \1."),
    (r"the following arguments are required: (.*)", r"Deze argumenten ontbreken: \1."),
    (r"argument (.*): invalid choice: ('.*?') \(choose from (.*)\)", r"\1: \2 bestaat niet. Kies een van: \3."),
    (r"argument (.*): expected one argument", r"\1: hier hoort één waarde achter."),
    (r"argument (.*): ignored explicit argument (.*)", r"\1: hier hoort geen waarde achter."),
    (r"argument (.*): not allowed with argument (.*)", r"\1 en \2 gaan niet samen."),
)


class _Formatter(argparse.HelpFormatter):
    """Help that begins in Dutch; an empty prefix is how argparse itself asks for a bare usage."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Gebruik: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Dutch and leaves with 64, so that 2 stays free for a refusal."""

    def __init__(self, prog: str | None = None, description: str | None = None) -> None:
        super().__init__(
            prog=prog, description=description, formatter_class=_Formatter, add_help=False, allow_abbrev=False
        )
        self._positionals.title, self._optionals.title = "argumenten", "opties"
        self.add_argument("-h", "--help", action="help", help="toon deze uitleg")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and stop. Raises UsageError."""
        for english, dutch in _DUTCH:
            if re.fullmatch(english, message):
                message = re.sub(english, dutch, message)
                break
        raise UsageError(f"{message}\nZie '{self.prog} --help'.")


def commands() -> list[Command]:
    """All commands of the modules in this package, by name."""
    modules = (
        importlib.import_module(f"{cli.__name__}.{module.name}") for module in pkgutil.iter_modules(cli.__path__)
    )
    found: list[Command] = [command for module in modules for command in getattr(module, "COMMANDS", ())]
    return sorted(found, key=lambda command: command.name)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; 64 when it was used the wrong way, 141 when its reader left."""
    _write_utf8()
    try:
        arguments = _parser(commands()).parse_args(argv)
        command: Command = arguments.command
        if command.needs_django:
            _set_up_django()
        code = command.run(arguments)
        sys.stdout.flush()  # a closed pipe shows here at the latest, not while Python shuts down
        return code
    except BrokenPipeError:
        _forget_output()
        return OUTPUT_CLOSED
    except UsageError as error:
        print(error, file=sys.stderr)
        return USAGE
    except SystemExit as stop:  # argparse leaves this way after --help
        return int(stop.code or 0)


def _parser(known: Sequence[Command]) -> Parser:
    parser = Parser(prog="wijkcontract", description="Wijkverbeteringscontracten, van oproep tot evaluatie.")
    choices = parser.add_subparsers(
        title="opdrachten", metavar="OPDRACHT", dest="opdracht", required=True, parser_class=Parser
    )
    for command in known:
        subparser = choices.add_parser(command.name, help=command.help, description=command.help)
        subparser.set_defaults(command=command)
        command.configure(subparser)
    return parser


def _write_utf8() -> None:
    """Write UTF-8 whatever the locale says; a stream that a test put in its place is left as it is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _forget_output() -> None:
    """Whoever read the output has left (`| head`): what is still buffered goes nowhere, without a second fault."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _set_up_django() -> None:
    """Make Django ready. Raises UsageError with every fault of the settings of this machine."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkcontract.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as faults:
        raise UsageError(str(faults)) from faults


if __name__ == "__main__":
    sys.exit(main())
