"""How Django draws forms here: every form of every room gets the house's markup without knowing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import Field
from django.forms.renderers import TemplatesSetting

NO_TEXT = frozenset({"checkbox", "radio", "hidden"})
EMPTY = {"choice": "Vink dit aan.", "choices": "Maak een keuze.", "file": "Kies een bestand."}
NO_ADDRESS = "Schrijf een volledig adres, zoals https://www.gemeente.be/besluit."
EMPTY_BY_DJANGO = Field.default_error_messages["required"]


def is_box(widget: forms.Widget) -> bool:
    """Is it drawn as a box to type in or to choose from, whatever the room made of it?"""
    if isinstance(widget, forms.widgets.Input):
        return widget.input_type not in NO_TEXT
    return isinstance(widget, (forms.Textarea, forms.Select)) and not widget.use_fieldset


def is_empty(fault: ValidationError) -> bool:
    """Django's own "this field is required", not one that a form wrote itself."""
    return fault.code == "required" and fault.message == EMPTY_BY_DJANGO


class ComponentBoundField(forms.BoundField):
    """A field that knows what kind of block it is drawn as."""

    @property
    def kind(self) -> str:
        """choice (one box), choices (a group), money, file or text: the template asks."""
        widget = self.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return "choice"
        if widget.use_fieldset:
            return "choices"
        if isinstance(widget, forms.FileInput):
            return "file"
        return str(getattr(widget, "kind", "text"))

    @property
    def show_optional(self) -> bool:
        """Say "(niet verplicht)"? A form where nothing is required, such as a draft, sets `mark_optional = False`."""
        return not self.field.required and bool(getattr(self.form, "mark_optional", True))

    @property
    def messages(self) -> list[str]:
        """What is wrong, said as what to do: an empty field asks for what it needs."""
        if not self.errors:
            return []
        return [self._said(fault) for fault in self.errors.as_data()]

    def _said(self, fault: ValidationError) -> str:
        if is_empty(fault):
            return EMPTY.get("choices" if isinstance(self.field.widget, forms.Select) else self.kind, "Vul dit in.")
        if isinstance(self.field, forms.URLField) and fault.code == "invalid":
            return NO_ADDRESS
        return " ".join(map(str, fault.messages))

    @property
    def length_help(self) -> str:
        """How long a text may be; said beside every long text with a limit."""
        limit = getattr(self.field, "max_length", None)
        if not limit or not isinstance(self.field.widget, forms.Textarea):
            return ""
        return f"Hoogstens {limit:,} tekens.".replace(",", ".")

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        drawn = widget or self.field.widget
        if is_box(drawn):
            own = f"{drawn.attrs.get('class', '')} {built.get('class', '')}".strip()
            built["class"] = f"input {own}".strip()
            built["maxlength"] = False  # a browser would cut off pasted text in silence; the form says it is too long
        return built

    @property
    def aria_describedby(self) -> str | None:
        """The ids of help and fault; also when the help is only the length."""
        if self.field.widget.attrs.get("aria-describedby") or not self.auto_id:
            return None
        ids = [f"{self.auto_id}_helptext"] if self.help_text or self.length_help else []
        ids += [f"{self.auto_id}_error"] if self.errors else []
        return " ".join(ids) or None


class ComponentRenderer(TemplatesSetting):
    """Draws forms, fields and widgets with the templates of the product."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = ComponentBoundField
