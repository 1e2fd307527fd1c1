"""The components draw what their values say, cheaply, and never with a style or a script in the page."""

from __future__ import annotations

import copy
import datetime as dt
import re
from fractions import Fraction
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import Client

from wijkcontract.accounts.formfields import DayField, Helped, MoneyField
from wijkcontract.rules.budget_limits import Meter
from wijkcontract.rules.money import LimitKind
from wijkcontract.web.components import charts, formats, markup
from wijkcontract.web.components.gallery import ICONS, SpecimenForm, specimen_form
from wijkcontract.web.components.parts import Step, Todo


class Elements(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.found if "id" in attrs]


def shown(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


def gallery(client: Client) -> Elements:
    return Elements(client.get("/onderdelen/").content.decode())


def test_gallery_has_no_style_and_no_script_in_the_page(client: Client, db: None) -> None:
    for tag, attrs in gallery(client).found:
        assert tag not in {"style", "script"}
        assert not [name for name in attrs if name == "style" or name.startswith("on")]


def test_gallery_has_no_id_twice_and_every_inner_link_arrives(client: Client, db: None) -> None:
    elements = gallery(client)
    ids = elements.ids()
    assert len(ids) == len(set(ids))
    targets = {
        attrs["href"] for tag, attrs in elements.found if tag == "a" and (attrs.get("href") or "").startswith("#")
    }
    assert {str(target)[1:] for target in targets} <= set(ids)


def test_gallery_asks_not_to_be_found(client: Client, db: None) -> None:
    assert b'name="robots" content="noindex"' in client.get("/onderdelen/").content


def test_every_fault_is_linked_to_its_field() -> None:
    form = specimen_form()
    summary = Elements(shown("{% errors form %}", form=form))
    fields = Elements(shown("{{ form }}", form=form))
    links = [str(attrs["href"])[1:] for tag, attrs in summary.found if tag == "a"]
    assert links == ["id_kbo", "id_text", "id_on"]
    assert set(links) <= set(fields.ids())


def test_the_fault_of_a_group_of_choices_is_linked_to_its_first_choice() -> None:
    form = SpecimenForm({})
    assert 'href="#id_body_0"' in shown("{% errors form %}", form=form)
    assert 'id="id_body_0"' in shown("{% field form.body %}", form=form)


def test_field_points_to_its_help_and_its_fault() -> None:
    html = shown("{% field form.on %}", form=specimen_form())
    assert 'aria-describedby="id_on_helptext id_on_error"' in html
    assert 'id="id_on_helptext"' in html
    assert 'id="id_on_error"' in html
    assert 'aria-invalid="true"' in html


def test_every_described_by_points_to_something() -> None:
    elements = Elements(shown("{{ form }}", form=SpecimenForm({})))
    pointed = {one for _, attrs in elements.found for one in str(attrs.get("aria-describedby") or "").split()}
    assert pointed
    assert pointed <= set(elements.ids())


def test_optional_field_says_so_unless_nothing_is_required() -> None:
    class Draft(SpecimenForm):
        mark_optional = False

    assert "(niet verplicht)" in shown("{% field form.website %}", form=SpecimenForm())
    assert "(niet verplicht)" not in shown("{% field form.website %}", form=Draft())


def test_long_text_says_its_limit_and_does_not_cut_off() -> None:
    html = shown("{% field form.text %}", form=SpecimenForm())
    assert "Hoogstens 1.500 tekens." in html
    assert "maxlength" not in html


def test_empty_required_field_says_what_to_do() -> None:
    html = shown("{% errors form %}", form=SpecimenForm({}))
    assert "Titel: Vul dit in." in html
    assert "Orgaan: Maak een keuze." in html


def test_an_empty_list_asks_for_a_choice_and_half_an_address_for_a_whole_one() -> None:
    class Links(forms.Form):
        kind = forms.ChoiceField(label="Soort", choices=[("", "Kies..."), ("a", "A")])
        link = forms.URLField(label="Link", assume_scheme="https")

    html = shown("{% errors form %}{{ form }}", form=Links({"kind": "", "link": "gemeente"}))
    assert "Soort: Maak een keuze." in html
    assert "Link: Schrijf een volledig adres, zoals https://www.gemeente.be/besluit." in html
    assert 'value="gemeente"' in html


def test_typed_text_comes_back_escaped() -> None:
    html = shown("{{ form }}", form=SpecimenForm({"title": '"><script>'}))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_choice_can_explain_itself_and_survives_a_copy() -> None:
    label = copy.deepcopy(Helped("Gemeenteraad", "ook bij een eerste contract"))
    assert (str(label), label.help) == ("Gemeenteraad", "ook bij een eerste contract")
    assert '<span class="help">ook bij een eerste contract</span>' in shown(
        "{% field form.body %}", form=SpecimenForm()
    )


def test_cell_speaks_its_label_and_shows_its_fault() -> None:
    html = shown('{% cell form.on "Datum van rij 3" %}', form=specimen_form())
    assert 'aria-label="Datum van rij 3"' in html
    assert 'aria-describedby="id_on_error"' in html
    assert 'id="id_on_error"' in html


def test_formset_faults_stand_in_the_same_summary() -> None:
    lines = forms.formset_factory(SpecimenForm, extra=0)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-kbo": "1"}
    )
    assert 'href="#id_form-0-kbo"' in shown("{% errors formset %}", formset=lines)


