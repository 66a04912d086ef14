from __future__ import annotations

import duckdb
import pytest

from course_lib.notebook import Lesson
from course_lib.notebook.sql_magic import sql_cell

ONE_TRANSACTION = """
BEGIN;
ALTER TABLE users ADD COLUMN email VARCHAR(255);
UPDATE users SET email = 'temp@example.com' WHERE email IS NULL;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
COMMIT;
"""


def test_a_result_says_how_many_rows_and_tells_null_from_blank(lesson: Lesson) -> None:
    shown = sql_cell(lesson, "", "SELECT NULL AS a, '' AS b, '  ' AS c, 'NULL' AS d")
    assert shown.text.startswith("1 row:")
    assert '<span class="updown-null">NULL</span>' in shown.html
    assert "''" in shown.text and "'  '" in shown.text
    assert shown.html.split("</style>")[1].count("updown-null") == 1


def test_more_rows_than_are_shown_are_counted(lesson: Lesson) -> None:
    shown = sql_cell(lesson, "", "SELECT * FROM users ORDER BY id")
    assert shown.text.startswith("3,000 rows; the first 20:")


def test_what_a_row_holds_is_never_taken_for_html(lesson: Lesson) -> None:
    shown = sql_cell(lesson, "", "SELECT '<script>alert(1)</script>' AS \"<b>\"")
    assert "<script>" not in shown.html and "<b>" not in shown.html


def test_a_refusal_is_told_in_duckdbs_words_without_its_drawing(lesson: Lesson) -> None:
    shown = sql_cell(lesson, "", "SELECT nam FROM users")
    assert shown.text.startswith("DuckDB refused it.")
    assert 'Referenced column "nam" not found' in shown.text and "LINE 1" not in shown.text
    assert "updown-refused" in shown.html


def test_a_syntax_error_names_its_line_and_nothing_runs(lesson: Lesson) -> None:
    shown = sql_cell(lesson, "", "DELETE FROM users;\n\nDROPP TABLE users;")
    assert "line 3" in shown.text and "nothing was run" in shown.text
    assert lesson.db.execute("SELECT count(*) FROM users").fetchall() == [(3000,)]


def test_an_empty_cell_is_no_error(lesson: Lesson) -> None:
    assert "no statement" in sql_cell(lesson, "", "-- only a comment\n").text


def test_the_scratch_copy_shows_what_duckdb_says_to_three_statements(lesson: Lesson) -> None:
    shown = sql_cell(lesson, "--scratch", ONE_TRANSACTION)
    assert "DuckDB refused statement 4 of 5." in shown.text
    assert "Cannot create index with outstanding updates" in shown.text
    assert "rolled back" in shown.text


def test_the_same_statements_pass_on_empty_tables(lesson: Lesson) -> None:
    assert "All 5 statements ran." in sql_cell(lesson, "--scratch empty", ONE_TRANSACTION).text


def test_a_scratch_cell_leaves_the_lessons_database_alone(lesson: Lesson) -> None:
    sql_cell(lesson, "--scratch", "DROP TABLE users;")
    assert lesson.db.execute("SELECT count(*) FROM users").fetchall() == [(3000,)]


def test_an_unknown_option_runs_nothing(lesson: Lesson) -> None:
    shown = sql_cell(lesson, "--on somewhere", "DROP TABLE users;")
    assert "nothing was run" in shown.text and "--scratch" in shown.text
    assert lesson.db.execute("SELECT count(*) FROM users").fetchall() == [(3000,)]


def test_an_aborted_transaction_of_the_learner_does_not_stick(lesson: Lesson) -> None:
    lesson.db.execute("BEGIN")
    with pytest.raises(duckdb.BinderException):
        lesson.db.execute("SELECT nothing")
    first = sql_cell(lesson, "", "SELECT 1 AS one")
    assert "rolled back" in first.text
    assert sql_cell(lesson, "", "SELECT 1 AS one").text.startswith("1 row:")


def test_a_damaged_database_is_a_sentence(lesson: Lesson) -> None:
    lesson.database.path.write_bytes(b"not a database" * 1000)
    shown = sql_cell(lesson, "", "SELECT 1")
    assert shown.text.startswith("Nothing was run.") and "start_again" in shown.text


def test_a_refused_requirement_says_how_many_rows_have_no_value(lesson: Lesson) -> None:
    sql = "ALTER TABLE users ADD COLUMN x INTEGER; ALTER TABLE users ALTER COLUMN x SET NOT NULL"
    assert "3,000 of 3,000 rows have no x" in sql_cell(lesson, "--scratch", sql).text


def test_tables_have_a_caption_and_column_headings_for_those_who_hear_them(lesson: Lesson) -> None:
    html = sql_cell(lesson, "", "SELECT id FROM users LIMIT 2").html
    assert "<caption>Result: 2 rows</caption>" in html and '<th scope="col"' in html
