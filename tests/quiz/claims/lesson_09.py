"""What lesson 9's quizzes say, done with the engine on DuckDB, and with the lesson's own words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from course_lib.migrations import (
    Direction,
    Refused,
    diff,
    make_plan,
    read_applied,
    read_events,
    read_folder,
    read_schema,
    run_plan,
    verify,
)

from .trying import Connection, columns, refused, run

ADD = "ALTER TABLE users ADD COLUMN phone VARCHAR"
PHONE = f"-- migrate:up\n{ADD};\n-- migrate:down\nALTER TABLE users DROP COLUMN phone;\n"
LANGUAGE = PHONE.replace("phone", "language")
LETTERS = (
    "-- migrate:up\nDELETE FROM users WHERE id = 2;\n-- migrate:irreversible the law says so\n"
)


def users() -> Connection:
    con = duckdb.connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR)")
    return run(con, "INSERT INTO users VALUES (1, 'Ada'), (2, NULL)")


def engine(con: Connection, way: Direction, **texts: str) -> str:
    """The engine goes that way with files of these names; a refusal or failure in its words."""
    with TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / f"{name.removeprefix('m')}.sql").write_text(text, encoding="utf-8")
        plan = make_plan(read_folder(Path(folder)), read_applied(con), way)
        if isinstance(plan, Refused):
            return " ".join(str(problem) for problem in plan.problems)
        failure = run_plan(con, plan).failure
        return "" if failure is None else str(failure)


def names(con: Connection) -> list[str]:
    return [row.name for row in read_applied(con)]


def a_description_cannot_run_where_the_tables_are() -> None:
    table = "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR, phone VARCHAR)"
    refused(users(), table, "already exists")


def it_runs_once_however_often_the_tool_is_started() -> None:
    con = users()
    for _ in range(3):
        assert engine(con, "up", m001_phone=PHONE) == ""
    assert names(con) == ["001_phone"] and columns(con) == ["id", "name", "phone"]


def pasted_it_leaves_no_line_and_the_tool_tries_again() -> None:
    con = run(users(), ADD)
    assert names(con) == []
    assert 'Column with name "phone" already exists' in engine(con, "up", m001_phone=PHONE)
    refused(con, ADD, 'Column with name "phone" already exists')


def the_second_of_two_that_add_one_column_stops() -> None:
    con = users()
    said = engine(con, "up", m001_phone=PHONE, m002_phone_too=PHONE)
    assert "already exists" in said and names(con) == ["001_phone"]


def what_a_hand_added_stays_on_its_copy() -> None:
    ours, theirs = run(users(), "ALTER TABLE users ADD COLUMN pet VARCHAR"), users()
    for con in (ours, theirs):
        engine(con, "up", m001_phone=PHONE)
    assert "pet" in columns(ours) and "pet" not in columns(theirs)
    before = columns(theirs)
    assert diff(read_schema(ours), read_schema(theirs)) != ()
    assert columns(theirs) == before


def one_command_brings_copies_that_were_apart_to_one_state() -> None:
    new, behind = users(), users()
    engine(behind, "up", m001_phone=PHONE)
    for con in (new, behind):
        engine(con, "up", m001_phone=PHONE, m002_language=LANGUAGE)
    assert names(new) == names(behind) == ["001_phone", "002_language"]
    assert diff(read_schema(new), read_schema(behind)) == ()


def a_column_comes_and_its_values_do_not() -> None:
    con = users()
    engine(con, "up", m001_phone=PHONE)
    run(con, "UPDATE users SET phone = '555'")
    engine(con, "down", m001_phone=PHONE)
    engine(con, "up", m001_phone=PHONE)
    assert con.execute("SELECT DISTINCT phone FROM users").fetchall() == [(None,)]


def a_failed_up_runs_no_down() -> None:
    con = run(users(), "CREATE TABLE downs (id INTEGER)")
    text = (
        f"-- migrate:up\n{ADD};\nSELECT broken;\n-- migrate:down\nINSERT INTO downs VALUES (1);\n"
    )
    assert "broken" in engine(con, "up", m001_phone=text)
    assert con.execute("SELECT count(*) FROM downs").fetchone() == (0,)
    assert columns(con) == ["id", "name"] and names(con) == []


def a_down_undoes_tables_and_columns_and_leaves_new_rows() -> None:
    con = users()
    engine(con, "up", m001_phone=PHONE)
    run(con, "INSERT INTO users VALUES (3, 'Cy', '555')")
    engine(con, "down", m001_phone=PHONE)
    assert columns(con) == ["id", "name"]
    assert con.execute("SELECT count(*) FROM users").fetchone() == (3,)


def a_line_has_number_name_and_time() -> None:
    con = users()
    engine(con, "up", m007_phone=PHONE)
    (row,) = con.execute("SELECT number, name, applied_at FROM updown.ledger").fetchall()
    assert row[:2] == (7, "007_phone") and row[2] is not None


def an_edited_file_is_seen_before_anything_is_done() -> None:
    con = users()
    engine(con, "up", m003_phone=PHONE)
    said = engine(con, "up", m003_phone=PHONE.replace("VARCHAR", "TEXT"), m004_language=LANGUAGE)
    assert "its file is not the one that was applied" in said
    assert names(con) == ["003_phone"]


def a_hand_is_found_by_comparing_and_not_in_the_ledger() -> None:
    con = users()
    engine(con, "up", m001_phone=PHONE)
    events = read_events(con)
    run(con, "ALTER TABLE users ADD COLUMN pet VARCHAR")
    assert read_events(con) == events
    with TemporaryDirectory() as folder:
        (Path(folder) / "001_phone.sql").write_text(PHONE, encoding="utf-8")
        assert "pet" in str(verify(con, read_folder(Path(folder))))


def no_value_of_another_table_is_in_it() -> None:
    con = run(users(), "UPDATE users SET name = 'Xiomara'")
    text = "-- migrate:up\nUPDATE users SET name = NULL WHERE id > 0;\n-- migrate:down\nSELECT 1;\n"
    engine(con, "up", m001_forget=text)
    kept = con.execute("SELECT * FROM updown.ledger").fetchall()
    kept += con.execute("SELECT * FROM updown.events").fetchall()
    assert "Xiomara" not in str(kept)


def two_files_with_one_number_stop_before_anything_runs() -> None:
    con = users()
    said = engine(con, "up", m006_x=PHONE, m007_add_phone=LANGUAGE, m007_add_language=LANGUAGE)
    assert "so there is no order between them; give one of them the next free number" in said
    assert names(con) == []


def a_nullable_column_breaks_no_writer() -> None:
    con = run(users(), ADD, "INSERT INTO users (id, name) VALUES (3, 'Cy')")
    assert con.execute("SELECT count(phone) FROM users").fetchone() == (0,)


def a_default_fills_so_that_the_rule_finds_no_null() -> None:
    run(
        users(),
        "BEGIN",
        "ALTER TABLE users ADD COLUMN x INTEGER DEFAULT 0",
        "ALTER TABLE users ALTER COLUMN x SET NOT NULL",
        "COMMIT",
    )


def what_says_that_it_is_irreversible_refuses_its_down() -> None:
    con = users()
    assert engine(con, "up", m001_letters=LETTERS) == ""
    assert "it has no down: the law says so" in engine(con, "down", m001_letters=LETTERS)


CLAIMS: dict[tuple[str, str], Callable[[], None]] = {
    ("what-it-is", "wanted-tables"): a_description_cannot_run_where_the_tables_are,
    ("what-it-is", "recorded-change"): it_runs_once_however_often_the_tool_is_started,
    ("what-it-is", "pasted-statements"): pasted_it_leaves_no_line_and_the_tool_tries_again,
    ("why-teams", "merged-for-them"): the_second_of_two_that_add_one_column_stops,
    ("why-teams", "evened-out"): what_a_hand_added_stays_on_its_copy,
    ("why-teams", "one-order-for-all"): one_command_brings_copies_that_were_apart_to_one_state,
    ("what-a-down-does", "undo-its-up"): a_down_undoes_tables_and_columns_and_leaves_new_rows,
    ("what-a-down-does", "after-a-failure"): a_failed_up_runs_no_down,
    ("what-a-down-does", "with-all-values"): a_column_comes_and_its_values_do_not,
    ("what-the-ledger-knows", "which-and-when"): a_line_has_number_name_and_time,
    ("what-the-ledger-knows", "text-is-another"): an_edited_file_is_seen_before_anything_is_done,
    ("what-the-ledger-knows", "changed-by-hand"): (
        a_hand_is_found_by_comparing_and_not_in_the_ledger
    ),
    ("what-the-ledger-knows", "old-values"): no_value_of_another_table_is_in_it,
    ("two-sevens", "by-alphabet"): two_files_with_one_number_stop_before_anything_runs,
    ("two-sevens", "refuses-both"): two_files_with_one_number_stop_before_anything_runs,
    ("two-sevens", "first-one-wins"): two_files_with_one_number_stop_before_anything_runs,
    ("sent-back", "nullable-column"): a_nullable_column_breaks_no_writer,
    ("sent-back", "edited-applied"): an_edited_file_is_seen_before_anything_is_done,
    ("sent-back", "default-then-required"): a_default_fills_so_that_the_rule_finds_no_null,
    ("sent-back", "says-irreversible"): what_says_that_it_is_irreversible_refuses_its_down,
}
