"""The plain lines that the terminal and the notebook share."""

from __future__ import annotations

from pathlib import Path

import duckdb

from course_lib.migrations import (
    outcome_lines,
    plan_lines,
    read_folder,
    read_risks,
    read_status,
    run_plan,
    status_lines,
)

from .databases import USERS, plan_of, run_script, sections, write_folder

FILES = {
    "001_drop_name.sql": sections("ALTER TABLE users DROP COLUMN name", "SELECT 1;"),
    "002_fill.sql": sections("INSERT INTO orders VALUES (99, 1)", "SELECT 1;", "transaction:false"),
}


def test_a_status_is_one_line_a_migration_with_the_states_under_each_other(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, FILES)
    with duckdb.connect() as con:
        lines = status_lines(read_status(con, read_folder(folder)))
    assert lines == [
        "001_drop_name  pending  not applied yet; `up` applies it",
        "002_fill       pending  not applied yet; `up` applies it",
    ]
    assert status_lines(()) == ["No migration yet."]


def test_a_plan_tells_steps_guards_and_risks(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, FILES)
    with duckdb.connect() as con:
        run_script(con, USERS)
        plan = plan_of(con, folder)
        assert plan_lines(plan, read_risks(con, plan)) == [
            "001_drop_name up (guard: transaction; shadow if DuckDB refuses)",
            "  1. ALTER TABLE users DROP COLUMN name",
            "     drops the column name of users and every value in it",
            "002_fill up (guard: shadow, as the file asks)",
            "  1. INSERT INTO orders VALUES (99, 1)",
            "     adds rows to orders",
            "At risk: 001_drop_name up: drops users.name, 100 values",
        ]


def test_an_outcome_tells_what_was_done_and_why_it_ended(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, FILES)
    with duckdb.connect() as con:
        run_script(con, USERS + "DROP TABLE orders;")
        lines = outcome_lines(run_plan(con, plan_of(con, folder)), "up")
    assert len(lines) == 2
    assert lines[0].startswith("001_drop_name applied (guard: transaction, ")
    assert "002_fill.sql, line 2: step 1 of 1" in lines[1]
    assert lines[1].endswith("; nothing was changed, correct the up and run it again.")


def test_nothing_to_do_is_told_for_each_direction(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {})
    with duckdb.connect() as con:
        for direction, words in (("up", "every migration is"), ("down", "no migration is")):
            plan = plan_of(con, folder, direction)
            expected = [f"Nothing to do: {words} applied."]
            assert plan_lines(plan, ()) == expected
            assert outcome_lines(run_plan(con, plan), plan.direction) == expected
