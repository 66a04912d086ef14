"""What lesson 2 shows: each result that its prose speaks of, in the outputs of its cells."""

from __future__ import annotations

import re
import sqlite3
from copy import deepcopy
from pathlib import Path

import pytest

from course_lib.grading.feedback import ClearWidgets
from course_lib.grading.feedback_page import FeedbackPage
from course_lib.timeline.scenes import Stage, read_scene
from tests.grading.class_folder import words_of

from .running import LESSONS, Site, noise, output_of

LESSON = "02-changes-without-chaos"
SCENES = LESSONS / LESSON / "scenes"

TIDY = "CREATE TABLE shelves (product_id INTEGER, shelf VARCHAR);\n\n-- migrate:down\n"
UNDO = "DROP TABLE shelves;\nALTER TABLE products RENAME COLUMN name TO title;\n"
COLUMN = re.compile(r"newsletter +'no'")


def test_two_hands_make_two_columns_and_the_last_one_wins(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    for place in ("%%sql\n", "%%sql --at mira\n"):
        assert output_of(notebook, f"{place}ALTER TABLE users ADD COLUMN country").startswith(
            "Done"
        )
    differ = output_of(notebook, "%migrate diff mira")
    assert re.search(r"users\.country +VARCHAR, may be NULL +INTEGER, may be NULL", differ)
    evening = output_of(notebook, "-- You, in the morning")
    assert "All 5 statements ran." in evening and "done, 48 rows changed" in evening
    assert re.search(r"2600 +0\b", evening)


def test_a_newcomer_gets_the_tables_by_one_command_and_no_row(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    begun = output_of(notebook, "%migrate baseline")
    assert "Nothing was run." in begun and begun.count("makes the table") == 3
    assert output_of(notebook, "lesson.copy", nth=1).count("is there, with all") == 3
    joined = output_of(notebook, "%migrate up --at jonas")
    assert joined.startswith("Done: 2 migrations.")
    assert output_of(notebook, "%migrate diff jonas").startswith("No difference.")
    assert re.search(r"^0$", output_of(notebook, "--at jonas\nSELECT"), re.MULTILINE)


def test_two_files_with_one_number_are_told_and_order_alone_loses_the_column(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    taken = output_of(notebook, "%%migration 002_add_uses")
    assert "is taken by `002_add_minimum_to_vouchers`" in taken
    assert "call it `003_add_uses_to_vouchers`" in taken
    ran = output_of(notebook, "--at staging\nBEGIN")
    assert "All 6 statements ran." in ran and "was rolled back" in ran
    assert re.search(r"^code +percent +ends +uses$", ran, re.MULTILINE)


def test_each_database_runs_what_it_lacks_and_the_diff_names_who_is_behind(site: Site) -> None:
    notebook, _ = site.solved(LESSON)
    ups = output_of(notebook, "%migrate up 003\n").split("At `staging.duckdb`.")
    assert ups[0].count(" applied (") == 2 and ups[1].startswith("\nDone: 2 migrations.")
    differ = output_of(notebook, "%migrate diff mira staging production")
    assert "`shop.duckdb` and `mira.duckdb`: 2 differences." in differ
    assert "`production.duckdb`: the same tables" in differ


def test_the_ledger_knows_nothing_of_the_hand_and_the_diff_does(site: Site) -> None:
    notebook, _ = site.solved(LESSON)
    assert "3 applied, 0 pending." in output_of(notebook, "%migrate status --at production")
    drift = output_of(notebook, "%migrate diff --at production")
    assert re.search(r"users\.newsletter +VARCHAR, may be NULL, default 'no' +not there", drift)
    plain = output_of(notebook, "production\nALTER TABLE users ADD COLUMN newsletter VARCHAR;")
    assert 'Column with name "newsletter" already exists' in plain
    quiet = output_of(notebook, "ADD COLUMN IF NOT EXISTS newsletter VARCHAR;\nSELECT")
    assert "All 2 statements ran." in quiet and COLUMN.search(quiet)
    assert "No difference." in output_of(notebook, "%migrate up 004\n")


def test_in_the_end_five_databases_are_alike(site: Site) -> None:
    notebook, _ = site.solved(LESSON)
    told = output_of(notebook, "%migrate diff mira staging production jonas")
    assert told.startswith("No difference.") and told.count("the same tables as") == 4


def test_what_the_learner_is_asked_to_write_undoes_the_bad_change(
    site: Site, tmp_path: Path
) -> None:
    notebook = site.repaired(LESSON, {TIDY: TIDY + UNDO}, tmp_path)
    assert noise(notebook) == []
    before, _ = site.solved(LESSON)
    assert "there is no statement under `-- migrate:down`" in output_of(before, "%%migration 005")
    assert "Up: 2 steps. Down: 2 steps." in output_of(notebook, "%%migration 005")
    assert output_of(notebook, "%migrate up --at staging").startswith("Done: 2 migrations.")
    assert 'Referenced column "title" not found' in output_of(notebook, "SELECT title, price")
    assert "005_tidy_products taken back" in output_of(notebook, "%migrate down --at staging")
    assert output_of(notebook, "%migrate diff staging").startswith("No difference.")
    assert output_of(notebook, "%migrate diff mira staging prod", nth=1).startswith("No diff")


def test_the_terminal_says_the_same_of_the_files_that_the_notebook_leaves(site: Site) -> None:
    site.solved(LESSON)
    told = [one.stdout for one in site.in_terminal(LESSON) if one.returncode == 0]
    assert told[0] == "No difference.\n"
    assert "newsletter_to_users" in told[1] and "country" not in told[1]


@pytest.mark.parametrize(
    ("scene", "beats"), [("deploy", ["2 were there", "2 migrations"]), ("one-number", ["number 3"])]
)
def test_a_scene_asks_before_it_answers(scene: str, beats: list[str]) -> None:
    stage = Stage(read_scene(SCENES / f"{scene}.toml"))
    answers = iter(beats)
    for beat in stage.scene.beats:
        deed = stage.next()
        if "uess" in beat.say:
            assert next(answers) in " ".join((deed.said, *deed.notes))
    assert next(answers, None) is None


def test_a_feedback_page_shows_a_scene_as_plain_html(site: Site) -> None:
    """No kernel is behind that page: the scene's twin stands there, and nothing of the widget."""
    notebook, _ = site.solved(LESSON)
    graded = deepcopy(notebook)
    del graded.metadata["widgets"]  # as grading does, which stores no state of widgets
    cleared, about = ClearWidgets().preprocess(graded, {"nbgrader": {}})
    page, _ = FeedbackPage().from_notebook_node(cleared, about)
    words = words_of(page)
    for scene in ("deploy", "one-number"):
        stage = read_scene(SCENES / f"{scene}.toml")
        _, title, shown = words.partition(stage.title)
        assert title and all(place.title in shown for place in stage.places)
    assert "VBox(" not in words


def test_sqlite_has_no_if_not_exists_for_a_column_and_takes_a_half_run_back() -> None:
    con = sqlite3.connect(":memory:", isolation_level=None)
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY)")
    with pytest.raises(sqlite3.OperationalError, match='near "EXISTS": syntax error'):
        con.execute("ALTER TABLE users ADD COLUMN IF NOT EXISTS newsletter VARCHAR")
    con.execute("BEGIN")
    con.execute("ALTER TABLE users ADD COLUMN newsletter VARCHAR")
    with pytest.raises(sqlite3.OperationalError, match="duplicate column name"):
        con.execute("ALTER TABLE users ADD COLUMN newsletter VARCHAR")
    con.execute("ROLLBACK")
    assert [row[1] for row in con.execute("PRAGMA table_info(users)")] == ["id"]
