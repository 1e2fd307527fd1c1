"""The submitted versions of a proposal and what differs between them, as a person reads it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from proposals.conftest import Town
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person
from wijkcontract.calls.models import Call
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.models import Problem, Proposal
from wijkcontract.proposals.records import KINDS
from wijkcontract.rules.example_proposal import example
from wijkcontract.web.components.differences import difference
from wijkcontract.web.proposal_versions import ADDED, CHANGED, REMOVED, Change, changes_between

pytestmark = pytest.mark.django_db


def page(actor: Actor, name: str, *args: object) -> tuple[int, str]:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse(f"applicant:{name}", args=args))
    return answer.status_code, unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def only(document: object, other: object, call: Call) -> Change:
    """The one change that there is."""
    found = changes_between(document, other, call)  # type: ignore[arg-type]
    assert [len(one.changes) for one in found] == [1], found
    return found[0].changes[0]


def told(change: Change) -> dict[str, str]:
    return {label: re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", shown))) for label, shown in change.fields}


def test_the_same_document_has_no_difference(call: Call) -> None:
    assert changes_between(example(), example(), call) == []


def test_each_field_of_each_record_is_noticed_and_named(call: Call) -> None:
    """A record that is left out is one change, with every field that it held: no kind of record is forgotten."""
    document = example()
    empty = dataclasses.replace(
        document, **{kind.collection: () for kind in KINDS.values() if hasattr(document, kind.collection)}
    )
    empty = dataclasses.replace(empty, participation=dataclasses.replace(document.participation, moments=()), files=())
    found = [change for section in changes_between(document, empty, call) for change in section.changes]
    records = sum(
        len(getattr(document, kind.collection)) for kind in KINDS.values() if hasattr(document, kind.collection)
    )
    nested = sum(len(one.targets) for one in document.objectives) + sum(len(one.pledges) for one in document.partners)
    assert {one.change for one in found} == {REMOVED}
    assert len(found) == records + nested + len(document.participation.moments) + len(document.files)
    assert all(one.fields for one in found)


def test_a_change_reads_in_labels_amounts_days_and_codes(call: Call) -> None:
    document = example()
    line = dataclasses.replace(document.cost_lines[0], amount=25_000_50, measure="M2")
    change = only(document, dataclasses.replace(document, cost_lines=(line, *document.cost_lines[1:])), call)
    assert change.change == CHANGED
    assert change.title == "Kostenpost K1 Bouw en opstart van het buurtplatform"
    fields = told(change)
    assert set(fields) == {"Bij welke maatregel?", "Bedrag"}
    assert "weg: 24.000,00" in fields["Bedrag"]
    assert "nieuw: 25.000,50" in fields["Bedrag"]
    assert "M1" in fields["Bij welke maatregel?"]
    assert "Burgerbudget" in fields["Bij welke maatregel?"]
    later = dataclasses.replace(document, term=dataclasses.replace(document.term, end=dt.date(2025, 6, 30)))
    assert "31/12/2025" in told(only(document, later, call))["Einde van het contract"]
    partner = dataclasses.replace(document.partners[0], kind="private")
    changed = only(document, dataclasses.replace(document, partners=(partner, *document.partners[1:])), call)
    assert "Bewonersgroep" in told(changed)["Soort partner"]


def test_a_sentence_that_was_written_anew_is_shown_whole_and_a_corrected_one_word_by_word() -> None:
    old = "Bewoners kennen elkaar niet en komen weinig buiten."
    assert str(difference(old, "We planten bomen langs de school, elk jaar een rij.")).count("<del>") == 1
    corrected = str(difference(old, "Bewoners kennen elkaar amper en komen weinig buiten."))
    assert "weg: </span>niet" in corrected
    assert "nieuw: </span>amper" in corrected
    assert "Bewoners kennen elkaar" in corrected


def test_two_versions_and_the_draft_of_today_are_compared_on_a_page(town: Town, complete: Proposal) -> None:
    assert "Nog niets ingediend" in page(town.eli, "versions", complete.pk)[1]
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    operations.withdraw(actor=town.saar, proposal_id=complete.pk)
    complete.refresh_from_db()
    operations.save_basics(
        actor=town.eli, proposal_id=complete.pk, version=complete.version, title="Bijloke leeft op",
        neighbourhood=complete.neighbourhood, inhabitants=4_321, sectors=complete.sectors,
    )  # fmt: skip
    draft = page(town.cas, "draft_difference", complete.pk, 1)[1]
    assert "Verschil tussen versie 1 en het ontwerp van nu" in draft
    assert "4.321" in draft
    second = operations.submit(actor=town.saar, proposal_id=complete.pk)
    assert page(town.cas, "draft_difference", complete.pk, 1)[0] == 404
    shown = page(town.cas, "versions", complete.pk)[1]
    assert second.sha256 in shown
    assert "Verschil met versie 1" in shown
    assert shown.count("Ingetrokken") == 1
    assert (
        shown.index("Versie 1") < shown.index("Ingetrokken") < shown.index("door Saar. Deze versie doet niet meer mee.")
    )
    assert "4.321" in page(town.cas, "version_difference", complete.pk, 1, 2)[1]
    assert "Geen verschil" in page(town.cas, "version_difference", complete.pk, 2, 2)[1]
    assert page(town.cas, "version_difference", complete.pk, 1, 3)[0] == 404
    for name, numbers in (("versions", ()), ("version_difference", (1, 2)), ("draft_difference", (1,))):
        assert page(town.omar, name, complete.pk, *numbers)[0] == 404
        assert page(town.ada, name, complete.pk, *numbers)[0] == 404


def test_a_removed_and_a_new_record_are_said_to_be_so(town: Town, complete: Proposal) -> None:
    before = queries.document(complete)
    gone = complete.problems.order_by("position").last()
    assert gone is not None
    Problem.objects.filter(pk=gone.pk).delete()
    Problem.objects.create(proposal=complete, title="Sluipverkeer", position=9)
    changes = [
        one for section in changes_between(before, queries.document(complete), complete.call) for one in section.changes
    ]
    assert ("Probleem P3 Sluipverkeer", ADDED) in {(one.title, one.change) for one in changes}
    assert (f"Probleem P3 {gone.title}", REMOVED) in {(one.title, one.change) for one in changes}
