"""The forms of a round, of a progress report (one page, every line of the contract) and of sending it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from wijkcontract.accounts.formfields import DayField, MoneyField, NumberField
from wijkcontract.execution.models import Light, Measurement, MeasureProgress, ProgressReport
from wijkcontract.execution.operations import MeasureLine, MeasurementLine

LIGHTS = [("", "Kies een licht"), *Light.choices]


class RoundForm(forms.Form):
    title = forms.CharField(label="Naam van de ronde", max_length=200, help_text="Bijvoorbeeld: Ronde 1 van 2023")
    moment = DayField(label="Stand op", help_text="De dag waarvan elke gemeente de stand meldt")
    due_on = DayField(label="In te dienen ten laatste op")


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label="Wat moet de gemeente aanpassen?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReportForm(forms.Form):
    """A progress report: its fields follow from the measures, targets and cost categories of the contract."""

    mark_optional = False

    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    light = forms.ChoiceField(label="Licht van het contract", choices=LIGHTS, required=False)
    cause = forms.CharField(
        label="Oorzaak",
        max_length=300,
        required=False,
        help_text="Verplicht als het licht aandacht of extra actie vraagt",
    )
    summary = forms.CharField(
        label="Stand van zaken",
        max_length=4000,
        required=False,
        help_text="Wat gebeurde er, wat komt nu? Deze tekst staat in het rapport aan de ministers.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, report: ProgressReport, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        self.report = report
        kwargs.setdefault("initial", _initial(report))
        super().__init__(*args, **kwargs)
        for progress in report.measures.all():
            name = _measure(progress)
            self.fields[f"{name}_light"] = forms.ChoiceField(label="Licht", choices=LIGHTS, required=False)
            self.fields[f"{name}_text"] = forms.CharField(
                label="Toelichting",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for one in report.measurements.all():
            name = _target(one)
            self.fields[f"{name}_value"] = NumberField(label="Meting", required=False, max_digits=14, decimal_places=4)
            self.fields[f"{name}_on"] = DayField(label="Gemeten op", required=False, help_text="")
            self.fields[f"{name}_source"] = forms.CharField(label="Bron", required=False, max_length=200)
        for code, label in self._categories():
            self.fields[f"spent_{code}"] = MoneyField(label=label, required=False)

    def measure_rows(self) -> Iterator[tuple[MeasureProgress, BoundField, BoundField]]:
        """Per measure: its progress, its light, its text."""
        for progress in self.report.measures.all():
            name = _measure(progress)
            yield progress, self[f"{name}_light"], self[f"{name}_text"]

    def target_rows(self) -> Iterator[tuple[Measurement, BoundField, BoundField, BoundField]]:
        """Per target: its measurement, the value, the day, the source."""
        for one in self.report.measurements.all():
            name = _target(one)
            yield one, self[f"{name}_value"], self[f"{name}_on"], self[f"{name}_source"]

    def spending_rows(self) -> Iterator[tuple[str, BoundField]]:
        """Per cost category: its label and the amount."""
        for code, label in self._categories():
            yield label, self[f"spent_{code}"]

    def values(self) -> dict[str, Any]:
        """The arguments of `save_report`, from a valid form."""
        data = self.cleaned_data
        return {
            "version": data["version"],
            "light": data["light"],
            "cause": data["cause"],
            "summary": data["summary"],
            "measures": [
                MeasureLine(one.measure_id, data[f"{_measure(one)}_light"], data[f"{_measure(one)}_text"])
                for one in self.report.measures.all()
            ],
            "measurements": [
                MeasurementLine(
                    one.target_id,
                    data[f"{_target(one)}_value"],
                    data[f"{_target(one)}_on"],
                    data[f"{_target(one)}_source"],
                )
                for one in self.report.measurements.all()
            ],
            "spending": {code: data[f"spent_{code}"] or 0 for code, _ in self._categories()},
        }

    def _categories(self) -> list[tuple[str, str]]:
        programme = self.report.contract.call.programme
        labels = {one.code: one.label for one in programme.cost_categories}
        return [(one.category, labels.get(one.category, one.category)) for one in self.report.spending.all()]


def _measure(progress: MeasureProgress) -> str:
    return f"measure_{progress.measure_id.hex}"


def _target(measurement: Measurement) -> str:
    return f"target_{measurement.target_id.hex}"


def _initial(report: ProgressReport) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "version": report.version,
        "light": report.light,
        "cause": report.cause,
        "summary": report.summary,
    }
    for progress in report.measures.all():
        initial |= {f"{_measure(progress)}_light": progress.light, f"{_measure(progress)}_text": progress.text}
    for one in report.measurements.all():
        name = _target(one)
        initial |= {f"{name}_value": one.value, f"{name}_on": one.measured_on, f"{name}_source": one.source}
    initial |= {f"spent_{one.category}": one.amount_cents for one in report.spending.all()}
    return initial
