"""`wijkcontract run`, `worker`, `manage`, `demo` and `check-invariants`: what an operator needs."""

import argparse
import logging
import signal
import subprocess
import sys

from wijkcontract.cli.command import FAILED, SUCCESS, Command, UsageError

PAUSE_SECONDS = 3.0
SECONDS_TO_STOP = 10
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
logger = logging.getLogger(__name__)


def _configure_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="adres waarop de site luistert")
    parser.add_argument("--port", type=int, default=8000, help="poort waarop de site luistert")
    parser.add_argument("--workers", type=int, default=1, help="aantal processen van de server")
    parser.add_argument("--demo", action="store_true", help="laad eerst de demonstratie")


def _run(arguments: argparse.Namespace) -> int:
    """Prepare the database and the static files, then serve until stopped, with the worker in a process beside it."""
    from django.core.management import call_command

    from wijkcontract.accounts.seed import seed_organisations
    from wijkcontract.places.seed import seed_indicators

    if arguments.demo:
        _refuse_demo_in_production()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    seed_organisations()
    seed_indicators()
    if arguments.demo:
        # In its own process: loading draws documents with threads, and a server forked after it hangs on its first PDF.
        subprocess.run([sys.executable, "-m", "wijkcontract.cli", "demo"], check=True)
    address = f"http://{arguments.host}:{arguments.port}"
    worker = subprocess.Popen([sys.executable, "-m", "wijkcontract.cli", "worker"])
    try:
        print(f"wijkcontract draait op {address} (stop met Ctrl+C)", flush=True)
        if arguments.demo:
            print(f"Meld u aan als een van de demonstratiepersonen op {address}/demo/", flush=True)
        _serve(arguments.host, arguments.port, arguments.workers)
    finally:
        _stop(worker)
    return SUCCESS


def _stop(worker: subprocess.Popen[bytes]) -> None:
    """Ask the worker to end its round; what it does not finish in time is done by the next one, after the lease."""
    worker.terminate()
    try:
        worker.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _serve(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "wijkcontract.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_STOP,
    ).serve()


def _work(arguments: argparse.Namespace) -> int:
    """Send what is promised and seal the log, every few seconds, until asked to stop."""
    from django.db import DatabaseError, close_old_connections

    from wijkcontract.audit.operations import seal
    from wijkcontract.outbox.operations import deliver_due

    # A signal waits for the end of a round: no mail is half sent.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    while signal.sigtimedwait(STOP_SIGNALS, PAUSE_SECONDS) is None:
        close_old_connections()
        try:
            deliver_due()
            seal()
        except DatabaseError:
            logger.exception("the worker could not reach the database; it tries again")
    return SUCCESS


def _configure_nothing(parser: argparse.ArgumentParser) -> None:
    """This command takes no arguments."""


def _configure_manage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="een opdracht van Django met haar opties")


def _manage(arguments: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["wijkcontract manage", *arguments.arguments])
    return SUCCESS


def _load_demo(arguments: argparse.Namespace) -> int:
    from wijkcontract.demo import load

    _refuse_demo_in_production()
    made = load.demonstration()
    print("De demonstratie is geladen." if made else "De demonstratie was er al.", flush=True)
    return SUCCESS


def _refuse_demo_in_production() -> None:
    """Invented calls and people never come between real ones. Raises UsageError."""
    from django.conf import settings

    if settings.ENVIRONMENT.is_production:
        raise UsageError("De demonstratie mag niet in productie: ze maakt verzonnen oproepen en personen.")


def _check_invariants(arguments: argparse.Namespace) -> int:
    """Run every invariant on the live data; a broken one is named, and the exit code is 1."""
    from wijkcontract.audit import invariants

    broken = invariants.run_all()
    for sentence in broken:
        print(sentence, file=sys.stderr)
    print(f"{len(invariants.names())} controles, {len(broken)} fouten.")
    return FAILED if broken else SUCCESS


COMMANDS = (
    Command("run", "start de site", _configure_run, _run, needs_django=True),
    Command("worker", "verstuur mail en verzegel het logboek", _configure_nothing, _work, needs_django=True),
    Command("manage", "voer een opdracht van Django uit", _configure_manage, _manage, needs_django=True),
    Command("demo", "laad de demonstratie", _configure_nothing, _load_demo, needs_django=True),
    Command("check-invariants", "controleer de gegevens", _configure_nothing, _check_invariants, needs_django=True),
)
