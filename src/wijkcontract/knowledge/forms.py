"""The forms of a lesson and of the search for lessons."""

from __future__ import annotations

from django import forms

from wijkcontract.knowledge.queries import instruments, themes

NO_CHOICE = ("", "Kies")


def _themes() -> list[tuple[str, str]]:
    return [NO_CHOICE, *themes().items()]


def _instruments() -> list[tuple[str, str]]:
    return [NO_CHOICE, *instruments().items()]


class LessonForm(forms.Form):
    title = forms.CharField(label="Titel", max_length=200, help_text="Zeg in één zin wat u leerde.")
    theme = forms.ChoiceField(label="Thema", choices=_themes)
    instrument = forms.ChoiceField(label="Instrument", choices=_instruments, required=False)
    text = forms.CharField(
        label="De les",
        max_length=6000,
        help_text="Wat deed u, wat werkte, wat werkte niet, wat raadt u anderen aan?",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    contact = forms.CharField(
        label="Contact",
        max_length=200,
        required=False,
        help_text="Een functie en een algemeen mailadres, geen naam van een persoon",
    )


class LessonSearch(forms.Form):
    """Filters of the list; it is sent with GET and a wrong value finds nothing."""

    mark_optional = False
    tekst = forms.CharField(label="Zoek in de lessen", required=False, max_length=200)
    thema = forms.ChoiceField(label="Thema", required=False, choices=lambda: [("", "Alle thema's"), *themes().items()])
    instrument = forms.ChoiceField(
        label="Instrument", required=False, choices=lambda: [("", "Alle instrumenten"), *instruments().items()]
    )
