"""What lesson 1's quizzes say, done on DuckDB and with the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from course_lib.migrations import (
    Refused,
    make_plan,
    read_applied,
    read_folder,
    run_plan,
)
from course_lib.quiz import read_quiz
from course_lib.quiz.kinds.order import Order

from .trying import Connection, columns, refused, run

BANK = Path(__file__).parents[3] / "lessons" / "01-what-is-a-migration" / "quiz.toml"
MENDED = read_quiz(BANK, "mend-the-name").questions[0]
assert isinstance(MENDED, Order)
STEPS = {step.id: step.text.strip("`") for step in MENDED.steps}
PHONE = """\
-- migrate:up
ALTER TABLE users ADD COLUMN phone VARCHAR;
-- migrate:down
ALTER TABLE users DROP COLUMN phone;
"""
NUMBER = "SELECT phone FROM users WHERE name = 'Ada'"


def users() -> Connection:
    con = duckdb.connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR, joind DATE NOT NULL)")
    con.execute("INSERT INTO users VALUES (1, 'Ada', '2023-01-09'), (2, NULL, '2023-01-31')")
    return con


def migrate(con: Connection, direction: str, text: str = PHONE) -> Refused | None:
    """The engine goes up or down with 001 of this text; a refusal is given back."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "001_add_phone_to_users.sql").write_text(text, encoding="utf-8")
        way = "down" if direction == "down" else "up"
        plan = make_plan(read_folder(Path(folder)), read_applied(con), way)
    if isinstance(plan, Refused):
        return plan
    run_plan(con, plan)
    return None


def the_file_holds_no_row_and_each_database_keeps_its_own() -> None:
    ours, theirs = users(), run(users(), "DELETE FROM users WHERE id = 2")
    for con, names in ((ours, [("Ada",), (None,)]), (theirs, [("Ada",)])):
        assert migrate(con, "up") is None
        assert con.execute("SELECT name FROM users ORDER BY id").fetchall() == names


def the_tool_makes_the_change_and_the_line_in_the_ledger() -> None:
    con = users()
    assert (columns(con)[-1], read_applied(con)) == ("joind", ())
    assert migrate(con, "up") is None
    assert columns(con)[-1] == "phone"
    assert [row.name for row in read_applied(con)] == ["001_add_phone_to_users"]


def a_change_by_hand_leaves_the_ledger_empty() -> None:
    con = run(users(), "ALTER TABLE users ADD COLUMN phone VARCHAR")
    assert read_applied(con) == ()


def an_edited_file_is_seen_and_nothing_is_done() -> None:
    con = users()
    migrate(con, "up")
    answer = migrate(con, "up", PHONE.replace("phone", "phone_number"))
    assert answer is not None and [one.kind for one in answer.problems] == ["edited"]
    assert columns(con)[3:] == ["phone"]


def the_same_number_gives_two_databases_that_differ() -> None:
    ours, theirs = users(), users()
    migrate(ours, "up")
    assert migrate(theirs, "up", PHONE.replace("phone", "phone_number")) is None
    assert columns(ours)[3:] == ["phone"] and columns(theirs)[3:] == ["phone_number"]
    an_edited_file_is_seen_and_nothing_is_done()


def after_down_and_up_the_row_is_there_and_the_number_is_not() -> None:
    con = users()
    migrate(con, "up")
    run(con, "UPDATE users SET phone = '555 0101' WHERE name = 'Ada'")
    migrate(con, "down")
    assert con.execute("SELECT count(*) FROM users WHERE name = 'Ada'").fetchone() == (1,)
    migrate(con, "up")
    assert con.execute(NUMBER).fetchall() == [(None,)]


def a_down_removes_no_row_that_came_later() -> None:
    con = users()
    migrate(con, "up")
    run(con, "INSERT INTO users VALUES (3, 'Late', '2025-01-01', '555 0103')")
    migrate(con, "down")
    assert con.execute("SELECT name FROM users WHERE id = 3").fetchall() == [("Late",)]


