"""The text that DuckDB gives of a table is read as DuckDB itself lists it."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings

from course_lib.migrations.sql_text import index_parts
from course_lib.migrations.table_definition import Check, Key, TableDefinition
from course_lib.migrations.table_parser import parse_table

from .random_databases import databases, make

SOME = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))

Listed = dict[str, list[tuple[str, tuple[str, ...], str, str, tuple[str, ...]]]]

HARD = [
    """CREATE TABLE "a(b" ("c,d" INT PRIMARY KEY, "e""f" STRUCT("x)" INT, "UNIQUE" VARCHAR)
       DEFAULT {'x)': 1, 'UNIQUE': 'COLLATE'}, g ENUM('UNIQUE', '('), h INT REFERENCES "a(b",
       "unique" INT CHECK ("unique" IN (1, 2) AND "c,d" > 0))""",
    """CREATE TABLE t (a VARCHAR COLLATE NOCASE DEFAULT 'it''s, "PRIMARY KEY"' NOT NULL UNIQUE,
       b VARCHAR[3], m MAP(VARCHAR, INT), u UNION("PRIMARY" INT), d DECIMAL(8, 2) DEFAULT (1 + 2),
       "Größe" TIMESTAMP WITH TIME ZONE, g INT GENERATED ALWAYS AS (len(a)),
       UNIQUE ("Größe", a), CHECK (a <> ')' OR a = '('), CHECK (d > 0))""",
    'CREATE TABLE "check" ("check" INT, "Foreign" INT, CHECK ("check" > "Foreign"))',
    """CREATE TABLE p (a INT, b INT, PRIMARY KEY (b, a));
       CREATE TABLE t (x INT, y INT, FOREIGN KEY (y, x) REFERENCES p (b, a))""",
    """CREATE SCHEMA s; CREATE TABLE s.p (a INT UNIQUE); CREATE TABLE s.t (x INT REFERENCES s.p (a))
    """,
    "CREATE TABLE t (a INT UNIQUE, b INT); ALTER TABLE t ADD PRIMARY KEY (b)",
]


def listed(con: duckdb.DuckDBPyConnection) -> Listed:
    """The constraints as DuckDB lists them, without NOT NULL; of a CHECK each column once."""
    found: Listed = {}
    for sql, kind, columns, expression, referenced, theirs in con.execute(
        "SELECT t.sql, constraint_type, constraint_column_names, expression, referenced_table,"
        " referenced_column_names FROM duckdb_constraints() AS c JOIN duckdb_tables() AS t"
        " USING (database_name, table_oid) WHERE constraint_type <> 'NOT NULL'"
    ).fetchall():
        names = sorted(set(columns)) if kind == "CHECK" else columns
        one = (kind, tuple(names), expression or "", referenced or "", tuple(theirs))
        found.setdefault(sql, []).append(one)
    return {sql: sorted(constraints) for sql, constraints in found.items()}


def definitions(con: duckdb.DuckDBPyConnection) -> dict[str, TableDefinition]:
    """The tables as they are read from their texts."""
    rows = con.execute("SELECT sql, schema_name, table_name FROM duckdb_tables()").fetchall()
    return {sql: parse_table(schema, name, sql) for sql, schema, name in rows}


def parsed(con: duckdb.DuckDBPyConnection) -> Listed:
    found: Listed = {}
    for sql, table in definitions(con).items():
        for one in table.constraints:
            if isinstance(one, Check):
                columns = tuple(sorted(table.checked_columns(one)))
                stated = ("CHECK", columns, one.condition, "", ())
            elif isinstance(one, Key):
                stated = (one.kind, one.columns, "", "", ())
            else:
                stated = ("FOREIGN KEY", one.columns, "", one.references, one.referenced)
            found.setdefault(sql, []).append(stated)
    return {sql: sorted(constraints) for sql, constraints in found.items()}


def columns_agree(con: duckdb.DuckDBPyConnection) -> bool:
    rows = con.execute(
        "SELECT sql, (SELECT list([column_name, data_type] ORDER BY column_index)"
        " FROM duckdb_columns() AS c"
        " WHERE c.table_oid = t.table_oid AND c.database_name = t.database_name)"
        " FROM duckdb_tables() AS t"
    ).fetchall()
    tables = definitions(con)
    return all([[one.name, one.type] for one in tables[sql].columns] == c for sql, c in rows)


@pytest.mark.parametrize("sql", HARD)
def test_keys_checks_and_columns_are_those_that_duckdb_lists(sql: str) -> None:
    with duckdb.connect() as con:
        con.execute(sql)
        assert parsed(con) == listed(con) and parsed(con)
        assert columns_agree(con)


@SOME
@given(databases())
def test_a_random_schema_is_read_as_duckdb_lists_it(statements: list[str]) -> None:
    with duckdb.connect() as con:
        make(con, [s for s in statements if ".city" not in s])
        assert parsed(con) == listed(con)
        assert columns_agree(con)


@pytest.mark.long
@pytest.mark.timeout(1200)
@MANY
@given(databases())
def test_many_random_schemas_are_read_as_duckdb_lists_them(statements: list[str]) -> None:
    with duckdb.connect() as con:
        make(con, [s for s in statements if ".city" not in s])
        assert parsed(con) == listed(con)
        assert columns_agree(con)


def test_what_the_listing_fails_at_is_read_from_the_text() -> None:
    with duckdb.connect() as con:
        con.execute(
            "CREATE TABLE t (address STRUCT(city VARCHAR), n INT, CHECK (address.city <> ''))"
        )
        with pytest.raises(duckdb.BinderException):
            con.execute("SELECT * FROM duckdb_constraints()").fetchall()
        ((sql,),) = con.execute("SELECT sql FROM duckdb_tables()").fetchall()
    table = parse_table("main", "t", sql)
    (check,) = table.constraints
    assert check == Check("(address.city != '')")
    assert table.checked_columns(check) == ("address",)
    # A field is no column, even where a column has its name.
    beside = parse_table("main", "t", sql.replace("n INTEGER", "city INTEGER"))
    assert beside.checked_columns(check) == ("address",)


def test_a_check_may_name_its_own_table() -> None:
    table = parse_table("main", "t", "CREATE TABLE t(a INTEGER, b INTEGER, CHECK((t.b > 0)));")
    (check,) = table.constraints
    assert isinstance(check, Check) and table.checked_columns(check) == ("b",)


def test_a_collation_stands_with_its_column_alone() -> None:
    with duckdb.connect() as con:
        con.execute(
            "CREATE TABLE t (a VARCHAR COLLATE NOCASE.NOACCENT DEFAULT 'x COLLATE y' NOT NULL,"
            " \"COLLATE\" VARCHAR, c VARCHAR DEFAULT 'COLLATE z', d VARCHAR COLLATE NOCASE)"
        )
        ((sql,),) = con.execute("SELECT sql FROM duckdb_tables()").fetchall()
    expected = {"a": "NOCASE.NOACCENT", "COLLATE": None, "c": None, "d": "NOCASE"}
    columns = parse_table("main", "t", sql).columns
    assert {one.name: one.collation for one in columns} == expected


def test_an_index_says_more_than_its_expressions() -> None:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE t (a VARCHAR, b INT)")
        con.execute("CREATE INDEX \" WITH (\" ON t (b, (a || ' WITH (x)'))")
        con.execute("CREATE INDEX other ON t (a) WITH (x = 1)")
        texts = [row[0] for row in con.execute("SELECT sql FROM duckdb_indexes()").fetchall()]
    parts = sorted(index_parts(text) for text in texts)
    assert parts == [(("a",), "", "WITH (x = 1 )"), (("b", "((a || ' WITH (x)'))"), "", "")]
    assert index_parts("CREATE INDEX i ON t USING HNSW (v);") == (("v",), "USING HNSW", "")


@pytest.mark.parametrize("text", ["", "CREATE TABLE t", "CREATE TABLE t(a INTEGER"])
def test_a_text_of_another_make_is_an_error_of_ours(text: str) -> None:
    with pytest.raises(ValueError):
        parse_table("main", "t", text)


@SOME
@given(databases())
def test_a_table_read_and_written_again_has_the_same_text(statements: list[str]) -> None:
    with duckdb.connect() as con, duckdb.connect() as copy:
        make(con, statements)
        make(copy, statements[:5])
        query = "SELECT schema_name, table_name, sql FROM duckdb_tables() ORDER BY table_oid"
        for schema, table, sql in con.execute(query).fetchall():
            copy.execute(parse_table(schema, table, sql).sql())
        # Whether a table names its own schema where it refers to itself makes no difference.
        texts = [
            [(*home, sql.replace("REFERENCES s.", "REFERENCES ")) for *home, sql in found]
            for found in (copy.execute(query).fetchall(), con.execute(query).fetchall())
        ]
        assert texts[0] == texts[1]
