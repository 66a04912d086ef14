"""How a Python migration may end: stopped, its errors swallowed, refused on the shadow as well."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import Plan, make_plan, read_applied, read_folder, run_plan

from .test_formats import write
from .test_python_file import TABLE, run, tables


def test_a_stop_by_the_keyboard_passes_through_and_leaves_the_state_before(tmp_path: Path) -> None:
    text = f"def up(db):\n    {TABLE}\n    raise KeyboardInterrupt\n"
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, text)
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        assert tables(con) == [] and read_applied(con) == ()


def test_a_refusal_that_the_function_swallows_is_made_good_on_the_shadow(tmp_path: Path) -> None:
    """DuckDB has given the transaction up by then, so its commit may not count as done."""
    refused = "db.execute('INSERT INTO nobody VALUES (1)')"
    text = f"""
def up(db):
    {TABLE}
    try:
        {refused}
    except Exception:
        pass
"""
    con, failure = run(tmp_path, text)
    assert failure == "" and tables(con) == ["users"]
    assert [row.name for row in read_applied(con)] == ["001_x"]


def test_an_error_of_its_own_on_the_shadow_changes_nothing_and_both_are_told(
    tmp_path: Path,
) -> None:
    text = f"def up(db):\n    {TABLE}\n    db.execute('CHECKPOINT')\n    raise ValueError('no')\n"
    con, failure = run(tmp_path, text)
    assert "m/001_x.py, line 4:" in failure and "ValueError: no" in failure
    assert "as one transaction DuckDB refused it too" in failure and "CHECKPOINT" in failure
    assert tables(con) == [] and read_applied(con) == ()


@pytest.mark.parametrize("word", ["BEGIN", "ROLLBACK", "commit", "/* x */ START TRANSACTION"])
def test_the_transaction_is_the_engines_in_either_guard(tmp_path: Path, word: str) -> None:
    for number, option in enumerate(("", "transaction = False\n")):
        (tmp_path / str(number)).mkdir()
        con, failure = run(
            tmp_path / str(number), f"{option}def up(db):\n    {TABLE}\n    db.execute('{word}')\n"
        )
        assert "makes the migration all or nothing" in failure
        assert tables(con) == [] and read_applied(con) == ()


def test_a_down_that_raises_leaves_the_migration_applied_and_names_the_down(
    tmp_path: Path,
) -> None:
    text = f"""
def up(db):
    {TABLE}

def down(db):
    db.execute("DROP TABLE users")
    raise ValueError("not yet")
"""
    con, failure = run(tmp_path, text)
    assert failure == ""
    plan = make_plan(read_folder(tmp_path / "migrations"), read_applied(con), "down")
    assert isinstance(plan, Plan)
    told = str(run_plan(con, plan).failure)
    assert "line 7: step 1 of 1, `down(db)`" in told and "correct the down" in told
    assert tables(con) == ["users"] and [row.name for row in read_applied(con)] == ["001_x"]


def test_the_line_of_an_error_is_that_of_a_helper_in_the_same_file(tmp_path: Path) -> None:
    text = "def helper():\n    return 1 / 0\n\ndef up(db):\n    helper()\n"
    _, failure = run(tmp_path, text)
    assert "m/001_x.py, line 2:" in failure and "ZeroDivisionError" in failure


def test_a_dataclass_in_the_file_is_one(tmp_path: Path) -> None:
    text = f"""
from dataclasses import dataclass

@dataclass
class Row:
    id: int

def up(db):
    {TABLE}
    db.execute("INSERT INTO users VALUES (?, 'x')", [Row(1).id])
"""
    con, failure = run(tmp_path, text)
    assert failure == "" and con.execute("FROM users").fetchall() == [(1, "x")]


def test_transaction_false_with_a_type_asks_for_the_shadow_too(tmp_path: Path) -> None:
    text = f"transaction: bool = False\ndef up(db):\n    {TABLE}\n"
    folder = write(tmp_path, {"1_x.py": text})
    found = read_folder(folder)
    assert found.problems or not found.migrations[0].up_transaction
