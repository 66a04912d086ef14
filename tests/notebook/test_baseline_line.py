"""`%migrate baseline`: what is there becomes a file and a line in the ledger, before and after a
reset."""

from __future__ import annotations

from course_lib.notebook import Lesson
from course_lib.notebook.migrate_magic import migrate_line
from course_lib.notebook.migration_cell import migration_cell

NAME = "001_what_was_there"
NICKNAME = (
    "-- migrate:up\nALTER TABLE users ADD COLUMN nickname VARCHAR;\n"
    "-- migrate:down\nALTER TABLE users DROP COLUMN nickname;\n"
)


def test_the_schema_is_written_and_recorded_and_no_row_is_touched(lesson: Lesson) -> None:
    told = migrate_line(lesson, f"baseline {NAME}").text
    assert f"{NAME}.sql` is written" in told and "CREATE TABLE users" in told
    assert (lesson.migrations / f"{NAME}.sql").read_text().startswith("-- migrate:up\nCREATE")
    assert "1 applied, 0 pending." in migrate_line(lesson, "status").text
    assert lesson.db.execute("SELECT count(*) FROM users").fetchall() == [(3000,)]


def test_after_a_reset_the_file_is_recorded_once_more_beside_later_ones(lesson: Lesson) -> None:
    migrate_line(lesson, f"baseline {NAME}")
    migration_cell(lesson, "002_add_nickname", NICKNAME)
    migrate_line(lesson, "up")
    assert f"`%migrate baseline {NAME}`" in migrate_line(lesson, "reset").text
    assert f"{NAME}.sql` was there already" in migrate_line(lesson, f"baseline {NAME}").text
    assert "1 applied, 1 pending." in migrate_line(lesson, "status").text
    assert migrate_line(lesson, "up").text.startswith("Done.")


def test_a_baseline_that_cannot_be_records_nothing(lesson: Lesson) -> None:
    migrate_line(lesson, f"baseline {NAME}")
    told = migrate_line(lesson, f"baseline {NAME}").text
    assert told.startswith("Nothing was recorded.") and "newest applied migration" in told
    assert "is not a command" in migrate_line(lesson, "baseline").text
    assert "1 applied, 0 pending." in migrate_line(lesson, "status").text
