"""What the chain of the log shows of someone with the password of the database, and what it cannot (threats.md row 27)."""

from __future__ import annotations

import pytest
from django.db import connection

from people import organisation
from wijkcontract.accounts.actors import SYSTEM
from wijkcontract.accounts.models import OrganisationKind
from wijkcontract.audit.models import Seal
from wijkcontract.audit.operations import record, seal
from wijkcontract.audit.queries import broken_seals

TABLES = ("audit_event", "audit_seal")
WITHOUT_TRIGGERS = {
    "sqlite": ("DROP TRIGGER {table}_no_update", "DROP TRIGGER {table}_no_delete"),
    "postgresql": ("DROP TRIGGER {table}_append_only ON {table}",),
}
WAYS = {
    "a field of an event": (
        "UPDATE audit_event SET verb = 'x.undone' "
        "WHERE id = (SELECT event_id FROM audit_seal WHERE position = 3)",
    ),
    "the moment of an event": (
        "UPDATE audit_event SET at = '2020-01-01 00:00Z' "
        "WHERE id = (SELECT event_id FROM audit_seal WHERE position = 3)",
    ),
    "the data of an event": (
        "UPDATE audit_event SET data = '{\"amount\": 1}' "
        "WHERE id = (SELECT event_id FROM audit_seal WHERE position = 3)",
    ),
    "an event removed with its seal": (
        "CREATE TEMPORARY TABLE gone AS SELECT event_id FROM audit_seal WHERE position = 3",
        "DELETE FROM audit_seal WHERE position = 3",
        "DELETE FROM audit_event WHERE id IN (SELECT event_id FROM gone)",
        "DROP TABLE gone",
    ),
    "an event removed and the places closed up": (
        "DELETE FROM audit_seal WHERE position = 3",
        "UPDATE audit_seal SET position = 3 WHERE position = 4",
        "UPDATE audit_seal SET position = 4 WHERE position = 5",
    ),
    "two events that changed places": (
        "UPDATE audit_seal SET position = 99 WHERE position = 2",
        "UPDATE audit_seal SET position = 2 WHERE position = 3",
        "UPDATE audit_seal SET position = 3 WHERE position = 99",
    ),
    "a digest": ("UPDATE audit_seal SET digest = '" + "0" * 64 + "' WHERE position = 3",),
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _five_sealed_events() -> None:
    partner = organisation(OrganisationKind.PARTNER, "Buurthuis")
    for number in range(1, 6):
        record(SYSTEM, "accounts.partner_changed", partner, number=number)
    assert seal() == 5
    assert broken_seals() == []


def tamper(*statements: str) -> None:
    """Run SQL after taking the triggers away; relations are only checked by the database at the end of a transaction."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for drop in WITHOUT_TRIGGERS[connection.vendor]:
                cursor.execute(drop.format(table=table))
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize("statements", WAYS.values(), ids=WAYS.keys())
def test_the_chain_shows_it(statements: tuple[str, ...]) -> None:
    tamper(*statements)
    assert broken_seals() != []


def test_the_chain_does_not_show_that_its_end_was_cut_off() -> None:
    """Stated, not solved: only a copy of the chain on another machine shows this."""
    tamper("DELETE FROM audit_seal WHERE position = 5")
    assert broken_seals() == []
    assert Seal.objects.count() == 4
