"""A plan runs in order and stops at the first failure, with the state before it untouched."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import (
    Plan,
    make_plan,
    outcome_lines,
    read_applied,
    read_events,
    read_folder,
    read_status,
    rehearse_plan,
    run_plan,
)
from course_lib.migrations.landing import CHANGED_MEANWHILE
from course_lib.migrations.migration import Direction, Migration, Step

from .databases import (
    SOURCE_DOWN,
    SOURCE_FILE,
    SOURCE_STATEMENTS,
    USERS,
    picture,
    plan_of,
    run_script,
    sections,
    state,
    write_folder,
)

STEPS = [
    "CREATE TABLE notes (id INTEGER, body VARCHAR)",
    "INSERT INTO notes SELECT id, name FROM users",
    "ALTER TABLE users ADD COLUMN note INTEGER",
    "UPDATE users SET note = id",
    "DELETE FROM orders",
]
REFUSED = "SELECT error('no') FROM orders"
GUARDS = ["", "transaction:false"]


@pytest.mark.parametrize("direction", ["up", "down"])
@pytest.mark.parametrize("options", GUARDS)
@pytest.mark.parametrize("at", range(len(STEPS)))
def test_a_failure_at_any_step_leaves_exactly_the_state_before(
    tmp_path: Path, at: int, options: str, direction: Direction
) -> None:
    failing = ";\n".join([*STEPS[:at], REFUSED, *STEPS[at:-1]]) + ";"
    text = (
        sections(failing, "SELECT 1;", options)
        if direction == "up"
        else sections("SELECT 1", failing, options)
    )
    folder = write_folder(tmp_path, {"001_change.sql": text})
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        if direction == "down":
            assert run_plan(con, plan_of(con, folder)).failure is None
        before, seen = state(con), picture(con)

        failure = run_plan(con, plan_of(con, folder, direction)).failure

        assert failure is not None and (failure.index, failure.steps) == (at, 5)
        line = text.split("\n").index(REFUSED + ";") + 1
        assert f"001_change.sql, line {line}: step {at + 1} of 5, `{REFUSED}`" in str(failure)
        accept = ", `accept` its file," if direction == "down" else ""
        assert str(failure).endswith(
            f"nothing was changed, correct the {direction}{accept} and run it again."
        )
        assert (state(con), picture(con)) == (before, seen)
        last = read_events(con)[-1]
        assert (last.direction, last.outcome, last.guard) == (direction, "failed", "shadow")


def test_what_came_before_the_failure_stays_and_nothing_after_it_runs(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        {
            "001_a.sql": sections("CREATE TABLE a (i INT)", "DROP TABLE a;"),
            "002_b.sql": sections(f"CREATE TABLE b (i INT); {REFUSED}", "DROP TABLE b;"),
            "003_c.sql": sections("CREATE TABLE c (i INT)", "DROP TABLE c;"),
        },
    )
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        outcome = run_plan(con, plan_of(con, folder))
        assert [done.name for done in outcome.done] == ["001_a"]
        assert outcome.failure is not None and outcome.failure.name == "002_b"
        states = [status.state for status in read_status(con, read_folder(folder))]
        assert states == ["applied", "failed", "pending"]
        first, second = outcome_lines(outcome, "up")
        assert first.startswith("001_a applied (guard: transaction, ")
        assert second == str(outcome.failure)

        (folder / "002_b.sql").write_text(sections("CREATE TABLE b (i INT)", "DROP TABLE b;"))
        assert run_plan(con, plan_of(con, folder)).failure is None
        states = [status.state for status in read_status(con, read_folder(folder))]
        assert states == ["applied"] * 3


def test_up_and_down_of_the_documents_migration_give_the_database_back(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {SOURCE_FILE: sections(SOURCE_STATEMENTS, SOURCE_DOWN)})
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        before = picture(con)
        up = run_plan(con, plan_of(con, folder))
        assert [done.guard for done in up.done] == ["shadow"] and up.failure is None
        down = run_plan(con, plan_of(con, folder, "down"))
        assert [done.guard for done in down.done] == ["transaction"] and down.failure is None
        assert picture(con) == before
        assert read_applied(con) == ()
        assert [(e.direction, e.outcome) for e in read_events(con)] == [
            ("up", "done"),
            ("down", "done"),
        ]


def test_a_rehearsal_tells_what_would_happen_and_changes_nothing(tmp_path: Path) -> None:
    files = {SOURCE_FILE: sections(SOURCE_STATEMENTS, SOURCE_DOWN)}
    folder = write_folder(tmp_path, files | {"002_bad.sql": sections(REFUSED)})
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        before = state(con)
        outcome = rehearse_plan(con, plan_of(con, folder))
        assert [(done.name, done.guard) for done in outcome.done] == [
            ("001_add_email_to_users", "shadow")
        ]
        assert outcome.failure is not None and outcome.failure.name == "002_bad"
        assert state(con) == before and read_events(con) == ()
        assert not list(tmp_path.glob(".updown-shadow-*"))


def test_a_commit_from_elsewhere_asks_to_run_again_not_to_correct(tmp_path: Path) -> None:
    text = sections("UPDATE users SET name = upper(name)", options="transaction:false")
    folder = write_folder(tmp_path, {"001_change.sql": text})
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)

        def write(one: Migration, index: int, step: Step) -> None:
            con.cursor().execute("INSERT INTO users VALUES (999, 'late')").fetchall()

        failure = run_plan(con, plan_of(con, folder), on_step=write).failure
        assert failure is not None
        where = folder / "001_change.sql"
        assert str(failure) == f"{where}: {CHANGED_MEANWHILE}; nothing was changed, run it again."
        assert run_plan(con, plan_of(con, folder)).failure is None
        assert con.execute("SELECT name FROM users WHERE id = 999").fetchall() == [("LATE",)]


def test_a_plan_made_before_another_run_finished_is_not_run_twice(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path, {"001_change.sql": sections("INSERT INTO orders VALUES (0, 0)")}
    )
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        stale = plan_of(con, folder)
        assert run_plan(con, stale).failure is None
        before = state(con)
        failure = run_plan(con, stale).failure
        assert failure is not None and state(con) == before
        assert "another run applied it meanwhile" in str(failure)
        assert "look at `status`" in str(failure)


def test_a_fault_of_the_surroundings_is_told_in_words(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"001_change.sql": sections(REFUSED)})
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        con.execute("SET enable_external_access = false")
        plan = make_plan(read_folder(folder), (), "up")
        assert isinstance(plan, Plan)
        failure = run_plan(con, plan).failure
        assert failure is not None and "Permission Error" in str(failure)
        assert "nothing was changed" in str(failure) and read_applied(con) == ()
