"""What lesson 4's quiz says, done on DuckDB."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from course_lib.quiz import read_quiz

from .trying import Connection, columns, refused, run

QUIZ = read_quiz(
    Path(__file__).parents[3] / "lessons" / "04-adding-a-column" / "quiz.toml", "adding-a-column"
)
ADD = "ALTER TABLE users ADD COLUMN email VARCHAR(255)"
FILL = "UPDATE users SET email = 'temp@example.com' WHERE email IS NULL"
REQUIRE = "ALTER TABLE users ALTER COLUMN email SET NOT NULL"
LIFT = "ALTER TABLE users ALTER COLUMN email DROP NOT NULL"
EMPTY = "UPDATE users SET email = NULL"
DROP = "ALTER TABLE users DROP COLUMN email"
NOT_NULL_FAILED = "NOT NULL constraint failed: users.email"


def users(rows: int) -> Connection:
    con = duckdb.connect()
    con.execute("CREATE TABLE users (id INTEGER, name VARCHAR)")
    con.execute("INSERT INTO users SELECT i, 'name ' || i FROM range(?) t(i)", [rows])
    return con


def emails(con: Connection) -> list[str | None]:
    return [row[0] for row in con.execute("SELECT email FROM users ORDER BY id").fetchall()]


def one_step_is_refused_with_rows_and_taken_without() -> None:
    step = "ALTER TABLE users ADD COLUMN email VARCHAR NOT NULL"
    refused(users(3), step, NOT_NULL_FAILED)
    assert columns(run(users(0), step)) == ["id", "name", "email"]


def add_column_leaves_null_in_every_row_until_the_update() -> None:
    con = run(users(3), ADD)
    assert emails(con) == [None] * 3
    assert emails(run(con, FILL, REQUIRE)) == ["temp@example.com"] * 3


def update_writes_a_required_column_but_no_null() -> None:
    con = run(users(2), ADD, FILL, REQUIRE, "UPDATE users SET email = 'new@example.com'")
    assert emails(con) == ["new@example.com"] * 2
    refused(con, EMPTY, NOT_NULL_FAILED)


def without_update_it_passes_empty_and_is_refused_with_three_rows() -> None:
    question = QUIZ.question("forgotten-update")
    assert question is not None and question.sql is not None
    first, second = (step.strip() for step in question.sql.split(";") if step.strip())
    assert "email" in columns(run(users(0), first, second))
    refused(run(users(3), first), second, NOT_NULL_FAILED)


def same_columns_other_rows() -> None:
    assert columns(run(users(0), ADD)) == columns(run(users(3), ADD))
    without_update_it_passes_empty_and_is_refused_with_three_rows()


def a_new_column_without_default_holds_null_not_empty_text() -> None:
    con = run(users(3), ADD)
    assert emails(con) == [None] * 3
    refused(con, REQUIRE, NOT_NULL_FAILED)


def one_by_one_the_first_two_steps_stay() -> None:
    con = run(users(3), ADD, FILL, "INSERT INTO users VALUES (9, 'late', NULL)")
    refused(con, REQUIRE, NOT_NULL_FAILED)
    assert emails(con) == ["temp@example.com"] * 3 + [None]


def rollback_takes_the_column_back_too() -> None:
    con = run(users(3), "BEGIN", ADD)
    refused(con, REQUIRE, NOT_NULL_FAILED)
    run(con, "ROLLBACK")
    assert columns(con) == ["id", "name"]
    assert con.execute("SELECT * FROM users").fetchall() == [(i, f"name {i}") for i in range(3)]


def in_the_order_of_the_up_the_next_step_finds_no_column() -> None:
    con = run(users(3), ADD, FILL, REQUIRE, DROP)
    refused(con, EMPTY, "Referenced update column email not found in table")


def in_reverse_every_step_works_and_drop_alone_gets_there_too() -> None:
    for steps in ([LIFT, EMPTY, DROP], [DROP]):
        con = run(users(3), ADD, FILL, REQUIRE, *steps)
        assert columns(con) == ["id", "name"]


def values_first_is_refused_while_the_column_is_required() -> None:
    refused(run(users(3), ADD, FILL, REQUIRE), EMPTY, NOT_NULL_FAILED)


def one_old_null_among_many_is_enough_to_refuse() -> None:
    con = run(users(1000), ADD, FILL, "UPDATE users SET email = NULL WHERE id = 500")
    refused(con, REQUIRE, NOT_NULL_FAILED)


def empty_text_passes() -> None:
    assert emails(run(users(2), ADD, "UPDATE users SET email = ''", REQUIRE)) == ["", ""]


def no_default_is_needed_and_an_insert_without_email_is_refused() -> None:
    con = run(users(2), ADD, FILL, REQUIRE)
    refused(con, "INSERT INTO users (id, name) VALUES (9, 'late')", NOT_NULL_FAILED)


def later_inserts_and_updates_may_not_leave_null() -> None:
    con = run(users(2), ADD, FILL, REQUIRE)
    refused(con, "INSERT INTO users VALUES (9, 'late', NULL)", NOT_NULL_FAILED)
    refused(con, EMPTY, NOT_NULL_FAILED)


CLAIMS: dict[tuple[str, str], Callable[[], None]] = {
    ("why-three-steps", "style"): one_step_is_refused_with_rows_and_taken_without,
    ("why-three-steps", "no-value-yet"): add_column_leaves_null_in_every_row_until_the_update,
    ("why-three-steps", "update-locked"): update_writes_a_required_column_but_no_null,
    ("forgotten-update", "refused"): without_update_it_passes_empty_and_is_refused_with_three_rows,
    ("forgotten-update", "passes-too"): same_columns_other_rows,
    ("forgotten-update", "empty-text"): a_new_column_without_default_holds_null_not_empty_text,
    ("third-step-fails", "stopped-there"): one_by_one_the_first_two_steps_stay,
    ("third-step-fails", "column-stays"): rollback_takes_the_column_back_too,
    ("third-step-fails", "as-before"): rollback_takes_the_column_back_too,
    ("order-of-down", "same-order"): in_the_order_of_the_up_the_next_step_finds_no_column,
    ("order-of-down", "reverse-order"): in_reverse_every_step_works_and_drop_alone_gets_there_too,
    ("order-of-down", "values-first"): values_first_is_refused_while_the_column_is_required,
    ("what-set-not-null-checks", "only-new-rows"): one_old_null_among_many_is_enough_to_refuse,
    ("what-set-not-null-checks", "real-text"): empty_text_passes,
    (
        "what-set-not-null-checks",
        "has-default",
    ): no_default_is_needed_and_an_insert_without_email_is_refused,
    ("what-set-not-null-checks", "no-null"): later_inserts_and_updates_may_not_leave_null,
}
