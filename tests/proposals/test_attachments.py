"""The files of a proposal: who adds them, who reads them, what a submitted version holds, and what is really gone."""

from __future__ import annotations

import importlib
import uuid
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from drafting import PDF
from proposals.conftest import Town
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person
from wijkcontract.files.intake import take_in
from wijkcontract.files.models import StoredFile
from wijkcontract.files.operations import keep
from wijkcontract.files.queries import get_file
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.attachments import attachments_of
from wijkcontract.proposals.models import Attachment, Proposal
from wijkcontract.proposals.records import KINDS
from wijkcontract.rules import clock, proposal_form
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db
LATER = clock.parse_moment("2021-07-12T10:00:00")


def pdf(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attach(actor: Actor, proposal: Proposal, kind: str, record_id: object, *uploads: SimpleUploadedFile) -> Any:  # noqa: ANN401 - a result with two lists
    return operations.attach_files(
        actor=actor,
        proposal_id=proposal.pk,
        kind=kind,
        record_id=str(record_id),
        arrived=[take_in(upload) for upload in uploads],
    )


def first(proposal: Proposal, kind: str) -> uuid.UUID:
    return queries.records(proposal, KINDS[kind])[0].pk


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def url_of(proposal: Proposal, kind: str, record_id: object, name: str = "applicant:attach", *more: object) -> str:
    return reverse(name, args=[proposal.pk, KINDS[kind].section, kind, record_id, *more])


def test_each_kind_of_evidence_carries_files_and_the_document_says_whose_they_are(
    town: Town, complete: Proposal
) -> None:
    kinds = [kind for kind in KINDS.values() if kind.is_attachable]
    action = {"title": "Bomen planten", "measure": first(complete, "measure")}
    operations.save_record(actor=town.eli, proposal_id=complete.pk, kind="action", data=action)
    for kind in kinds:
        record = first(complete, kind.code)
        attach(town.eli, complete, kind.code, record, pdf("een.pdf", PDF + b"1"), pdf("twee.pdf", PDF + b"2"))
    found = queries.document(complete).files
    for kind in kinds:
        place = f"{kind.collection}/{first(complete, kind.code)}"
        assert [one.name for one in found if one.belongs_to == place][-2:] == ["een.pdf", "twee.pdf"]
    assert proposal_form.from_json(proposal_form.to_json(queries.document(complete))).files == found


def test_of_several_files_the_good_are_kept_and_each_refused_one_is_named(town: Town, complete: Proposal) -> None:
    measure = first(complete, "measure")
    client = browser(town.eli)
    answer = client.post(
        url_of(complete, "measure", measure),
        {"file": [pdf("plan.pdf"), SimpleUploadedFile("plan.exe", b"MZ"), pdf("offerte.pdf", PDF + b"x")]},
    )
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "plan.exe: dit soort bestand kan niet" in text
    assert "2 bestanden bewaard." in text
    carried = [one.file.name for one in attachments_of(complete) if one.record_id == measure]
    assert carried == ["plan.pdf", "offerte.pdf"]
    again = client.post(url_of(complete, "measure", measure), {"file": [pdf("plan.pdf")]})
    assert again.status_code == 302
    assert len(attachments_of(complete)) == len(carried) + 1  # the document of the college is the other one


def test_sending_nothing_says_what_to_do(town: Town, complete: Proposal) -> None:
    answer = browser(town.eli).post(url_of(complete, "measure", first(complete, "measure")), {})
    assert answer.status_code == 422
    assert "Kies minstens één bestand." in answer.content.decode()


def test_only_who_writes_adds_or_takes_away(town: Town, complete: Proposal) -> None:
    problem = first(complete, "problem")
    with pytest.raises(Refused):
        attach(town.cas, complete, "problem", problem, pdf("x.pdf"))
    with pytest.raises(NotVisible):
        attach(town.omar, complete, "problem", problem, pdf("x.pdf"))
    with pytest.raises(NotVisible):
        attach(town.eli, complete, "risk", first(complete, "risk"), pdf("x.pdf"))
    mine = attachments_of(complete)[0]
    with pytest.raises(NotVisible):
        operations.detach_file(actor=town.omar, proposal_id=complete.pk, attachment_id=mine.pk)
    assert (
        browser(town.cas).get(url_of(complete, mine.kind, mine.record_id, "applicant:detach", mine.pk)).status_code
        == 403
    )
    assert browser(town.omar).post(url_of(complete, mine.kind, mine.record_id)).status_code == 404


def test_a_reader_from_outside_reads_only_what_was_submitted(town: Town, complete: Proposal) -> None:
    problem = first(complete, "problem")
    attach(town.eli, complete, "problem", problem, pdf("foto.pdf", PDF + b"p"))
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    with clock.frozen(LATER):
        for one in attachments_of(complete):
            assert get_file(town.ada, one.file_id) == one.file
            assert get_file(town.cas, one.file_id) == one.file
            with pytest.raises(NotVisible):
                get_file(town.omar, one.file_id)
        late = Attachment(proposal=complete, kind="problem", record_id=problem)
        late.file = keep(actor=town.eli, owner=late, upload=pdf("later.pdf", PDF + b"l"))
        late.save()
        assert get_file(town.eli, late.file_id) == late.file
        with pytest.raises(NotVisible):
            get_file(town.ada, late.file_id)


def test_finance_reads_only_the_files_of_the_budget_until_the_jury_has_advised(town: Town, complete: Proposal) -> None:
    attach(town.eli, complete, "problem", first(complete, "problem"), pdf("foto.pdf", PDF + b"p"))
    attach(town.eli, complete, "cost_line", first(complete, "cost_line"), pdf("offerte.pdf", PDF + b"o"))
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    files = {one.kind: one.file for one in attachments_of(complete)}
    with clock.frozen(LATER):
        assert get_file(town.fien, files["cost_line"].pk) == files["cost_line"]
        with pytest.raises(NotVisible):
            get_file(town.fien, files["problem"].pk)
        Proposal.objects.filter(pk=complete.pk).update(state="advised")
        assert get_file(town.fien, files["problem"].pk) == files["problem"]


def test_a_file_that_was_never_submitted_is_really_gone(
    town: Town, complete: Proposal, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    attached = attach(town.eli, complete, "problem", first(complete, "problem"), pdf("privé.pdf", PDF + b"p")).kept[0]
    path = attached.file.path
    client = browser(town.eli)
    url = url_of(complete, "problem", attached.record_id, "applicant:detach", attached.pk)
    assert "Bestand weghalen?" in client.get(url).content.decode()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(url).status_code == 302
    assert not StoredFile.objects.filter(pk=attached.file_id).exists()
    assert not default_storage.exists(path)


def test_bytes_that_another_file_has_too_stay(
    town: Town, complete: Proposal, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    content = PDF + b"twice"
    one = attach(town.eli, complete, "problem", first(complete, "problem"), pdf("a.pdf", content)).kept[0]
    other = attach(town.eli, complete, "measure", first(complete, "measure"), pdf("b.pdf", content)).kept[0]
    with django_capture_on_commit_callbacks(execute=True):
        operations.detach_file(actor=town.eli, proposal_id=complete.pk, attachment_id=one.pk)
    assert default_storage.exists(other.file.path)


def test_a_submitted_file_leaves_the_draft_and_stays_with_its_version(town: Town, complete: Proposal) -> None:
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    operations.withdraw(actor=town.saar, proposal_id=complete.pk)
    one = attachments_of(complete)[0]
    operations.detach_file(actor=town.eli, proposal_id=complete.pk, attachment_id=one.pk)
    assert attachments_of(complete) == []
    assert get_file(town.cas, one.file_id) == one.file
    assert default_storage.exists(one.file.path)


def test_the_receipt_names_every_file_with_its_hash(town: Town, complete: Proposal) -> None:
    from wijkcontract.outbox.models import Message

    attached = attach(town.eli, complete, "problem", first(complete, "problem"), pdf("meting.pdf", PDF + b"m")).kept[0]
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    page = browser(town.cas).get(reverse("applicant:receipt", args=[complete.pk])).content.decode()
    mail = Message.objects.filter(kind="receipt").first()
    assert mail
    for said in (page, mail.body):
        assert "meting.pdf" in said
        assert attached.file.sha256 in said


def test_a_file_goes_and_comes_back_with_its_record(town: Town, complete: Proposal) -> None:
    problem = first(complete, "figure")
    attach(town.eli, complete, "figure", problem, pdf("tabel.pdf", PDF + b"t"))
    operations.delete_record(actor=town.eli, proposal_id=complete.pk, kind="figure", record_id=problem)
    assert "tabel.pdf" not in [one.name for one in queries.document(complete).files]
    removed = queries.revisions(complete, "neighbourhood")[0]
    operations.restore(actor=town.eli, proposal_id=complete.pk, revision_id=removed.pk)
    assert "tabel.pdf" in [one.name for one in queries.document(complete).files]


def test_a_pledge_with_a_file_needs_no_other_proof(town: Town, complete: Proposal) -> None:
    pledge = complete.pledges.get(pk=first(complete, "pledge"))
    pledge.proof, pledge.status = "", "promised"
    pledge.save()
    assert "pledge_without_proof" in [one.code for one in queries.findings(complete)]
    attach(town.eli, complete, "pledge", pledge.pk, pdf("intentiebrief.pdf"))
    assert "pledge_without_proof" not in [one.code for one in queries.findings(complete)]


def test_a_file_whose_bytes_are_gone_blocks_and_leads_to_its_record(town: Town, complete: Proposal) -> None:
    measure = first(complete, "measure")
    attached = attach(town.eli, complete, "measure", measure, pdf("offerte.pdf", PDF + b"o")).kept[0]
    Path(default_storage.path(attached.file.path)).unlink()
    page = unescape(browser(town.saar).get(reverse("applicant:proposal_check", args=[complete.pk])).content.decode())
    assert "offerte.pdf, is niet bewaard" in page
    assert url_of(complete, "measure", measure, "applicant:record") + "#bestanden" in page
    with pytest.raises(Invalid, match=r"offerte\.pdf, is niet bewaard"):
        operations.submit(actor=town.saar, proposal_id=complete.pk)


def test_a_proposal_carries_so_many_files_and_no_more(town: Town, complete: Proposal, settings: Any) -> None:  # noqa: ANN401 - pytest-django's wrapper
    settings.MAX_ATTACHMENTS = 2
    measure = first(complete, "measure")
    done = attach(town.eli, complete, "measure", measure, pdf("a.pdf", PDF + b"a"), pdf("b.pdf", PDF + b"b"))
    assert [one.file.name for one in done.kept] == ["a.pdf"]
    assert done.refused == ["b.pdf: een voorstel heeft hoogstens 2 bestanden. Haal er eerst een weg."]
    settings.MAX_ATTACHMENTS, settings.MAX_ATTACHED_BYTES = 50, 2 * len(PDF) + 1
    refused = attach(town.eli, complete, "measure", measure, pdf("c.pdf", PDF + b"c")).refused
    assert refused[0].startswith("c.pdf: de bestanden van een voorstel zijn samen hoogstens")


def test_documents_of_decisions_from_before_become_attachments(town: Town, complete: Proposal) -> None:
    decision = complete.local_decisions.get()
    Attachment.objects.all().delete()
    StoredFile.objects.all().delete()
    old = keep(actor=town.eli, owner=decision, upload=pdf("besluit.pdf"))
    migration = importlib.import_module("wijkcontract.proposals.migrations.0007_documents_of_decisions")
    migration.carry(apps, None)
    moved = attachments_of(complete)
    assert [(one.file_id, one.record_id, one.added_by_name, one.is_frozen) for one in moved] == [
        (old.pk, decision.pk, "Eli", False)
    ]
    assert get_file(town.cas, old.pk) == old
