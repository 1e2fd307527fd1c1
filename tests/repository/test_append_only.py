"""What the database itself keeps from change: exactly these tables, and every way of changing a row is refused (money.md)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

APPEND_ONLY = (
    "audit_event",
    "audit_seal",
    "calls_callanswer",
    "contracts_commitment",
    "contracts_decision",
    "contracts_payment",
    "contracts_postedcharge",
    "contracts_signature",
    "jury_advice",
    "jury_assessment",
    "jury_conflictdeclaration",
    "jury_position",
    "jury_score",
    "places_frozenevidence",
    "proposals_pledgeanswer",
    "proposals_submission",
    "reporting_relancereport",
)
TRIGGERS = {
    "sqlite": "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY tbl_name",
    "postgresql": "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger WHERE NOT tgisinternal GROUP BY 1",
}
pytestmark = pytest.mark.django_db


def test_exactly_the_listed_tables_have_triggers_against_change() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        found = dict(cursor.fetchall())
    assert found == dict.fromkeys(APPEND_ONLY, 2)


def model_of(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def any_value(field: models.Field[Any, Any]) -> Any:  # noqa: ANN401 - as wide as the fields of Django
    """Some value that the column takes; relations point nowhere and are never checked, for the row is rolled back."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    kinds: tuple[tuple[type[models.Field[Any, Any]], Any], ...] = (
        (models.UUIDField, uuid.uuid4()),
        (models.DateTimeField, dt.datetime(2022, 1, 1, tzinfo=dt.UTC)),
        (models.DateField, dt.date(2022, 1, 1)),
        (models.JSONField, {}),
        (models.BinaryField, b"x"),
        (models.BooleanField, True),
        (models.IntegerField, 1),
        (models.CharField, field.choices[0][0] if isinstance(field.choices, list) else "x"),
        (models.TextField, "x"),
    )
    return next((value for kind, value in kinds if isinstance(target, kind)), None)


def add_row(table: str) -> models.Model:
    """A row of any content."""
    model = model_of(table)
    values = {field.attname: any_value(field) for field in model._meta.concrete_fields}
    return model._base_manager.bulk_create([model(**values)])[0]


def statements(table: str, row: models.Model) -> list[str]:
    """Every way to change or lose a row without the product."""
    other = next(field.column for field in row._meta.concrete_fields if not field.primary_key)
    ways = [f"UPDATE {table} SET {other} = {other}", f"DELETE FROM {table}"]  # noqa: S608 - names of our own tables
    if connection.vendor == "sqlite":
        ways.append(f"REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608 - needs recursive_triggers=ON
    return ways


def refuse(statement: str) -> None:
    """The database refuses the statement because of the trigger, and for no other reason."""
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_row_can_be_added_and_never_changed_or_removed(table: str) -> None:
    if connection.vendor == "postgresql":
        refuse(f"TRUNCATE {table} CASCADE")
    with transaction.atomic():
        row = add_row(table)
        for statement in statements(table, row):
            refuse(statement)
        transaction.set_rollback(True)
