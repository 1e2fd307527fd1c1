"""Budget articles and their credits per year (R22). Two separate credits: VAK to commit, VEK to charge."""

from __future__ import annotations

import datetime as dt
import uuid

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.contracts import policy
from wijkcontract.contracts.models import Appropriation, BudgetArticle, FundingKind
from wijkcontract.contracts.queries import article_description_faults, article_position, conditions_of, get_article
from wijkcontract.contracts.queries.credits import YearPosition
from wijkcontract.rules import clock, periods
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.verdicts import Fault, Invalid, require

FIRST_YEAR, LAST_YEAR = 1990, 2100


@operation
def save_article(
    *,
    actor: Actor,
    code: str,
    description: str,
    described_on: dt.date,
    funding: FundingKind | str,
    entity: str = "",
    basic_allocation: str = "",
    esr_code: str = "",
    article_id: uuid.UUID | str | None = None,
) -> BudgetArticle:
    """Add an article, or change the one with `article_id`. The code is kept as given; the description is dated (R22).

    Once subsidy is committed on it, code and funding stay as they are. Raises Invalid.
    """
    require(policy.may_manage_credits(actor))
    article = get_article(actor, article_id) if article_id else BudgetArticle()
    if faults := _article_faults(article, code.strip(), description.strip(), described_on, str(funding)):
        raise Invalid(faults)
    article.code, article.description, article.described_on = code.strip(), description.strip(), described_on
    article.funding = FundingKind(funding)
    article.entity, article.basic_allocation, article.esr_code = (
        entity.strip(),
        basic_allocation.strip(),
        esr_code.strip(),
    )
    article.save()
    record(actor, "contracts.article_saved", article, code=article.code, description=article.description)
    return article


@operation
def set_appropriation(
    *, actor: Actor, article_id: uuid.UUID | str, year: int, commitment_cents: int, payment_cents: int
) -> Appropriation:
    """Enter the VAK and the VEK (cents) of one budget year: never below what is committed or charged on it.

    On recovery funds: no VAK after the last year of extra requests, no VEK after the year of the last VEK month (R22).
    """
    article = get_article(actor, article_id)
    require(policy.may_manage_credits(actor))
    article = BudgetArticle.objects.select_for_update().get(pk=article.pk)
    used = article_position(article).of(year)
    faults = _year_faults(article, used, commitment_cents, payment_cents)
    if commitment_cents < used.committed:
        sentence = f"In {year} is al {format_nl(used.committed)} EUR vastgelegd. De VAK kan daar niet onder."
        faults.append(Fault("commitment_cents", sentence))
    if payment_cents < used.posted:
        sentence = f"In {year} is al {format_nl(used.posted)} EUR aangerekend. De VEK kan daar niet onder."
        faults.append(Fault("payment_cents", sentence))
    if faults:
        raise Invalid(faults)
    appropriation, _ = Appropriation.objects.update_or_create(
        article=article, year=year, defaults={"commitment_cents": commitment_cents, "payment_cents": payment_cents}
    )
    record(actor, "contracts.appropriation_set", article, year=year, vak=commitment_cents, vek=payment_cents)
    return appropriation


def _article_faults(
    article: BudgetArticle, code: str, description: str, described_on: dt.date, funding: str
) -> list[Fault]:
    faults = article_description_faults(description, funding)
    if not code:
        faults.append(Fault("code", "Vul de code van het artikel in."))
    if BudgetArticle.objects.filter(code=code).exclude(pk=article.pk).exists():
        faults.append(Fault("code", f"Het artikel {code} bestaat al."))
    if not description:
        faults.append(Fault("description", "Vul de omschrijving in."))
    if described_on > clock.today():
        faults.append(Fault("described_on", "De datum van de omschrijving ligt in de toekomst."))
    is_known = not article._state.adding
    if is_known and (code, funding) != (article.code, article.funding) and article.commitments.exists():
        faults.append(
            Fault("code", "Op dit artikel is al vastgelegd: de code en de soort middelen wijzigen niet meer.")
        )
    return faults


def _year_faults(article: BudgetArticle, used: YearPosition, vak: int, vek: int) -> list[Fault]:
    if not FIRST_YEAR <= used.year <= LAST_YEAR:
        return [Fault("year", "Vul een begrotingsjaar in, zoals 2022.")]
    conditions = conditions_of(article)
    if conditions is None:
        return []
    faults = []
    last_request = conditions.last_extra_request_year
    if last_request is not None and used.year > last_request and vak > used.vak:
        sentence = f"Relancemiddelen: geen extra VAK voor de jaren na {last_request}."
        faults.append(Fault("commitment_cents", sentence))
    last_month = conditions.last_vek_month
    if last_month is not None and used.year > last_month.year and vek > 0:
        last_day = periods.day_nl(periods.last_day_of_month(last_month))
        faults.append(Fault("payment_cents", f"Relancemiddelen: de VEK loopt tot en met {last_day}."))
    return faults
