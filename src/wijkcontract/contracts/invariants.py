"""What must hold of the State money at every moment, read from the live tables (money.md). An answer is a list of breaches."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from wijkcontract.contracts.models import BudgetArticle, Commitment, Contract, Payment, PostedCharge, ScheduledCharge
from wijkcontract.contracts.queries.credits import article_positions
from wijkcontract.rules.money import format_nl

Breaches = list[str]


def committed_within_vak() -> Breaches:
    """What is committed in a year never passes the VAK of that year."""
    return [
        f"Boven VAK: {position.article.code} {row.year}, vastgelegd {format_nl(row.committed)}, VAK {format_nl(row.vak)}"
        for position in article_positions(BudgetArticle.objects.all()).values()
        for row in position.years
        if row.committed > row.vak
    ]


def posted_within_vek() -> Breaches:
    """What is charged in a year never passes the VEK of that year."""
    return [
        f"Boven VEK: {position.article.code} {row.year}, aangerekend {format_nl(row.posted)}, VEK {format_nl(row.vek)}"
        for position in article_positions(BudgetArticle.objects.all()).values()
        for row in position.years
        if row.posted > row.vek
    ]


def charged_within_commitment() -> Breaches:
    """What is charged in all years never passes the commitment."""
    charged = Commitment.objects.annotate(cents=Coalesce(Sum("posted__amount_cents"), 0))
    over = charged.filter(cents__gt=F("amount_cents")).select_related("contract").order_by("contract__number")
    return [f"Aangerekend boven vastgelegd: {one.contract.number}, {format_nl(one.cents)}" for one in over]


def paid_within_commitment() -> Breaches:
    """What is paid never passes the commitment, and nothing is paid without one."""
    paid = (
        Payment.objects.values("instalment__contract__number", "instalment__contract__commitment__amount_cents")
        .annotate(cents=Sum("amount_cents"))
        .order_by("instalment__contract__number")
    )
    return [
        f"Betaald boven vastgelegd: {row['instalment__contract__number']}, {format_nl(row['cents'])}"
        for row in paid
        if row["cents"] > (row["instalment__contract__commitment__amount_cents"] or 0)
    ]


def charges_are_the_subsidy() -> Breaches:
    """Posted and scheduled charges together are the committed subsidy, to the cent."""
    sums = dict.fromkeys(Commitment.objects.values_list("pk", flat=True), 0)
    for model in (PostedCharge, ScheduledCharge):
        rows = model._default_manager.order_by().values_list("commitment_id").annotate(cents=Sum("amount_cents"))
        for commitment_id, cents in rows:
            sums[commitment_id] += cents
    commitments = Commitment.objects.select_related("contract").order_by("contract__number")
    return [
        f"Sluit niet: {one.contract.number}, aanrekeningen {format_nl(sums[one.pk])}, "
        f"subsidie {format_nl(one.contract.subsidy_cents)}"
        for one in commitments
        if not sums[one.pk] == one.amount_cents == one.contract.subsidy_cents
    ]


def every_entry_names_its_document() -> Breaches:
    """No entry of the ledger stands without the number of its document."""
    return [
        *(
            f"Zonder stuk: vastlegging {pk}"
            for pk in Commitment.objects.filter(document="").values_list("pk", flat=True)
        ),
        *(
            f"Zonder stuk: aanrekening {pk}"
            for pk in PostedCharge.objects.filter(document="").values_list("pk", flat=True)
        ),
        *(
            f"Zonder stuk: betaling {pk}"
            for pk in Payment.objects.filter(request__document="").values_list("pk", flat=True)
        ),
    ]


def payments_have_two_persons() -> Breaches:
    """A payment is confirmed by another person than who asked it, follows its own request and pays the whole instalment."""
    wrong = Payment.objects.filter(
        Q(confirmed_by_id=F("request__asked_by_id"))
        | Q(request__returned_at__isnull=False)
        | ~Q(instalment=F("request__instalment"))
        | ~Q(amount_cents=F("instalment__amount_cents"))
    )
    return [f"Niet door twee personen, of niet haar schijf: betaling {pk}" for pk in wrong.values_list("pk", flat=True)]


def payment_plans_are_the_subsidy() -> Breaches:
    """The instalments of a payment plan together are the subsidy."""
    plans = Contract.objects.annotate(parts=Count("instalments"), cents=Coalesce(Sum("instalments__amount_cents"), 0))
    wrong = plans.filter(parts__gt=0).exclude(cents=F("subsidy_cents")).order_by("number")
    return [f"Plan sluit niet: {contract.number}, schijven {format_nl(contract.cents)}" for contract in wrong]


INVARIANTS: dict[str, Callable[[], Breaches]] = {
    "contracts.committed_within_vak": committed_within_vak,
    "contracts.posted_within_vek": posted_within_vek,
    "contracts.charged_within_commitment": charged_within_commitment,
    "contracts.paid_within_commitment": paid_within_commitment,
    "contracts.charges_are_the_subsidy": charges_are_the_subsidy,
    "contracts.every_entry_names_its_document": every_entry_names_its_document,
    "contracts.payments_have_two_persons": payments_have_two_persons,
    "contracts.payment_plans_are_the_subsidy": payment_plans_are_the_subsidy,
}


def breaches() -> dict[str, Breaches]:
    """Every invariant that does not hold, with what breaks it; empty when all is well."""
    found = {name: check() for name, check in INVARIANTS.items()}
    return {name: rows for name, rows in found.items() if rows}