def server_and_laptop() -> tuple[Connection, Connection]:
    """The server after 001 has run there; the laptop has it, a number, and a table by hand."""
    server, laptop = users(), users()
    migrate(laptop, "up")
    run(laptop, "UPDATE users SET phone = '555 0101' WHERE name = 'Ada'")
    run(laptop, "CREATE TABLE vouchers (code VARCHAR)")
    assert migrate(server, "up") is None
    return server, laptop


def the_server_gets_the_column_and_each_old_row_null() -> None:
    server, _ = server_and_laptop()
    assert server.execute("SELECT DISTINCT phone FROM users").fetchall() == [(None,)]


def the_server_has_a_ledger_of_its_own() -> None:
    server, laptop = server_and_laptop()
    migrate(laptop, "down")
    assert [row.number for row in read_applied(server)] == [1] and read_applied(laptop) == ()


def no_number_of_the_laptop_arrives() -> None:
    server, laptop = server_and_laptop()
    counts = [con.execute("SELECT count(phone) FROM users").fetchone() for con in (server, laptop)]
    assert counts == [(0,), (1,)]


def no_table_made_by_hand_arrives() -> None:
    server, _ = server_and_laptop()
    refused(server, "FROM vouchers", "Table with name vouchers does not exist")


def without_a_place_the_copy_is_refused() -> None:
    refused(users(), STEPS["copy"], "Referenced update column joined not found in table")


def while_both_are_there_every_day_is_copied() -> None:
    con = run(users(), STEPS["add"], STEPS["copy"])
    assert con.execute("SELECT count(*) FROM users WHERE joined = joind").fetchone() == (2,)


def filled_with_today_every_day_is_lost() -> None:
    con = run(users(), STEPS["add"], STEPS["fill"], STEPS["drop"])
    days = con.execute("SELECT DISTINCT joined = current_date FROM users").fetchall()
    assert days == [(True,)]


def dropped_too_early_there_is_nothing_to_copy_and_last_nothing_is_lost() -> None:
    message = 'Referenced column "joind" not found in FROM clause'
    refused(run(users(), STEPS["add"], STEPS["drop"]), STEPS["copy"], message)
    con = run(users(), STEPS["add"], STEPS["copy"], STEPS["drop"])
    assert con.execute("SELECT count(*), count(joined) FROM users").fetchone() == (2, 2)


CLAIMS: dict[tuple[str, str], Callable[[], None]] = {
    ("what-it-is", "moving-the-data"): the_file_holds_no_row_and_each_database_keeps_its_own,
    ("what-it-is", "a-described-change"): the_tool_makes_the_change_and_the_line_in_the_ledger,
    ("what-it-is", "a-log-of-changes"): a_change_by_hand_leaves_the_ledger_empty,
    ("edited-after", "renamed-at-next-up"): an_edited_file_is_seen_and_nothing_is_done,
    ("edited-after", "stays-and-differs"): the_same_number_gives_two_databases_that_differ,
    ("edited-after", "runs-both-texts"): an_edited_file_is_seen_and_nothing_is_done,
    ("number-after-down-and-up", "number-is-back"): (
        after_down_and_up_the_row_is_there_and_the_number_is_not
    ),
    ("number-after-down-and-up", "row-is-gone"): a_down_removes_no_row_that_came_later,
    ("number-after-down-and-up", "null"): after_down_and_up_the_row_is_there_and_the_number_is_not,
    ("what-arrives", "column"): the_server_gets_the_column_and_each_old_row_null,
    ("what-arrives", "line"): the_server_has_a_ledger_of_its_own,
    ("what-arrives", "numbers"): no_number_of_the_laptop_arrives,
    ("what-arrives", "hand"): no_table_made_by_hand_arrives,
}
PARTS: dict[tuple[str, str], Callable[[], None]] = {
    ("three-in-order", "add"): without_a_place_the_copy_is_refused,
    ("three-in-order", "copy"): while_both_are_there_every_day_is_copied,
    ("three-in-order", "fill"): filled_with_today_every_day_is_lost,
    ("three-in-order", "drop"): (
        dropped_too_early_there_is_nothing_to_copy_and_last_nothing_is_lost
    ),
}
