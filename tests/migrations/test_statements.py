"""SQL is split by DuckDB's own parser, and every statement knows its line."""

from __future__ import annotations

import threading

import duckdb
import pytest

from course_lib.migrations import Step, SyntaxProblem, one_line, split_statements


def test_statements_come_with_kind_and_line_and_without_the_next_ones_heading() -> None:
    sql = "-- one\nSELECT 1;\n\n-- two\n/* and\nmore */ UPDATE t SET a = 1; -- tail\nDROP TABLE t"
    assert split_statements(sql, first_line=10) == (
        Step("SELECT 1", "SELECT", 11),
        Step("UPDATE t SET a = 1", "UPDATE", 15),
        Step("DROP TABLE t", "DROP", 16),
    )


def test_the_same_statement_twice_has_two_lines() -> None:
    found = split_statements("SELECT 1;\nSELECT 1;\n\nSELECT 1;")
    assert isinstance(found, tuple)
    assert [step.line for step in found] == [1, 2, 4]


def test_a_syntax_error_anywhere_refuses_the_whole_text() -> None:
    found = split_statements("SELECT 1;\nSELECT 'ü🦆';\n\nSELECT FROM FROM;", first_line=3)
    assert isinstance(found, SyntaxProblem)
    assert found.line == 6 and 'at or near "FROM"' in found.message


@pytest.mark.parametrize("sql", ["", "  \n", "-- nothing", "/* nothing */", ";;"])
def test_a_text_without_statements_has_none(sql: str) -> None:
    assert split_statements(sql) == ()


def test_nothing_is_run(tmp_path: object) -> None:
    assert isinstance(split_statements("CREATE TABLE t (i INT); DROP TABLE nowhere"), tuple)
    with duckdb.connect() as con:
        assert con.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]


def test_threads_split_at_once() -> None:
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(split_statements("SELECT 1; SELECT 2")))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and all(one == found[0] for one in found)


def test_a_long_statement_is_cut_for_messages() -> None:
    assert one_line("SELECT\n  1", 20) == "SELECT 1"
    assert one_line("SELECT " + "x" * 90, 20) == "SELECT xxxxxxxxxxxx…"
