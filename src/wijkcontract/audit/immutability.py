"""Tables that the database itself keeps from change: triggers for SQLite and PostgreSQL (money.md, threats.md rows 3, 6, 27)."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

REFUSAL = "append-only: {table}"

SQLITE = """
CREATE TRIGGER {table}_no_{verb_lower} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION wijkcontract_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL_ROWS = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION wijkcontract_append_only()
"""
POSTGRESQL_TRUNCATE = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION wijkcontract_append_only()
"""


def append_only(table: str) -> RunPython:
    """A migration step after which rows of `table` can be added and read, and nothing else."""

    def install(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                editor.execute(
                    SQLITE.format(table=table, verb=verb, verb_lower=verb.lower(), refusal=REFUSAL.format(table=table))
                )
        else:
            editor.execute(POSTGRESQL_FUNCTION, None)  # no parameters: psycopg then leaves the % of RAISE alone
            editor.execute(POSTGRESQL_ROWS.format(table=table))
            editor.execute(POSTGRESQL_TRUNCATE.format(table=table))

    def remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                editor.execute(f"DROP TRIGGER {table}_no_{verb}")
        else:
            editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            editor.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")

    return RunPython(install, remove)


def writable(table: str) -> RunPython:
    """A migration step that lifts it, so that a column can be added; `append_only` again must follow in the same migration."""
    step = append_only(table)
    assert step.reverse_code is not None  # noqa: S101 - given above
    return RunPython(step.reverse_code, step.code)
