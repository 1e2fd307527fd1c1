"""What a command of the console script is, and how it ends.

A module of this package declares `COMMANDS: tuple[Command, ...]`; `main` finds it. Importing such a module
must stay cheap: whatever needs Django is imported inside `run`, and `needs_django` sets Django up first.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

SUCCESS: Final = 0
FAILED: Final = 1
REFUSED: Final = 2
USAGE: Final = 64
"""sysexits.h: the command was used the wrong way."""
OUTPUT_CLOSED: Final = 141
"""What a shell reports of a command that wrote to a closed pipe: never taken for an outcome of the rules."""


class UsageError(Exception):
    """Wrong arguments or an unreadable file: the Dutch message goes to stderr and the exit code is 64."""


@dataclass(frozen=True, slots=True)
class Command:
    """One subcommand: `configure` declares its arguments, `run` does it and returns the exit code."""

    name: str
    help: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    needs_django: bool = False
