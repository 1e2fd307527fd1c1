"""A whole proposal on paper: the draft as it stands, or a frozen version from its frozen content alone (R7, R16).

It reads what the page reads (`proposal_dossier.build`), so that a person who holds the paper and one who looks at the screen
see the same; `proposal_sections` lays out the sections.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from wijkcontract.accounts.actors import Actor
from wijkcontract.calls.models import Call
from wijkcontract.proposals import queries
from wijkcontract.proposals.models import Proposal, Submission
from wijkcontract.reporting.exporters.glyphs import without_controls
from wijkcontract.reporting.papers import Block, Bullets, Facts, Heading, Paper, Text, Tone
from wijkcontract.rules import clock, completeness
from wijkcontract.rules.completeness import Finding, Severity
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Proposal as Document
from wijkcontract.web.components.formats import day_long, moment
from wijkcontract.web.components.proposal_dossier import ProposalDossier, build
from wijkcontract.web.papers.blocks import files_table, to_the_second
from wijkcontract.web.papers.proposal_sections import section_blocks


def draft_paper(actor: Actor, proposal: Proposal) -> Paper:
    """A draft that the caller was allowed to fetch, as it stands now, with what the rules find."""
    now, programme = clock.now(), proposal.call.programme
    document = queries.document_for(actor, proposal)
    findings = completeness.check(document, programme, clock.today())
    view = build(document, programme)
    return Paper(
        title=_title(document),
        subtitle=_subtitle(document, proposal.call.title),
        state=f"Ontwerp, stand van {moment(now)}",
        author=document.applicant.name,
        moment=now,
        blocks=[
            Text("Dit is een ontwerp. Het is niet ingediend en kan nog veranderen.", Tone.WARNING),
            _summary(document, proposal.call.title, view),
            *_body(view, programme),
            *_files(document),
            *_findings(findings, programme),
        ],
    )


def frozen_paper(submission: Submission, call: Call, only: Collection[str] | None = None) -> Paper:
    """A frozen version that the caller was allowed to fetch. `only` names the sections that the reader may see (access.md)."""
    document = queries.frozen_document(submission)
    view = build(document, call.programme, only=only)
    return Paper(
        title=_title(document),
        subtitle=_subtitle(document, call.title),
        state=f"Versie {submission.number}, ingediend op {moment(submission.arrived_at)}",
        author=document.applicant.name,
        moment=submission.arrived_at,
        sha256=submission.sha256,
        blocks=[
            _arrival(submission),
            _summary(document, call.title, view),
            *_body(view, call.programme),
            *(_files(document) if only is None else [Text("Dit document bevat alleen wat u mag lezen.", Tone.NOTE)]),
        ],
    )


def _title(document: Document) -> str:
    """What the paper is called; a document without a title is refused by PDF/UA."""
    return without_controls(document.title).strip() or "Voorstel zonder titel"


def _subtitle(document: Document, call: str) -> str:
    return ", ".join(part for part in (document.applicant.name, document.neighbourhood.name, call) if part)


def _arrival(submission: Submission) -> Facts:
    return Facts(
        [
            ("Versie", str(submission.number)),
            ("Ontvangen", to_the_second(submission.arrived_at)),
            ("Ingediend door", submission.submitted_by_name),
            ("SHA-256 van de inhoud", submission.sha256),
        ]
    )


def _summary(document: Document, call: str, view: ProposalDossier) -> Facts:
    applicant = document.applicant
    codes = (("NIS", applicant.nis), ("KBO", applicant.kbo), ("OVO", applicant.ovo))
    term = document.term
    facts = [
        ("Bestuur", ", ".join([applicant.name, *(f"{name} {code}" for name, code in codes if code)])),
        ("Oproep", call),
        ("Looptijd", f"{day_long(term.start)} tot en met {day_long(term.end)}" if term.start and term.end else ""),
        *((one.label, f"{one.value} EUR") for one in view.figures if one.note == "EUR"),
    ]
    return Facts([(name, value) for name, value in facts if value])


def _body(view: ProposalDossier, programme: Programme) -> list[Block]:
    """Section after section in the order of the programme, each with its records and texts."""
    blocks: list[Block] = []
    for number, section in enumerate(view.sections, 1):
        blocks.append(Heading(f"{number}. {section.label}"))
        blocks += section_blocks(section.code, view, programme)
        for answer in section.answers:
            blocks += [
                Heading(answer.label, 2),
                Text(answer.text) if answer.text else Text("Niet ingevuld.", Tone.NOTE),
            ]
    return blocks


def _files(document: Document) -> list[Block]:
    return [Heading("Bestanden bij dit voorstel"), *files_table(document)] if document.files else []


def _findings(findings: Sequence[Finding], programme: Programme) -> list[Block]:
    """What stands in the way of submitting and what the jury will notice; only a draft has this page."""
    labels = {section.code: section.label for section in programme.sections}
    blocks: list[Block] = [Heading("Wat ontbreekt en wat opvalt")]
    for severity, title in ((Severity.BLOCK, "Ontbreekt nog"), (Severity.FLAG, "Valt op voor de jury")):
        found = [
            f"{labels.get(one.section, one.section)}: {one.message}" for one in findings if one.severity is severity
        ]
        if found:
            blocks += [Heading(title, 2), Bullets(found)]
    if len(blocks) == 1:
        blocks.append(Text("De regels vinden niets dat ontbreekt of opvalt."))
    return blocks
