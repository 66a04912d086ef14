"""What a random migration does to a random database arrives exactly, however it is copied."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_lib.migrations import descriptor, file_copy, guard, quote
from course_lib.migrations.catalog import TableEntry, read_catalog

from .databases import migration, picture, sections, state
from .random_databases import TYPES, databases, make

BYSTANDER = "CREATE TABLE bystander AS SELECT i, 'row ' || i AS text FROM range(50) AS r(i)"
OID = (
    "SELECT table_oid FROM duckdb_tables() WHERE table_name = 'bystander' AND schema_name = 'main'"
)
WAYS = ["rows", "file, by DuckDB's descriptor", "file, by a child process"]


def changes(con: duckdb.DuckDBPyConnection) -> st.SearchStrategy[str]:
    """One change of something that this database has, or something new; not all can be done."""
    with con.cursor() as cursor:
        catalog = read_catalog(cursor)
    found = [
        *(one for key, table in catalog.tables.items() if key != "bystander" for one in of(table)),
        *(entry.drop for entry in catalog.others.values()),
        "CREATE VIEW fresh_view AS SELECT twice(2) AS four, i FROM bystander",
        "CREATE SEQUENCE more START 5; SELECT nextval('more')",
        "SELECT nextval('numbers')",
        "CREATE OR REPLACE MACRO twice(x) AS x * 3",
        "CREATE MACRO fresh_macro(x) AS x + 1",
        "COMMENT ON SEQUENCE numbers IS 'new'",
        "CREATE SCHEMA fresh; CREATE TABLE fresh.t (i INTEGER DEFAULT twice(1))",
        "CREATE TABLE fresh (i INTEGER PRIMARY KEY); INSERT INTO fresh VALUES (1), (2)",
        "CREATE TABLE a (i INTEGER PRIMARY KEY); CREATE TABLE b (i INTEGER REFERENCES a (i));"
        " INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)",
        "CREATE TYPE fresh_type AS ENUM ('a', 'b')",
        "CHECKPOINT",
    ]
    return st.sampled_from(found)


def of(table: TableEntry) -> Iterator[str]:
    """Changes of one table and of its rows."""
    name = quote(table.schema, table.name)
    yield f"DROP TABLE {name}"
    yield f"ALTER TABLE {name} RENAME TO renamed"
    yield f"INSERT INTO {name} DEFAULT VALUES"
    yield f"DELETE FROM {name}"
    yield f"DELETE FROM {name} WHERE rowid % 2 = 0"
    yield f"COMMENT ON TABLE {name} IS 'new'"
    yield f"CREATE INDEX fresh_index ON {name} ({quote(table.columns[0])})"
    yield f"CREATE VIEW v1 AS FROM {name}; CREATE VIEW v0 AS FROM v1"
    for type_, default, _ in TYPES:
        yield f"ALTER TABLE {name} ADD COLUMN fresh {type_} DEFAULT {default.format()}"
    for column in map(quote, table.columns):
        yield f"UPDATE {name} SET {column} = {column}"
        yield f"UPDATE {name} SET {column} = DEFAULT"
        yield f"ALTER TABLE {name} DROP COLUMN {column}"
        yield f'ALTER TABLE {name} RENAME COLUMN {column} TO "a new name"'
        yield f"ALTER TABLE {name} ALTER {column} SET NOT NULL"
        yield f"ALTER TABLE {name} ALTER {column} DROP NOT NULL"
        yield f"ALTER TABLE {name} ALTER {column} SET DEFAULT NULL"
        yield f"ALTER TABLE {name} ALTER {column} TYPE VARCHAR"
        yield f"COMMENT ON COLUMN {name}.{column} IS 'new'"


def no_descriptor(*_: Path) -> str:
    raise OSError(errno.ENOENT, "no descriptor")


def lands_exactly(way: str, statements: list[str], data: st.DataObject) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
        duckdb.connect(Path(folder) / "shop.duckdb") as con,
    ):
        patch.setattr(file_copy, "LARGE", 10**12 if way == "rows" else 0)
        if "child" in way:
            patch.setattr(descriptor, "read_headers", no_descriptor)
        make(con, [*statements, BYSTANDER])
        up = data.draw(st.lists(changes(con), min_size=1, max_size=3))
        on_shadow = seen_before_landing(patch)
        before, oid = state(con), con.execute(OID).fetchall()
        whole = picture(con)

        text = sections(";\n".join(up), options="transaction:false")
        failure = guard.run_guarded(con, migration(text), "up").failure

        if failure is not None:
            # What DuckDB refuses on the shadow never comes to the landing, which always succeeds.
            assert on_shadow == [] and state(con) == before, failure
            assert picture(con) == whole
        else:
            assert picture(con) == on_shadow[0]
            assert con.execute(OID).fetchall() == oid, "an untouched table was made anew"
            assert [row.guard for row in state(con)[2]] == ["shadow"]


def seen_before_landing(patch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """A list that gets the picture of the shadow, once the migration has run there."""
    seen: list[dict[str, object]] = []
    real: Callable[..., Any] = guard.land

    def land(cursor: object, shadow: Any, *more: object) -> Any:
        seen.append(picture(shadow.con))
        return real(cursor, shadow, *more)

    patch.setattr(guard, "land", land)
    return seen


QUIET = list(HealthCheck)


@pytest.mark.parametrize("way", WAYS)
@given(statements=databases(), data=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=QUIET)
def test_a_random_change_lands_exactly(
    way: str, statements: list[str], data: st.DataObject
) -> None:
    lands_exactly(way, statements, data)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("way", WAYS)
@given(statements=databases(), data=st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=QUIET)
def test_many_random_changes_land_exactly(
    way: str, statements: list[str], data: st.DataObject
) -> None:
    lands_exactly(way, statements, data)
