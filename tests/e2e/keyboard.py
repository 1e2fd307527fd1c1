"""A person who has only a keyboard: Tab, Shift+Tab, Enter, Space, arrows and letters. Every stop of the focus is looked at.

At each stop: the browser's own accessibility tree gives it a name and a role, its ring of focus is drawn, nothing lies over it
(WCAG 2.4.7, 2.4.11), and it is large enough to hit (2.5.8; a link in a line of text is excepted there too).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, FileChooser, FilePayload, Page

Value = str | bool | list[str]
MOST_STOPS = 250
SMALLEST = 24
PATIENCE = 300
"""How often a tenth of a second is waited for a dialog."""

LOOK = """smallest => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const style = getComputedStyle(node);
  const probe = document.createElement("i");
  probe.style.boxShadow = "var(--focus)";
  document.body.append(probe);
  const ring = getComputedStyle(probe).boxShadow;
  probe.remove();
  const label = node.labels?.[0];
  const boxes = [...node.getClientRects()];
  const seen = boxes.map(box => ({
    left: Math.max(box.left, 0), right: Math.min(box.right, innerWidth),
    top: Math.max(box.top, 0), bottom: Math.min(box.bottom, innerHeight),
  })).find(box => box.right > box.left && box.bottom > box.top);
  const at = seen && document.elementFromPoint((seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2);
  const large = [node, label].filter(Boolean).map(one => one.getBoundingClientRect())
    .some(box => box.width >= smallest && box.height >= smallest);
  const faults = [];
  if (!style.boxShadow.includes(ring)) faults.push("the focus is not drawn");
  if (!seen) faults.push("the focus lies outside the screen");
  else if (!at || !(node.contains(at) || at.contains(node) || label?.contains(at))) {
    faults.push(`the focus lies under ${at?.outerHTML.slice(0, 120)}`);
  }
  if (!large && style.display !== "inline") faults.push("the target is too small");
  const form = node.form ?? node.closest("form");
  return {
    kind: node.tagName === "INPUT" ? node.type : node.tagName.toLowerCase(), field: node.getAttribute("name") ?? "",
    value: node.value ?? "", checked: Boolean(node.checked), href: node.getAttribute("href") ?? "",
    form: form ? form.getAttribute("action") || location.pathname : "", html: node.outerHTML.slice(0, 160), faults,
    options: node.tagName === "SELECT" ? [...node.options].map(one => [one.value, one.text.trim()]) : [],
  };
}"""


@dataclass(frozen=True)
class Stop:
    """Where the focus stands, as the accessibility tree tells it, with what stands in it."""

    role: str
    name: str
    kind: str
    field: str
    value: str
    checked: bool
    href: str
    form: str
    options: list[tuple[str, str]]


class Keyboard:
    """The keys of one window. Nothing here clicks, fills a field, or moves the focus in another way.

    `faults` gathers what is wrong with the stops passed, by the control; a test asks for it at the end of its way.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tree: CDPSession = page.context.new_cdp_session(page)
        self.faults: dict[str, str] = {}
        self.dialogs: list[FileChooser] = []
        self.page.on("filechooser", lambda dialog: self.dialogs.append(dialog))

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def here(self) -> Stop | None:
        """The stop at which the focus stands; None when it stands nowhere."""
        seen: dict[str, Any] | None = self.page.evaluate(LOOK, SMALLEST)
        if seen is None:
            return None
        node = self._told()
        name, role = node.get("name", {}).get("value", ""), node["role"]["value"]
        faults = seen.pop("faults") + ([] if name.strip() else ["without a name"])
        html = seen.pop("html")
        if faults:
            self.faults[html] = f"{self.page.url}: {', '.join(faults)}"
        options = [(value, text) for value, text in seen.pop("options")]
        return Stop(role=role, name=" ".join(name.split()), options=options, **seen)

    def _told(self) -> dict[str, Any]:
        """The node of the accessibility tree that has the focus."""
        found = self.tree.send("Runtime.evaluate", {"expression": "document.activeElement"})
        handle = found["result"]["objectId"]
        nodes = self.tree.send("Accessibility.getPartialAXTree", {"objectId": handle, "fetchRelatives": False})["nodes"]
        self.tree.send("Runtime.releaseObject", {"objectId": handle})
        told: dict[str, Any] = nodes[0]
        return told

    def reach(self, name: str, role: str = "link", *, key: str = "Tab", field: str = "") -> Stop:
        """Go on until the control with this name (a pattern), role and field has the focus."""
        passed: list[str] = []
        for _ in range(MOST_STOPS):
            self.press(key)
            stop = self.here()
            if stop and stop.role == role and re.search(name, stop.name) and field in ("", stop.field):
                return stop
            passed.append(stop.name if stop else "the window")
        raise AssertionError(f"{role} {name!r} not reached on {self.page.url} with {key}; passed {passed}")

    def follow(self, name: str, role: str = "link", *, key: str = "Tab") -> None:
        """Go to a link or button and press Enter; the next page is there when this returns."""
        self.reach(name, role, key=key)
        self.enter()

    def enter(self) -> None:
        with self.page.expect_navigation():
            self.press("Enter")

    def choose_file(self, file: FilePayload) -> None:
        """Open the dialog of the file field that has the focus and choose this file.

        The window listens for dialogs from its beginning: a listener that comes with the key may come after it.
        """
        self.dialogs.clear()
        self.press("Enter")
        for _ in range(PATIENCE):
            if self.dialogs:
                return self.dialogs[0].set_files(file)
            self.page.wait_for_timeout(100)
        raise AssertionError(f"Enter opens no dialog on {self.page.url}")

    def fill(self, values: Mapping[str, Value], button: str, *, form: str = "") -> None:
        """One pass through the form that is sent to this address: each field by its name, then this button."""
        left = dict(values)
        for _ in range(MOST_STOPS):
            self.press("Tab")
            stop = self.here()
            assert stop, f"the focus left {self.page.url}; not typed: {sorted(left)}"
            if form not in stop.form:
                continue
            if stop.role == "button" and re.search(button, stop.name):
                assert not left, f"no field for {sorted(left)} on {self.page.url}"
                return self.enter()
            if stop.field in values:
                left.pop(stop.field, None)
                self._put(stop, values[stop.field])
        raise AssertionError(f"no button {button!r} on {self.page.url}")

    def _put(self, stop: Stop, value: Value) -> None:
        """Make the control with the focus say this."""
        if stop.kind == "select":
            self._choose(stop, str(value))
        elif stop.kind == "radio":
            self._turn(str(value))
        elif stop.kind == "checkbox":
            wanted = any(begins(stop.name, one) for one in value) if isinstance(value, list) else bool(value)
            if wanted != stop.checked:
                self.press("Space")
        else:
            if stop.value:
                self.press("Control+A")
            self.page.keyboard.type(str(value))

    def _choose(self, stop: Stop, wanted: str) -> None:
        """Choose the option with this value, or whose text begins with this word."""
        places = [at for at, (value, text) in enumerate(stop.options) if value == wanted or begins(text, wanted)]
        assert places, f"{wanted!r} is none of {stop.options}"
        self.press("Home")
        for _ in range(places[0]):
            self.press("ArrowDown")
        chosen = self.page.evaluate("document.activeElement.value")
        assert chosen == stop.options[places[0]][0], f"the arrows chose {chosen!r} instead of {wanted!r}"

    def _turn(self, wanted: str) -> None:
        """Go through a group of radio buttons with the arrows until this one is chosen."""
        self.press("Space")
        for _ in range(10):
            value, checked = self.page.evaluate("[document.activeElement.value, document.activeElement.checked]")
            if value == wanted and checked:
                return
            self.press("ArrowDown")
        raise AssertionError(f"no radio button {wanted!r}")


def begins(text: str, word: str) -> bool:
    """Does the text begin with this word? "M1 Buurtsport" begins with "M1", "M12 Plein" does not."""
    return bool(re.match(rf"{re.escape(word)}(\s|$)", text))
