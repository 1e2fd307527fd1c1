"""The content of the report to the ministers for one round (R22, R23): what is frozen, and from which all forms are made.

Amounts are integer cents, measured values are decimal strings, days are ISO dates: no float anywhere. Money is the state on
the moment of the round: what was committed, posted or paid later counts in the next report.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from django.utils.timezone import localdate

from wijkcontract.contracts.models import Appropriation, BudgetArticle, Commitment, Contract, Instalment
from wijkcontract.execution.models import Light, Measurement, ProgressReport, ReportState, Round
from wijkcontract.execution.queries import progress_of

SCHEMA = "wijkcontract.relance-report/1"
Content = dict[str, Any]


def canonical(content: Content) -> str:
    """The one way to write a content as text: sorted keys, no spaces, UTF-8. The SHA-256 is taken of exactly this."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def build_content(in_round: Round, *, number: int | None = None, issued_at: dt.datetime | None = None) -> Content:
    """Everything that the report says about one round, in a fixed number of queries."""
    reports = _reports(in_round)
    contracts = [_contract(report, in_round.moment) for report in reports]
    articles = _articles(reports, contracts)
    return {
        "schema": SCHEMA,
        "number": number,
        "issued_at": issued_at.isoformat() if issued_at else None,
        "round": {
            "id": str(in_round.pk),
            "title": in_round.title,
            "moment": in_round.moment.isoformat(),
            "due_on": in_round.due_on.isoformat(),
        },
        "contracts": contracts,
        "articles": articles,
        "missing": [
            {key: one[key] for key in ("number", "municipality", "neighbourhood")}
            for one in contracts
            if one["report"] is None
        ],
        "totals": _totals(contracts),
    }


def _reports(in_round: Round) -> list[ProgressReport]:
    return list(
        ProgressReport.objects.filter(round=in_round)
        .select_related("round", "contract__local_authority", "contract__call", "contract__commitment__article")
        .prefetch_related(
            "measures__measure", "measurements__target", "spending", "contract__milestones", "contract__targets",
            "contract__instalments__payment", "contract__commitment__schedule", "contract__commitment__posted",
        )
        .order_by("contract__number")
    )  # fmt: skip


def _contract(report: ProgressReport, moment: dt.date) -> Content:
    contract = report.contract
    accepted = report.state == ReportState.ACCEPTED
    return {
        "number": contract.number,
        "title": contract.title,
        "municipality": contract.local_authority.name,
        "nis": contract.local_authority.nis,
        "neighbourhood": contract.neighbourhood,
        "call": contract.call.title,
        "term_start": contract.term_start.isoformat(),
        "term_end": contract.term_end.isoformat(),
        "subsidy_cents": contract.subsidy_cents,
        "money": _money(contract, moment),
        "report": _report(report) if accepted else None,
        "milestones": [
            {"title": one.title, "due_on": _day(one.due_on), "passed": one.due_on is not None and one.due_on <= moment}
            for one in contract.milestones.all()
        ],
        "targets": _targets(report, accepted),
    }


def _report(report: ProgressReport) -> Content:
    """What the municipality reported, once accepted."""
    programme = report.contract.call.programme
    return {
        "light": report.light,
        "light_label": str(Light(report.light).label),
        "cause": report.cause,
        "summary": report.summary,
        "certified_by": report.certified_by_name,
        "accepted_on": _day(localdate(report.decided_at) if report.decided_at else None),
        "measures": [
            {
                "title": one.measure.title,
                "light": one.light,
                "light_label": str(Light(one.light).label),
                "text": one.text,
            }
            for one in report.measures.all()
        ],
        "spending": [
            {
                "category": one.category,
                "label": category.label if (category := programme.category(one.category)) else one.category,
                "amount_cents": one.amount_cents,
            }
            for one in report.spending.all()
        ],
    }


def _money(contract: Contract, moment: dt.date) -> Content:
    """VAK committed, VEK per year, paid and forecast of one contract on the moment; all in cents."""
    commitment: Commitment | None = getattr(contract, "commitment", None)
    years = _years(commitment, moment) if commitment else []
    payments = [payment for one in contract.instalments.all() if (payment := _payment(one, moment))]
    posted = sum(year["posted_cents"] for year in years)
    return {
        "article": commitment.article.code if commitment else None,
        "article_description": commitment.article.description if commitment else None,
        "article_described_on": _day(commitment.article.described_on) if commitment else None,
        "commitment_year": commitment.year if commitment else None,
        "committed_on": _day(commitment.committed_on) if commitment else None,
        "commitment_document": commitment.document if commitment else None,
        "committed_cents": commitment.amount_cents if commitment and commitment.committed_on <= moment else 0,
        "years": years,
        "posted_cents": posted,
        "forecast_cents": sum(year["charge_cents"] for year in years) - posted,
        "paid_cents": sum(payment["amount_cents"] for payment in payments),
        "payments": payments,
    }


