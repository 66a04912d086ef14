"""What lesson 4 shows: each result that its prose speaks of, in the outputs of its cells."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from .running import Site, noise, output_of

LESSON = "04-adding-a-column"


def test_the_released_notebook_says_that_nothing_is_written(site: Site) -> None:
    for notebook in site.released(LESSON):
        assert "It has no step yet" in output_of(notebook, "%%migration 001")
        assert "Nothing to do: no migration is applied." in output_of(notebook, "%migrate down")


def test_the_solved_notebook_shows_all_that_the_lesson_claims(site: Site) -> None:
    first, second = site.solved(LESSON)
    assert "guard: shadow" in output_of(first, "%migrate rehearse")
    for notebook in (first, second):
        assert re.search(r"3000 +34 +25", output_of(notebook, "no_name"))
        assert "NOT NULL constraint failed: users.city" in output_of(notebook, "--scratch\n")
        one_transaction = output_of(notebook, "--scratch\nBEGIN")
        assert "Cannot create index with outstanding updates" in one_transaction
        assert "All 5 statements ran." in output_of(notebook, "--scratch empty")
        assert "guard: transaction" in output_of(notebook, "%migrate down")
        assert "email" not in output_of(notebook, "DESCRIBE users")
        assert "guard: shadow" in output_of(notebook, "%migrate up 001", nth=-1)
        assert "34 of 3,000 rows" in output_of(notebook, "%migrate up", nth=-1)
        described = output_of(notebook, "DESCRIBE users", nth=-1)
        assert "email" in described and "handle" not in described
        handles = output_of(notebook, "%migrate rehearse 002")
        assert "passed" in handles and "guard: shadow" in handles
        assert "All 6 statements ran." in output_of(notebook, "DEFAULT 'unknown'")


def test_the_gap_waits_for_a_line_and_takes_it(site: Site, tmp_path: Path) -> None:
    released, _ = site.released(LESSON)
    assert "3,000 of 3,000 rows have no letters" in output_of(released, "-- Your line:")
    line = "UPDATE users SET letters = false;\n"
    notebook = site.repaired(LESSON, {"-- Your line:\n": line}, tmp_path)
    assert "All 3 statements ran." in output_of(notebook, line)
    assert noise(notebook) == []


def test_blank_names_would_have_passed(site: Site, tmp_path: Path) -> None:
    naive = "UPDATE users SET handle = lower(replace(name, ' ', '.'));"
    told = naive + "\nDELETE FROM users WHERE name IS NULL;"
    notebook = site.repaired(LESSON, {naive: told}, tmp_path)
    assert "002_add_handle_to_users applied" in output_of(notebook, "%migrate up", nth=-1)


def test_what_the_box_says_of_sqlite() -> None:
    con = sqlite3.connect(":memory:")
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)")
    con.execute("INSERT INTO users VALUES (1, 'Ada')")
    with pytest.raises(sqlite3.OperationalError, match="NOT NULL column with default value NULL"):
        con.execute("ALTER TABLE users ADD COLUMN city TEXT NOT NULL")
    con.execute("ALTER TABLE users ADD COLUMN city TEXT NOT NULL DEFAULT 'unknown'")
    assert con.execute("SELECT city FROM users").fetchall() == [("unknown",)]
