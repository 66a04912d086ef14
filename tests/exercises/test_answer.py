"""What of an answer is refused before it runs, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.exercises import check_answer, load_spec, sandbox
from course_lib.exercises.answer import LONGEST, Answer, read_answer
from course_lib.migrations import Problem

LESSON = Path(__file__).parents[2] / "lessons" / "04-adding-a-column"
EXERCISE = load_spec(LESSON / "exercises" / "add-email.toml")


def read(up: str) -> Answer | Problem:
    return read_answer(EXERCISE.task, f"-- migrate:up\n{up}\n-- migrate:down\nSELECT 1;\n")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM duckdb_databases()",
        'SELECT * FROM "DuckDB_Tables"()',
        "SELECT * FROM duckdb_tables",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM pg_catalog.pg_class",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM pragma_database_list()",
        "SELECT current_setting('threads')",
        "SELECT current_database()",
        "SELECT current_schema",
        "SELECT * FROM query /* a */ ('FROM t')",
        "SELECT * FROM query_table('users')",
        "SELECT * FROM (SHOW ALL TABLES)",
        "SELECT * FROM (DESCRIBE users)",
        "CREATE TABLE t AS SELECT * FROM (SUMMARIZE users)",
        "CREATE VIEW v AS SELECT count(*) AS n FROM duckdb_columns()",
    ],
)
def test_asking_where_it_runs_is_refused_in_words(sql: str) -> None:
    found = read(f"{sql};")
    assert isinstance(found, Problem)
    assert "asks the database about itself" in found.what


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE users SET name = 'duckdb_tables()' -- and duckdb_tables()",
        "CREATE TABLE t (query VARCHAR, version INTEGER, description VARCHAR)",
        "ALTER TABLE users ADD COLUMN seen TIMESTAMP DEFAULT now()",
        "UPDATE users SET name = \"name\" || 'pg_class'",
    ],
)
def test_what_only_looks_like_it_is_read(sql: str) -> None:
    assert isinstance(read(f"{sql};"), Answer)


def test_a_text_that_is_too_long_is_refused() -> None:
    found = read("SELECT 1; " * LONGEST)
    assert isinstance(found, Problem) and "100,000 are the most" in found.what


def test_an_answer_has_an_end_however_many_statements_it_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 1.0)
    slow = "SELECT sum(range * range) FROM range(30000000);\n" * 400
    verdict = check_answer(EXERCISE, f"-- migrate:up\n{slow}-- migrate:down\nSELECT 1;\n")
    assert verdict.fault is None and verdict.points == 0
    assert verdict.first_failure is not None
    assert "it was stopped" in verdict.first_failure.differences[0].is_
