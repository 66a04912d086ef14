"""What lesson 6 shows: each result that its prose speaks of, in the outputs of its cells."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import duckdb
import pytest

from .running import Site, noise, output_of

LESSON = "06-renaming-without-breaking-anyone"
TRY, TABLE = "%clients rename-with-client", "%clients rename-countrys"
RENAME = "%%clients rename-with-client\nALTER TABLE users RENAME COLUMN adress TO address;"
COPY = "UPDATE users SET address = adress;"
TWO_FAIL = "✘ fails. DuckDB says: Binder Error"


def test_the_released_notebook_says_that_nothing_is_written(site: Site) -> None:
    for notebook in site.released(LESSON):
        gap = output_of(notebook, "%%migration 001")
        assert "it cannot run yet" in gap and "CREATE VIEW countrys AS" in gap
        for cell in ("%%migration 002", "%%migration 003"):
            assert "It has no step yet" in output_of(notebook, cell)
        assert output_of(notebook, TABLE, nth=-1).startswith("The new version fails.")
        assert "back at its start" in output_of(notebook, "%migrate reset")


def test_the_versions_work_and_fail_as_the_lesson_says(site: Site) -> None:
    for notebook in site.solved(LESSON):
        assert re.search(r"3100 +2584 +27\b", output_of(notebook, "AS all_values"))
        before, after_002, after_003 = (output_of(notebook, TRY, nth=n) for n in (0, -3, -1))
        assert before.startswith("The new version fails.") and before.count(TWO_FAIL) == 2
        broken = output_of(notebook, RENAME)
        assert broken.startswith("The old version fails.")
        assert 'Referenced column "adress" not found' in broken
        copied = output_of(notebook, f"ADD COLUMN address VARCHAR;\n{COPY}")
        for shown in (copied, after_002):
            assert shown.startswith("All 4 statements work.")
            assert shown.count("3,100 rows, 2,584 with a value") == 2
        view = output_of(notebook, "CREATE VIEW users")
        assert view.startswith("The old version and the new version fail.")
        assert view.count("✔ works, 3,100 rows") == view.count("users is not an table") == 2
        early = output_of(notebook, "%%clients rename-with-client\nALTER TABLE users DROP")
        assert early.startswith("The old version fails.")
        assert after_003.startswith("The old version fails.") and "2,586 with" in after_003


def test_the_report_reads_on_and_the_week_leaves_four_rows(site: Site) -> None:
    for notebook in site.solved(LESSON):
        assert output_of(notebook, TABLE).startswith("The new version fails.")
        assert output_of(notebook, TABLE, nth=-1).startswith("All 3 statements work.")
        week = output_of(notebook, "WHERE adress IS DISTINCT FROM")
        assert week.startswith("4 rows:")
        assert re.search(r"^4001 +Ines +Quay 3 +NULL$", week, re.MULTILINE)
        assert re.search(r"^4002 +Kemal +NULL +Mill Road 12$", week, re.MULTILINE)
        assert "drops users.adress, 2,585 values" in output_of(notebook, "%migrate plan")
        asked = output_of(notebook, "AS moved_aside")
        assert re.search(r"^1 .* Quay 8 +Oak Lane 40$", asked, re.MULTILINE)
        assert re.search(r"^2 .* Quay 51 +ул. Мира 15$", asked, re.MULTILINE)
        assert re.search(r"^4001 +Ines +Quay 3 +NULL$", asked, re.MULTILINE)


def test_the_repair_is_one_statement_and_before_the_contract_two_values_are_only_old(
    site: Site, tmp_path: Path
) -> None:
    add = "%%clients rename-with-client\nALTER TABLE users ADD COLUMN address VARCHAR;"
    counting = (
        "%%sql\nSELECT count(adress) AS old_ones, count(*) FILTER (adress = coalesce(address,"
        " adress)) AS there FROM users"
    )
    notebook = site.repaired(LESSON, {RENAME: add, "%migrate plan": counting}, tmp_path)
    repaired = output_of(notebook, add)
    assert repaired.startswith("All 4 statements work.")
    assert "3,100 rows, 0 with a value in `address`" in repaired
    assert re.search(r"\b2585 +2583\b", output_of(notebook, "AS old_ones"))
    assert noise(notebook) == []


def test_a_contract_that_only_drops_loses_ines_and_whoever_has_to_be_asked(
    site: Site, tmp_path: Path
) -> None:
    fill = "UPDATE users SET address = adress WHERE address IS NULL;\n"
    notebook = site.repaired(LESSON, {fill: ""}, tmp_path)
    assert re.search(r"^4001 +Ines +NULL", output_of(notebook, "AS moved_aside"), re.MULTILINE)
    # Of 16 points: two for the late rows, one for the old version after a down, two for the trip.
    assert output_of(notebook, 'check("rename-with-client")').splitlines()[0] == "11.0"


def test_two_columns_are_there_at_one_stop(site: Site) -> None:
    for notebook in site.solved(LESSON):
        timeline = output_of(notebook, "lesson.timeline()")
        assert "002_add_address" in timeline and "current" in timeline
        assert "addresses_to_ask: 2 rows" in timeline


def test_the_picture_names_the_order_of_columns_and_the_plan_the_rows_that_it_asks(
    site: Site, tmp_path: Path
) -> None:
    shown = "lesson.timeline()\nprint(timeline.down())"
    notebook = site.repaired(LESSON, {"lesson.timeline()": shown}, tmp_path)
    text = str(notebook.cells)
    assert "order of the columns of users" in text
    assert "517 of the 3,102 rows of users" in output_of(notebook, "%migrate plan")


def test_the_terminal_rehearses_and_goes_up_as_the_lesson_says(site: Site) -> None:
    site.solved(LESSON)
    rehearsed, up, log = site.in_terminal(LESSON)
    assert [one.returncode for one in (rehearsed, up, log)] == [0, 0, 0]
    assert "003_drop_adress" in rehearsed.stdout and "002_add_address applied" in up.stdout
    assert "003_drop_adress" not in log.stdout


SHOP = """
    CREATE TABLE users (id INTEGER PRIMARY KEY, adress TEXT, address TEXT);
    INSERT INTO users VALUES (1, 'Quay 1', 'Quay 1');
