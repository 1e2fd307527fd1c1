"""A member of the project team who fills the forms of a proposal with the mouse."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from e2e.keyboard import begins
from e2e.walker import Walker

Value = str | bool | list[str]


@dataclass
class Writer:
    """A member of the project team at the keyboard. `base` is the address of the proposal."""

    walker: Walker
    base: str

    def open(self, section: str) -> None:
        self.walker.open(f"{self.base}onderdeel/{section}/")

    def block(self, code: str, values: Mapping[str, Value]) -> None:
        """Fill one block of fields of the section and save it."""
        form = self.walker.page.locator(f"section[aria-labelledby='blok-{code}']")
        for name, value in values.items():
            form.locator(f"[name='{name}']").fill(str(value))
        with self.walker.page.expect_navigation():
            form.get_by_role("button", name="Bewaar").click()
        self.walker.check()
        self.walker.sees("Bewaard.")

    def add(self, singular: str, values: Mapping[str, Value], under: str = "") -> None:
        """Add one record through its form; a list of words ticks the boxes whose labels begin with them."""
        name = f"{singular} toevoegen bij {under}" if under else f"{singular} toevoegen"
        self.walker.page.get_by_role("link", name=name, exact=True).click()
        self.walker.check()
        form = self.walker.page.locator("#formulier")
        for field, value in values.items():
            if value not in ("", []):
                self._fill(field, value)
        with self.walker.page.expect_navigation():
            form.get_by_role("button", name=re.compile("^Bewaar")).first.click()
        self.walker.check()
        self.walker.sees("bewaard.")

    def add_all(self, singular: str, records: Sequence[Mapping[str, Value]]) -> None:
        """Add these records of one kind, one after the other."""
        for values in records:
            self.add(singular, values)

    def attach(self, name: str, content: bytes) -> None:
        """Add a file to the first record of the section."""
        page = self.walker.page
        page.get_by_role("link", name="Bestanden bij B1").click()
        page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/pdf", "buffer": content}
        )
        self.walker.press("Voeg bestanden toe")
        self.walker.sees("Bestand bewaard.")

    def _fill(self, field: str, value: Value) -> None:
        form = self.walker.page.locator("#formulier")
        if isinstance(value, list):
            group = form.locator("fieldset", has=self.walker.page.locator(f"[name='{field}']"))
            for label in value:
                group.locator("label.choice", has_text=re.compile(rf"^\s*{re.escape(label)}(\s|$)")).get_by_role(
                    "checkbox"
                ).check()
            return
        found = form.locator(f"[name='{field}']")
        kind = found.first.evaluate("node => node.type || node.tagName")
        if kind == "select-one":
            self._choose(field, str(value))
        elif kind == "radio":
            form.locator(f"[name='{field}'][value='{value}']").check()
        elif kind == "checkbox":
            found.set_checked(bool(value))
        else:
            found.fill(str(value))

    def _choose(self, field: str, wanted: str) -> None:
        """Choose the option with this value, or whose text begins with this word (M2 in a list of measures)."""
        found = self.walker.page.locator(f"#formulier [name='{field}']")
        options = found.locator("option").evaluate_all("all => all.map(one => [one.value, one.text.trim()])")
        found.select_option(value=next(value for value, text in options if value == wanted or begins(text, wanted)))
