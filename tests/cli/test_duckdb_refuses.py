"""Where DuckDB itself cannot answer the engine, the command says so in a sentence."""

from __future__ import annotations

from pathlib import Path

from .project import FIRST, answer_of, make_project, sql, updown


def test_a_check_that_duckdb_cannot_list_is_told_without_a_traceback(tmp_path: Path) -> None:
    project = make_project(tmp_path, ("001_make_users.sql", FIRST))
    sql(project, "CREATE TABLE t (address STRUCT(city VARCHAR) CHECK (address.city <> ''))")
    done = updown(project, "diff", "--database", "shop.duckdb")
    assert (done.returncode, done.stdout) == (1, "")
    assert "DuckDB refused what the engine asked of it: Binder Error" in done.stderr
    assert "Traceback" not in done.stderr
    (problem,) = answer_of(project, "diff", code=1)["problems"]
    assert problem["kind"] == "duckdb"
    # What needs no list of constraints goes on working.
    assert updown(project, "up").returncode == 0
