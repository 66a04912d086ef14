"""Macros are not looked for where no step can have touched one, and found where one can."""

from __future__ import annotations

import duckdb
import pytest

from course_lib.migrations import split_statements
from course_lib.migrations.macros import may_touch_macros, read_macros

from .databases import run_script
from .objects import CHANGES

TOUCHING = [
    "CREATE MACRO f(x) AS x",
    "create or replace function f(x) as x",
    "CREATE TEMP MACRO f(x) AS x",
    "DROP MACRO TABLE f",
    "COMMENT ON MACRO f IS 'x'",
    "DROP SCHEMA s CASCADE",
    "DROP TABLE t CASCADE",
    "IMPORT DATABASE 'x'",
    "COPY FROM DATABASE a TO b",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "CALL pragma_version()",
    "PRAGMA version",
    "USE other",
    "LOAD json",
]
NOT_TOUCHING = [
    "UPDATE t SET a = 1",
    "INSERT INTO t VALUES (1)",
    "DELETE FROM t",
    "ALTER TABLE t ADD COLUMN a INT",
    "CREATE TABLE t (i INT)",
    "CREATE INDEX i ON t (i)",
    "DROP TABLE t",
    "SELECT 1",
    "MERGE INTO t USING u ON t.i = u.i WHEN MATCHED THEN DELETE",
]


@pytest.mark.parametrize("sql", TOUCHING + NOT_TOUCHING)
def test_a_step_that_may_touch_a_macro_is_told_by_its_words(sql: str) -> None:
    steps = split_statements(sql)
    assert isinstance(steps, tuple), steps
    assert any(map(may_touch_macros, steps)) == (sql in TOUCHING)


@pytest.mark.parametrize("name", CHANGES)
def test_where_no_step_may_touch_a_macro_none_is_touched(name: str) -> None:
    start, change = CHANGES[name]
    steps = split_statements(change)
    assert isinstance(steps, tuple)
    with duckdb.connect() as con:
        run_script(con, start)
        before = read_macros(con)
        run_script(con, change)
        if read_macros(con) != before:
            assert any(map(may_touch_macros, steps))
