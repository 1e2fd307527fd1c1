"""Specimens for the gallery: every component in every state, with invented names."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from django import forms

from wijkcontract.accounts.formfields import DayField, Helped, MoneyField
from wijkcontract.rules.budget_limits import Meter
from wijkcontract.rules.money import LimitKind
from wijkcontract.web.components import charts
from wijkcontract.web.components.parts import Dossier, Figure, Happening, Link, Step, Task, Todo
from wijkcontract.web.http import Page

SWATCHES = (
    ("canvas", "grond"), ("surface", "vlak"), ("sunken", "verdiept"), ("line", "lijn"), ("ink", "tekst"),
    ("ink-2", "tekst 2"), ("ink-3", "tekst 3"), ("action", "actie"), ("mark", "hier"), ("ok", "goed"),
    ("warn", "aandacht"), ("bad", "fout"), ("done", "gerealiseerd"), ("secret", "gesloten"),
)  # fmt: skip
ICONS = (
    "alert", "ball", "bell", "bench", "bike", "block", "check", "clock", "cross", "day", "door", "down", "euro", "eye",
    "file", "get", "half", "info", "lamp", "left", "lock", "out", "pen", "people", "person", "plus", "pot", "print",
    "right", "ring", "search", "star", "stop", "talk", "tree", "up",
)  # fmt: skip
LIGHTS = (
    ("ok", "Op schema"), ("warn", "Aandacht"), ("bad", "Actie nodig"), ("busy", "Bezig"), ("none", "Niet gestart"),
    ("done", "Gerealiseerd"), ("end", "Stopgezet"), ("secret", "Gesloten voor u"), ("shut", "Afgesloten jaar"),
)  # fmt: skip
BADGES = (
    ("draft", "Ontwerp"), ("submitted", "Ingediend"), ("admissible", "Ontvankelijk"), ("returned", "Aan te vullen"),
    ("refused", "Geweigerd"), ("decided", "Beslist"), ("locked", "Vergrendeld"), ("hard", "hard"), ("soft", "zacht"),
)  # fmt: skip


class SpecimenForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Titel", max_length=120, help_text="Zo verschijnt het voorstel in de lijst.")
    kbo = forms.RegexField(
        label="KBO-nummer",
        regex=r"\d{10}",
        error_messages={"invalid": "Een KBO-nummer telt 10 cijfers. U gaf er 9 in."},
    )
    website = forms.URLField(label="Website", required=False, assume_scheme="https")
    text = forms.CharField(label="Wat gaat u doen?", max_length=1500, widget=forms.Textarea(attrs={"rows": 4}))
    amount = MoneyField(label="Begrote kostprijs", help_text="Som van de kostenposten bij deze maatregel.")
    on = DayField(label="Datum van het besluit")
    body = forms.ChoiceField(
        label="Orgaan",
        widget=forms.RadioSelect,
        choices=[("college", "College"), ("council", Helped("Gemeenteraad", "ook bij een eerste contract"))],
    )
    groups = forms.MultipleChoiceField(
        label="Doelgroepen",
        widget=forms.CheckboxSelectMultiple,
        choices=[("young", "Jongeren"), ("old", "Ouderen"), ("new", "Nieuwkomers")],
    )
    instrument = forms.ChoiceField(
        label="Instrument", choices=[("extra", "Extra capaciteit"), ("small", "Kleine infrastructurele ingreep")]
    )
    new = forms.BooleanField(label="Nieuw in deze wijk", required=False)
    file = forms.FileField(label="Besluit", required=False, help_text="PDF, Word of Excel, hoogstens 20 MB.")


def specimen_form() -> SpecimenForm:
    return SpecimenForm(
        {"title": "De Lindenbuurt", "kbo": "0207.465.28", "text": "", "amount": "58.400,00", "on": "31/02/2022",
         "body": "college", "groups": ["young"], "instrument": "small", "new": "on"}
    )  # fmt: skip


def meters() -> list[Meter]:
    own, roof = Fraction(1, 5), LimitKind.MAXIMUM
    return [
        Meter("own", "Eigen inbreng", LimitKind.MINIMUM, 8_750_000, 42_850_000, own, True, 180_000, "20,42 %",
              "Voldoet. 87.500,00 euro van 428.500,00 euro kosten. Ruimte: 1.800,00 euro."),
        Meter("own", "Eigen inbreng", LimitKind.MINIMUM, 8_565_790, 42_850_000, own, False, -4_210, "19,99 %",
              "Te weinig: 19,99 % in plaats van minstens 20 %. Breng 42,10 euro over naar uw bestuur."),
        Meter("infra", "Infrastructuur", roof, 6_389_600, 32_600_000, own, True, 130_400, "19,60 %",
              "Voldoet. Nog 1.304,00 euro mogelijk."),
        Meter("ceiling", "Gevraagde subsidie", roof, 32_600_000, 80_000_000, None, True, 47_400_000, "40,75 %",
              "Voldoet. 40,75 % van het plafond van 800.000,00 euro."),
    ]  # fmt: skip


def steps() -> list[Step]:
    return [
        Step("1. Wijk en cijfers", "#stappen", "done", "3 sectoren, cijfers vastgezet"),
        Step("2. Maatregelen", "#stappen", "busy", "6 maatregelen, 1 onvolledig", current=True),
        Step("3. Risico’s", "#stappen", "flag", "2 maatregelen zonder risico"),
        Step("4. Kennis en voortzetting", "#stappen", "block", "nog leeg"),
        Step("5. Lokale beslissing", "#stappen", "", "college op 5 juli"),
        Step("6. Nalezen en indienen", "", "closed", "eerst nog 3 punten"),
    ]


def money_lines() -> list[charts.Line]:
    point = charts.Point
    charged = [(dt.date(2022, 1, 1), 0), (dt.date(2022, 12, 31), 8_144_422), (dt.date(2023, 12, 31), 16_288_843),
               (dt.date(2024, 12, 31), 24_455_578), (dt.date(2025, 12, 31), 32_600_000)]  # fmt: skip
    paid = [(dt.date(2022, 1, 1), 0), (dt.date(2022, 2, 15), 9_780_000), (dt.date(2023, 4, 18), 19_560_000),
            (dt.date(2024, 10, 10), 29_340_000), (dt.date(2026, 4, 15), 32_600_000)]  # fmt: skip
    return [
        charts.Line("Aangerekend", [point(*one) for one in charged], 1),
        charts.Line("Betaald", [point(*one) for one in paid], 2, steps=True),
    ]


def context() -> dict[str, Any]:
    """Everything that the gallery page shows."""
    lines = money_lines()
    return {
        "swatches": SWATCHES,
        "icons": ICONS,
        "lights": LIGHTS,
        "badges": BADGES,
        "form": specimen_form(),
        "meters": meters(),
        "steps": steps(),
        "todos": [
            Todo("Besluit van het college ontbreekt", "block", "#ontbreekt", "verplicht"),
            Todo("M4 heeft geen risico", "flag", "#ontbreekt", "de jury ziet dit"),
            Todo("Participatie is beschreven", "ok", "", "klaar"),
        ],
        "tasks": [
            Task("Kies een doelstelling voor maatregel M4", "#werk", "Draagt nog nergens aan bij.", "block", when="Vandaag"),
            Task("Schrijf hoe het verder gaat na 2025", "#werk", "Hoogstens 1.800 tekens.", "", "pen", "28 juni"),
            Task("Handtekening van Buurtwerk De Spil", "", "Gevraagd op 8 juni.", "wait", when="14 dagen"),
        ],
        "figures": [
            Figure("Subsidie", "326.000,00", "vastgelegd"), Figure("Betaald", "195.600,00", "2 van 4 schijven"),
        ],
        "happenings": [
            Happening("Ingediend", dt.date(2021, 7, 9), "Door Dienst Financiën, met ontvangstbewijs."),
            Happening("Ontvankelijk", dt.date(2021, 7, 20)),
            Happening("Bij de jury", "sinds 1 september", "Beraadslaging op 16 september.", "here"),
            Happening("Beslissing", "", "", ""),
        ],
        "dossier": Dossier(
            "De Lindenbuurt, samen sterker",
            (Link("Overzicht", "#dossier"), Link("Oproep 2021", "#dossier"), Link("Voorstel")),
            "draft", "Ontwerp", "01/01/2022 tot 31/12/2025",
            (Link("Overzicht", "#dossier"), Link("Geld", "#dossier", current=True), Link("Rapporten", "#dossier")),
            heading=False,
        ),
        "page": Page([], 2, True, 431, 9),
        "chart": charts.money_over_time(
            lines, title="Aangerekend en betaald, opgeteld", today=dt.date(2024, 9, 12), last_day=dt.date(2026, 7, 31),
            description="De aanrekening loopt gelijkmatig op. De betalingen lopen in stappen van 97.800 euro.",
        ),
        "legend": charts.legend(lines),
        "cents": (32_600_000, 8_144_422, -3_260_000),
    }  # fmt: skip
