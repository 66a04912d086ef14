"""What lesson 0's three questions say, done with the engine on DuckDB."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from course_lib.migrations import (
    Direction,
    Refused,
    make_plan,
    read_applied,
    read_folder,
    run_plan,
)

from .trying import Connection, columns, run

PHONE = """\
-- migrate:up
ALTER TABLE users ADD COLUMN phone VARCHAR;
-- migrate:down
ALTER TABLE users DROP COLUMN phone;
"""
RENAME = """\
-- migrate:up
ALTER TABLE users RENAME COLUMN phone TO number;
-- migrate:down
ALTER TABLE users RENAME COLUMN number TO phone;
"""
NAMES = "SELECT name FROM users ORDER BY id"


def users(*names: str) -> Connection:
    con = duckdb.connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR)")
    for id, name in enumerate(names, start=1):
        con.execute("INSERT INTO users VALUES (?, ?)", [id, name])
    return con


def migrate(con: Connection, way: Direction, *texts: str) -> list[str]:
    """The engine goes that way with files of these texts; the names of the files afterwards."""
    with TemporaryDirectory() as folder:
        for number, text in enumerate(texts, start=1):
            (Path(folder) / f"{number:03}_change.sql").write_text(text, encoding="utf-8")
        plan = make_plan(read_folder(Path(folder)), read_applied(con), way)
        assert not isinstance(plan, Refused), plan
        run_plan(con, plan)
        return sorted(path.name for path in Path(folder).iterdir())


def the_table_gets_a_column_and_every_row_stays() -> None:
    con = users("Ada", "Bo")
    migrate(con, "up", PHONE)
    assert columns(con) == ["id", "name", "phone"]
    assert con.execute(NAMES).fetchall() == [("Ada",), ("Bo",)]


def each_copy_gets_the_same_change() -> None:
    copies = [users(), users("Ada")]
    for con in copies:
        migrate(con, "up", PHONE)
    assert [columns(con) for con in copies] == [["id", "name", "phone"]] * 2


def there_is_no_row_in_it_to_restore() -> None:
    con = run(users("Ada", "Bo"), "DELETE FROM users WHERE name = 'Bo'")
    migrate(con, "up", PHONE)
    migrate(con, "down", PHONE)
    assert con.execute(NAMES).fetchall() == [("Ada",)]


def same_files_in_the_same_order_end_alike() -> None:
    copies = [users("Ada"), users("Bo")]
    for con in copies:
        migrate(con, "up", PHONE, RENAME)
    assert [columns(con) for con in copies] == [["id", "name", "number"]] * 2


def each_copy_keeps_the_rows_it_had() -> None:
    ours, theirs = users("Ada"), users("Bo", "Cy")
    for con in (ours, theirs):
        migrate(con, "up", PHONE)
    assert ours.execute(NAMES).fetchall() == [("Ada",)]
    assert theirs.execute(NAMES).fetchall() == [("Bo",), ("Cy",)]


def two_copies_changed_at_one_moment_differ() -> None:
    ours, theirs = users(), users()
    ours.execute("BEGIN")
    theirs.execute("BEGIN")
    run(ours, "ALTER TABLE users ADD COLUMN phone VARCHAR")
    run(theirs, "ALTER TABLE users ADD COLUMN number VARCHAR")
    ours.execute("COMMIT")
    theirs.execute("COMMIT")
    assert columns(ours) != columns(theirs)


def after_the_down_a_new_row_stays_and_a_value_is_gone() -> None:
    con = users("Ada")
    migrate(con, "up", PHONE)
    run(
        con,
        "INSERT INTO users VALUES (2, 'Bo', NULL)",
        "UPDATE users SET phone = '555' WHERE id = 1",
    )
    migrate(con, "down", PHONE)
    assert con.execute(NAMES).fetchall() == [("Ada",), ("Bo",)]
    migrate(con, "up", PHONE)
    assert con.execute("SELECT count(phone) FROM users").fetchone() == (0,)


def the_file_stays_and_can_be_applied_once_more() -> None:
    con = users("Ada")
    migrate(con, "up", PHONE)
    assert migrate(con, "down", PHONE) == ["001_change.sql"]
    migrate(con, "up", PHONE)
    assert columns(con) == ["id", "name", "phone"]


def the_down_undoes_that_one() -> None:
    con = users("Ada")
    migrate(con, "up", PHONE, RENAME)
    migrate(con, "down", PHONE, RENAME)
    assert columns(con) == ["id", "name", "phone"]


CLAIMS: dict[tuple[str, str], Callable[[], None]] = {
    ("what-it-is", "moving-house"): the_table_gets_a_column_and_every_row_stays,
    ("what-it-is", "change-in-a-file"): each_copy_gets_the_same_change,
    ("what-it-is", "copy-kept-safe"): there_is_no_row_in_it_to_restore,
    ("why-teams", "same-changes"): same_files_in_the_same_order_end_alike,
    ("why-teams", "rows-to-all"): each_copy_keeps_the_rows_it_had,
    ("why-teams", "one-at-a-time"): two_copies_changed_at_one_moment_differ,
    ("what-a-down-does", "all-as-it-was"): after_the_down_a_new_row_stays_and_a_value_is_gone,
    ("what-a-down-does", "file-goes"): the_file_stays_and_can_be_applied_once_more,
    ("what-a-down-does", "change-goes"): the_down_undoes_that_one,
}
