"""Partners and what they pledge on paper; what is asked of Flanders stands apart (R8, R12, R19)."""

from __future__ import annotations

from collections.abc import Mapping

from wijkcontract.reporting.papers import Block, Column
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Partner, Pledge
from wijkcontract.web.components.dossier_codes import measure_codes
from wijkcontract.web.components.dossier_rows import PledgeRow
from wijkcontract.web.components.formats import NOTHING, day, euro
from wijkcontract.web.components.proposal_dossier import ProposalDossier
from wijkcontract.web.papers.blocks import lines, table

COLUMNS = [
    Column("Partner", 4), Column("Engagement", 6), Column("Vorm", 2), Column("Bedrag in EUR", 3, is_number=True),
    Column("Tegen", 3), Column("Stand", 3),
]  # fmt: skip


def partner_blocks(view: ProposalDossier, programme: Programme) -> list[Block]:
    """The pledges of partners, those asked of Flemish bodies, and the support asked of other ministers."""
    rows = _rows(view)
    flemish = [row for partner, row in rows if programme.is_flemish_body(partner.kind)]
    others = [row for partner, row in rows if not programme.is_flemish_body(partner.kind)]
    return [
        *table("Partners en engagementen", COLUMNS, others),
        *table("Gevraagd aan Vlaamse instanties", COLUMNS, flemish),
        *_additional_support(view),
    ]


def _rows(view: ProposalDossier) -> list[tuple[Partner, tuple[str, ...]]]:
    """A row for each pledge with its partner; a partner without pledges keeps one row, as on the page."""
    files, codes = {one.id: one.name for one in view.document.files}, measure_codes(view.document)
    pairs = [(partner, pledge) for partner in view.document.partners for pledge in partner.pledges or (None,)]
    return [
        (partner, _row(partner, row, pledge or Pledge(partner.id), files, codes))
        for (partner, pledge), row in zip(pairs, view.pledges, strict=True)
    ]


def _row(
    partner: Partner, row: PledgeRow, pledge: Pledge, files: Mapping[str, str], codes: Mapping[str, str]
) -> tuple[str, ...]:
    measures = ", ".join(codes[one] for one in pledge.measures if one in codes)
    return (
        lines(row.partner, row.kind, partner.body if partner.body != partner.name else ""),
        lines(row.what, row.proof, files.get(pledge.file or "", ""), f"bij {measures}" if measures else ""),
        row.form,
        euro(row.amount),
        day(row.due_on),
        lines(row.status, row.confirmation),
    )


def _additional_support(view: ProposalDossier) -> list[Block]:
    pledges = {pledge.id: pledge.what for partner in view.document.partners for pledge in partner.pledges}
    rows = [
        (
            one.minister,
            lines(one.what, f"bij: {pledges[one.pledge]}" if one.pledge in pledges else ""),
            euro(one.amount),
            lines(one.budget_article, one.procedure) or NOTHING,
        )
        for one in view.document.additional_support
    ]
    columns = [
        Column("Minister", 3), Column("Wat", 6), Column("Bedrag in EUR", 3, is_number=True),
        Column("Artikel en procedure", 4),
    ]  # fmt: skip
    return table("Bijkomende steun van andere ministers", columns, rows)
