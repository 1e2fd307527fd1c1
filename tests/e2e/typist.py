"""A writer who has only a keyboard and a screen of 320 px: the same document, the same pages, no mouse."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from e2e.keyboard import Keyboard, Value
from e2e.walker import Walker
from e2e.writer import Writer

HEIGHT = 640
WAY = """name => {
  const link = [...document.querySelectorAll("main a")].find(one => one.textContent.trim() === name);
  const here = document.querySelector(":target") ?? document.getElementById("inhoud");
  if (!link) return "";
  return here.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_PRECEDING ? "Shift+Tab" : "Tab";
}"""


@dataclass
class Typist(Writer):
    """`sections` names the sections of the call in their order; the first one is open when the draft is begun."""

    sections: Mapping[str, str]
    keyboard: Keyboard = field(init=False)
    section: str = ""

    def __post_init__(self) -> None:
        self.keyboard = Keyboard(self.walker.page)
        self.section = next(iter(self.sections))

    def open(self, section: str) -> None:
        """Go on to a section with the link at the end of the one before."""
        if section == self.section:
            return
        self.keyboard.follow(f"^Verder naar {re.escape(self.sections[section])}$")
        self.walker.check()
        self.section = section

    def block(self, code: str, values: Mapping[str, Value]) -> None:
        self._to_the_content()
        self.keyboard.fill(values, "^Bewaar$", form=f"/tekst/{code}/")
        self.walker.check()
        self.walker.sees("Bewaard.")

    def add(self, singular: str, values: Mapping[str, Value], under: str = "") -> None:
        name = f"{singular} toevoegen bij {under}" if under else f"{singular} toevoegen"
        self._to_the_form(name)
        self._save(values, "^Bewaar ")

    def add_all(self, singular: str, records: Sequence[Mapping[str, Value]]) -> None:
        """One form after the other, without the list between them."""
        if not records:
            return
        self._to_the_form(f"{singular} toevoegen")
        for values in records[:-1]:
            self._save(values, "nog toe$")
        self._save(records[-1], "^Bewaar ")

    def attach(self, name: str, content: bytes) -> None:
        self.keyboard.follow("^Bestanden bij B1$")
        self.keyboard.reach("", role="button", field="file")
        self.keyboard.choose_file({"name": name, "mimeType": "application/pdf", "buffer": content})
        self.keyboard.follow("^Voeg bestanden toe$", "button")
        self.walker.check()
        self.walker.sees("Bestand bewaard.")

    def _to_the_form(self, name: str) -> None:
        way = self.walker.page.evaluate(WAY, name)
        assert way, f"no link {name!r} on {self.walker.page.url}"
        if "#" not in self.walker.page.url:
            self._to_the_content()
        self.keyboard.follow(f"^{re.escape(name)}$", key=way)
        self.walker.check()

    def _to_the_content(self) -> None:
        """The first stop of every page jumps over what stands above the content."""
        self.keyboard.reach("^Naar de inhoud$")
        self.keyboard.press("Enter")

    def _save(self, values: Mapping[str, Value], button: str) -> None:
        """The form that was just opened lies at the place where the page opened."""
        typed = {name: value for name, value in values.items() if value not in ("", [], False)}
        self.keyboard.fill(typed, button, form="/onderdeel/")
        self.walker.check()
        self.walker.sees("bewaard.")


def at_the_keyboard(walker: Walker) -> None:
    """A small screen on which nothing slides: what has the focus is where it will be."""
    walker.page.set_viewport_size({"width": walker.width, "height": HEIGHT})
    walker.page.emulate_media(reduced_motion="reduce")
