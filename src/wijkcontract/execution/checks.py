"""What a progress report still lacks before it can be certified, and what the reader must see although it does not block (R24)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from wijkcontract.execution.models import Light, ProgressReport
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.verdicts import Fault

NEEDS_CAUSE = (Light.ATTENTION, Light.ACTION)


def cause_faults(light: str, cause: str) -> list[Fault]:
    """A light that asks for attention says why."""
    if light in NEEDS_CAUSE and not cause.strip():
        return [Fault("cause", f"Geef de oorzaak bij het licht “{Light(light).label}”.")]
    return []


def day_faults(where: str, measured_on: dt.date | None, moment: dt.date, today: dt.date) -> list[Fault]:
    """A value is measured on a day that has come and that the round covers."""
    if measured_on is None:
        return []
    if measured_on > today:
        return [Fault(where, f"De datum van de meting, {day_nl(measured_on)}, ligt in de toekomst.")]
    if measured_on > moment:
        return [Fault(where, f"Meet ten laatste op {day_nl(moment)}: dat is de stand waarover deze ronde rapporteert.")]
    return []


def missing_for_certification(report: ProgressReport, today: dt.date) -> list[Fault]:
    """Everything that blocks the signature of the certifier, all at once; empty when the report is complete."""
    faults = _light_faults(report)
    if not report.summary.strip():
        faults.append(Fault("summary", "Vat de stand van zaken samen in enkele zinnen."))
    measurements = list(report.measurements.all())
    if measurements and all(one.value is None for one in measurements):
        faults.append(Fault("measurements", "Geef minstens één meting: het contract heeft meetbare doelstellingen."))
    for one in measurements:
        if one.value is None:
            continue
        where = f"target_{one.target_id.hex}_on"
        if one.measured_on is None:
            faults.append(Fault(where, f"Geef de datum van de meting “{one.target.indicator}”."))
        if not one.source.strip():
            faults.append(
                Fault(f"target_{one.target_id.hex}_source", f"Geef de bron van de meting “{one.target.indicator}”.")
            )
        faults += day_faults(where, one.measured_on, report.round.moment, today)
    return faults


def flags(report: ProgressReport) -> list[str]:
    """What does not block, but is shown to the certifier and to the agency."""
    found = []
    spent = sum(line.amount_cents for line in report.spending.all())
    if spent > report.contract.cost_cents:
        found.append(
            f"De uitgaven, {format_nl(spent)} EUR, zijn hoger dan de begrote kostprijs "
            f"van {format_nl(report.contract.cost_cents)} EUR."
        )
    unmeasured = [one.target.indicator for one in report.measurements.all() if one.value is None]
    if unmeasured:
        found.append(f"Zonder meting in deze ronde: {', '.join(unmeasured)}.")
    found += [f"{one.target.indicator}: {_wrong_way(one.target.baseline, one.value)}" for one in report.measurements.all()
              if _goes_wrong(one.target.direction, one.target.baseline, one.value)]  # fmt: skip
    return found


def _light_faults(report: ProgressReport) -> list[Fault]:
    faults = []
    if not report.light:
        faults.append(Fault("light", "Kies het licht van het contract."))
    faults += cause_faults(report.light, report.cause)
    for progress in report.measures.all():
        where = f"measure_{progress.measure_id.hex}"
        if not progress.light:
            faults.append(Fault(f"{where}_light", f"Kies een licht voor “{progress.measure.title}”."))
        elif progress.light in NEEDS_CAUSE and not progress.text.strip():
            faults.append(Fault(f"{where}_text", f"Zeg wat er scheelt bij “{progress.measure.title}”."))
    return faults


def _goes_wrong(direction: str, baseline: Decimal | None, value: Decimal | None) -> bool:
    if baseline is None or value is None:
        return False
    return value < baseline if direction == "up" else value > baseline


def _wrong_way(baseline: Decimal | None, value: Decimal | None) -> str:
    return f"de meting ({_figure(value)}) is slechter dan de nulmeting ({_figure(baseline)})."


def _figure(value: Decimal | None) -> str:
    return "-" if value is None else f"{value.normalize():f}".replace(".", ",")
