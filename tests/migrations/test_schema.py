"""Two schemas differ exactly where they mean something else."""

from __future__ import annotations

import json

import duckdb
import pytest

from course_lib.migrations import Schema, diff, read_schema
from course_lib.migrations.ledger_tables import find_tables
from course_lib.migrations.record import Before, record

from .databases import migration, run_script, sections
from .objects import CHANGES

SAME = [
    ("CREATE TABLE t (a INT PRIMARY KEY, b INT)", "CREATE TABLE t (a INT, b INT, PRIMARY KEY (a))"),
    ("CREATE TABLE t (a INT UNIQUE)", "CREATE TABLE t (a INT); ALTER TABLE t ADD UNIQUE (a)"),
    (
        "CREATE TABLE t (a INT, CHECK (a > 0), CHECK (a < 9), UNIQUE (a))",
        "CREATE TABLE t (a INT, UNIQUE (a), CHECK (a < 9), CHECK (a > 0))",
    ),
    ("CREATE TABLE t (a INT DEFAULT NULL)", "CREATE TABLE t (a INT)"),
    (
        "CREATE TABLE t (a INT NOT NULL)",
        "CREATE TABLE t (a INT); ALTER TABLE t ALTER a SET NOT NULL",
    ),
    ("CREATE TABLE T (A INT)", "CREATE TABLE t (a INT)"),
    ("CREATE TABLE t (a TEXT)", "CREATE TABLE t (a VARCHAR(9))"),
    ("CREATE TABLE t (a INT)", "CREATE TABLE u (a INT); ALTER TABLE u RENAME TO t"),
    ("CREATE SEQUENCE s", "CREATE SEQUENCE s; SELECT nextval('s')"),
    (
        "CREATE TABLE t (a TEXT COLLATE NOCASE)",
        "CREATE TABLE t (b INT, a TEXT COLLATE nocase); ALTER TABLE t DROP COLUMN b",
    ),
    ("CREATE MACRO f(a, b := 1 + 1) AS A", "CREATE MACRO F(A, B := 2) AS a"),
    ("SELECT 1", "CREATE TEMP TABLE t (a INT); CREATE TEMP VIEW v AS SELECT 1"),
]

TABLE = "CREATE TABLE t (a INT, b INT)"
# one, other -> object of the one difference
OTHER = [
    (TABLE, "CREATE TABLE t (b INT, a INT)", "order of the columns of t"),
    (TABLE, "CREATE TABLE t (a INT, b BIGINT)", "column t.b"),
    (TABLE, "CREATE TABLE t (a INT, b INT NOT NULL)", "column t.b"),
    (TABLE, "CREATE TABLE t (a INT, b INT DEFAULT 1)", "column t.b"),
    (TABLE, "CREATE TABLE t (a INT, b INT AS (a))", "column t.b"),
    (TABLE, TABLE + "; COMMENT ON COLUMN t.b IS 'x'", "column t.b"),
    (TABLE, TABLE + "; COMMENT ON TABLE t IS 'x'", "comment of t"),
    (TABLE, "CREATE TABLE t (a INT)", "column t.b"),
    (TABLE, "CREATE TABLE t (a INT, b INT, c INT)", "column t.c"),
    (TABLE, "CREATE TABLE t (a INT, b INT, CHECK (a > 0))", "constraints of t"),
    (TABLE, "CREATE TABLE t (a INT, b INT UNIQUE)", "constraints of t"),
    (TABLE, TABLE + "; CREATE INDEX i ON t (a)", "indexes of t"),
    (
        TABLE + "; CREATE INDEX i ON t (a)",
        TABLE + "; CREATE UNIQUE INDEX i ON t (a)",
        "indexes of t",
    ),
    (TABLE, "SELECT 1", "table t"),
    ("CREATE SCHEMA s", "SELECT 1", "schema s"),
    ("CREATE VIEW v AS SELECT 1 AS a", "CREATE VIEW v AS SELECT 2 AS a", "view v"),
    ("CREATE MACRO f(a) AS a", "CREATE MACRO f(a) AS a + 1", "macro f"),
    ("CREATE MACRO f(a) AS a", "CREATE MACRO f(a, b := 1) AS a", "macro f"),
    ("CREATE MACRO f(a, b := 1) AS a", "CREATE MACRO f(a, b := 2) AS a", "macro f"),
    ("CREATE MACRO f(a) AS a", "CREATE MACRO f(a INTEGER) AS a", "macro f"),
    ("CREATE MACRO f(a) AS a", "CREATE MACRO f(a) AS a, (a, b) AS b", "macro f"),
    (
        "CREATE MACRO f(a INTEGER) AS 1, (a VARCHAR) AS 2",
        "CREATE MACRO f(a INTEGER) AS 1, (a DATE) AS 2",
        "macro f",
    ),
    (
        "CREATE MACRO f(a := 1) AS TABLE SELECT a",
        "CREATE MACRO f(a := 2) AS TABLE SELECT a",
        "macro table f",
    ),
    (
        "CREATE MACRO f(a) AS a",
        "CREATE MACRO f(a) AS a; CREATE MACRO f(a) AS TABLE SELECT a",
        "macro table f",
    ),
    (TABLE, "CREATE TABLE t (a INT, b INT, CHECK (b > 0 AND a > 0))", "constraints of t"),
    ("CREATE TABLE t (a TEXT)", "CREATE TABLE t (a TEXT COLLATE NOCASE)", "column t.a"),
    (
        "CREATE TABLE t (a TEXT COLLATE NOCASE)",
        "CREATE TABLE t (a TEXT COLLATE NOACCENT)",
        "column t.a",
    ),
    (
        TABLE + "; CREATE INDEX i ON t (a)",
        TABLE + "; CREATE INDEX i ON t (a) WITH (x = 1)",
        "indexes of t",
    ),
    (
        TABLE + "; CREATE INDEX i ON t (a, b)",
        TABLE + "; CREATE INDEX i ON t (b, a)",
        "indexes of t",
    ),
    ("CREATE SCHEMA s", "CREATE SCHEMA s; CREATE SCHEMA s.u", "schema s.u"),
    ("CREATE VIEW v AS SELECT 1 AS a", "CREATE VIEW v (b) AS SELECT 1 AS a", "view v"),
    (
        "CREATE TABLE t (s STRUCT(a INT), CHECK (s.a > 0))",
        "CREATE TABLE t (s STRUCT(a INT), CHECK (s.a > 1))",
        "constraints of t",
    ),
    ("CREATE TYPE e AS ENUM ('a')", "CREATE TYPE e AS ENUM ('a', 'b')", "type e"),
    ("CREATE SEQUENCE s", "CREATE SEQUENCE s INCREMENT BY 2", "sequence s"),
    (
        "CREATE TABLE p (a INT PRIMARY KEY); CREATE TABLE t (a INT REFERENCES p (a))",
        "CREATE TABLE p (a INT PRIMARY KEY); CREATE TABLE t (a INT)",
        "constraints of t",
    ),
    (
        "CREATE TABLE t (a INT, b INT, PRIMARY KEY (a, b))",
        "CREATE TABLE t (a INT, b INT, PRIMARY KEY (b, a))",
        "constraints of t",
    ),
]