"""

OWN_TABLE = """
    CREATE TRIGGER t AFTER UPDATE ON users REFERENCING NEW TABLE AS n FOR EACH STATEMENT
    UPDATE users SET address = n.adress FROM n WHERE users.id = n.id;
"""


def test_what_the_box_says_of_sqlite(tmp_path: Path) -> None:
    con = sqlite3.connect(tmp_path / "shop.sqlite", isolation_level=None)
    con.executescript(SHOP + "CREATE VIEW people AS SELECT id, address FROM users;")
    with pytest.raises(sqlite3.OperationalError, match="cannot modify people because it is a view"):
        con.execute("INSERT INTO people VALUES (2, 'Quay 2')")
    con.executescript("""
        CREATE TRIGGER old_name AFTER UPDATE OF adress ON users
        WHEN NEW.adress IS NOT NEW.address BEGIN
            UPDATE users SET address = NEW.adress WHERE id = NEW.id; END;
        CREATE TRIGGER new_row AFTER INSERT ON users WHEN NEW.address IS NULL BEGIN
            UPDATE users SET address = NEW.adress WHERE id = NEW.id; END;
    """)
    con.execute("UPDATE users SET adress = 'Lane 1' WHERE id = 1")
    con.execute("INSERT INTO users (id, adress) VALUES (2, 'Quay 2')")
    assert con.execute("SELECT address FROM users ORDER BY id").fetchall() == [
        ("Lane 1",),
        ("Quay 2",),
    ]
    con.close()


def test_an_insert_without_names_fails_when_there_is_one_column_more() -> None:
    for con in (duckdb.connect(), sqlite3.connect(":memory:", isolation_level=None)):
        con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, adress TEXT)")
        con.execute("INSERT INTO users VALUES (1, 'Quay 1')")
        con.execute("ALTER TABLE users ADD COLUMN address TEXT")
        with pytest.raises((duckdb.Error, sqlite3.Error), match="has 3 columns but 2 values"):
            con.execute("INSERT INTO users VALUES (2, 'Quay 2')")
        con.close()


def test_a_trigger_of_duckdb_does_not_write_to_its_own_table() -> None:
    con = duckdb.connect()
    con.execute(SHOP)
    with pytest.raises(duckdb.Error) as raised:
        con.execute(OWN_TABLE + "UPDATE users SET adress = 'Lane 1' WHERE id = 1")
    assert "recursive trigger" in str(raised.value).lower()
