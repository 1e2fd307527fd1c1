"""The letter of intent of a partner, made from its pledges, with a place to sign (R8)."""

from __future__ import annotations

from wijkcontract.proposals.models import Partner, Pledge, Proposal
from wijkcontract.reporting.papers import AnswerSpace, Block, Column, Heading, Paper, Table, Text
from wijkcontract.rules import clock
from wijkcontract.web.components.formats import NOTHING, day, day_long, euro

COLUMNS = [
    Column("Wat", 6), Column("Vorm", 2), Column("Bedrag in EUR", 3, is_number=True), Column("Tegen", 2),
]  # fmt: skip
SIGNERS = [Column("Plaats en datum"), Column("Naam"), Column("Functie")]
SIGNATURE_LINES = 4


def letter_paper(proposal: Proposal, partner: Partner) -> Paper:
    """The letter of a partner of a proposal that the caller was allowed to fetch, as the draft stands now."""
    now, authority = clock.now(), proposal.applicant.name
    place = f" voor de wijk {proposal.neighbourhood}" if proposal.neighbourhood else ""
    return Paper(
        title=f"Intentiebrief van {partner.name}",
        subtitle=f"Aan {authority}",
        state=f"Om te ondertekenen, opgemaakt op {day_long(now)}",
        author=authority,
        moment=now,
        blocks=[
            Text(f"Betreft: het voorstel '{proposal.title}'{place}, voor de oproep '{proposal.call.title}'."),
            Text(
                "Onze organisatie kent dit voorstel en werkt eraan mee. Als het contract er komt, verbindt zij zich tot wat "
                "hieronder staat."
            ),
            Heading("Waartoe wij ons verbinden"),
            Table("Onze engagementen", COLUMNS, [_row(one) for one in partner.pledges.all()]),
            *_signature(),
        ],
    )


def _row(pledge: Pledge) -> tuple[str, ...]:
    return pledge.what, str(pledge.get_form_display()) or NOTHING, euro(pledge.amount_cents), day(pledge.due_on)


def _signature() -> list[Block]:
    return [
        Heading("Ondertekening"),
        Table("Wie tekent", SIGNERS, [("",) * len(SIGNERS)], to_fill=True),
        Text("Handtekening:"),
        AnswerSpace(SIGNATURE_LINES),
    ]
