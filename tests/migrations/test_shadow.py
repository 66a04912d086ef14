"""The shadow is a copy in an instance of its own that goes away, whatever happens."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations.guard import run_guarded
from course_lib.migrations.shadow import open_shadow

from .databases import USERS, migration, picture, run_script, sections, state
from .objects import CHANGES

CHANGE = migration(sections("UPDATE users SET name = upper(name)", options="transaction:false"))


@pytest.mark.parametrize("name", [name for name, (start, _) in CHANGES.items() if start])
def test_the_copy_has_all_that_the_database_has(tmp_path: Path, name: str) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, CHANGES[name][0])
        with con.cursor() as cursor, open_shadow(cursor) as shadow:
            assert picture(shadow.con) == picture(con)


def test_a_shadow_is_left_by_nobody(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        with con.cursor() as cursor, open_shadow(cursor) as shadow:
            folder = shadow.path.parent
            assert folder.parent == tmp_path and folder.name.startswith(".updown-shadow-")
            with con.cursor() as second, open_shadow(second) as other:
                assert other.path.parent != folder and shadow.path.exists()
        with pytest.raises(RuntimeError), con.cursor() as cursor, open_shadow(cursor):
            raise RuntimeError
        assert not list(tmp_path.glob(".updown-shadow-*"))
        assert con.execute("FROM duckdb_databases() WHERE NOT internal").fetchall()[1:] == []


@pytest.mark.parametrize("name", ["shop.duckdb", "a [b]*.duckdb", "it's; größe.db"])
def test_the_next_shadow_deletes_what_a_crash_left_of_this_file_alone(
    tmp_path: Path, name: str
) -> None:
    left = tmp_path / f".updown-shadow-{name}-crashed"
    of_another = tmp_path / ".updown-shadow-other.duckdb-crashed"
    for folder in (left, of_another):
        folder.mkdir()
        (folder / "shop.duckdb").write_bytes(b"half a copy")
    with duckdb.connect(tmp_path / name) as con:
        run_script(con, USERS)
        assert run_guarded(con, CHANGE, "up").failure is None
        assert con.execute("SELECT name FROM users WHERE id = 1").fetchall() == [("USER 1",)]
    assert not left.exists() and of_another.exists()


def test_a_database_in_memory_has_a_shadow_too() -> None:
    with duckdb.connect() as con:
        run_script(con, USERS)
        assert run_guarded(con, CHANGE, "up").failure is None
        assert con.execute("SELECT name FROM users WHERE id = 1").fetchall() == [("USER 1",)]


def test_a_read_only_connection_can_have_a_shadow(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
    with duckdb.connect(tmp_path / "shop.duckdb", read_only=True) as con:
        with con.cursor() as cursor, open_shadow(cursor) as shadow:
            run_script(shadow.con, "DELETE FROM users")
            assert state(shadow.con) != state(con)
        assert con.execute("SELECT count(*) FROM users").fetchall() == [(100,)]


def test_what_others_have_not_committed_is_not_in_the_copy(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        run_script(con, USERS)
        other = con.cursor()
        other.execute("BEGIN").execute("DELETE FROM users").fetchall()
        with con.cursor() as cursor, open_shadow(cursor) as shadow:
            assert shadow.con.execute("SELECT count(*) FROM users").fetchall() == [(100,)]
        other.execute("ROLLBACK")