@pytest.mark.parametrize(
    ("typed", "cents"), [("1.234,56", 123456), ("58400", 5_840_000), ("€ 0,05", 5), ("", None), ("0", 0)]
)
def test_money_field_reads_what_people_type(typed: str, cents: int | None) -> None:
    assert MoneyField(required=False).clean(typed) == cents


def test_money_field_shows_cents_as_people_write_them_and_keeps_a_wrong_text() -> None:
    class Cost(forms.Form):
        cost = MoneyField()

    assert 'value="58.400,00"' in shown("{{ form }}", form=Cost(initial={"cost": 5_840_000}))
    assert 'value="1,234"' in shown("{{ form }}", form=Cost({"cost": "1,234"}))
    assert Cost({"cost": "58.400"}, initial={"cost": 5_840_000}).has_changed() is False


@pytest.mark.parametrize("typed", ["31/12/2025", "31-12-2025", "31.12.2025", "31 12 2025", " 2025-12-31 "])
def test_day_field_reads_what_people_type(typed: str) -> None:
    assert DayField().clean(typed) == dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    "typed", ["31/02/2025", "12/31/2025", "31/12/25", "morgen", "0/1/2025", "31/12/1899", "1/1/2201"]
)
def test_day_field_refuses_what_is_no_day(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        DayField().clean(typed)


def test_meter_just_under_a_minimum_is_red_and_says_why() -> None:
    meter = Meter("own", "Eigen inbreng", LimitKind.MINIMUM, 8_565_790, 42_850_000, Fraction(1, 5), False, -4_210,
                  "19,99 %", "Te weinig: 19,99 % in plaats van minstens 20 %.")  # fmt: skip
    html = markup.meter(meter)
    assert "meter--bad" in html
    assert "Te weinig" in html
    assert "minstens 20 %" in html


def test_meter_without_any_cost_draws() -> None:
    empty = Meter("own", "Eigen inbreng", LimitKind.MINIMUM, 0, 0, Fraction(1, 5), False, 0, "-", "Nog geen kosten.")
    assert 'width="0.0"' in markup.meter(empty)


def test_todo_puts_what_blocks_first() -> None:
    html = markup.todo([Todo("later", "flag"), Todo("eerst", "block", "#x")])
    assert html.index("eerst") < html.index("later")
    assert '<a href="#x">eerst</a>' in html


def test_stepper_says_the_state_in_words_too() -> None:
    html = markup.stepper(
        [Step("Begroting", "/b/", "flag", current=True), Step("Indienen", "", "closed")], "Onderdelen"
    )
    assert ", aandacht" in html
    assert 'aria-current="step"' in html
    assert html.count("<a ") == 1


@pytest.mark.parametrize(
    ("cents", "text"),
    [(32_600_000, "326.000,00"), (-3_260_000, "\u221232.600,00"), (0, "0,00"), (None, "\u2013")],
)
def test_euro(cents: int | None, text: str) -> None:
    assert formats.euro(cents) == text


def test_moment_is_said_in_brussels_time() -> None:
    assert formats.moment(dt.datetime(2021, 7, 10, 21, 59, tzinfo=dt.UTC)) == "10 juli 2021 om 23.59 uur"
    assert formats.day(dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC)) == "01/01/2022"


