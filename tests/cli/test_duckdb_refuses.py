"""Where DuckDB itself cannot answer the engine, the command says so in a sentence."""

from __future__ import annotations

from pathlib import Path

from .project import FIRST, answer_of, make_project, sql, updown

NESTED = "CREATE SCHEMA s; CREATE SCHEMA s.inner; CREATE TABLE s.inner.t (i INTEGER)"


def test_what_duckdb_does_not_let_the_engine_do_is_told_without_a_traceback(tmp_path: Path) -> None:
    project = make_project(tmp_path, ("001_make_users.sql", FIRST))
    sql(project, NESTED)
    shadowed = FIRST.replace("-- migrate:up", "-- migrate:up transaction:false")
    (project / "migrations/001_make_users.sql").write_text(shadowed)
    done = updown(project, "up", "--database", "shop.duckdb")
    assert done.returncode == 1
    assert "001_make_users.sql: the change could not be put into the database" in done.stderr
    assert "Traceback" not in done.stderr
    (problem,) = answer_of(project, "round-trip", code=1)["problems"]
    assert problem["kind"] == "no-copy" and "room" not in problem["sentence"]
    # What needs no copy goes on working.
    (project / "migrations/001_make_users.sql").write_text(FIRST)
    assert updown(project, "up").returncode == 0


def test_a_check_on_a_field_of_a_struct_stops_no_command(tmp_path: Path) -> None:
    project = make_project(tmp_path, ("001_make_users.sql", FIRST))
    (project / "migrations/002_address.sql").write_text(
        "-- migrate:up\n"
        "CREATE TABLE t (address STRUCT(city VARCHAR) CHECK (address.city <> ''), n INTEGER);\n"
        "INSERT INTO t VALUES ({'city': 'Ghent'}, 1);\n-- migrate:down\nDROP TABLE t;\n"
    )
    shadowed = "-- migrate:up transaction:false\nALTER TABLE t ADD COLUMN m INTEGER DEFAULT 3;\n"
    (project / "migrations/003_shadow.sql").write_text(
        f"{shadowed}-- migrate:down transaction:false\nALTER TABLE t DROP COLUMN m;\n"
    )
    for command in ("up", "verify", "diff", "redo", "down", "round-trip", "up"):
        done = updown(project, command)
        assert done.returncode == 0, done.stderr
    sql(project, "ALTER TABLE t ADD COLUMN more INTEGER")
    assert "column t.more" in updown(project, "verify").stderr
