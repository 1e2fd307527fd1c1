"""How the package hangs together on paper: the two drawings of the page, and what they show in words (R7)."""

from __future__ import annotations

from wijkcontract.reporting.papers import Block, Bullets, Column, Heading, Text, Tone
from wijkcontract.rules.coverage import coverage
from wijkcontract.rules.programme import Programme
from wijkcontract.web.components.dossier_codes import measure_codes
from wijkcontract.web.components.proposal_dossier import ProposalDossier
from wijkcontract.web.papers.blocks import drawing, table

EXPLANATION = (
    "Een probleem hangt aan een doelstelling als een maatregel op het ene antwoordt en aan de andere bijdraagt. "
    "De tabel van het pakket zegt hetzelfde."
)


def coherence_blocks(view: ProposalDossier, programme: Programme) -> list[Block]:
    """The drawings with their twin; nothing when there are no measures yet."""
    if not view.measures:
        return []
    logic = drawing("Van probleem over doelstelling naar maatregel", view.logic_drawing)
    return [
        Heading("Samenhang", 2),
        *logic,
        *([Text(EXPLANATION, Tone.NOTE)] if logic else []),
        *drawing("Welke maatregel welk beleidsdomein en bestuursniveau raakt", view.coverage_drawing),
        *_coverage(view, programme),
        *([Bullets(view.gaps)] if view.gaps else []),
    ]


def _coverage(view: ProposalDossier, programme: Programme) -> list[Block]:
    """The matrix in words: who touches a domain or level; what nobody touches says so."""
    picture, codes = coverage(view.document.measures, programme), measure_codes(view.document)
    touched = [
        *((one.label, picture.by_domain[one.code]) for one in programme.policy_domains),
        *((one.label, picture.by_level[one.code]) for one in programme.levels),
    ]
    rows = [(label, str(len(ids)), ", ".join(codes[one] for one in ids) or "geen maatregel") for label, ids in touched]
    columns = [
        Column("Beleidsdomein of bestuursniveau", 5),
        Column("Aantal", 2, is_number=True),
        Column("Maatregelen", 8),
    ]
    return table("De dekking in woorden", columns, rows)
