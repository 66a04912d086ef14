"""What holds for every schema: it differs from none but others, and its SQL makes it again."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_lib.migrations import Adopted, Folder, Schema, adopt_schema, diff, read_schema, verify
from course_lib.migrations import read_folder as read_files

from .random_databases import databases, make

SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def schema_of(statements: list[str]) -> Schema:
    with duckdb.connect() as con:
        make(con, statements)
        return read_schema(con)


def comes_back(path: Path, statements: list[str]) -> None:
    """The schema is read, written as a file, run on an empty database and read again."""
    with duckdb.connect() as con:
        make(con, statements)
        folder = path / "migrations"
        adopted = adopt_schema(con, folder, "001_all", Folder((), ()))
        assert isinstance(adopted, Adopted), str(adopted)
        found = verify(con, read_files(folder))
        assert (found.problems, found.drift) == ((), "none"), found


@SOME
@given(databases())
def test_a_schema_written_as_sql_and_read_again_is_equal(
    tmp_path_factory: pytest.TempPathFactory, statements: list[str]
) -> None:
    comes_back(tmp_path_factory.mktemp("s"), statements)


@pytest.mark.long
@pytest.mark.timeout(1200)
@MANY
@given(databases())
def test_many_schemas_written_as_sql_and_read_again_are_equal(
    tmp_path_factory: pytest.TempPathFactory, statements: list[str]
) -> None:
    comes_back(tmp_path_factory.mktemp("s"), statements)


@SOME
@given(databases())
def test_a_schema_differs_in_nothing_from_itself_made_again(statements: list[str]) -> None:
    assert diff(schema_of(statements), schema_of(statements)) == ()


CHANGES = [
    ("CREATE TABLE changed (i INTEGER)", "changed"),
    ("CREATE VIEW changed AS SELECT 1 AS x", "changed"),
    ("CREATE MACRO changed(x) AS x", "changed"),
    ("CREATE SEQUENCE changed", "changed"),
    ("CREATE SCHEMA changed", "changed"),
    ("COMMENT ON TABLE base IS 'changed'", "base"),
    ("ALTER TABLE base ADD COLUMN changed INTEGER", "base.changed"),
    ("ALTER TABLE base DROP COLUMN spare", "base.spare"),
    ("ALTER TABLE base ALTER spare SET DEFAULT 'changed'", "base.spare"),
    ("ALTER TABLE base ALTER spare SET NOT NULL", "base.spare"),
    ("ALTER TABLE base ALTER spare TYPE INTEGER", "base.spare"),
    ("ALTER TABLE base ADD UNIQUE (spare)", "base"),
    ("CREATE INDEX changed ON base (spare)", "base"),
]


@SOME
@given(databases(), st.sampled_from(CHANGES))
def test_one_change_is_named_and_seen_from_both_sides(
    statements: list[str], change: tuple[str, str]
) -> None:
    base = [*statements, "CREATE TABLE base (id INTEGER, spare VARCHAR)"]
    before, after = schema_of(base), schema_of([*base, change[0]])
    forth, back = diff(before, after), diff(after, before)
    assert forth and all(change[1] in difference.object for difference in forth)
    assert [difference.object for difference in forth] == [d.object for d in back]
    assert all(difference.is_ != difference.expected for difference in (*forth, *back))
