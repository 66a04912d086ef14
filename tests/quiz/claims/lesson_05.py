"""What lesson 5's quiz says, done on DuckDB, and on the engine where it speaks of the engine."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from course_lib.migrations import (
    Direction,
    Outcome,
    Refused,
    make_plan,
    read_applied,
    read_folder,
    read_status,
    run_plan,
)
from course_lib.quiz import OneChoice, read_quiz
from course_lib.quiz.kinds.order import Order

from .trying import Connection, columns, refused, run

BANK = Path(__file__).parents[3] / "lessons" / "05-going-back" / "quiz.toml"
QUIZ = read_quiz(BANK, "going-back")
ASIDE = read_quiz(BANK, "aside-and-back").questions[0]
assert isinstance(ASIDE, Order)
STEPS = {step.id: step.text.strip("`") for step in ASIDE.steps}
DROP = "ALTER TABLE users DROP COLUMN phone"
ADD = "ALTER TABLE users ADD COLUMN phone VARCHAR"
COPY = "CREATE TABLE kept AS SELECT * FROM users"
EMAILS = "CREATE TABLE emails_kept AS SELECT id, email FROM users"
SMALL = "UPDATE users SET email = lower(email)"
NEW = "UPDATE users SET email = 'New@Example.com' WHERE id = 7"
FORGET = "DELETE FROM users WHERE id <= 12"


def sql_of(id: str) -> list[str]:
    """The statements that a question shows."""
    question = QUIZ.question(id)
    assert isinstance(question, OneChoice) and question.sql is not None
    return [step.strip() for step in question.sql.split(";") if step.strip()]


def phones() -> Connection:
    con = duckdb.connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, phone VARCHAR)")
    return run(con, "INSERT INTO users SELECT i, '0' || i FROM range(2000) t(i)")


def people() -> Connection:
    con = duckdb.connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR)")
    return run(con, "INSERT INTO users VALUES (1, 'Ada'), (2, 'Bo')")


def emails() -> Connection:
    con = duckdb.connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR)")
    return run(
        con, "INSERT INTO users VALUES (1, 'Ada@Example.com'), (2, 'BO@EXAMPLE.COM'), (7, 'G@x.y')"
    )


def rows(con: Connection, query: str) -> list[object]:
    return [row[0] for row in con.execute(query).fetchall()]


def typed(con: Connection) -> list[object]:
    return rows(con, "SELECT email FROM users ORDER BY id")


def whole_copy_back() -> Connection:
    con = run(people(), COPY, "INSERT INTO users VALUES (3, 'Ines')")
    run(con, "DELETE FROM users WHERE name = 'Bo'")
    return run(con, "DELETE FROM users", "INSERT INTO users SELECT * FROM kept")


def the_whole_copy_gives_the_table_of_before() -> None:
    assert rows(whole_copy_back(), "SELECT name FROM users ORDER BY id") == ["Ada", "Bo"]


def without_delete_the_copy_would_only_be_added() -> None:
    con = run(people(), COPY, "INSERT INTO users VALUES (3, 'Ines')")
    run(con, "DELETE FROM users WHERE name = 'Bo'", "INSERT OR IGNORE INTO users FROM kept")
    assert rows(con, "SELECT name FROM users ORDER BY id") == ["Ada", "Bo", "Ines"]
    the_whole_copy_gives_the_table_of_before()


def a_copy_from_before_gives_each_spelling_back() -> None:
    con = emails()
    before = typed(con)
    run(con, EMAILS, SMALL, *sql_of("changed-since"))
    assert typed(con) == before


def upper_gives_what_nobody_typed() -> None:
    con = run(emails(), SMALL, "UPDATE users SET email = upper(email)")
    assert typed(con)[0] == "ADA@EXAMPLE.COM"


def after_the_commit_nothing_can_be_rolled_back() -> None:
    con = run(emails(), "BEGIN", SMALL, "COMMIT")
    refused(con, "ROLLBACK", "cannot rollback - no transaction is active")
    assert typed(con)[:2] == ["ada@example.com", "bo@example.com"]


def only_a_where_keeps_the_newer_value() -> None:
    (update,) = sql_of("changed-since")
    con = run(emails(), EMAILS, SMALL, NEW, f"{update} AND users.email = lower(kept.email)")
    assert typed(con) == ["Ada@Example.com", "BO@EXAMPLE.COM", "New@Example.com"]


def without_it_the_old_value_is_written_over_the_new_one() -> None:
    con = run(emails(), EMAILS, SMALL, NEW, *sql_of("changed-since"))
    assert typed(con)[-1] == "G@x.y"
    only_a_where_keeps_the_newer_value()


def at_one_moment_it_is_a_conflict_and_later_it_is_none() -> None:
    con = run(emails(), EMAILS, SMALL)
    other = con.cursor()
    run(con, "BEGIN", NEW)
    refused(other, NEW.replace("New", "Other"), "Conflict")
    run(con, "COMMIT")
    run(other, *sql_of("changed-since"))
    assert typed(con)[-1] == "G@x.y"


class Shop:
    """Twenty users and a folder with one migration, on the real engine."""

    def __init__(self, name: str, up: str, ending: str) -> None:
        self._made = tempfile.TemporaryDirectory()
        folder = Path(self._made.name) / "migrations"
        folder.mkdir()
        (folder / f"{name}.sql").write_text(f"-- migrate:up\n{up};\n{ending}\n")
        self.folder = read_folder(folder)
        self.con = run(
            duckdb.connect(folder.with_name("shop.duckdb")),
            "CREATE TABLE users (id INTEGER, phone VARCHAR)",
            "INSERT INTO users SELECT i, '0' FROM range(1, 21) t(i)",
        )

    def go(self, direction: Direction) -> Outcome | Refused:
        plan = make_plan(self.folder, read_applied(self.con), direction)
        return plan if isinstance(plan, Refused) else run_plan(self.con, plan)

    def state(self) -> str:
        return read_status(self.con, self.folder)[0].state

    def users(self) -> list[object]:
        return rows(self.con, "SELECT count(*) FROM users")


def a_down_that_does_nothing_is_done_and_the_rows_are_gone() -> None:
    shop = Shop("004_forget", FORGET, "-- migrate:down\nSELECT 1;")
    shop.go("up")
    came = shop.go("down")
    assert isinstance(came, Outcome) and came.failure is None
    assert (shop.state(), shop.users()) == ("pending", [8])


def only_a_declared_one_is_refused() -> None:
    a_down_that_does_nothing_is_done_and_the_rows_are_gone()
    shop = Shop("004_forget", FORGET, "-- migrate:irreversible they asked for it")
    shop.go("up")
    came = shop.go("down")
    assert isinstance(came, Refused) and "they asked for it" in str(came)
    assert shop.state() == "applied"


def the_ledger_has_five_columns_and_none_of_the_rows() -> None:
    shop = Shop("004_forget", FORGET, "-- migrate:down\nSELECT 1;")
    shop.go("up")
    assert [row[0] for row in shop.con.execute("DESCRIBE updown.ledger").fetchall()] == [
        "number",
        "name",
        "checksum",
        "guard",
        "applied_at",
    ]
    shop.go("down")
    assert shop.users() == [8]


def the_copy_reads_the_column_and_carries_the_id() -> None:
    con = run(phones(), STEPS["keep"])
    assert columns(con, "phones_kept") == ["id", "phone"]


def dropped_first_the_copy_stops() -> None:
    refused(run(phones(), STEPS["drop"]), STEPS["keep"], 'Referenced column "phone" not found')


def while_the_old_one_stands_there_is_no_second() -> None:
    refused(phones(), STEPS["add"], 'Column with name "phone" already exists')


def each_number_goes_back_to_its_owner() -> None:
    con = phones()
    before = con.execute("FROM users ORDER BY id").fetchall()
    run(con, *(STEPS[one] for one in ("keep", "drop", "add", "fill")))
    assert con.execute("FROM users ORDER BY id").fetchall() == before


def left_there_the_copy_stops_the_next_up() -> None:
    con = run(phones(), *(STEPS[one] for one in ("keep", "drop", "add", "fill")))
    refused(con, STEPS["keep"], "already exists")
    run(con, STEPS["clear"], STEPS["keep"])
    gone = run(phones(), *(STEPS[one] for one in ("keep", "drop", "add", "clear")))
    refused(gone, STEPS["fill"], "Table with name phones_kept does not exist")


CLAIMS: dict[tuple[str, str], Callable[[], None]] = {
    ("whole-table-back", "ines-stays"): the_whole_copy_gives_the_table_of_before,
    ("whole-table-back", "both-stay"): without_delete_the_copy_would_only_be_added,
    ("whole-table-back", "bo-back"): the_whole_copy_gives_the_table_of_before,
    ("small-letters-back", "from-copy"): a_copy_from_before_gives_each_spelling_back,
    ("small-letters-back", "upper"): upper_gives_what_nobody_typed,
    ("small-letters-back", "rollback"): after_the_commit_nothing_can_be_rolled_back,
    ("changed-since", "new-kept"): only_a_where_keeps_the_newer_value,
    ("changed-since", "old-back"): without_it_the_old_value_is_written_over_the_new_one,
    ("changed-since", "conflict"): at_one_moment_it_is_a_conflict_and_later_it_is_none,
    ("empty-down", "done-but-gone"): a_down_that_does_nothing_is_done_and_the_rows_are_gone,
    ("empty-down", "refuses-empty"): only_a_declared_one_is_refused,
    ("empty-down", "from-ledger"): the_ledger_has_five_columns_and_none_of_the_rows,
}
PARTS: dict[tuple[str, str], Callable[[], None]] = {
    ("phones-there-and-back", "keep"): the_copy_reads_the_column_and_carries_the_id,
    ("phones-there-and-back", "drop"): dropped_first_the_copy_stops,
    ("phones-there-and-back", "add"): while_the_old_one_stands_there_is_no_second,
    ("phones-there-and-back", "fill"): each_number_goes_back_to_its_owner,
    ("phones-there-and-back", "clear"): left_there_the_copy_stops_the_next_up,
    ("phones-there-and-back", "whole"): the_whole_copy_gives_the_table_of_before,
}
