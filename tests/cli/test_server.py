"""`wijkcontract run`: from an empty folder to a site that answers, and a clean end."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from wijkcontract.cli.main import main

SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 30
WIJKCONTRACT = [sys.executable, "-m", "wijkcontract.cli"]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Of a machine where nobody set anything but the folder of the data."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "PYTHONPATH")}
    return kept | {"WIJKCONTRACT_DATA": str(folder)} | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answer(url: str) -> tuple[int, str]:
    """The status and text of a page; raises OSError while nobody listens."""
    try:
        with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - our own address
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, ""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str, Path]]:
    """A running site with its data in a folder of its own; whatever happens, its processes are gone afterwards."""
    port, log = free_port(), tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*WIJKCONTRACT, "run", "--port", str(port)],
            env=environment(tmp_path / "var"), stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
        try:
            yield process, f"http://127.0.0.1:{port}", log
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def is_gone(group: int) -> bool:
    """Has every process of a group ended?"""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def wait_for(process: subprocess.Popen[bytes], address: str, log: Path) -> tuple[int, str]:
    """The first answer; fails at once, with what was said, when the site ended or took too long."""
    until = time.monotonic() + SECONDS_TO_ANSWER
    while True:
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < until, log.read_text()
        with contextlib.suppress(OSError):
            return answer(address)
        time.sleep(0.2)


def test_the_site_answers_within_a_minute_and_stops_when_asked(
    site: tuple[subprocess.Popen[bytes], str, Path],
) -> None:
    process, address, log = site
    status, page = wait_for(process, f"{address}/", log)
    assert (status, "<h1" in page) == (200, True), log.read_text()
    assert answer(f"{address}/demo/")[0] == 404, "the demonstration is off unless asked for"
    style = page.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
    assert answer(address + style)[0] == 200
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=SECONDS_TO_STOP) == 0, log.read_text()
    assert is_gone(process.pid), "the worker outlived the site"


def test_production_without_its_settings_names_them_all_at_once(tmp_path: Path) -> None:
    wrong = environment(tmp_path, WIJKCONTRACT_ENV="production", WIJKCONTRACT_DEMO="1", WIJKCONTRACT_NOW="2021-07-01")
    ended = subprocess.run([*WIJKCONTRACT, "run"], env=wrong, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (64, "")
    assert "Traceback" not in ended.stderr
    for name in (
        "WIJKCONTRACT_DEMO mag niet",
        "WIJKCONTRACT_NOW mag niet",
        "SECRET_KEY ontbreekt",
        "WIJKCONTRACT_HOSTS",
    ):
        assert name in ended.stderr


@pytest.mark.parametrize("command", [["run", "--demo"], ["demo"]])
def test_the_demonstration_is_never_loaded_in_production(command: list[str], tmp_path: Path) -> None:
    production = environment(
        tmp_path, WIJKCONTRACT_ENV="production", SECRET_KEY="x" * 60, WIJKCONTRACT_HOSTS="wijk.example"
    )
    ended = subprocess.run(
        [*WIJKCONTRACT, *command], env=production, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout) == (64, "")
    assert ended.stderr == "De demonstratie mag niet in productie: ze maakt verzonnen oproepen en personen.\n"
    assert not (tmp_path / "wijkcontract.sqlite3").exists()


def test_a_port_that_is_no_number_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--port", "acht"]) == 64
    assert "--port" in capsys.readouterr().err


def test_a_form_comes_through_a_front_door_that_ends_tls(tmp_path: Path) -> None:
    """The browser says https, this process sees http; the form of another site stays refused."""
    production = environment(
        tmp_path, WIJKCONTRACT_ENV="production", SECRET_KEY="x" * 60, WIJKCONTRACT_HOSTS="wijk.example,.wijken.example"
    )
    script = (
        "from django.conf import settings as s; from django.middleware.csrf import CsrfViewMiddleware as M;"
        "from django.test import RequestFactory; f = RequestFactory(); m = M(lambda r: None);"
        "ask = lambda host, origin: m._origin_verified(f.post('/', HTTP_HOST=host, HTTP_ORIGIN=origin));"
        "print([ask('wijk.example', 'https://wijk.example'), ask('a.wijken.example', 'https://a.wijken.example'),"
        "ask('wijk.example', 'https://elders.example'), s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.DEMO])"
    )
    ended = subprocess.run(
        [*WIJKCONTRACT, "manage", "shell", "--no-imports", "--command", script],
        env=production, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.stdout == "[True, True, False, True, True, False]\n", ended.stderr
