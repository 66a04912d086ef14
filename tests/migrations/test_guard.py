"""A migration is all or nothing, whatever DuckDB accepts in one transaction."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import (
    Step,
    read_applied,
    read_schema,
    run_one_by_one,
    split_statements,
)
from course_lib.migrations.guard import Guarded, run_guarded

from .databases import (
    USERS,
    migration,
    run_script,
    sections,
    state,
)


def test_the_guard_is_the_transaction_where_duckdb_can(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        one = migration(sections("ALTER TABLE users ADD COLUMN phone VARCHAR DEFAULT '?'"))

        assert run_guarded(con, one, "up") == Guarded("transaction", None, None)
        assert [row.guard for row in read_applied(con)] == ["transaction"]
        assert not list(tmp_path.glob(".updown-shadow-*"))


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


@pytest.mark.parametrize(("options", "following"), [("", 3), ("transaction:false", 2)])
def test_a_failed_migration_may_leave_a_gap_in_a_sequence_and_nothing_else(
    tmp_path: Path, options: str, following: int
) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, "CREATE SEQUENCE s; SELECT nextval('s')")
        before = state(con)
        one = migration(sections("SELECT nextval('s'); SELECT error('no')", options=options))
        assert run_guarded(con, one, "up").failure is not None
        assert state(con) == before
        assert con.execute("SELECT nextval('s')").fetchall() == [(following,)]
