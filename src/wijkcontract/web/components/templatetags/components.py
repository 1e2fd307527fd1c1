"""The template tags and filters of the product; built in, so no template loads them. Described in docs/components.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString

from wijkcontract.accounts.roles import DESCRIPTIONS, Role
from wijkcontract.rules import clock
from wijkcontract.web.components import form_markup, formats, markup
from wijkcontract.web.components.parts import Dossier, Happening, Link, Step
from wijkcontract.web.http import Page

register = template.Library()

for tag in (
    markup.icon, markup.badge, markup.light, markup.meter, markup.todo, markup.tasks, markup.figures, markup.timeline,
    markup.empty, markup.crumbs, markup.sprite, markup.fold_summary, markup.fold_tools, form_markup.cell,
):  # fmt: skip
    register.simple_tag(tag)

for filter_function in (
    formats.euro, formats.euro_unit, formats.day, formats.day_long, formats.day_full, formats.moment, formats.moment_exact,
    formats.moment_short, formats.percent, formats.number, formats.size,
    formats.figure, formats.iso_day,
):  # fmt: skip
    register.filter(filter_function.__name__, filter_function)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A whole field: label, help, fault, input."""
    return bound.as_field_group()


@register.simple_tag
def errors(*forms: BaseForm | BaseFormSet[BaseForm]) -> SafeString:
    """Every fault of the forms in one summary, each a link to its field."""
    return form_markup.error_summary(forms)


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Page[object]) -> SafeString:
    request: HttpRequest = context["request"]
    return markup.pager(page, {key: request.GET.getlist(key) for key in request.GET})


@register.simple_tag
def stepper(steps: Iterable[Step], label: str = "Onderdelen") -> SafeString:
    return markup.stepper(steps, label)


@register.simple_tag
def route(stops: Iterable[Happening], label: str = "De weg van uw voorstel") -> SafeString:
    return markup.route(stops, label)


@register.simple_tag
def tabs(links: list[Link], label: str = "Dossier") -> SafeString:
    return markup.tabs(links, label)


@register.simple_block_tag
def dossier(content: SafeString, subject: Dossier) -> SafeString:
    """The dossier bar; what stands between the tags is its live line."""
    return markup.dossier(subject, SafeString(content.strip()))


@register.filter
def code_label(code: str, labels: Mapping[str, object]) -> str:
    """The Dutch label of a code from a mapping of labels; a state table or objects with a `label` do too."""
    found = labels.get(code)
    return str(getattr(found, "label", found)) if found is not None else code


@register.filter
def plain(value: object) -> str:
    """A year or an identifier as it is, without points between thousands."""
    return str(value)


@register.filter
def days_left(until: dt.datetime | dt.date) -> str:
    """How long there is still, by the clock of the product."""
    return formats.days_left(until, clock.today())


@register.filter
def role_sentence(role: str) -> str:
    """What a role may do, in one sentence."""
    return DESCRIPTIONS[Role(role)].sentence
