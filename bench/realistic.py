"""A proposal of realistic size, as issue 3 counts it: 12 problems, 25 measures, 120 cost lines, 30 risks, 40 pledges, 30 files."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from wijkcontract.accounts.models import Organisation
from wijkcontract.calls.models import Call
from wijkcontract.files.intake import take_in
from wijkcontract.files.models import StoredFile
from wijkcontract.proposals import models, queries
from wijkcontract.proposals.attachments import ATTACHMENT_KIND
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.records import KINDS
from wijkcontract.rules import clock

SIZES: Final = {
    "problems": 12, "objectives": 8, "targets": 16, "measures": 25, "cost_lines": 120, "risks": 30, "partners": 10,
    "pledges": 40, "milestones": 20, "local_decisions": 3, "participation_moments": 6, "support_log": 8, "dissemination": 6,
}  # fmt: skip
FILES: Final = 30
TEXT: Final = "De straat is breed en grijs, en wie er woont vindt geen plek om te zitten. " * 8


def realistic(call: Call, applicant: Organisation) -> Proposal:
    """Write the whole proposal in bulk, as a draft that nothing blocks; it passes no rule of who may write."""
    now = clock.now()
    start = call.term_start or dt.date(clock.today().year + 1, 1, 1)
    end = call.term_end or dt.date(start.year + 2, 12, 31)
    proposal = Proposal.objects.create(
        call=call, applicant=applicant, title="Een wijk van gewone grootte", neighbourhood="De Bijloke", inhabitants=4_200,
        sectors="42006A20-, 42006A21-", target_groups="kinderen\nouderen",
        term_start=start, term_end=end, created_at=now, changed_at=now,
    )  # fmt: skip
    models.Answer.objects.bulk_create(
        models.Answer(proposal=proposal, question=one.code, text=TEXT[: one.max_chars])
        for one in call.programme.questions
    )
    _package(proposal, start)
    _process(proposal, start)
    _backing(proposal)
    _files(proposal)
    lines = models.CostLine.objects.filter(proposal=proposal)
    proposal.cost_cents = sum(one.amount_cents for one in lines)
    proposal.subsidy_cents = sum(one.amount_cents for one in lines if one.source == "subsidy")
    proposal.save()
    return proposal


def _many(proposal: Proposal, size: str, model: type[Any], /, **values: Any) -> list[Any]:  # noqa: ANN401 - any field
    """As many records as the size says; a callable value gets the number of the record."""
    return list(
        model.objects.bulk_create(
            model(
                proposal=proposal,
                position=place,
                **{key: value(place) if callable(value) else value for key, value in values.items()},
            )
            for place in range(1, SIZES[size] + 1)
        )
    )


def _package(proposal: Proposal, start: dt.date) -> None:
    problems = _many(
        proposal,
        "problems",
        models.Problem,
        title=lambda n: f"Probleem {n}",
        description=TEXT,
        groups="kinderen\nouderen",
    )
    objectives = _many(proposal, "objectives", models.Objective, title=lambda n: f"Doelstelling {n}")
    _many(
        proposal, "targets", models.Target, objective=lambda n: objectives[n % len(objectives)], indicator="Tevredenheid",
        unit="%", direction="up", baseline=10, baseline_on=clock.today(), baseline_source="Stadsmonitor", target=20,
        target_on=start, aggregation="gemiddelde",
    )  # fmt: skip
    measures = _many(
        proposal, "measures", models.Measure, title=lambda n: f"Maatregel {n}", description=TEXT,
        nature=lambda n: "hard" if n % 2 else "soft", instrument="public_service", is_new=True,
        policy_domains=["sport", "housing"], levels=["local", "flemish"], lead="Dienst Wonen",
    )  # fmt: skip
    for name, others in (("problems", problems), ("objectives", objectives)):
        through = getattr(models.Measure, name).through
        column = name.removesuffix("s")
        through.objects.bulk_create(
            through(**{"measure": one, column: others[place % len(others)]}) for place, one in enumerate(measures)
        )
    _many(
        proposal, "cost_lines", models.CostLine, measure=lambda n: measures[n % len(measures)], item=lambda n: f"Post {n}",
        year=lambda n: start.year + n % 3, category="staff", source=lambda n: "subsidy" if n % 4 else "own_money",
        amount_cents=lambda n: 2_000_00 + n,
    )  # fmt: skip
    _many(proposal, "risks", models.Risk, title=lambda n: f"Risico {n}", likelihood=3, impact=3, mitigation=TEXT)
    _many(
        proposal, "milestones", models.Milestone, title=lambda n: f"Mijlpaal {n}", due_on=start,
        measure=lambda n: measures[n % len(measures)],
    )  # fmt: skip


def _process(proposal: Proposal, start: dt.date) -> None:
    """How residents take part, how support grew, and how lessons are shared."""
    _many(
        proposal, "participation_moments", models.ParticipationMoment, title=lambda n: f"Buurttafel {n}",
        held_on=clock.today(), form="gesprek", groups="kinderen, ouderen",
    )  # fmt: skip
    _many(
        proposal, "support_log", models.SupportLogEntry, held_on=clock.today(), with_whom=lambda n: f"Buurtcomité {n}",
        what=TEXT[:200],
    )  # fmt: skip
    _many(
        proposal, "dissemination", models.DisseminationMoment, what=lambda n: f"Leerdag {n}", planned_on=start,
        audience="andere gemeenten",
    )  # fmt: skip


def _backing(proposal: Proposal) -> None:
    partners = _many(proposal, "partners", models.Partner, name=lambda n: f"Partner {n}", kind="civil_society")
    _many(
        proposal, "pledges", models.Pledge, partner=lambda n: partners[n % len(partners)], what=lambda n: f"Inzet {n}",
        form="staff", status="promised",
    )  # fmt: skip
    _many(
        proposal, "local_decisions", models.LocalDecision, body="executive", decided_on=clock.today(),
        number=lambda n: f"2021/{n}",
    )  # fmt: skip


def _files(proposal: Proposal) -> None:
    """Files of several kinds of records, their bytes stored as those of a real upload."""
    kinds = ("local_decision", "problem", "measure", "partner", "pledge")
    for number in range(FILES):
        kind = kinds[number % len(kinds)]
        records = queries.records(proposal, KINDS[kind])
        upload = SimpleUploadedFile(f"bewijs-{number}.pdf", b"%PDF-1.7\n% " + str(number).encode() + b"\n%%EOF\n")
        one = models.Attachment(proposal=proposal, kind=kind, record_id=records[number % len(records)].pk)
        arrived = take_in(upload)
        one.file = StoredFile.objects.create(
            owner_kind=ATTACHMENT_KIND, owner_id=str(one.pk), name=arrived.name, media_type=arrived.media_type,
            size=arrived.size, sha256=arrived.sha256, stored_at=clock.now(), stored_by="",
        )  # fmt: skip
        one.save()