def test_numbers_read_the_dutch_way() -> None:
    assert formats.number(1461) == "1.461"
    assert formats.number(Fraction(32, 5), 1) == "6,4"
    assert formats.percent(Fraction(2042, 10000), 2) == "20,42 %"
    assert shown("{{ year|plain }}", year=2024) == "2024"


def test_days_left_counts_days_and_not_hours() -> None:
    today = dt.date(2021, 7, 9)
    assert formats.days_left(dt.date(2021, 7, 10), today) == "nog 1 dag"
    assert formats.days_left(dt.date(2021, 7, 9), today) == "vandaag"
    assert formats.days_left(dt.date(2021, 7, 8), today) == "voorbij"


def chart(today: dt.date) -> str:
    lines = [
        charts.Line(
            "Aangerekend", [charts.Point(dt.date(2022, 1, 1), 0), charts.Point(dt.date(2025, 12, 31), 32_600_000)]
        ),
        charts.Line(
            "Betaald", [charts.Point(dt.date(2022, 2, 1), 0), charts.Point(dt.date(2026, 4, 1), 900)], 2, steps=True
        ),
    ]
    return charts.money_over_time(lines, title="T & U", description="D", today=today, last_day=dt.date(2026, 7, 31))


@pytest.mark.parametrize("year", [2020, 2024, 2030])
def test_chart_is_well_formed_named_and_inside_its_frame(year: int) -> None:
    drawing = ElementTree.fromstring(re.search(r"<svg.*</svg>", chart(dt.date(year, 9, 12)), re.DOTALL)[0])  # type: ignore[index]  # noqa: S314 - our own
    assert [child.tag for child in drawing[:2]] == ["title", "desc"]
    for text in drawing.iter("text"):
        assert 0 <= float(text.attrib["x"]) <= charts.WIDTH


def test_chart_dashes_only_what_is_still_to_come() -> None:
    assert "dash" not in chart(dt.date(2030, 1, 1))
    assert chart(dt.date(2024, 9, 12)).count(" dash") == 2


def test_every_icon_of_the_gallery_is_in_the_sprite() -> None:
    sprite = finders.find("icons.svg")
    assert sprite
    root = ElementTree.parse(sprite).getroot()  # noqa: S314 - our own file
    drawn = {symbol.attrib["id"] for symbol in root}
    used = {f"i-{name}" for name in (*ICONS, *markup.BADGE_ICONS.values(), *markup.LIGHT_ICONS.values())}
    assert used <= drawn


@pytest.mark.parametrize(
    "widget",
    [forms.URLInput, forms.EmailInput, forms.NumberInput, forms.Textarea, forms.Select, forms.ClearableFileInput],
)
def test_every_box_looks_like_one(widget: type[forms.Widget]) -> None:
    class One(forms.Form):
        box = forms.Field(widget=widget)

    assert 'class="input"' in shown("{{ form }}", form=One())


@pytest.mark.parametrize(
    "widget", [forms.HiddenInput, forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple]
)
def test_what_is_no_box_does_not(widget: type[forms.Widget]) -> None:
    class One(forms.Form):
        other = forms.Field(widget=widget)

    assert 'class="input' not in shown("{{ form }}", form=One())
