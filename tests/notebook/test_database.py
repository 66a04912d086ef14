from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import Problem
from course_lib.notebook import Lesson
from course_lib.notebook.database import LessonDatabase
from course_lib.notebook.world import build_database

HOLD = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.readline()
"""


def opened(database: LessonDatabase) -> duckdb.DuckDBPyConnection:
    connection = database.open()
    assert not isinstance(connection, Problem), str(connection)
    return connection


def kept(database: LessonDatabase, *, with_migrations: bool = True) -> Path:
    folder = database.put_aside(with_migrations=with_migrations)
    assert isinstance(folder, Path), str(folder)
    return folder


def count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def test_the_database_is_made_with_its_rows_and_opened_once(lesson: Lesson) -> None:
    first = lesson.db
    assert (count(first, "users"), count(first, "products")) == (3000, 48)
    assert lesson.db is first
    assert list(lesson.folder.glob("shop.duckdb.new*")) == []


def test_a_missing_table_is_not_looked_for_among_the_variables(lesson: Lesson) -> None:
    def ledger() -> None:
        """A function of the notebook with the name of a table, as lesson 8 has one."""

    assert callable(ledger)
    for connection in (lesson.db, lesson.db.cursor(), lesson.scratch()):
        with pytest.raises(duckdb.CatalogException, match="Table with name ledger does not exist"):
            connection.execute("SELECT * FROM ledger")


def test_a_world_that_fails_half_way_leaves_no_database(tmp_path: Path) -> None:
    world = tmp_path / "world.sql"
    world.write_text("CREATE TABLE t (i INTEGER); INSERT INTO t VALUES (1); SELECT error('stop');")
    with pytest.raises(duckdb.Error):
        build_database(world, tmp_path / "shop.duckdb")
    assert not (tmp_path / "shop.duckdb").exists()


def test_a_build_that_was_killed_is_not_taken_for_a_database(lesson: Lesson) -> None:
    left = lesson.folder / "shop.duckdb.new-1"
    left.write_bytes(b"half")
    assert count(lesson.db, "users") == 3000


def test_a_connection_that_the_learner_closed_is_opened_again(lesson: Lesson) -> None:
    lesson.db.execute("DELETE FROM users WHERE id = 1")
    lesson.db.close()
    assert count(lesson.db, "users") == 2999


def test_a_database_that_was_deleted_while_open_is_made_again(lesson: Lesson) -> None:
    lesson.db.execute("DELETE FROM users")
    lesson.database.path.unlink()
    assert count(lesson.db, "users") == 3000


def test_a_locked_file_is_a_sentence_and_nothing_is_moved(lesson: Lesson) -> None:
    opened(lesson.database)
    lesson.database.close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lesson.database.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        problem = lesson.database.open()
        put_aside = lesson.database.put_aside(with_migrations=True)
        holder.communicate("\n", timeout=30)
    for told in (problem, put_aside):
        assert isinstance(told, Problem) and told.kind == "locked"
        assert str(holder.pid) in str(told) and "shop.duckdb" in str(told)
    assert not (lesson.folder / "earlier").exists()
    assert count(opened(lesson.database), "users") == 3000


def test_what_was_there_is_kept_and_the_next_open_starts_new(lesson: Lesson) -> None:
    lesson.migrations.mkdir()
    (lesson.migrations / "001_x.sql").write_text("-- migrate:up")
    lesson.db.execute("DELETE FROM users WHERE id > 10")
    left = count(lesson.db, "users")
    earlier = kept(lesson.database)
    assert not lesson.migrations.exists()
    assert count(lesson.db, "users") == 3000
    with duckdb.connect(earlier / "shop.duckdb", read_only=True) as copy:
        assert count(copy, "users") == left
    assert (earlier / "migrations" / "001_x.sql").read_text() == "-- migrate:up"


def test_migrations_stay_where_only_the_database_is_put_aside(lesson: Lesson) -> None:
    lesson.migrations.mkdir()
    (lesson.migrations / "001_x.sql").write_text("-- migrate:up")
    opened(lesson.database)
    earlier = kept(lesson.database, with_migrations=False)
    assert (lesson.migrations / "001_x.sql").exists()
    assert (earlier / "migrations" / "001_x.sql").exists()


def test_two_starts_in_one_second_keep_two_copies(lesson: Lesson) -> None:
    opened(lesson.database)
    first = kept(lesson.database)
    opened(lesson.database)
    second = kept(lesson.database)
    assert first != second
    assert (first / "shop.duckdb").exists() and (second / "shop.duckdb").exists()


def test_a_second_connection_of_the_notebook_keeps_the_file_in_place(lesson: Lesson) -> None:
    opened(lesson.database)
    with duckdb.connect(lesson.database.path):
        problem = lesson.database.put_aside(with_migrations=True)
        assert isinstance(problem, Problem) and "this notebook" in str(problem)
        assert lesson.database.path.exists()
    assert isinstance(lesson.database.put_aside(with_migrations=True), Path)


def test_a_half_read_result_is_no_obstacle_to_starting_again(lesson: Lesson) -> None:
    cursor = lesson.db.cursor()
    cursor.execute("SELECT * FROM users")
    cursor.fetchone()
    kept(lesson.database)
    assert count(lesson.db, "users") == 3000


def test_a_damaged_file_is_a_sentence_and_can_be_put_aside(lesson: Lesson) -> None:
    lesson.database.path.write_bytes(b"this is not a database" * 1000)
    problem = lesson.database.open()
    assert isinstance(problem, Problem) and "lesson.start_again()" in str(problem)
    earlier = kept(lesson.database)
    assert (earlier / "shop.duckdb").read_bytes().startswith(b"this is not")
    assert count(lesson.db, "users") == 3000


def test_a_log_without_its_database_is_kept_apart(lesson: Lesson) -> None:
    opened(lesson.database)
    lesson.database.close()
    lesson.database.path.unlink()
    (lesson.folder / "shop.duckdb.wal").write_bytes(b"left over")
    assert count(lesson.db, "users") == 3000
    assert [p.read_bytes() for p in lesson.folder.glob("earlier/*/*.wal")] == [b"left over"]
