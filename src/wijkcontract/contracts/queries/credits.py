"""Budget articles and what stands on them per budget year (R22, money.md)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Sum

from wijkcontract.accounts.actors import Actor
from wijkcontract.calls.models import Call
from wijkcontract.contracts import policy
from wijkcontract.contracts.models import (
    Appropriation,
    BudgetArticle,
    Commitment,
    FundingKind,
    PostedCharge,
    ScheduledCharge,
)
from wijkcontract.rules import programme
from wijkcontract.rules.programme import FundingSource
from wijkcontract.rules.verdicts import Fault, NotVisible


@dataclass(frozen=True)
class YearPosition:
    """One budget year of an article, in cents. `has_credit` is False when no appropriation was entered."""

    year: int
    has_credit: bool = False
    vak: int = 0
    committed: int = 0
    vek: int = 0
    posted: int = 0
    scheduled: int = 0

    @property
    def vak_room(self) -> int:
        return self.vak - self.committed

    @property
    def vek_room(self) -> int:
        """What may still be posted this year."""
        return self.vek - self.posted

    @property
    def forecast_room(self) -> int:
        """What is left of VEK when everything that is scheduled is posted too; below zero it does not fit."""
        return self.vek - self.posted - self.scheduled


@dataclass(frozen=True)
class ArticlePosition:
    """All budget years of one article, in order."""

    article: BudgetArticle
    years: tuple[YearPosition, ...]

    def of(self, year: int) -> YearPosition:
        """A year's position; a year without any row stands at zero."""
        return next((row for row in self.years if row.year == year), YearPosition(year))


def articles(actor: Actor) -> QuerySet[BudgetArticle]:
    """Budget articles, for the State's readers only."""
    if not policy.reads_all_contracts(actor):
        return BudgetArticle.objects.none()
    return BudgetArticle.objects.all()


def get_article(actor: Actor, article_id: uuid.UUID | str) -> BudgetArticle:
    """The article, or NotVisible."""
    try:
        article = articles(actor).filter(pk=article_id).first()
    except (ValidationError, ValueError):
        article = None
    if article is None:
        raise NotVisible
    return article


def article_position(article: BudgetArticle) -> ArticlePosition:
    """What stands on one article per year."""
    return article_positions([article])[article.pk]


def article_positions(wanted: Iterable[BudgetArticle]) -> dict[uuid.UUID, ArticlePosition]:
    """The position of each article by its id, in four queries however many there are."""
    by_id = {article.pk: article for article in wanted}
    table: dict[uuid.UUID, dict[int, dict[str, int]]] = {pk: {} for pk in by_id}
    for credit in Appropriation.objects.filter(article_id__in=by_id).order_by("year"):
        row = table[credit.article_id].setdefault(credit.year, {})
        row.update(has_credit=1, vak=credit.commitment_cents, vek=credit.payment_cents)
    for name, rows in _sums(by_id):
        for article_id, year, cents in rows:
            table[article_id].setdefault(year, {})[name] = cents
    return {
        pk: ArticlePosition(by_id[pk], tuple(_year_position(year, years[year]) for year in sorted(years)))
        for pk, years in table.items()
    }


def conditions_of(article: BudgetArticle) -> FundingSource | None:
    """The funding conditions whose description this article carries; None for ordinary means."""
    if article.funding != FundingKind.RECOVERY:
        return None
    fitting = [source for source in _recovery_sources() if _begins_as(article.description, source)]
    return max(fitting, key=lambda source: len(source.article_description), default=None)


def article_description_faults(description: str, funding: str) -> list[Fault]:
    """R22: recovery funds stand on an article described as 'RELANCE BUDGET + project number + description'."""
    if funding != FundingKind.RECOVERY:
        return []
    beginnings = sorted({source.article_description for source in _recovery_sources()})
    for beginning in beginnings:
        if description.startswith(beginning):
            rest = [word for word in description.removeprefix(beginning).replace("+", " ").split() if word]
            if len(rest) >= 2:
                return []
    asked = " of ".join(f"'{beginning} + projectnummer + omschrijving'" for beginning in beginnings)
    return [Fault("description", f"Een artikel met relancemiddelen heet {asked}. Pas de omschrijving aan.")]


def _sums(article_ids: Iterable[uuid.UUID]) -> list[tuple[str, list[tuple[uuid.UUID, int, int]]]]:
    ids = list(article_ids)
    committed = (
        Commitment.objects.filter(article_id__in=ids)
        .values_list("article_id", "year")
        .annotate(cents=Sum("amount_cents"))
        .order_by("article_id", "year")
    )
    charges: list[tuple[str, list[tuple[uuid.UUID, int, int]]]] = [("committed", list(committed))]
    for name, model in (("posted", PostedCharge), ("scheduled", ScheduledCharge)):
        rows = (
            model._default_manager.filter(commitment__article_id__in=ids)
            .values_list("commitment__article_id", "year")
            .annotate(cents=Sum("amount_cents"))
            .order_by("commitment__article_id", "year")
        )
        charges.append((name, list(rows)))
    return charges


def _year_position(year: int, cells: dict[str, int]) -> YearPosition:
    return YearPosition(
        year=year,
        has_credit=bool(cells.get("has_credit")),
        vak=cells.get("vak", 0),
        committed=cells.get("committed", 0),
        vek=cells.get("vek", 0),
        posted=cells.get("posted", 0),
        scheduled=cells.get("scheduled", 0),
    )


def _recovery_sources() -> list[FundingSource]:
    """Funding sources that ask a description of their article: of the calls that run, then of the shipped programmes."""
    programmes = [call.programme for call in Call.objects.only("id", "terms")]
    programmes += [programme.load(name) for name in programme.names()]
    found = dict.fromkeys(one.funding for one in programmes if one.funding.article_description)
    return list(found)


def _begins_as(description: str, source: FundingSource) -> bool:
    return description.startswith(source.article_description)
