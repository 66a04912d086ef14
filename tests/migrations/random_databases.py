"""Random small databases: every kind of object, names that need quotes, types of all sorts."""

from __future__ import annotations

import contextlib

import duckdb
from hypothesis import strategies as st

TABLES = ["users", '"Order Lines"', '"a.b"', '"select"', '"größe"', '"it\'s"', "s.notes"]
COLUMNS = ["id", "name", '"Full Name"', '"check"', '"x""y"', "ключ", '"semi;colon"']
# Type, a default of it, a condition on {c} that holds for the default.
TYPES = [
    ("INTEGER", "7", "{c} > 0"),
    ("BIGINT", "nextval('numbers')", "{c} >= 0"),
    ("VARCHAR", "'it''s; -- x'", "length({c}) > 0"),
    ("VARCHAR COLLATE NOCASE.NOACCENT", "'é'", "{c} <> 'x'"),
    ("DECIMAL(8, 2)", "1.50", "{c} BETWEEN 0 AND 100"),
    ("DATE", "DATE '2026-11-24'", "{c} > DATE '2000-01-01'"),
    ("TIMESTAMP", "now()::TIMESTAMP", "{c} IS NOT NULL"),
    ("BOOLEAN", "true", "{c} IN (true, false)"),
    ("DOUBLE", "random()", "{c} <> 9"),
    ("INTEGER[]", "[1, 2]", "len({c}) < 5"),
    ("STRUCT(a INTEGER, b VARCHAR)", "{{'a': 1, 'b': 'x'}}", "{c} IS NOT NULL"),
    ("STRUCT(city VARCHAR)", "{{'city': 'x'}}", "{c}.city <> ''"),
    ("MAP(VARCHAR, INTEGER)", "NULL", "{c} IS NULL"),
    ("mood", "'good'", "{c} = 'good'"),
    ("UUID", "uuid()", "{c} IS NOT NULL"),
    ("BLOB", "'\\xAA'::BLOB", "{c} IS NOT NULL"),
    ("UNION(n INTEGER, s VARCHAR)", "NULL", "{c} IS NULL"),
]
FIRST = [
    "CREATE SCHEMA s",
    "CREATE TYPE mood AS ENUM ('good', 'it''s bad')",
    "CREATE SEQUENCE numbers START 5 INCREMENT 3",
    "CREATE MACRO twice(x) AS x * 2",
    "CREATE MACRO more(x, y := [1, 2], z DATE := DATE '2026-01-01') AS (x, y, z), (x DATE) AS 'x'",
    "CREATE MACRO latest(n) AS TABLE SELECT i FROM range(n) AS r(i)",
]


@st.composite
def databases(draw: st.DrawFn) -> list[str]:
    """The statements that make a database, in an order in which they can run."""
    statements = list(FIRST)
    names = draw(st.lists(st.sampled_from(TABLES), min_size=1, max_size=3, unique=True))
    keyed: list[str] = []
    for name in names:
        columns = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=5, unique=True))
        types = [draw(st.sampled_from(TYPES)) for _ in columns]
        parts = [_column(draw, c, *t) for c, t in zip(columns, types, strict=True)]
        key = draw(st.sampled_from(["none", "one", "all", "new"]))
        if key == "new":
            parts.append('"key" INTEGER PRIMARY KEY')
            keyed.append(name)
        elif key != "none" and "[" not in types[0][0] and "(" not in types[0][0]:
            parts.append(
                f"PRIMARY KEY ({columns[0]})" if key == "one" else f"UNIQUE ({columns[0]})"
            )
        if keyed and draw(st.booleans()):
            parts.append(f'parent INTEGER REFERENCES {draw(st.sampled_from(keyed))} ("key")')
        if draw(st.booleans()):
            parts.append(f"made VARCHAR GENERATED ALWAYS AS ({columns[0]}::VARCHAR || 'x')")
        statements.append(f"CREATE TABLE {name} ({', '.join(parts)})")
        statements += draw(st.lists(_extras(name, columns), max_size=6))
    return statements


def _column(draw: st.DrawFn, name: str, type_: str, default: str, check: str) -> str:
    parts = [name, type_]
    if draw(st.booleans()):
        parts.append(f"DEFAULT {default.format()}")
    if draw(st.booleans()):
        parts.append("NOT NULL")
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"CHECK ({check.format(c=name)})")
    return " ".join(parts)


def _extras(table: str, columns: list[str]) -> st.SearchStrategy[str]:
    column, last = columns[0], columns[-1]
    view = table.replace('"', "").replace(".", "_")
    return st.sampled_from(
        [
            f'CREATE INDEX "by {view}" ON {table} ({last})',
            f"CREATE UNIQUE INDEX ux ON {table} ({column})",
            f"CREATE INDEX ex ON {table} (({column}::VARCHAR || 'x'))",
            f'CREATE VIEW "v {view}" AS SELECT {column} AS c, twice(2) AS two FROM {table}',
            f'CREATE VIEW "w {view}" AS SELECT c FROM "v {view}" WHERE c IS NOT NULL',
            f"COMMENT ON TABLE {table} IS 'it''s a; -- table'",
            f"COMMENT ON COLUMN {table}.{column} IS 'ключ'",
            f"COMMENT ON VIEW \"v {view}\" IS 'view'",
            "COMMENT ON SEQUENCE numbers IS 'n'",
            "COMMENT ON TYPE mood IS 'm'",
            f"CREATE TRIGGER tr AFTER DELETE ON {table} FOR EACH STATEMENT SELECT 1",
            "SELECT nextval('numbers')",
            f"INSERT INTO {table} DEFAULT VALUES",
        ]
    )


def make(con: duckdb.DuckDBPyConnection, statements: list[str]) -> None:
    """Run the statements; one that DuckDB does not take is left out."""
    for statement in statements:
        with contextlib.suppress(duckdb.Error):
            con.execute(statement).fetchall()
