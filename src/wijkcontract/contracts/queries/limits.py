"""The limits of the money of one contract, each with its figure: what holds, and what to look at (R22, money.md)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from wijkcontract.contracts.models import Commitment, Contract
from wijkcontract.contracts.queries.credits import ArticlePosition
from wijkcontract.rules import clock, periods, proration
from wijkcontract.rules.money import format_nl, percent_nl

CREDIT_LIMITS = frozenset({"vak", "vek_posted", "vek_forecast"})


@dataclass(frozen=True)
class Limit:
    """A limit with whether it holds, in words, and the figure beside it."""

    code: str
    ok: bool
    sentence: str
    figure: str

    @property
    def shows_credits(self) -> bool:
        """Does it tell what stands on the article? Credits are not for the local authority (access.md)."""
        return self.code in CREDIT_LIMITS


def years_nl(years: tuple[int, ...]) -> str:
    """ "2021 of 2022" """
    return " of ".join(str(year) for year in years)


def money_limits(
    contract: Contract,
    commitment: Commitment | None,
    posted: dict[int, int],
    scheduled: dict[int, int],
    paid: int,
    positions: dict[uuid.UUID, ArticlePosition],
) -> tuple[Limit, ...]:
    """Every limit that applies to a committed contract; none before the commitment."""
    if commitment is None:
        return ()
    position = positions[commitment.article_id]
    charges = sum(posted.values()) + sum(scheduled.values())
    limits = [
        *_commitment_limits(contract, commitment, position),
        *_charge_limits(posted, scheduled, position),
        Limit(
            "paid_within_commitment",
            paid <= commitment.amount_cents,
            "Betaald niet boven vastgelegd",
            percent_nl(paid, commitment.amount_cents).replace(",00 %", " %"),
        ),
        *_end_limits(contract, commitment),
        Limit(
            "charges_sum",
            charges == contract.subsidy_cents,
            "Aanrekeningen samen zijn de subsidie",
            format_nl(charges),
        ),
    ]
    return tuple(limits)


def _commitment_limits(contract: Contract, commitment: Commitment, position: ArticlePosition) -> list[Limit]:
    years = contract.call.programme.funding.commitment_years
    credit = position.of(commitment.year)
    limits = []
    if years:
        fits = commitment.year in years
        limits.append(Limit("commitment_year", fits, f"Vastgelegd in {years_nl(years)}", str(commitment.year)))
    figure = f"{euros_nl(credit.committed)} van {euros_nl(credit.vak)}"
    limits.append(Limit("vak", credit.committed <= credit.vak, f"Vastgelegd past in VAK {commitment.year}", figure))
    return limits


def _charge_limits(posted: dict[int, int], scheduled: dict[int, int], position: ArticlePosition) -> list[Limit]:
    """VEK of every posted year must hold; VEK of the running year and the years ahead is a forecast."""
    this_year = clock.today().year
    limits = []
    for year in sorted(posted):
        credit = position.of(year)
        if credit.posted > credit.vek or year == this_year:
            sentence = f"Aangerekend past in VEK {year}"
            limits.append(Limit("vek_posted", credit.posted <= credit.vek, sentence, format_nl(posted[year])))
    short = []
    for year in sorted(scheduled):
        credit = position.of(year)
        if credit.forecast_room < 0:
            figure = f"{format_nl(-credit.forecast_room)} tekort" if credit.has_credit else "nog geen krediet"
            short.append(Limit("vek_forecast", False, f"Planning past niet in VEK {year}", figure))
    if scheduled and not short:
        first, last = min(scheduled), max(scheduled)
        figure = str(first) if first == last else f"{first} tot {last}"
        limits.append(Limit("vek_forecast", True, "Planning past in VEK", figure))
    return [*limits, *short]


def _end_limits(contract: Contract, commitment: Commitment) -> list[Limit]:
    last_month = contract.call.programme.funding.last_vek_month
    if last_month is None:
        return []
    last_day = periods.last_day_of_month(last_month)
    convention = proration.Convention(commitment.convention)
    beyond = proration.beyond_limit(
        commitment.amount_cents, contract.term_start, contract.term_end, convention, last_month
    )
    if beyond:
        figure = f"{format_nl(beyond)} valt later"
    else:
        margin = periods.months_between(contract.term_end + dt.timedelta(days=1), last_day)
        figure = f"{margin} {'maand' if margin == 1 else 'maanden'} marge"
    return [Limit("last_vek_month", beyond == 0, f"Einde ten laatste op {periods.day_nl(last_day)}", figure)]


def euros_nl(cents: int) -> str:
    """Whole euros without decimals, for a figure beside a limit; cents are shown when there are any."""
    return format_nl(cents).removesuffix(",00")
