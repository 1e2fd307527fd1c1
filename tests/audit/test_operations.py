"""The frame of every write: one transaction, one event at least, and a log that shows when it was tampered with."""

from __future__ import annotations

import pytest
from django.db import connection

from people import organisation
from wijkcontract.accounts.actors import SYSTEM, Actor
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.audit import invariants
from wijkcontract.audit.models import Event, Seal
from wijkcontract.audit.operations import NothingRecorded, nothing_changed, operation, record, seal
from wijkcontract.audit.queries import broken_seals, history

DROP = {
    "sqlite": "DROP TRIGGER audit_event_no_update",
    "postgresql": "DROP TRIGGER audit_event_append_only ON audit_event",
}


@operation
def found_partner(*, actor: Actor, name: str) -> Organisation:
    """Writes and records."""
    made = organisation(OrganisationKind.PARTNER, name)
    record(actor, "accounts.partner_founded", made, name=name)
    return made


@operation
def found_in_silence(*, actor: Actor, name: str) -> Organisation:
    """Writes and forgets to record."""
    return organisation(OrganisationKind.PARTNER, name)


@operation
def found_as_it_was(*, actor: Actor, name: str) -> Organisation:
    """Finds that everything stands as asked, and says so."""
    nothing_changed()
    return organisation(OrganisationKind.PARTNER, name)


@operation
def found_and_fail(*, actor: Actor) -> None:
    """Calls another operation, records, and fails after."""
    found_partner(actor=actor, name="Buurthuis")
    raise RuntimeError("te laat")


@operation
def lean_on_another(*, actor: Actor) -> None:
    """Records nothing itself; the operation inside does."""
    found_partner(actor=actor, name="Buurthuis")


@pytest.mark.django_db
def test_an_operation_leaves_who_did_what_to_which() -> None:
    made = found_partner(actor=SYSTEM, name="Buurthuis")
    event = history(made).get()
    assert (event.verb, event.actor_name, event.data) == (
        "accounts.partner_founded",
        "wijkcontract",
        {"name": "Buurthuis"},
    )


@pytest.mark.django_db
def test_an_operation_without_an_event_is_a_fault_and_writes_nothing() -> None:
    with pytest.raises(NothingRecorded, match="found_in_silence"):
        found_in_silence(actor=SYSTEM, name="Buurthuis")
    assert not Organisation.objects.filter(name="Buurthuis").exists()


@pytest.mark.django_db
def test_an_operation_that_fails_takes_back_what_it_wrote_and_its_event() -> None:
    with pytest.raises(RuntimeError):
        found_and_fail(actor=SYSTEM)
    assert not Organisation.objects.filter(name="Buurthuis").exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_the_event_of_an_operation_inside_counts() -> None:
    lean_on_another(actor=SYSTEM)
    assert Event.objects.count() == 1


def test_an_operation_takes_the_actor_first() -> None:
    with pytest.raises(TypeError, match="take the actor first"):

        @operation
        def nameless(*, name: str) -> None: ...


def test_an_operation_takes_no_argument_by_place() -> None:
    with pytest.raises(TypeError, match="keyword-only"):

        @operation
        def by_place(actor: Actor) -> None: ...


@pytest.mark.django_db
def test_sealing_twice_seals_once() -> None:
    found_partner(actor=SYSTEM, name="Buurthuis")
    found_partner(actor=SYSTEM, name="Wijkraad")
    assert (seal(), seal()) == (2, 0)
    assert list(Seal.objects.values_list("position", flat=True)) == [1, 2]
    assert broken_seals() == []


def _tamper() -> None:
    """Change a sealed event as someone with the password of the database could."""
    with connection.cursor() as cursor:
        cursor.execute(DROP[connection.vendor])
        cursor.execute(
            "UPDATE audit_event SET actor_name = 'Iemand anders' WHERE id = (SELECT min(id) FROM audit_event)"
        )


@pytest.mark.django_db
def test_the_chain_shows_an_event_that_was_changed() -> None:
    found_partner(actor=SYSTEM, name="Buurthuis")
    found_partner(actor=SYSTEM, name="Wijkraad")
    seal()
    _tamper()
    assert broken_seals() == [1]
    assert invariants.chain_is_intact() == ["Logboek: plaats 1 in de keten klopt niet."]


@pytest.mark.django_db
def test_an_operation_that_says_that_nothing_changed_needs_no_event() -> None:
    found_as_it_was(actor=SYSTEM, name="Buurthuis")
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_the_chain_goes_on_where_it_was() -> None:
    found_partner(actor=SYSTEM, name="Buurthuis")
    seal()
    found_partner(actor=SYSTEM, name="Wijkraad")
    assert seal() == 1
    assert broken_seals() == []
