"""The markup of forms beyond one field: the summary of faults, and an input that stands in a table."""

from __future__ import annotations

from collections.abc import Iterable

from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from wijkcontract.web.components.forms import ComponentBoundField

HEADING = "Kijk dit na"


def error_summary(forms: Iterable[BaseForm | BaseFormSet[BaseForm]]) -> SafeString:
    """Every fault at once, each a link to its field, with the focus on it; empty when there is none."""
    lines = [line for form in forms for line in _faults(form)]
    if not lines:
        return mark_safe("")
    rows = ((format_html('<a href="#{}">{}</a>', where, message) if where else message,) for where, message in lines)
    count = "1 punt" if len(lines) == 1 else f"{len(lines)} punten"
    return format_html(
        '<div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="fouten">'
        '<h2 id="fouten">{}: {}</h2><ul>{}</ul></div>',
        HEADING,
        count,
        format_html_join("", "<li>{}</li>", rows),
    )


def _faults(form: BaseForm | BaseFormSet[BaseForm]) -> list[tuple[str, str]]:
    if isinstance(form, BaseFormSet):
        if not form.is_bound:
            return []
        found = [("", str(message)) for message in form.non_form_errors()]
        return found + [line for one in form.forms for line in _faults(one)]
    lines = []
    for name, messages in form.errors.items():
        if name not in form.fields:
            lines += [("", str(message)) for message in messages]
            continue
        bound = form[name]
        lines += [(target_of(bound), spoken(str(bound.label), message)) for message in messages_of(bound)]
    return lines


def spoken(label: str, message: str) -> str:
    """The field and what is wrong with it: "Titel: Vul dit in.", "Wat gaat u doen? Vul dit in."."""
    return f"{label} {message}" if label.endswith("?") else f"{label}: {message}"


def messages_of(bound: BoundField) -> list[str]:
    """What is wrong with one field, in the words of the house when the house draws it."""
    return bound.messages if isinstance(bound, ComponentBoundField) else [str(message) for message in bound.errors]


def target_of(bound: BoundField) -> str:
    """The id that a link to a field points to: the input, or the first choice of a group."""
    return f"{bound.auto_id}_0" if bound.field.widget.use_fieldset else str(bound.id_for_label or bound.auto_id)


def cell(bound: BoundField, label: str) -> SafeString:
    """An input in a table cell: the label is spoken, the fault stands under it."""
    described = f"{bound.auto_id}_error" if bound.errors else ""
    attrs: dict[str, str | bool] = {"aria-label": label}
    if described:
        attrs["aria-describedby"] = described
    fault = (
        format_html(
            '<small class="error" id="{}"><span class="vh">Fout: </span>{}</small>',
            described,
            " ".join(messages_of(bound)),
        )
        if described
        else ""
    )
    return format_html("{}{}", bound.as_widget(attrs=attrs), fault)
