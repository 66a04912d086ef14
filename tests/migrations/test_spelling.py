"""One meaning has one spelling in a schema: names in any case, and defaults in any writing."""

from __future__ import annotations

import duckdb
import pytest

from course_lib.migrations.diff import diff
from course_lib.migrations.schema import Schema, read_schema
from course_lib.migrations.spelling import same_case


def schema_of(*statements: str) -> Schema:
    con = duckdb.connect(":memory:")
    for statement in statements:
        con.execute(statement)
    return read_schema(con)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a INTEGER DEFAULT 1", "a INTEGER DEFAULT CAST(1 AS INTEGER)"),
        ("a INTEGER DEFAULT 1", "a INTEGER DEFAULT 1::INT4"),
        ("a VARCHAR DEFAULT 'x'", "a VARCHAR DEFAULT 'x'::TEXT"),
        ("a TIMESTAMP DEFAULT now()", "a TIMESTAMP DEFAULT CURRENT_TIMESTAMP"),
        ("a DATE DEFAULT current_date", "a DATE DEFAULT today()"),
        ("a INTEGER DEFAULT NULL", "a INTEGER"),
        ("a INTEGER CHECK (a > 0)", "A INTEGER CHECK (A > 0)"),
        ("a INTEGER, b INTEGER AS (a + 1)", "A INTEGER, B INTEGER AS (A + 1)"),
    ],
)
def test_two_spellings_of_one_column_are_no_difference(one: str, other: str) -> None:
    assert not diff(schema_of(f"CREATE TABLE t ({one})"), schema_of(f"CREATE TABLE T ({other})"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a VARCHAR DEFAULT 'x'", "a VARCHAR DEFAULT 'X'"),
        ("a VARCHAR DEFAULT '1'", "a VARCHAR DEFAULT 1::VARCHAR || ''"),
        ("a DOUBLE DEFAULT CAST(1.5 AS INTEGER)", "a DOUBLE DEFAULT 1.5"),
        ("a TIMESTAMP DEFAULT now()", "a TIMESTAMP DEFAULT current_date"),
        ("a VARCHAR CHECK (a <> 'x')", "a VARCHAR CHECK (a <> 'X')"),
        ("a INTEGER, b INTEGER AS (a + 1)", "a INTEGER, b INTEGER AS (a + 2)"),
    ],
)
def test_two_meanings_are_a_difference(one: str, other: str) -> None:
    assert diff(schema_of(f"CREATE TABLE t ({one})"), schema_of(f"CREATE TABLE t ({other})"))


def test_the_case_of_a_name_in_a_view_and_an_index_is_no_difference() -> None:
    lower = schema_of(
        "CREATE TABLE t (a INTEGER)", "CREATE INDEX i ON t (a)", "CREATE VIEW v AS SELECT a FROM t"
    )
    upper = schema_of(
        "CREATE TABLE T (A INTEGER)", "CREATE INDEX I ON T (A)", "CREATE VIEW V AS SELECT A FROM T"
    )
    assert not diff(lower, upper)


def test_a_string_in_a_view_keeps_its_case() -> None:
    table = "CREATE TABLE t (a VARCHAR)"
    one = schema_of(table, "CREATE VIEW v AS SELECT a FROM t WHERE a = 'Ann'")
    other = schema_of(table, "CREATE VIEW v AS SELECT a FROM t WHERE a = 'ann'")
    assert [d.object for d in diff(one, other)] == ["view v"]


def test_letters_outside_ascii_are_cut_at_the_right_place() -> None:
    assert same_case("SELECT 'Ä', Größe FROM T WHERE X = 'Ö'") == (
        "SELECT 'Ä', größe FROM t WHERE x = 'Ö'"
    )


@pytest.mark.parametrize(
    ("made", "comment", "object_"),
    [
        ("CREATE VIEW v AS SELECT 1 AS a", "VIEW v", "comment of view v"),
        ("CREATE VIEW v AS SELECT 1 AS a", "COLUMN v.a", "comment of column v.a"),
        ("CREATE SEQUENCE s", "SEQUENCE s", "comment of sequence s"),
        ("CREATE TYPE e AS ENUM ('x')", "TYPE e", "comment of type e"),
        ("CREATE MACRO m(x) AS x + 1", "MACRO m", "comment of macro m"),
        ("CREATE MACRO m(x) AS TABLE SELECT x", "MACRO TABLE m", "comment of macro table m"),
    ],
)
def test_a_comment_on_any_object_makes_a_difference(made: str, comment: str, object_: str) -> None:
    plain = schema_of(made)
    told = schema_of(made, f"COMMENT ON {comment} IS 'told'")
    [difference] = diff(plain, told)
    assert (difference.object, difference.expected) == (object_, "told")


def test_the_fields_of_a_type_make_a_difference() -> None:
    one = schema_of("CREATE TYPE p AS STRUCT(x INTEGER)")
    other = schema_of("CREATE TYPE p AS STRUCT(x INTEGER, y INTEGER)")
    assert [d.object for d in diff(one, other)] == ["type p"]


def test_a_name_with_a_dot_is_not_a_table_of_a_schema() -> None:
    one = schema_of('CREATE TABLE "s.t" (a INTEGER)')
    other = schema_of("CREATE SCHEMA s", "CREATE TABLE s.t (a INTEGER)")
    assert {d.object for d in diff(one, other)} == {'table "s.t"', "table s.t", "schema s"}
