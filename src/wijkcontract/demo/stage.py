"""What the two stories of the demonstration share: who acts, on which moment, and the document of a local decision."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person
from wijkcontract.accounts.queries import actor_of
from wijkcontract.demo.facts import EXAMPLE, Case
from wijkcontract.files.intake import take_in
from wijkcontract.proposals import operations as proposals
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.queries import records
from wijkcontract.proposals.records import KINDS
from wijkcontract.rules import clock, proposal_shape as shape


@contextmanager
def on(day: dt.date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Play a scene on a day of the story."""
    with clock.frozen(dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.BRUSSELS)):
        yield


def who(email: str) -> Actor:
    """The actor of a demonstration account."""
    return actor_of(Person.objects.get(email=email))


def local(case: Case, function: str) -> Actor:
    """One of the three people of a municipality: `projectleider`, `algemeen.directeur` or `financieel.directeur`."""
    return who(f"{function}@{case.key}.example")


def write_proposal(case: Case, call_id: object, document: shape.Proposal) -> Proposal:
    """The project leader loads the proposal and attaches the document of the executive."""
    editor = local(case, "projectleider")
    proposal = proposals.import_document(actor=editor, call_id=str(call_id), document=document)
    for decision in proposal.local_decisions.all():
        _attach(editor, proposal, "local_decision", decision.pk, "besluit-college.pdf", decision_pdf(case))
    for kind, name, title in (
        ("problem", "meting-van-bewoners.pdf", "Meting van bewoners"), ("pledge", "intentiebrief.pdf", "Intentiebrief"),
    ):  # fmt: skip
        page = pdf(f"{title}, {case.municipality} {EXAMPLE}", case.neighbourhood)
        _attach(editor, proposal, kind, records(proposal, KINDS[kind])[0].pk, name, page)
    return proposal


def _attach(editor: Actor, proposal: Proposal, kind: str, record_id: uuid.UUID, name: str, content: bytes) -> None:
    """Let a record carry a file."""
    proposals.attach_files(
        actor=editor, proposal_id=proposal.pk, kind=kind, record_id=record_id,
        arrived=[take_in(SimpleUploadedFile(name, content))],
    )  # fmt: skip


def decision_pdf(case: Case) -> bytes:
    """A page that stands for the decision of the executive; visibly an example."""
    title = f"Besluit van het college, {case.municipality} {EXAMPLE}"
    return pdf(title, f"Het college keurt het voorstel voor {case.neighbourhood} goed.")


def pdf(title: str, body: str) -> bytes:
    """A page with a title and a sentence."""
    source = b'#set document(title: sys.inputs.title)\n#set text(lang: "nl")\n= #sys.inputs.title\n#sys.inputs.body\n'
    return typst.compile(source, format="pdf", sys_inputs={"title": title, "body": body})
