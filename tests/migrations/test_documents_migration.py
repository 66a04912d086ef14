"""The document's three statements are one migration, all or nothing, on a table with rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import (
    Step,
    digest_tables,
    read_applied,
    read_events,
    read_folder,
    read_schema,
    run_in_transaction,
    run_plan,
    split_statements,
)
from course_lib.migrations.guard import run_guarded

from .databases import (
    SOURCE_DOWN,
    SOURCE_FILE,
    SOURCE_STATEMENTS,
    USERS,
    migration,
    plan_of,
    run_script,
    sections,
    state,
    write_folder,
)

SOURCE = sections(SOURCE_STATEMENTS, SOURCE_DOWN)
REFUSED = "TransactionContext Error: Cannot create index with outstanding updates"


def source_steps() -> tuple[Step, ...]:
    steps = split_statements(SOURCE_STATEMENTS)
    assert isinstance(steps, tuple)
    return steps


def quiet(con: duckdb.DuckDBPyConnection) -> None:
    """Nothing else goes on."""


def half_read_result(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("SELECT * FROM range(1000000)").fetchone()


def open_read(con: duckdb.DuckDBPyConnection) -> None:
    other = con.cursor()
    other.execute("BEGIN").execute("SELECT count(*) FROM users").fetchall()
    KEPT.append(other)


def open_write_elsewhere(con: duckdb.DuckDBPyConnection) -> None:
    other = con.cursor()
    other.execute("BEGIN").execute("INSERT INTO orders VALUES (11, 1)").fetchall()
    KEPT.append(other)


KEPT: list[duckdb.DuckDBPyConnection] = []


@pytest.mark.parametrize("going_on", [quiet, half_read_result, open_read, open_write_elsewhere])
def test_the_documents_three_statements_are_one_migration_on_a_table_with_rows(
    tmp_path: Path, going_on: Callable[[duckdb.DuckDBPyConnection], None]
) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        going_on(con)

        one = migration(SOURCE, SOURCE_FILE)
        guarded = run_guarded(con, one, "up")

        assert (guarded.guard, guarded.failure) == ("shadow", None)
        assert guarded.in_transaction is not None and guarded.in_transaction.error == REFUSED
        with con.cursor() as look:
            email = read_schema(look).tables["users"].column("email")
            assert email is not None and (email.type, email.nullable) == ("VARCHAR", False)
            assert look.execute(
                "SELECT count(*), min(id), max(id), min(name), any_value(email) FROM users"
            ).fetchall() == [(100, 1, 100, "user 1", "temp@example.com")]
            assert [(row.name, row.guard) for row in read_applied(look)] == [
                ("001_add_email_to_users", "shadow")
            ]
            ledger_row = read_applied(look)[0]
            assert ledger_row.checksum == one.checksum
        for other in KEPT:
            other.execute("COMMIT")
            other.close()
        added = bool(KEPT) and going_on is open_write_elsewhere
        KEPT.clear()
        assert digest_tables(con.cursor())["orders"].rows == 10 + added


def test_duckdb_itself_refuses_the_documents_statements_in_one_transaction() -> None:
    with duckdb.connect() as con:
        run_script(con, USERS)
        before = state(con)

        failure = run_in_transaction(con, source_steps())

        assert failure is not None and (failure.index, failure.error) == (2, REFUSED)
        assert state(con) == before


def test_the_documents_statements_pass_in_the_transaction_that_made_the_table() -> None:
    with duckdb.connect() as con:
        made = split_statements(USERS)
        assert isinstance(made, tuple)
        assert run_in_transaction(con, made + source_steps()) is None


def test_when_step_3_fails_the_database_is_as_before_and_the_failure_says_where(
    tmp_path: Path,
) -> None:
    backfill = "UPDATE users SET email = 'temp@example.com' WHERE name <> ''"
    up = SOURCE_STATEMENTS.replace(
        "UPDATE users SET email = 'temp@example.com' WHERE email IS NULL", backfill
    )
    folder = write_folder(tmp_path, {SOURCE_FILE: sections(up, SOURCE_DOWN)})
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS + "INSERT INTO users VALUES (101, '');")
        before = state(con)

        outcome = run_plan(con, plan_of(con, folder))

        assert state(con) == before
        assert outcome.done == () and outcome.failure is not None
        sentence = str(outcome.failure)
        assert sentence.startswith(f"{folder / SOURCE_FILE}, line 9: step 3 of 3, `ALTER TABLE")
        assert "NOT NULL constraint failed: users.email" in sentence
        assert "nothing was changed" in sentence
        (event,) = read_events(con)
        assert (event.name, event.direction, event.outcome) == (
            "001_add_email_to_users",
            "up",
            "failed",
        )
        assert event.detail is not None and "NOT NULL constraint failed" in event.detail
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        assert state(con) == before
        assert not list(tmp_path.glob(".updown-shadow-*"))
        assert read_folder(folder).problems == ()
