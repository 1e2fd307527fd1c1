"""What a screen reader is told of a page, beyond axe: headings, landmarks, labels with their help and faults, tables, title.

WCAG 1.3.1, 2.4.1, 2.4.2, 2.4.6, 3.1.1, 3.3.1, 3.3.2 and 4.1.2, as questions that a page answers itself.
"""

from __future__ import annotations

from playwright.sync_api import Page

QUESTIONS = """() => {
  const faults = [];
  const shown = node => node.checkVisibility({ visibilityProperty: true }) && !node.closest("[aria-hidden=true]");
  const all = selector => [...document.querySelectorAll(selector)].filter(shown);
  const say = (node, text) => faults.push(`${text}: ${node.outerHTML.slice(0, 160).replace(/\\s+/g, " ")}`);
  const named = node => node.getAttribute("aria-label")?.trim() || (node.getAttribute("aria-labelledby") ?? "").split(" ")
    .map(id => document.getElementById(id)?.textContent ?? "").join(" ").trim();
  const ids = (node, name) => (node.getAttribute(name) ?? "").split(/\\s+/).filter(Boolean);

  if (!document.documentElement.lang) faults.push("the page has no language");
  if (!/^\\S.* · wijkcontract$/.test(document.title)) faults.push(`title without page or site: ${document.title}`);
  const levels = all("h1, h2, h3, h4, h5, h6").map(node => [Number(node.tagName[1]), node]);
  const firsts = levels.filter(([level]) => level === 1).length;
  if (firsts !== 1) faults.push(`${firsts} headings of level 1`);
  levels.forEach(([level, node], at) => {
    if (!node.textContent.trim()) say(node, "empty heading");
    const before = at ? levels[at - 1][0] : 1;
    if (level > before + 1) say(node, `heading of level ${level} after level ${before}`);
  });

  for (const [selector, least] of [["main", 1], ["body > header", 1], ["body > footer", 1]]) {
    if (all(selector).length !== least) faults.push(`${all(selector).length} times ${selector}`);
  }
  for (const selector of ["nav", "aside"]) {
    const names = all(selector).map(named);
    if (names.some(name => !name)) faults.push(`a ${selector} without a name`);
    if (new Set(names).size !== names.length) faults.push(`two ${selector} with one name: ${names.join(", ")}`);
  }
  all("[role=region]").filter(node => !named(node)).forEach(node => say(node, "a region without a name"));
  const skip = document.querySelector("a[href], button, input, select, textarea, [tabindex]");
  if (skip?.getAttribute("href") !== "#inhoud") faults.push("the first stop does not lead to the content");
  all("[tabindex]").filter(node => node.tabIndex > 0).forEach(node => say(node, "a stop out of order"));

  const seen = new Map();
  for (const node of document.querySelectorAll("[id]")) seen.set(node.id, (seen.get(node.id) ?? 0) + 1);
  for (const [id, times] of seen) if (times > 1) faults.push(`id ${id} occurs ${times} times`);
  for (const name of ["aria-labelledby", "aria-describedby", "aria-errormessage", "aria-controls", "for"]) {
    for (const node of document.querySelectorAll(`[${name}]`)) {
      for (const id of ids(node, name)) if (!seen.has(id)) say(node, `${name} names ${id}, which is not there`);
    }
  }
  for (const node of all("a[href^='#']")) {
    const id = decodeURIComponent(node.getAttribute("href").slice(1));
    if (id && !seen.has(id)) say(node, "a link to a place that is not there");
  }

  for (const node of all("input:not([type=hidden]), select, textarea")) {
    if (!node.labels?.length && !named(node)) say(node, "an input without a label");
    const field = node.closest(".field");
    if (!field) continue;
    const told = new Set([node, ...(node.closest("fieldset") ? [node.closest("fieldset")] : [])]
      .flatMap(one => [...ids(one, "aria-describedby"), ...ids(one, "aria-errormessage")]));
    for (const line of field.querySelectorAll(".help, .error")) {
      if (shown(line) && !line.closest("label") && !told.has(line.id)) say(node, `does not say "${line.textContent.trim()}"`);
    }
    const wrong = field.querySelector(".error") && !["radio", "checkbox"].includes(node.type);
    if (wrong && node.getAttribute("aria-invalid") !== "true") say(node, "a fault that is not marked as one");
  }
  for (const node of all("fieldset")) if (!node.querySelector("legend")?.textContent.trim()) say(node, "a group without a legend");

  for (const node of all("table")) {
    if (!node.caption?.textContent.trim() && !named(node)) say(node, "a table without a name");
    if (!node.querySelector("th")) say(node, "a table without headers");
    for (const head of node.querySelectorAll("th")) if (!head.scope) say(head, "a header without a scope");
  }
  for (const node of all(".messages .msg")) {
    if (!["status", "alert"].includes(node.getAttribute("role"))) say(node, "a message that is not announced");
  }
  for (const node of all(".error-summary")) {
    if (node !== document.activeElement && !node.contains(document.activeElement)) say(node, "the summary of faults has no focus");
  }
  for (const node of all("summary")) if (!node.textContent.trim()) say(node, "a fold without a name");
  return faults;
}"""


def faults_of(page: Page) -> list[str]:
    """What is wrong with the structure of the page, one sentence per fault; empty when nothing is."""
    found: list[str] = page.evaluate(QUESTIONS)
    return found