def schema_of(sql: str) -> Schema:
    with duckdb.connect() as con:
        run_script(con, sql)
        return read_schema(con)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_means_the_same_is_no_difference(one: str, other: str) -> None:
    assert diff(schema_of(one), schema_of(other)) == ()
    assert schema_of(one) == schema_of(other)


@pytest.mark.parametrize(("one", "other", "name"), OTHER)
def test_what_means_something_else_is_one_named_difference(one: str, other: str, name: str) -> None:
    for found, expected in ((one, other), (other, one)):
        (difference,) = diff(schema_of(found), schema_of(expected))
        assert difference.object == name
        assert difference.is_ and difference.expected and difference.is_ != difference.expected


@pytest.mark.parametrize("name", CHANGES)
def test_a_schema_equals_itself_also_after_a_journey_as_json(name: str) -> None:
    schema = schema_of(";".join(part.strip().rstrip(";") for part in CHANGES[name] if part))
    back = Schema.from_json(json.loads(json.dumps(schema.to_json())))
    assert back == schema
    assert diff(schema, back) == ()


def test_the_ledger_is_no_part_of_the_schema() -> None:
    with duckdb.connect() as con:
        empty = read_schema(con)
        one = migration(sections("SELECT 1"))
        record(con, find_tables(con), one, "up", "transaction", before=Before(False))
        assert read_schema(con) == empty


def test_a_column_is_found_in_any_case() -> None:
    table = schema_of('CREATE TABLE t ("Email" INT)').tables["t"]
    assert table.column("EMAIL") is not None and table.column("mail") is None


def test_two_schemas_of_one_name_inside_of_others_are_told_apart() -> None:
    schema = schema_of(
        "CREATE SCHEMA s; CREATE SCHEMA r; CREATE SCHEMA s.u; CREATE SCHEMA r.u;"
        " CREATE TABLE s.u.t (a INT); CREATE TABLE r.u.t (b INT)"
    )
    assert list(schema.tables) == ["r.u.t", "s.u.t"]
    assert list(schema.others) == ["schema r", "schema r.u", "schema s", "schema s.u"]


def test_the_names_of_parameters_are_asked_for_without_ending_a_transaction() -> None:
    with duckdb.connect() as con:
        con.execute("CREATE MACRO f(a, b := 1) AS a")
        con.execute("BEGIN")
        con.execute("CREATE MACRO g(a, b := 1) AS a")
        others = read_schema(con).others
        con.execute("CREATE TABLE t (i INT)")
        con.execute("COMMIT")
        assert others["macro f"] == "f(a, b := 1) AS a"
        assert read_schema(con).others["macro g"] == "g(a, b := 1) AS a"
        assert list(read_schema(con).tables) == ["t"]
