"""What lesson 1 shows: each result that its prose speaks of, in the outputs of its cells."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import duckdb
import pytest

from .running import Site, noise, output_of

LESSON = "01-what-is-a-migration"

PROGRAM = "SELECT name, phone, joined FROM users ORDER BY id LIMIT 3;"
FROM_MEMORY = """\
ALTER TABLE users ADD COLUMN phone VARCHAR;
CREATE TABLE vouchers (code VARCHAR, percent INTEGER, ends DATE);
ALTER TABLE users RENAME COLUMN joind TO joined;
"""


def test_the_changes_by_hand_work_on_the_laptop_and_the_program_stops_on_the_server(
    site: Site,
) -> None:
    notebook, _ = site.released(LESSON)
    assert re.search(r"5 +NULL", output_of(notebook, "SELECT * FROM users"))
    assert re.search(r"2400 +0\b", output_of(notebook, "with_phone"))
    for by_hand in (
        "%%sql\nALTER TABLE users ADD",
        "%%sql\nCREATE",
        "%%sql\nALTER TABLE users REN",
    ):
        assert output_of(notebook, by_hand) == "Done."
    assert output_of(notebook, f"%%sql\n{PROGRAM}").startswith("3 rows:")
    on_the_server = output_of(notebook, f"--scratch\n{PROGRAM}")
    assert 'Referenced column "phone" not found' in on_the_server
    assert "Table with name vouchers does not exist" in output_of(notebook, "-- Your changes")
    known = output_of(notebook, "duckdb_columns()")
    assert re.search(r"phone +VARCHAR +True", known) and "20" not in known


def test_the_file_meets_what_the_hand_did_and_then_runs_once(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    assert "Up: 1 step. Down: 1 step." in output_of(notebook, "%%migration 001")
    assert 'Column with name "phone" already exists' in output_of(notebook, "%migrate up 001")
    assert "Nothing is done yet." in output_of(notebook, "%migrate plan")
    assert "001_add_phone_to_users applied" in output_of(notebook, "%migrate up 001", nth=1)
    assert "Nothing to do" in output_of(notebook, "%migrate up 001", nth=2)
    assert re.search(r"applied 20\d\d-", output_of(notebook, "%migrate status"))


def test_down_and_up_bring_the_column_back_and_not_the_number(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    assert output_of(notebook, "UPDATE users SET phone") == "Done: 1 row changed."
    assert "taken back" in output_of(notebook, "%migrate down")
    assert re.search(r"9 +Chiara Trần +NULL", output_of(notebook, "WHERE id = 9", nth=1))


def test_drop_and_add_keep_every_user_and_no_day(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    assert re.search(r"2400 +0\b", output_of(notebook, "with_day"))


def test_in_september_one_command_brings_the_server_along(site: Site) -> None:
    notebook, _ = site.solved(LESSON)
    assert "0 applied, 3 pending." in output_of(notebook, "%migrate status", nth=1)
    told = output_of(notebook, "%migrate up", nth=4)
    assert told.startswith("Done: 3 migrations.")
    assert "All 2 statements ran." in output_of(notebook, "%%sql\nINSERT INTO vouchers")


def test_an_edited_file_stops_the_tool_and_the_column_keeps_its_name(site: Site) -> None:
    notebook, _ = site.solved(LESSON)
    assert "its file is not the one that was applied" in output_of(notebook, "%migrate up", nth=5)
    described = output_of(notebook, "DESCRIBE users")
    assert re.search(r"phone +VARCHAR", described) and "phone_number" not in described


def test_what_the_learner_is_asked_to_write_does_it(site: Site, tmp_path: Path) -> None:
    edited = "phone_number VARCHAR;\n\n-- migrate:down\nALTER TABLE users DROP COLUMN phone_number"
    texts = {
        "-- Your changes of the last six months:\n": FROM_MEMORY,
        edited: edited.replace("phone_number", "phone"),
    }
    notebook = site.repaired(LESSON, texts, tmp_path)
    assert noise(notebook) == []
    assert "All 5 statements ran." in output_of(notebook, FROM_MEMORY)
    assert "004_rename_phone_of_users applied" in output_of(notebook, "%migrate up", nth=-1)
    assert output_of(notebook, 'check("rename-phone")') == "10.0"


def test_after_three_downs_and_ups_the_changes_are_back_and_the_voucher_is_not(
    site: Site, tmp_path: Path
) -> None:
    walk = "timeline = lesson.timeline()\n"
    counted = "SELECT (SELECT count(*) FROM vouchers), count(*), count(joined) FROM users"
    walked = (
        walk
        + "timeline.down()\n" * 3
        + "timeline.up()\n" * 3
        + f'lesson.database.open().execute("{counted}").fetchone()'
    )
    notebook = site.repaired(LESSON, {walk + "timeline": walked}, tmp_path)
    assert output_of(notebook, walk) == "(0, 2400, 2400)"
    assert noise(notebook) == []


def test_her_way_puts_the_column_last_and_requires_nothing() -> None:
    con = duckdb.connect()
    con.execute("CREATE TABLE users (id INTEGER, joind DATE NOT NULL, phone VARCHAR)")
    con.execute("ALTER TABLE users ADD COLUMN joined DATE")
    con.execute("UPDATE users SET joined = joind")
    con.execute("ALTER TABLE users DROP COLUMN joind")
    columns = [row[:3] for row in con.execute("DESCRIBE users").fetchall()]
    assert columns[-1] == ("joined", "DATE", "YES")


def test_what_the_box_says_of_sqlite(tmp_path: Path) -> None:
    con = sqlite3.connect(tmp_path / "shop.sqlite", isolation_level=None)
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR, joind DATE NOT NULL)")
    con.executescript(FROM_MEMORY)
    assert con.execute("SELECT phone, joined FROM users").fetchall() == []
    con.executescript("BEGIN; ALTER TABLE users ADD COLUMN city VARCHAR;")
    other = sqlite3.connect(tmp_path / "shop.sqlite", timeout=0)
    with pytest.raises(sqlite3.OperationalError, match="database is locked"):
        other.execute("INSERT INTO vouchers VALUES ('AUTUMN', 10, NULL)")
    con.close()
    other.close()
