"""The forms of a proposal's records, one for each kind. Choices come from the call's programme and from the other records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.formfields import Helped, MoneyField
from wijkcontract.accounts.models import Organisation
from wijkcontract.accounts.queries import flemish_bodies
from wijkcontract.places import indicators
from wijkcontract.proposals import enums, queries
from wijkcontract.proposals.forms.fields import (
    NOTHING_CHOSEN,
    ONE_TO_FIVE,
    DraftForm,
    LinkField,
    boxes,
    choice,
    day,
    decimal,
    keep_only,
    long_text,
    set_choices,
    text,
    whole,
)
from wijkcontract.proposals.models import Proposal, ProposalRecord
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.proposals.register.access import registered_subsidies
from wijkcontract.rules import clock
from wijkcontract.rules.programme import Programme

OF_ITS_ACTION: Final = "Kiest u een actie, dan geldt de maatregel van die actie."


class RecordForm(DraftForm):
    """A form for one kind of record. With `only` it has just these fields, and asks the database for no other choices."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's
        proposal: Proposal,
        actor: Actor,
        only: Collection[str] | None = None,
        **kwargs: Any,  # noqa: ANN401 - Django's
    ) -> None:
        super().__init__(*args, **kwargs)
        if only is not None:
            keep_only(self, only)
        self.proposal = proposal
        self.actor = actor
        self.kind: Kind = KINDS[self.kind_code]
        self.fill_choices(proposal.call.programme)
        for name, code in {**self.kind.links, **self.kind.many_links}.items():
            if name in self.fields:
                self._offer_records(name, KINDS[code], is_many=name in self.kind.many_links)

    kind_code = ""

    def fill_choices(self, programme: Programme) -> None:
        """Give the fields the choices that this call offers."""

    def offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        """Give a field its choices, when the form has it."""
        if name in self.fields:
            set_choices(self.fields[name], choices)

    def _offer_records(self, name: str, kind: Kind, *, is_many: bool) -> None:
        """Give a field the records that it may point to. Without any action nobody is asked which action."""
        found = _records(self.proposal, kind)
        if not found and kind.code == "action":
            del self.fields[name]
        else:
            self.offer(name, found if is_many else [NOTHING_CHOSEN, *found])

    def data_to_save(self) -> dict[str, Any]:
        """What was typed, by field name, for `operations.save_record`."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.kind.fields}

    @classmethod
    def initial_of(cls, record: ProposalRecord, kind: Kind) -> dict[str, Any]:
        """What stands in the form of an existing record."""
        values: dict[str, Any] = {}
        for name in kind.fields:
            if name in kind.many_links:
                values[name] = [str(pk) for pk in getattr(record, name).values_list("pk", flat=True)]
            elif kind.model._meta.get_field(name).is_relation:
                values[name] = str(getattr(record, f"{name}_id") or "")
            else:
                values[name] = getattr(record, name)
        return values


def _records(proposal: Proposal, kind: Kind) -> list[tuple[str, str]]:
    """The records of a kind as choices, with the code that people know them by: "M4", and for an action of it "M4.1"."""
    found = list(queries.records(proposal, kind))
    if kind.code != "action":
        return [
            (str(one.pk), f"{kind.letter}{place} {getattr(one, kind.title_field)}")
            for place, one in enumerate(found, 1)
        ]
    choices = []
    for number, measure in enumerate(queries.records(proposal, KINDS["measure"]), 1):
        actions = [one for one in found if getattr(one, "measure_id", None) == measure.pk]
        choices += [
            (str(one.pk), f"M{number}.{place} {getattr(one, kind.title_field)}") for place, one in enumerate(actions, 1)
        ]
    return choices


class FigureForm(RecordForm):
    kind_code = "figure"
    indicator = choice("Indicator", indicators.choices(), required=True)
    value = decimal("Waarde in de wijk", required=True)
    compare_value = decimal("Waarde in de gemeente")
    unit = text("Eenheid", max_length=40)
    year = whole("Jaar", least=1990, most=2100)
    source = text("Bron", help_text="Bijvoorbeeld: Provincies in Cijfers")

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year and year > clock.today().year:
            raise ValidationError(f"{year} moet nog komen. Kijk het jaar van het cijfer na.")
        return year


class ProblemForm(RecordForm):
    kind_code = "problem"
    title = text("Wat is het probleem?", required=True)
    description = long_text("Wat is er aan de hand?", "Schrijf concreet: waar, sinds wanneer, wat bewoners zeggen.")
    groups = long_text("Welke groepen bewoners raakt het?", "Een groep per regel.", rows=3)
    residents = whole("Hoeveel bewoners ongeveer?")
    beyond_capacity = long_text("Wat kan uw bestuur hier niet alleen?")
    blocking_rule = text("Welke regel staat in de weg?", max_length=300)
    blocking_body = text("Van welke instantie is die regel?")
    experiment_what = long_text("Welk experiment vraagt u?", "Vul dit in als u ruimte in de regels vraagt.", rows=3)
    experiment_rule = text("Welke regel wilt u anders toepassen?", max_length=300)
    experiment_link = LinkField(label="Link naar de regel")
    experiment_body = text("Aan wie vraagt u dat?")
    experiment_area = text("In welk gebied?")
    experiment_start = day("Vanaf")
    experiment_end = day("Tot en met")


class ObjectiveForm(RecordForm):
    kind_code = "objective"
    title = text("Doelstelling", required=True, help_text="Wat is er op het einde anders?")
    description = long_text("Toelichting")


class TargetForm(RecordForm):
    kind_code = "target"
    objective = choice("Bij welke doelstelling?", required=True)
    indicator = text("Wat meet u?", required=True)
    unit = text("Eenheid", max_length=40, help_text="Bijvoorbeeld: %, personen, m²")
    direction = choice("De waarde", enums.Direction.choices, required=True)
    baseline = decimal("Nulmeting")
    baseline_on = day("Datum van de nulmeting")
    baseline_source = text("Bron van de nulmeting")
    target = decimal("Streefwaarde")
    target_on = day("Te bereiken op")
    aggregation = choice(
        "Hoe telt u op?",
        [("share", "Aandeel"), ("sum", "Som"), ("mean", "Gemiddelde"), ("count", "Aantal"), ("last", "Laatste waarde")],
    )


class MeasureForm(RecordForm):
    kind_code = "measure"
    title = text("Naam van de maatregel", required=True)
    description = long_text("Wat gaat u doen?", "Schrijf concreet: waar, voor wie, hoeveel.", rows=5)
    nature = forms.ChoiceField(
        label="Soort maatregel",
        required=True,
        widget=forms.RadioSelect,
        choices=[
            ("hard", Helped("Hard", "bouwen, aanleggen, inrichten")),
            ("soft", Helped("Zacht", "begeleiden, organiseren, versterken")),
        ],
    )
    instrument = choice("Instrument", required=True)
    is_new = forms.BooleanField(label="Nieuw in deze wijk", required=False)
    problems = boxes("Op welke problemen geeft dit een antwoord?")
    objectives = boxes("Aan welke doelstellingen draagt dit bij?")
    policy_domains = boxes("Welke beleidsdomeinen raakt dit?")
    levels = boxes("Welke bestuursniveaus doen mee?")
    programme_name = text("Welk programma gaat sneller?", help_text="Enkel bij versnelde uitvoering van een programma.")
    acceleration = text("Hoeveel sneller?", help_text="Bijvoorbeeld: twee jaar vroeger")
    lead = text("Wie trekt deze maatregel?", help_text="Eén functie of dienst die aanspreekbaar is.")

    def fill_choices(self, programme: Programme) -> None:
        self.offer("instrument", [NOTHING_CHOSEN, *((one.code, one.label) for one in programme.instruments)])
        self.offer("policy_domains", [(one.code, one.label) for one in programme.policy_domains])
        self.offer("levels", [(one.code, one.label) for one in programme.levels])


class ActionForm(RecordForm):
    kind_code = "action"
    measure = choice("Bij welke maatregel?", required=True)
    title = text("Naam van de actie", required=True)
    description = long_text("Wat gebeurt er?", rows=3)
    lead = text("Wie voert ze uit?")
    start = day("Vanaf")
    end = day("Tot en met")


class PartnerForm(RecordForm):
    kind_code = "partner"
    name = text("Naam van de partner", required=True)
    kind = choice("Soort partner", required=True)
    body = choice("Welke Vlaamse instantie?", help_text="Enkel bij een Vlaamse instantie. Zij geeft haar standpunt.")
    contact = text("Aanspreekpunt", help_text="Een functie, geen naam.")
    contact_mail = forms.EmailField(
        label="Mailadres", required=False, help_text="Hierheen sturen wij de link om een engagement te bevestigen."
    )

    def fill_choices(self, programme: Programme) -> None:
        self.offer("kind", [NOTHING_CHOSEN, *((one.code, one.label) for one in programme.partner_kinds)])
        if "body" in self.fields:
            bodies = [(str(one.pk), one.name) for one in flemish_bodies(self.actor)]
            self.offer("body", [NOTHING_CHOSEN, *bodies])

    def clean_body(self) -> Organisation | None:
        chosen = self.cleaned_data["body"]
        return flemish_bodies(self.actor).get(pk=chosen) if chosen else None


class PledgeForm(RecordForm):
    kind_code = "pledge"
    partner = choice("Van welke partner?", required=True)
    what = text("Waartoe verbindt de partner zich?", required=True, max_length=300)
    form = choice("In welke vorm?", enums.PledgeForm.choices, required=True)
    amount_cents = MoneyField(label="Bedrag of waarde", required=False)
    due_on = day("Tegen wanneer?")
    status = choice("Hoe zeker is dit?", enums.PledgeStatus.choices, required=True)
    proof = text("Bewijs", help_text="Bijvoorbeeld: intentiebrief van 12 mei")
    measures = boxes("Voor welke maatregelen?")


class AdditionalSupportForm(RecordForm):
    kind_code = "additional_support"
    minister = text("Bevoegde minister", required=True)
    what = text("Wat vraagt u?", required=True, max_length=300)
    amount_cents = MoneyField(label="Bedrag", required=False)
    pledge = choice("Bij welk engagement hoort dit?")
    budget_article = text("Begrotingsartikel", max_length=60)
    procedure = text("Procedure")


class CostLineForm(RecordForm):
    kind_code = "cost_line"
    item = text("Kostenpost", required=True)
    measure = choice("Bij welke maatregel?")
    action = choice("Bij welke actie?", help_text=OF_ITS_ACTION)
    year = choice("Jaar", required=True)
    category = choice("Soort kost", required=True)
    source = choice("Wie betaalt?", enums.FundingSource.choices, required=True)
    amount_cents = MoneyField(label="Bedrag")
    item_cost_cents = MoneyField(
        label="Volledige kost van deze post", required=False, help_text="Enkel als meer bronnen samen betalen."
    )

    def fill_choices(self, programme: Programme) -> None:
        self.offer("category", [NOTHING_CHOSEN, *((one.code, one.label) for one in programme.cost_categories)])
        self.offer("year", [NOTHING_CHOSEN, *((str(year), str(year)) for year in self.proposal.years_of_cost)])

    def clean_year(self) -> int:
        return int(self.cleaned_data["year"])


class OtherSubsidyForm(RecordForm):
    kind_code = "other_subsidy"
    name = text("Naam van de subsidie", required=True)
    provider = text("Wie geeft ze?")
    amount_cents = MoneyField(label="Bedrag", required=False)
    covers = text("Welke kostenpost betaalt ze?")
    status = text("Stand", max_length=40, help_text="Bijvoorbeeld: aangevraagd, toegekend")
    registered = choice("Welke is het in het register van subsidies?", help_text="Enkel als ze daar al in staat.")

    def fill_choices(self, programme: Programme) -> None:
        if "registered" in self.fields and self.actor.organisation_id:
            found = registered_subsidies(self.actor)
            offered = [(str(one.pk), f"{one.name}, {one.provider}, {one.reference}") for one in found]
            self.offer("registered", [NOTHING_CHOSEN, *offered])

    def clean_registered(self) -> str | None:
        return self.cleaned_data["registered"] or None


class RiskForm(RecordForm):
    kind_code = "risk"
    title = text("Wat kan misgaan?", required=True)
    likelihood = choice("Hoe waarschijnlijk?", ONE_TO_FIVE[1:])
    impact = choice("Hoe erg?", ONE_TO_FIVE[1:])
    mitigation = long_text("Wat doet u eraan?")
    owner = text("Wie volgt dit op?")
    measures = boxes("Bij welke maatregelen hoort dit risico?")
    actions = boxes("Bij welke acties hoort dit risico?")
    objectives = boxes("Bij welke doelstellingen hoort dit risico?")

    def clean_likelihood(self) -> int | None:
        return int(self.cleaned_data["likelihood"] or 0) or None

    def clean_impact(self) -> int | None:
        return int(self.cleaned_data["impact"] or 0) or None


class ParticipationMomentForm(RecordForm):
    kind_code = "participation_moment"
    title = text("Moment", required=True)
    held_on = day("Datum")
    form = text("Vorm", max_length=100, help_text="Bijvoorbeeld: coproductie, zelfbeheer, burgerbudget")
    groups = text("Met wie?", max_length=300, help_text="Groepen, gescheiden door komma's.")


class MilestoneForm(RecordForm):
    kind_code = "milestone"
    title = text("Mijlpaal", required=True, help_text="Een zin die men op die datum kan nagaan.")
    due_on = day("Datum")
    measure = choice("Bij welke maatregel?")
    action = choice("Bij welke actie?", help_text=OF_ITS_ACTION)


class ContinuationForm(RecordForm):
    kind_code = "continuation"
    what = text("Wat gaat verder na het contract?", required=True, max_length=300)
    measure = choice("Bij welke maatregel?")
    carried_by = text("Wie doet verder?", help_text="Een dienst, een partner of een bewonersgroep.")
    paid_by = text("Wie betaalt?", help_text="Bijvoorbeeld: de stad, uit het meerjarenplan")
    amount_cents = MoneyField(label="Kost per jaar", required=False)
    starts_on = day("Vanaf")
    certain = forms.BooleanField(label="Dit is zeker: er is een beslissing of een akkoord", required=False)


class DisseminationForm(RecordForm):
    kind_code = "dissemination"
    what = text("Wat deelt u?", required=True, max_length=300)
    planned_on = day("Wanneer?")
    audience = text("Met wie?")


class SupportLogForm(RecordForm):
    kind_code = "support_log"
    held_on = day("Datum")
    with_whom = text("Met wie?", required=True)
    what = long_text("Wat is besproken of afgesproken?", rows=3)


class LocalDecisionForm(RecordForm):
    kind_code = "local_decision"
    body = choice("Wie besliste?", enums.DecisionBody.choices, required=True)
    decided_on = day("Datum van het besluit")
    number = text("Nummer", max_length=60)
    link = LinkField(label="Link naar het besluit")


FORMS: Final[Mapping[str, type[RecordForm]]] = {
    form.kind_code: form
    for form in (
        FigureForm, ProblemForm, ObjectiveForm, TargetForm, MeasureForm, ActionForm, PartnerForm, PledgeForm, AdditionalSupportForm,
        CostLineForm, OtherSubsidyForm, RiskForm, ParticipationMomentForm, MilestoneForm, ContinuationForm,
        DisseminationForm,
        SupportLogForm, LocalDecisionForm,
    )
}  # fmt: skip
