"""A person in the browser: logs in as a demonstration account, clicks what is on the page, and checks every page passed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from e2e.structure import faults_of

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = f"axe.run(document, {{runOnly: {json.dumps(TAGS)}, resultTypes: ['violations']}})"


class Walker:
    """One browser window. Of every page it passes it checks status, policy, other hosts, axe, structure and sideways scrolling."""

    def __init__(self, browser: Browser, site: str, pictures: Path | None = None, width: int = 1440) -> None:
        self.site = site
        self.pictures = pictures
        self.width = width
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="nl-BE", accept_downloads=True, reduced_motion="reduce"
        )
        self.page: Page = self.context.new_page()
        self.foreign: list[str] = []
        self.faults: list[str] = []
        self.checked: set[str] = set()
        self.page.on("request", self._note_request)
        self.page.on("response", self._note_response)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _note_request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.site).netloc and not request.url.startswith(
            ("data:", "blob:")
        ):
            self.foreign.append(request.url)

    def _note_response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        """An answer of 4xx is said here too; that one is judged by its page."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(message.text)

    def become(self, email: str) -> None:
        """Log in through the demonstration page as the account with this mail address."""
        self.context.clear_cookies()
        self.open("/demo/?q=" + email)
        self.page.locator(f"form:has(input[name='persoon'][value='{email}'])").get_by_role("button").click()
        self.check()

    def open(self, path: str) -> None:
        response = self.page.goto(self.site + path)
        assert response is not None
        assert response.status == 200, f"{response.status} {path}"
        self.check()

    def follow(self, name: str) -> None:
        """Click the first link with this text (or a part of it) in the page."""
        self.page.get_by_role("link", name=name).first.click()
        self.check()

    def press(self, name: str) -> None:
        """Press the button with this text."""
        self.page.get_by_role("button", name=name).first.click()
        self.check()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label).first.fill(value)

    def pick(self, label: str, option: str) -> None:
        self.page.get_by_label(label).first.select_option(label=option)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).first.check()

    def text(self) -> str:
        """What the page says, with ordinary spaces."""
        return re.sub(r"\s+", " ", self.page.locator("body").inner_text())

    def sees(self, *words: str) -> None:
        """Every one of these stands on the page."""
        body = self.text()
        missing = [word for word in words if word not in body]
        assert not missing, f"{missing} not on {self.page.url}:\n{body[:3000]}"

    def download(self, name: str) -> bytes:
        """The bytes behind the link with this text."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name).first.click()
        return Path(waiting.value.path()).read_bytes()

    def check(self) -> None:
        """The page as it stands: no error, no foreign host, no axe violation, a sound structure, no sideways scrolling."""
        self.page.wait_for_load_state("load")
        assert not self.faults, f"{self.page.url}: {self.faults}"
        assert not self.foreign, f"{self.page.url} asks other hosts: {self.foreign}"
        shape = self._shape()
        if shape in self.checked:
            return
        self.checked.add(shape)
        self._axe()
        faults = faults_of(self.page)
        assert not faults, f"{self.page.url}\n" + "\n".join(faults)
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{self.page.url} scrolls {overflow} px sideways at {self.width} px"
        if self.pictures:
            name = re.sub(r"[^a-z0-9-]+", "_", shape.lower()).strip("_") or "home"
            self.page.screenshot(
                path=self.pictures / f"{len(self.checked):03}_{name[:80]}_{self.width}.png", full_page=True
            )

    def _shape(self) -> str:
        """The address without its ids: one kind of page in one state is checked once."""
        parts = urlsplit(self.page.url)
        errors = self.page.locator(".error-summary").count()
        opened = self.page.locator("details[open]").count()
        return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "id", parts.path) + f"-e{errors}-o{min(opened, 2)}"

    def _axe(self) -> None:
        self.page.evaluate(AXE)
        result: dict[str, Any] = self.page.evaluate(RUN_AXE)
        found = [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]
        assert not found, f"{self.page.url}\n" + "\n".join(found)

    def close(self) -> None:
        self.context.close()
