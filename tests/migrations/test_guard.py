"""A migration is all or nothing, whatever DuckDB accepts in one transaction."""

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
    run_one_by_one,
    run_plan,
    split_statements,
)
from course_lib.migrations.guard import Guarded, run_guarded

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


def test_the_guard_is_the_transaction_where_duckdb_can(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        one = migration(sections("ALTER TABLE users ADD COLUMN phone VARCHAR DEFAULT '?'"))

        assert run_guarded(con, one, "up") == Guarded("transaction", None, None)
        assert [row.guard for row in read_applied(con)] == ["transaction"]
        assert not list(tmp_path.glob(".updown-shadow-*"))


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


@pytest.mark.parametrize("options", ["", "transaction:false"])
@pytest.mark.parametrize("change", ["USE s", "SET schema = 's'", "SET search_path = 's'"])
def test_what_a_migration_sets_does_not_reach_the_callers_connection(
    tmp_path: Path, change: str, options: str
) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, "CREATE SCHEMA s")
        one = migration(sections(f"{change}; CREATE TABLE t (i INT)", options=options))

        assert run_guarded(con, one, "up").failure is None

        assert con.execute("SELECT current_schema()").fetchall() == [("main",)]
        assert set(read_schema(con).tables) == {"s.t"}


@pytest.mark.parametrize("options", ["", "transaction:false"])
def test_the_ledger_stays_in_the_callers_database_when_a_migration_uses_another(
    tmp_path: Path, options: str
) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        up = "ATTACH ':memory:' AS aside; USE aside; CREATE TABLE t (i INT)"

        guarded = run_guarded(con, migration(sections(up, options=options)), "up")

        assert (guarded.guard, guarded.failure) == ("shadow", None)
        assert len(read_applied(con)) == 1
        assert read_schema(con).tables == {}


@pytest.mark.parametrize("options", ["", "transaction:false"])
def test_a_migration_that_somebody_applied_meanwhile_is_not_applied_again(
    tmp_path: Path, options: str
) -> None:
    text = sections("INSERT INTO users VALUES (101, 'x')", "DELETE FROM users", options)
    one = migration(text)
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, "CREATE TABLE users (id INTEGER, name VARCHAR)")
        assert run_guarded(con, one, "up").failure is None
        before = state(con)

        again = run_guarded(con, one, "up")
        assert again.failure is not None and "applied it meanwhile" in again.failure.error
        assert state(con) == before

        assert run_guarded(con, one, "down").failure is None
        run_script(con, "INSERT INTO users VALUES (1, 'kept')")
        before = state(con)
        again = run_guarded(con, one, "down")
        assert again.failure is not None and "took it back meanwhile" in again.failure.error
        assert state(con) == before


def test_one_by_one_keeps_what_ran_before_the_failure() -> None:
    steps = split_statements("CREATE TABLE a (i INT); SELECT error('late') FROM range(5)")
    assert isinstance(steps, tuple)
    with duckdb.connect() as con:
        failure = run_one_by_one(con, steps)
        assert failure is not None and failure.index == 1 and "late" in failure.error
        assert set(read_schema(con).tables) == {"a"}


@pytest.mark.parametrize("options", ["", "transaction:false"])
@pytest.mark.parametrize("at", [0, 1])
def test_an_interrupt_between_steps_leaves_the_database_as_before(
    tmp_path: Path, at: int, options: str
) -> None:
    def interrupt(index: int, step: Step) -> None:
        if index == at:
            raise KeyboardInterrupt

    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        before = state(con)
        one = migration(sections("DELETE FROM users; DELETE FROM orders", options=options))
        with pytest.raises(KeyboardInterrupt):
            run_guarded(con, one, "up", on_step=interrupt)
        assert state(con) == before
        assert not list(tmp_path.glob(".updown-shadow-*"))
        assert run_guarded(con, one, "up").failure is None
