"""What lesson 5 shows: each result that its prose speaks of, in the outputs of its cells."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from .running import Site, noise, output_of

LESSON = "05-going-back"
WHOLE_COPY = "DELETE FROM products;\nINSERT INTO products SELECT * FROM products_before;"
BY_ROW = (
    "UPDATE products SET price = kept.price\nFROM products_before AS kept\n"
    "WHERE kept.id = products.id;"
)
FILL = "UPDATE users SET phone = kept.phone FROM phones_kept AS kept WHERE kept.id = users.id;"


def test_the_released_notebook_says_that_nothing_is_written(site: Site) -> None:
    for notebook in site.released(LESSON):
        for cell in ("%%migration 002", "%%migration 003", "%%migration 004"):
            assert "It has no step yet" in output_of(notebook, cell)
        assert "Not yet: there is no step" in output_of(notebook, "%%migrate round-trip 002")
        assert "back at its start" in output_of(notebook, "%migrate reset")


def test_the_solved_notebook_shows_all_that_the_lesson_claims(site: Site) -> None:
    for notebook in site.solved(LESSON):
        assert re.search(r"1000 +20 +13 +2000", output_of(notebook, "no_value"))
        dropped = output_of(notebook, "--scratch\nALTER TABLE users DROP")
        assert re.search(r"3000 +0\b", dropped)
        assert "schema and rows came back" in output_of(notebook, "%migrate round-trip 001")
        people = output_of(notebook, "Rain cape")
        assert "1 row written in between is gone: id 900." in people
        assert "title was Oak tray, round and is Oak tray, small" in people
        assert "1 row deleted in between is back: id 100." in people
        mine = output_of(notebook, "%%migrate round-trip 002")
        assert "schema and rows came back" in mine
        assert "2 rows written in between still there" in mine
        assert output_of(notebook, "list(DISTINCT email)").startswith("5 rows:")
        two = output_of(notebook, "WHERE id IN (2, 10)")
        assert "Keiko@Example.com" in two and "New@Example.com" in two
        plan = output_of(notebook, "%migrate plan")
        assert "004_forget_people" in plan and "It could not be taken back: these people" in plan
        assert "Done: 2 migrations." in output_of(notebook, "%migrate up", nth=-1)
        down = output_of(notebook, "%migrate down", nth=-1)
        assert "it has no down: these people asked us to forget them" in down


def test_twelve_users_are_forgotten_and_no_copy_has_them(site: Site, tmp_path: Path) -> None:
    asked = "IN (SELECT user_id FROM forget_requests)"
    counting = (
        "%%sql\nSELECT (SELECT count(*) FROM users) AS users_left,"
        f" (SELECT count(*) FROM phones_kept WHERE id {asked}) AS phones,"
        f" (SELECT count(*) FROM emails_kept WHERE id {asked}) AS emails"
    )
    notebook = site.repaired(LESSON, {"%migrate reset": counting}, tmp_path)
    assert re.search(r"\b2988 +0 +0\b", output_of(notebook, "AS users_left"))


def test_the_repair_that_the_lesson_asks_for_brings_everything_back(
    site: Site, tmp_path: Path
) -> None:
    notebook = site.repaired(LESSON, {WHOLE_COPY: BY_ROW}, tmp_path)
    for cell in ("%migrate round-trip 001", "Rain cape"):
        assert "schema and rows came back" in output_of(notebook, cell)
    assert noise(notebook) == []


def test_stepping_through_the_up_the_numbers_stand_in_two_places_once(
    site: Site, tmp_path: Path
) -> None:
    walk = "timeline = lesson.timeline()\n"
    # `right` is what a table has after the statement.
    seen = (
        "def places():\n"
        "    lines = [(t['name'], one) for t in timeline.picture['tables'] for one in t['lines']]\n"
        "    return ' '.join(t for t, one in lines if one['name'] == 'phone' and one['right'])\n"
        "[(timeline.step(), places())[1] for _ in range(4)]"
    )
    notebook = site.repaired(LESSON, {walk + "timeline": walk + seen}, tmp_path)
    assert noise(notebook) == []
    # What comes, the copy, the drop, and the run for real.
    assert re.findall(r"'([^']*)'", output_of(notebook, walk)) == [
        "users",
        "phones_kept users",
        "phones_kept",
        "phones_kept",
    ]


def test_a_down_without_the_numbers_is_told_before_it_is_applied(
    site: Site, tmp_path: Path
) -> None:
    notebook = site.repaired(LESSON, {f"VARCHAR;\n{FILL}\nDROP": "VARCHAR;\nDROP"}, tmp_path)
    trip = output_of(notebook, "%%migrate round-trip 002")
    assert "came back with other values: id 100 (phone was +49" in trip
    # Of 10 points: the three for the rows are missing.
    assert output_of(notebook, 'check("drop-phone")').splitlines()[0] == "7.0"


def test_what_the_box_says_of_sqlite(tmp_path: Path) -> None:
    con = sqlite3.connect(tmp_path / "shop.sqlite", isolation_level=None)
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, phone TEXT, old TEXT)")
    con.execute("CREATE INDEX by_phone ON users (phone)")
    with pytest.raises(sqlite3.OperationalError, match="error in index by_phone"):
        con.execute("ALTER TABLE users DROP COLUMN phone")
    con.execute("BEGIN")
    con.execute("ALTER TABLE users DROP COLUMN old")
    con.execute("ROLLBACK")
    assert [row[1] for row in con.execute("PRAGMA table_info(users)")] == ["id", "phone", "old"]
    con.close()


def test_the_terminal_goes_up_and_is_refused_on_the_way_back_as_the_lesson_says(site: Site) -> None:
    site.solved(LESSON)
    plan, up, log, down = site.in_terminal(LESSON)
    assert "004_forget_people" in plan.stdout and "004_forget_people applied" in up.stdout
    assert log.returncode == 0 and "004_forget_people" in log.stdout
    assert down.returncode == 1 and "it has no down: " in down.stderr
