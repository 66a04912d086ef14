"""`%migrate review`: what the rules find in pending migrations, and what they cannot see."""

from __future__ import annotations

from course_lib.notebook import Lesson
from course_lib.notebook.migrate_magic import migrate_line
from course_lib.notebook.migration_cell import migration_cell

from .conftest import THREE_STATEMENTS

CHEAPER = """\
-- migrate:up
UPDATE products SET price = price * 0.9;
-- migrate:down
ALTER TABLE products ADD COLUMN IF NOT EXISTS price INTEGER;
"""
NEWSLETTER = """\
-- migrate:up
ALTER TABLE users ADD COLUMN newsletter BOOLEAN DEFAULT true;
-- migrate:down
ALTER TABLE users DROP COLUMN newsletter;
"""


def test_findings_have_file_line_and_rule_and_files_without_one_are_named(lesson: Lesson) -> None:
    migration_cell(lesson, "001_cheaper", CHEAPER)
    migration_cell(lesson, "002_add_newsletter", NEWSLETTER)
    shown = migrate_line(lesson, "review")
    assert shown.text.startswith("2 findings in 2 pending migrations.")
    assert "`001_cheaper.sql`, line 2, every-row: it changes every row of products" in shown.text
    assert "`001_cheaper.sql`, line 4, if-not-exists:" in shown.text
    assert "No rule objects to `002_add_newsletter.sql`." in shown.text
    assert lesson.db.execute("SELECT max(price) FROM products").fetchall() != [(None,)]
    assert migrate_line(lesson, "status").text.startswith("0 applied, 2 pending.")


def test_what_is_applied_is_not_reviewed_again(lesson: Lesson) -> None:
    migration_cell(lesson, "001_cheaper", CHEAPER)
    migrate_line(lesson, "up")
    assert migrate_line(lesson, "review").text.startswith("Nothing to review")
    migration_cell(lesson, "002_add_email_to_users", THREE_STATEMENTS)
    shown = migrate_line(lesson, "review").text
    assert "in 1 pending migration." in shown and "001_cheaper" not in shown
    assert "`002_add_email_to_users.sql`, line 2, length-not-enforced" in shown


def test_a_file_that_cannot_be_read_is_a_finding(lesson: Lesson) -> None:
    migration_cell(lesson, "001_cheaper", CHEAPER.replace("UPDATE", "UPDTE"))
    shown = migrate_line(lesson, "review").text
    assert shown.startswith("1 finding in 1 pending migration.")
    assert "`001_cheaper.sql`, line 2, unreadable:" in shown


def test_what_nobody_has_written_yet_is_named_and_not_objected_to(lesson: Lesson) -> None:
    migration_cell(lesson, "001_add_newsletter", "-- migrate:up\n\n-- migrate:down\n")
    shown = migrate_line(lesson, "review").text
    assert shown.startswith("Nothing to review: no migration is written.")
    migration_cell(lesson, "002_cheaper", CHEAPER)
    shown = migrate_line(lesson, "review").text
    assert shown.startswith("2 findings in 1 pending migration.")
    assert "No step yet, so not reviewed: `001_add_newsletter.sql`." in shown


def test_a_folder_without_files_has_nothing_to_review(lesson: Lesson) -> None:
    assert "no migration is pending" in migrate_line(lesson, "review").text
