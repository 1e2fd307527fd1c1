"""The receipt of a submission on paper, from its frozen content alone (R16)."""

from __future__ import annotations

from wijkcontract.calls.models import Call
from wijkcontract.proposals import queries
from wijkcontract.proposals.models import Submission
from wijkcontract.reporting.papers import Bullets, Facts, Heading, Paper, Text
from wijkcontract.rules.budget_limits import totals
from wijkcontract.web.components.formats import euro_unit, moment
from wijkcontract.web.papers.blocks import files_table, to_the_second


def receipt_paper(submission: Submission, call: Call) -> Paper:
    """What was received, of whom, when to the second, and how anyone can verify it."""
    document = queries.frozen_document(submission)
    sums = totals(document.cost_lines, call.programme)
    name = frozen_name(submission)
    return Paper(
        title="Ontvangstbewijs",
        subtitle=f"{document.applicant.name}, {document.title}",
        state=f"Versie {submission.number}, ontvangen op {moment(submission.arrived_at)}",
        author=document.applicant.name,
        moment=submission.arrived_at,
        sha256=submission.sha256,
        blocks=[
            Facts(
                [
                    ("Voorstel", document.title),
                    ("Bestuur", document.applicant.name),
                    ("Oproep", call.title),
                    ("Ontvangen", to_the_second(submission.arrived_at)),
                    ("Ingediend door", submission.submitted_by_name),
                    ("Versie", str(submission.number)),
                    ("Gevraagde subsidie", euro_unit(sums.subsidy)),
                    ("Begrote kostprijs", euro_unit(sums.cost)),
                    ("SHA-256 van de inhoud", submission.sha256),
                ]
            ),
            Heading("Bestanden bij het voorstel"),
            *(files_table(document) or [Text("Bij dit voorstel zijn geen bestanden gevoegd.")]),
            Heading("Zelf nagaan"),
            Text("De inhoud is bevroren bij het indienen. Zo gaat u na dat er niets aan veranderd is:"),
            Bullets(
                [
                    f"Download de bevroren inhoud bij het voorstel. Het bestand heet {name}.",
                    f"Bereken de SHA-256. Op Windows: Get-FileHash {name}. Op macOS: shasum -a 256 {name}. "
                    f"Op Linux: sha256sum {name}.",
                    "Is de uitkomst de SHA-256 hierboven, dan is het dezelfde inhoud. Met een bestand uit de lijst kan "
                    "het net zo.",
                ]
            ),
        ],
    )


def frozen_name(submission: Submission) -> str:
    """How the file with the frozen content is called when someone downloads it."""
    return f"voorstel-versie-{submission.number}.json"
