"""Who gets a proposal on paper, in which state, and how fast: the same doors as the pages (access.md, "proposal @...")."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from bench.realistic import realistic
from proposals.conftest import AFTER, Town
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation, Person
from wijkcontract.calls.models import Call
from wijkcontract.outbox.models import Message
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock

pytestmark = pytest.mark.django_db


def get(actor: Actor, name: str, *args: object) -> tuple[int, bytes]:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse(name, args=args))
    return answer.status_code, answer.content


def words(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


def test_everyone_of_the_authority_takes_the_draft_along_and_nobody_else(town: Town, complete: Proposal) -> None:
    for reader in (town.saar, town.eli, town.cas):
        status, content = get(reader, "applicant:proposal_document", complete.pk, "docx")
        assert status == 200
        assert "Ontwerp, stand van 6 juli 2021 om 10.00 uur" in words(content)
        assert "Wat ontbreekt en wat opvalt" in words(content)
    assert get(town.saar, "applicant:proposal_document", complete.pk, "pdf")[1].startswith(b"%PDF")
    assert get(town.saar, "applicant:proposal_document", complete.pk, "odt")[0] == 404
    assert get(town.omar, "applicant:proposal_document", complete.pk, "docx")[0] == 404
    for stranger in (town.ada, town.fien, town.cabinet):
        assert get(stranger, "applicant:proposal_document", complete.pk, "docx")[0] == 404
        assert get(stranger, "agency:proposal_document", complete.pk, "docx")[0] == 404


def test_a_submitted_version_stays_what_it_was(town: Town, complete: Proposal) -> None:
    frozen = operations.submit(actor=town.saar, proposal_id=complete.pk)
    first = get(town.eli, "applicant:version_document", complete.pk, 1, "docx")[1]
    assert f"SHA-256 van de inhoud: </w:t></w:r><w:r><w:t>{frozen.sha256}" in words(first)
    assert "Wat ontbreekt en wat opvalt" not in words(first)
    assert get(town.eli, "applicant:proposal_document", complete.pk, "docx")[1] == first
    operations.withdraw(actor=town.saar, proposal_id=complete.pk)
    complete.refresh_from_db()
    operations.save_basics(
        actor=town.eli, proposal_id=complete.pk, version=complete.version, title="Een heel andere titel",
        neighbourhood="Elders", inhabitants=1, sectors="",
    )  # fmt: skip
    assert get(town.eli, "applicant:version_document", complete.pk, 1, "docx")[1] == first
    assert "Een heel andere titel" in words(get(town.eli, "applicant:proposal_document", complete.pk, "docx")[1])
    assert get(town.omar, "applicant:version_document", complete.pk, 1, "docx")[0] == 404
    assert get(town.eli, "applicant:version_document", complete.pk, 2, "docx")[0] == 404


def test_the_agency_reads_on_paper_what_it_reads_on_the_page(town: Town, complete: Proposal) -> None:
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    assert get(town.ada, "agency:proposal_document", complete.pk, "docx")[0] == 404
    with clock.frozen(AFTER):
        status, content = get(town.ada, "agency:proposal_document", complete.pk, "docx")
        assert status == 200
        assert "Pleintjes die niet uitnodigen" in words(content)
        budget = words(get(town.fien, "agency:proposal_document", complete.pk, "docx")[1])
        assert get(town.cabinet, "agency:proposal_document", complete.pk, "docx")[0] == 404
    assert "Bouw en opstart van het buurtplatform" in budget
    assert "Pleintjes die niet uitnodigen" not in budget
    assert "besluit.pdf" not in budget


def test_the_receipt_is_a_document_and_the_mail_says_where_it_lies(town: Town, complete: Proposal) -> None:
    frozen = operations.submit(actor=town.saar, proposal_id=complete.pk)
    status, content = get(town.cas, "applicant:receipt_pdf", complete.pk, frozen.number)
    assert (status, content[:4]) == (200, b"%PDF")
    assert get(town.omar, "applicant:receipt_pdf", complete.pk, frozen.number)[0] == 404
    assert "Het ontvangstbewijs als pdf staat bij uw voorstel" in Message.objects.filter(kind="receipt")[0].body
    page = get(town.saar, "applicant:receipt", complete.pk)[1].decode()
    assert reverse("applicant:receipt_pdf", args=[complete.pk, frozen.number]) in page


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_proposal_of_realistic_size_is_on_paper(town: Town, call: Call, kind: str) -> None:
    proposal = realistic(call, Organisation.objects.get(pk=town.eli.organisation_id))
    status, content = get(town.eli, "applicant:proposal_document", proposal.pk, kind)
    assert status == 200
    assert len(content) > 50_000