def _years(commitment: Commitment, moment: dt.date) -> list[Content]:
    """Per budget year what the rule charges, and how much of it was posted on the moment."""
    charges = {one.year: one.amount_cents for one in commitment.schedule.all()}
    posted: dict[int, int] = {}
    for one in commitment.posted.all():
        charges[one.year] = one.amount_cents
        if one.posted_on <= moment:
            posted[one.year] = one.amount_cents
    return [
        {"year": year, "charge_cents": charges[year], "posted_cents": posted.get(year, 0), "posted": year in posted}
        for year in sorted(charges)
    ]


def _payment(instalment: Instalment, moment: dt.date) -> Content | None:
    payment = getattr(instalment, "payment", None)
    if payment is None or payment.paid_on > moment:
        return None
    return {"label": instalment.label, "paid_on": payment.paid_on.isoformat(), "amount_cents": payment.amount_cents}


def _targets(report: ProgressReport, accepted: bool) -> list[Content]:
    """Baseline, target and actual of every target; the actual only from an accepted report."""
    measured = {one.target_id: one for one in report.measurements.all()} if accepted else {}
    rows = []
    for target in report.contract.targets.all():
        actual = measured.get(target.pk)
        rows.append(
            {
                "objective": target.objective,
                "indicator": target.indicator,
                "unit": target.unit,
                "direction": target.direction,
                "baseline": _decimal(target.baseline),
                "baseline_on": _day(target.baseline_on),
                "target": _decimal(target.target),
                "target_on": _day(target.target_on),
                "actual": _decimal(actual.value) if actual else None,
                "measured_on": _day(actual.measured_on) if actual else None,
                "source": actual.source if actual else "",
                "progress_percent": _percent(actual) if actual else None,
            }
        )
    return rows


def _articles(reports: Iterable[ProgressReport], contracts: list[Content]) -> list[Content]:
    """Per budget article its credits, and the sums of the contracts of this report."""
    found: dict[str, BudgetArticle] = {}
    for report in reports:
        commitment: Commitment | None = getattr(report.contract, "commitment", None)
        if commitment:
            found[commitment.article.code] = commitment.article
    credits: dict[str, list[Appropriation]] = {code: [] for code in found}
    for credit in Appropriation.objects.filter(article__in=found.values()).select_related("article"):
        credits[credit.article.code].append(credit)
    return [_article(article, credits[code], contracts) for code, article in sorted(found.items())]


def _article(article: BudgetArticle, credits: list[Appropriation], contracts: list[Content]) -> Content:
    moneys = [one["money"] for one in contracts if one["money"]["article"] == article.code]
    rows = {
        credit.year: {"vak_cents": credit.commitment_cents, "vek_cents": credit.payment_cents} for credit in credits
    }
    for money in moneys:
        for year in money["years"]:
            rows.setdefault(year["year"], {"vak_cents": 0, "vek_cents": 0})
        if money["committed_cents"]:
            rows.setdefault(money["commitment_year"], {"vak_cents": 0, "vek_cents": 0})
    return {
        "code": article.code,
        "description": article.description,
        "described_on": article.described_on.isoformat(),
        "funding": article.funding,
        "funding_label": str(article.get_funding_display()),
        "years": [
            {
                "year": year,
                **rows[year],
                "committed_cents": sum(m["committed_cents"] for m in moneys if m["commitment_year"] == year),
                "charge_cents": _of_year(moneys, year, "charge_cents"),
                "posted_cents": _of_year(moneys, year, "posted_cents"),
            }
            for year in sorted(rows)
        ],
        **_sums(moneys),
    }


def _totals(contracts: list[Content]) -> Content:
    moneys = [one["money"] for one in contracts]
    years = sorted({year["year"] for money in moneys for year in money["years"]})
    return {
        "contracts": len(contracts),
        "reported": sum(one["report"] is not None for one in contracts),
        "subsidy_cents": sum(one["subsidy_cents"] for one in contracts),
        "years": [
            {
                "year": year,
                "charge_cents": _of_year(moneys, year, "charge_cents"),
                "posted_cents": _of_year(moneys, year, "posted_cents"),
            }
            for year in years
        ],
        "lights": {
            light.value: sum(one["report"] is not None and one["report"]["light"] == light for one in contracts)
            for light in Light
        },
        **_sums(moneys),
    }


def _sums(moneys: list[Content]) -> Content:
    names = ("committed_cents", "posted_cents", "forecast_cents", "paid_cents")
    return {name: sum(money[name] for money in moneys) for name in names}


def _of_year(moneys: list[Content], year: int, name: str) -> int:
    return sum(row[name] for money in moneys for row in money["years"] if row["year"] == year)


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _decimal(value: Decimal | None) -> str | None:
    """A value without trailing zeros: 9.5000 is "9.5"."""
    return None if value is None else f"{value.normalize():f}"


def _percent(measurement: Measurement) -> int | None:
    """The way to the target in whole percents, rounded half up; None when it cannot be said."""
    done = progress_of(measurement)
    return None if done is None else floor(done * 100 + Fraction(1, 2))
