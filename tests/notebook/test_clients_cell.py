"""`%clients`: which programs work on the lesson's database as it is, and after some SQL."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from course_lib.exercises import load_spec, publish
from course_lib.notebook import Lesson, magics
from course_lib.notebook import lesson as lesson_module
from course_lib.notebook.clients_cell import clients_cell
from course_lib.notebook.migrate_magic import migrate_line
from course_lib.notebook.migration_cell import migration_cell

LESSON = "06-renaming-without-breaking-anyone"
SOURCE = Path(__file__).parents[2] / "lessons" / LESSON
COLUMN, TABLE = "rename-with-client", "rename-countrys"
RENAME = "ALTER TABLE users RENAME COLUMN adress TO address;"


@pytest.fixture(scope="module")
def exercises() -> dict[str, str]:
    specs = {name: load_spec(SOURCE / "exercises" / f"{name}.toml") for name in (COLUMN, TABLE)}
    return {name: json.dumps(publish(spec)) for name, spec in specs.items()}


@pytest.fixture
def lesson(
    tmp_path: Path, exercises: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Lesson]:
    folder = tmp_path / LESSON
    (folder / "exercises").mkdir(parents=True)
    shutil.copy(SOURCE / "world.sql", folder)
    for name, text in exercises.items():
        (folder / "exercises" / f"{name}.json").write_text(text)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(lesson_module, "_active", None)
    opened = lesson_module.activate(LESSON)
    yield opened
    opened.database.close()


def test_it_says_of_each_statement_whether_it_works_and_what_it_finds(lesson: Lesson) -> None:
    shown = clients_cell(lesson, COLUMN)
    assert shown.text.startswith("The new version fails.\nThe old version:\n1. SELECT id, name,")
    assert "✔ works, 3,100 rows, 2,584 with a value in `adress`" in shown.text
    assert "✔ works, 1 row written" in shown.text
    assert shown.text.count("✘ fails. DuckDB says: Binder Error: ") == 2
    assert "updown-refused" in shown.html


def test_it_follows_the_migrations_and_the_rows_that_are_there_now(lesson: Lesson) -> None:
    up = "ALTER TABLE users ADD COLUMN address VARCHAR;\nUPDATE users SET address = adress;"
    migration_cell(
        lesson, "001_add", f"-- migrate:up\n{up}\n-- migrate:down\nALTER TABLE users DROP address;"
    )
    migrate_line(lesson, "up")
    lesson.db.execute("UPDATE users SET address = NULL WHERE id = 1")
    shown = clients_cell(lesson, COLUMN)
    assert shown.text.startswith("All 4 statements work.") and "updown-done" in shown.html
    assert "2,583 with a value in `address`" in shown.text


def test_sql_below_it_runs_first_and_the_database_stays(lesson: Lesson) -> None:
    before = lesson.db.execute("FROM users ORDER BY id").fetchall()
    assert clients_cell(lesson, COLUMN, RENAME).text.startswith("The old version fails.")
    view = "ALTER TABLE users RENAME TO p;\nCREATE VIEW users AS SELECT *, address AS adress FROM p"
    shown = clients_cell(lesson, COLUMN, f"{RENAME}\n{view};")
    assert shown.text.startswith("The old version and the new version fail.")
    assert shown.text.count("users is not an table") == 2
    assert lesson.db.execute("FROM users ORDER BY id").fetchall() == before
    assert not [*lesson.folder.glob(".updown-shadow*")]


def test_sql_that_is_refused_or_left_open_tries_no_program(lesson: Lesson) -> None:
    broken = clients_cell(lesson, COLUMN, "SELECT 1;\nALTER TABLE users ADD").text
    assert broken.startswith("DuckDB cannot read line 2 below `%%clients`; nothing was run.")
    refused = clients_cell(lesson, COLUMN, "ALTER TABLE users DROP COLUMN nope;").text
    assert refused.startswith("DuckDB refused it.") and "So no program was tried." in refused
    left_open = clients_cell(lesson, COLUMN, f"BEGIN;\n{RENAME}").text
    assert "leaves a transaction open; no program was tried" in left_open
    for text in (broken, refused, left_open):
        assert "The old version" not in text


def test_a_name_that_has_no_programs_is_a_sentence(lesson: Lesson) -> None:
    for line in ("", "rename", "rename-countrys now"):
        told = clients_cell(lesson, line).text
        assert f"Write `%clients {TABLE}` or `%clients {COLUMN}`." in told
    for path in (lesson.folder / "exercises").iterdir():
        path.unlink()
    assert "No exercise of this lesson has programs." in clients_cell(lesson, COLUMN).text


def test_a_damaged_exercise_is_told(lesson: Lesson) -> None:
    (lesson.folder / "exercises" / f"{TABLE}.json").write_text("{")
    told = clients_cell(lesson, COLUMN).text
    assert told.startswith("The programs cannot be read.") and f"{TABLE}.json" in told


def test_an_open_transaction_of_the_notebook_is_not_seen_and_not_ended(lesson: Lesson) -> None:
    lesson.db.execute("BEGIN")
    lesson.db.execute("DELETE FROM users")
    assert "3,100 rows" in clients_cell(lesson, COLUMN).text
    lesson.db.execute("ROLLBACK")


def test_an_interruption_is_told_and_leaves_the_database(lesson: Lesson) -> None:
    timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    endless = (
        "CREATE TABLE big AS SELECT sum(a.range * b.range) FROM range(9999999) a, range(9999999) b;"
    )
    shown = clients_cell(lesson, COLUMN, endless)
    timer.join()
    assert "stopped" in shown.text and "The old version" not in shown.text
    assert lesson.db.execute("SELECT count(*) FROM users").fetchone() == (3100,)


def test_the_magic_takes_a_line_or_a_cell(
    lesson: Lesson, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = InteractiveShell()
    shown: list[str] = []
    monkeypatch.setattr(magics, "show", lambda thing: shown.append(thing.text))
    magics.register_magics(shell)
    for cell in (f"%clients {COLUMN}", f"%%clients {COLUMN}\n{RENAME}", f"%%clients {COLUMN}"):
        shell.run_cell(cell)
    assert [text.split("\n")[0] for text in shown] == [
        "The new version fails.",
        "The old version fails.",
        "The new version fails.",
    ]
    assert capsys.readouterr().err == ""
