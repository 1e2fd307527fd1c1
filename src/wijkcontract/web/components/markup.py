"""The markup of the components as pure functions. Nothing here renders a template, so a page of a thousand rows stays cheap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import urlencode

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from wijkcontract.rules.budget_limits import Meter
from wijkcontract.rules.findings.catalogue import Finding
from wijkcontract.rules.money import LimitKind
from wijkcontract.web.components.formats import day, moment
from wijkcontract.web.components.parts import Dossier, Figure, Happening, Link, Step, Task, Todo
from wijkcontract.web.http import Page

BADGE_ICONS = {"ok": "check", "warn": "alert", "bad": "stop", "done": "star", "secret": "lock"}
LIGHT_ICONS = {
    "ok": "check", "warn": "alert", "bad": "stop", "busy": "half", "none": "ring", "done": "star", "end": "block",
    "secret": "lock", "shut": "lock",
}  # fmt: skip
LIGHT_KINDS = {
    "not_started": "none", "started": "busy", "on_track": "ok", "attention": "warn", "action": "bad", "realised": "done",
    "stopped": "end",
}  # fmt: skip
"""How a reporting colour of the recovery plan (execution.Light) looks; any other word is taken as a kind of light."""

STATE_KINDS = {
    "draft": "info", "announced": "info", "open": "ok", "launched": "ok", "closed": "shut", "submitted": "info",
    "admissible": "ok", "inadmissible": "bad", "in_jury": "info", "advised": "info", "decided": "done", "composed": "info",
    "scoring": "info", "locked": "secret", "granted": "ok", "partly_granted": "warn", "refused": "bad", "signed": "ok",
    "ended": "done", "returned": "warn", "accepted": "ok", "issued": "ok",
}  # fmt: skip
"""How a state of rules.lifecycle looks; any other word is taken as a kind of badge."""

STEP_LOOKS = {
    "done": ("check", "klaar"),
    "busy": ("half", "bezig"),
    "block": ("stop", "ontbreekt"),
    "flag": ("alert", "aandacht"),
    "closed": ("lock", "nog gesloten"),
    "": ("ring", "niet gestart"),
}
TODO_LOOKS = {
    "block": ("stop", "Verplicht: "),
    "flag": ("alert", "Aandacht: "),
    "ok": ("check", "Klaar: "),
    "wait": ("clock", "Wacht: "),
}
HAPPENING_WORDS = {"done": "gebeurd", "here": "nu", "": "nog te komen"}


@lru_cache(maxsize=1)
def sprite() -> str:
    return static("icons.svg")


@lru_cache(maxsize=128)
def icon(name: str, label: str = "") -> SafeString:
    """An icon beside a word; alone only with a hidden label."""
    drawing = format_html(
        '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><use href="{}#i-{}"/></svg>', sprite(), name
    )
    return drawing if not label else format_html('{}<span class="vh">{}</span>', drawing, label)


def badge(kind: str, label: str) -> SafeString:
    """A state as a badge: shape, word and colour. `kind` is a state of rules.lifecycle or a kind of badge."""
    kind = STATE_KINDS.get(kind, kind)
    shape = icon(BADGE_ICONS[kind]) if kind in BADGE_ICONS else ""
    return format_html('<span class="badge{}">{}{}</span>', f" badge--{kind}" if kind else "", shape, label)


def fold_summary(
    code: str,
    title: str,
    total: str,
    facts: Iterable[str],
    state: tuple[str, str] | None = None,
    is_flagged: bool = False,
) -> SafeString:
    """What a folded record shows before it is opened. A page has hundreds: this costs a tenth of the same in a template."""
    return format_html(
        '<summary><span class="fold__no">{}</span><span class="fold__title">{}</span><span class="fold__sum">{}</span>'
        '<span class="fold__meta">{}{}{}</span></summary>',
        code,
        title or "zonder naam",
        total,
        badge(*state) if state else "",
        format_html_join("", "<span>{}</span>", ((fact,) for fact in facts)),
        badge("warn", "aandachtspunt") if is_flagged else "",
    )


def fold_tools(before: str, record_id: str, code: str, is_attachable: bool) -> SafeString:
    """What one can do with a record: its form, its files, and taking it away. `before` is its address up to its id."""
    address = f"{before}{record_id}/"
    files = format_html('<a class="btn btn--small" href="{}#bestanden">Bestanden bij {}</a>', address, code)
    return format_html(
        '<div class="actions"><a class="btn btn--small" href="{}#formulier">Bewerk {}</a>{}'
        '<a class="btn btn--small btn--quiet" href="{}verwijderen/">Verwijder {}</a></div>',
        address, code, files if is_attachable else "", address, code,
    )  # fmt: skip


def light(kind: str, label: str) -> SafeString:
    """A judgement as a light: ok, warn, bad, busy, none, done, end, secret or shut, or a reporting colour; with its word."""
    kind = LIGHT_KINDS.get(kind, kind)
    return format_html('<span class="light light--{}">{}{}</span>', kind, icon(LIGHT_ICONS[kind]), label)


def meter(subject: Meter) -> SafeString:
    """A limit held against an amount; near a limit it is orange, over it red. The drawing repeats the words."""
    limit = subject.limit if subject.limit is not None else 1
    scale = 280 / (2.5 * float(limit)) if subject.limit is not None else 280 / 1.25
    share = subject.value_cents / subject.base_cents if subject.base_cents else 0.0
    edge = float(limit) * scale
    width = min(280.0, share * scale)
    near = subject.ok and subject.room_cents * 50 < subject.base_cents and subject.kind is LimitKind.MAXIMUM
    kind = "bad" if not subject.ok else "warn" if near else "ok"
    floor = subject.kind is LimitKind.MINIMUM
    border = f"{'minstens' if floor else 'hoogstens'} {f'{float(limit) * 100:g}'.replace('.', ',')} %"
    words = {"ok": "Voldoet", "warn": "Dichtbij", "bad": "Te weinig" if floor else "Te veel"}
    sentence = subject.sentence.removeprefix("Voldoet. ").removeprefix(f"{words[kind]}: ")
    return format_html(
        '<div class="meter meter--{kind}"><div class="meter__head"><span>{label}</span><b>{percent}</b></div>'
        '<svg class="meter__bar" viewBox="0 0 280 31" aria-hidden="true">'
        '<rect class="meter__track" y="4" width="280" height="8" rx="2"/>'
        '<rect class="meter__fill" y="4" width="{width}" height="8" rx="2"/><path class="meter__limit" d="M{edge} 1v14"/>'
        '<text x="{at}" y="27" text-anchor="middle">{border}</text></svg>'
        '<p class="meter__note">{light} {sentence}</p></div>',
        kind=kind, label=subject.label, percent=subject.percent, width=f"{width:.1f}", edge=f"{edge:.1f}",
        at=f"{min(edge, 235.0):.1f}", border=border, light=light(kind, words[kind]),
        sentence=sentence[:1].upper() + sentence[1:],
    )  # fmt: skip


def todo(items: Iterable[Todo | Finding], *, as_given: bool = False) -> SafeString:
    """What is missing: first what blocks, then what may but will be seen, or as given. A line with an address is a link."""
    lines = [item if isinstance(item, Todo) else Todo(item.message, item.severity.value) for item in items]
    order = list(TODO_LOOKS)
    rows = (
        (
            line.kind,
            icon(TODO_LOOKS[line.kind][0]),
            TODO_LOOKS[line.kind][1],
            format_html('<a href="{}">{}</a>', line.url, line.message)
            if line.url
            else format_html("<span>{}</span>", line.message),
            format_html('<span class="when">{}</span>', line.note) if line.note else "",
        )
        for line in (lines if as_given else sorted(lines, key=lambda line: order.index(line.kind)))
    )
    body = format_html_join("", '<li><span class="is-{}">{}<span class="vh">{}</span></span>{}{}</li>', rows)
    return format_html('<ul class="todo small">{}</ul>', body)


def tasks(items: Iterable[Task]) -> SafeString:
    """What must be done, by date."""
    shapes = {"block": "stop", "flag": "alert", "wait": "clock"}
    rows = (
        (
            f" is-{item.kind}" if item.kind else "",
            icon(shapes.get(item.kind, item.icon)),
            format_html('<a href="{}">{}</a>', item.url, item.title) if item.url else item.title,
            format_html("<p>{}</p>", item.text) if item.text else "",
            format_html('<div class="task__when"><b>{}</b>{}</div>', item.when, item.note) if item.when else "",
        )
        for item in items
    )
    body = format_html_join("", '<li class="task{}">{}<div><h3>{}</h3>{}</div>{}</li>', rows)
    return format_html('<ul class="card tasks">{}</ul>', body)


def stepper(steps: Iterable[Step], label: str) -> SafeString:
    """The sections of a dossier on one thread; the shape of the node says the state."""
    body = format_html_join("", "{}", ((_step(step),) for step in steps))
    return format_html('<nav aria-label="{}"><ol class="stepper">{}</ol></nav>', label, body)


def _step(step: Step) -> SafeString:
    shape, word = STEP_LOOKS[step.state]
    note = format_html("<small>{}</small>", step.note) if step.note else ""
    inside = format_html('{}<span>{}{}<span class="vh">, {}</span></span>', icon(shape), step.label, note, word)
    place = f" is-{step.state}" if step.state else ""
    if not step.url:
        return format_html('<li class="step{}"><span class="closed">{}</span></li>', place, inside)
    here = mark_safe(' aria-current="step"') if step.current else ""
    return format_html('<li class="step{}"><a href="{}"{}>{}</a></li>', place, step.url, here, inside)


def _when(value: dt.datetime | dt.date | str) -> str:
    if isinstance(value, dt.datetime):
        return moment(value)
    return day(value) if isinstance(value, dt.date) else value


def timeline(items: Iterable[Happening]) -> SafeString:
    """What happened, what is now, what comes; oldest first."""
    rows = (
        (
            f"is-{item.state}" if item.state else "is-future",
            item.label,
            format_html(" <time>{}</time>", _when(item.when)) if item.when else "",
            HAPPENING_WORDS[item.state],
            format_html("<p>{}</p>", item.text) if item.text else "",
        )
        for item in items
    )
    body = format_html_join("", '<li class="{}"><span><b>{}</b>{}<span class="vh">, {}</span></span>{}</li>', rows)
    return format_html('<ol class="timeline">{}</ol>', body)


def route(items: Iterable[Happening], label: str) -> SafeString:
    """The whole way in one line."""
    rows = (
        (f"is-{item.state}" if item.state else "is-future", item.label, _when(item.when), HAPPENING_WORDS[item.state])
        for item in items
    )
    body = format_html_join("", '<li class="{}"><b>{}</b><span>{}</span><span class="vh">, {}</span></li>', rows)
    return format_html('<ol class="route" tabindex="0" role="list" aria-label="{}">{}</ol>', label, body)


def figures(items: Iterable[Figure]) -> SafeString:
    """Key figures in a row."""
    rows = ((i.label, i.value, format_html("<small>{}</small>", i.note) if i.note else "") for i in items)
    return format_html('<dl class="figures">{}</dl>', format_html_join("", "<div><dt>{}</dt><dd>{}{}</dd></div>", rows))


def crumbs(links: Sequence[Link]) -> SafeString:
    """Where am I; the last one has no address."""
    rows = ((format_html('<a href="{}">{}</a>', k.url, k.label) if k.url else k.label,) for k in links)
    body = format_html_join("", "<li>{}</li>", rows)
    return format_html('<nav class="crumbs" aria-label="Kruimelpad"><ol>{}</ol></nav>', body)


def tabs(links: Sequence[Link], label: str) -> SafeString:
    """The pages of one dossier."""
    here = mark_safe(' aria-current="page"')
    rows = ((link.url, here if link.current else "", link.label) for link in links)
    body = format_html_join("", '<a href="{}"{}>{}</a>', rows)
    return format_html('<nav class="tabs" aria-label="{}">{}</nav>', label, body)


def dossier(subject: Dossier, live: SafeString | str = "") -> SafeString:
    """The bar under the header. `live` is safe markup for what changes: saved, days left, who works here."""
    title = format_html("<h1>{}</h1>" if subject.heading else '<p class="h1">{}</p>', subject.title)
    state = badge(subject.state, subject.state_label) if subject.state_label else ""
    meta = format_html('<span class="muted">{}</span>', subject.meta) if subject.meta else ""
    return format_html(
        '<section class="dossier{}" aria-label="Waar u bent"><div class="bar">{}'
        '<div class="dossier__title">{}{}{}</div>{}{}</div></section>',
        " dossier--tabs" if subject.tabs else "",
        crumbs(subject.crumbs) if subject.crumbs else "",
        title,
        state,
        meta,
        format_html('<div class="dossier__live">{}</div>', live) if live else "",
        tabs(subject.tabs, subject.tabs_label) if subject.tabs else "",
    )


def empty(title: str, text: str = "", url: str = "", action: str = "", shape: str = "") -> SafeString:
    """Nothing here yet: what it would be, and how to begin."""
    return format_html(
        '<div class="empty">{}<p class="h3">{}</p>{}{}</div>',
        icon(shape) if shape else "",
        title,
        format_html("<p>{}</p>", text) if text else "",
        format_html('<a class="btn btn--primary" href="{}">{}</a>', url, action) if url else "",
    )


def pager(page: Page[object], query: dict[str, list[str]]) -> SafeString:
    """Previous and next, with the filters of the page kept. Nothing on a list of one page."""
    if not page.has_previous and not page.has_next:
        return mark_safe("")
    kept = [(key, value) for key, values in query.items() if key != "pagina" for value in values]

    def address(number: int) -> str:
        return "?" + urlencode([*kept, ("pagina", number)])

    before = format_html('<a rel="prev" href="{}">Vorige</a>', address(page.number - 1)) if page.has_previous else ""
    after = format_html('<a rel="next" href="{}">Volgende</a>', address(page.number + 1)) if page.has_next else ""
    here = f"Bladzijde {page.number} van {page.pages}" if page.pages else f"Bladzijde {page.number}"
    return format_html(
        '<nav class="pager" aria-label="Bladzijden">{}<b aria-current="page">{}</b>{}</nav>', before, here, after
    )
