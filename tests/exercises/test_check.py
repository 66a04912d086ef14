"""The check of an answer: what no spec can say about itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.exercises import Exercise, PublicExercise, Verdict, check_answer, judging
from course_lib.exercises.hidden import draw_world
from course_lib.exercises.kinds import Kind

DOWN = "\n-- migrate:down\nALTER TABLE users DROP COLUMN email;\n"
GOOD_UP = """-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR DEFAULT 'temp@example.com';
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users ALTER COLUMN email DROP DEFAULT;
"""


def states(verdict: Verdict) -> dict[str, str]:
    return {result.id: result.state for result in verdict.results}


def said(verdict: Verdict, requirement: str) -> str:
    result = next(one for one in verdict.results if one.id == requirement)
    return "\n".join(
        f"{d.object}: {d.is_} | {d.expected} | {d.consequence} | {d.where}"
        for d in result.differences
    )


def test_the_three_statements_of_the_document_earn_all_points(exercise: Exercise) -> None:
    answer = (
        "-- migrate:up\n"
        "-- Add a new email column to the users table\n"
        "ALTER TABLE users ADD COLUMN email VARCHAR(255);\n\n"
        "-- Make sure every existing row has an email\n"
        "UPDATE users SET email = 'temp@example.com' WHERE email IS NULL;\n\n"
        "-- Now require the field so no new rows can skip it\n"
        "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n" + DOWN
    )
    assert check_answer(exercise, answer, secret="s").points == 10


@pytest.mark.parametrize("name", ["main.users", "shop.users", "shop.main.users", '"USERS"'])
def test_names_may_be_written_out(public: PublicExercise, name: str) -> None:
    answer = (GOOD_UP + DOWN).replace("TABLE users", f"TABLE {name}")
    assert check_answer(public, answer).points == 10


@pytest.mark.parametrize(
    ("answer", "phrase"),
    [
        ("", "does not begin with a `-- migrate:up` section"),
        ("-- migrate:up\nALTER TABEL users;\n", "line 2: DuckDB cannot read the SQL"),
        ("-- migrate:up\nSELECT 1;\nCOMMIT;\n" + DOWN, "line 3: COMMIT would begin or end"),
        (b"-- migrate:up\nSELECT '\xe9';\n", "line 2: byte 23 of the file is not UTF-8"),
        ("-- migrate:up\nSELECT '\0';\n", "line 2: DuckDB cannot read the SQL: a NUL byte"),
        ("-- migrate:up\n\nATTACH 'x.db';\n", "line 3: ATTACH 'x.db' opens another database"),
        ("-- migrate:up\nCOPY users TO 'x';\n", "reads or writes a file"),
        ("-- migrate:up\nSET threads = 8;\n", "changes a setting"),
        ("-- migrate:up\nPRAGMA version;\n", "line 2: PRAGMA version"),
        ("-- migrate:up\nINSTALL httpfs;\n", "loads an extension"),
        ("-- migrate:up\nEXPORT DATABASE 'x';\n", "writes files"),
        ("-- migrate:up\nCHECKPOINT;\n", "line 2: CHECKPOINT"),
        ("-- migrate:up\nCREATE MACRO sum(x) AS 7;\n", "makes a macro"),
        ("-- migrate:up\nCREATE /* */ OR -- a\nREPLACE TEMP FUNCTION f() AS 7;\n", "makes a macro"),
    ],
)
def test_answer_that_cannot_be_run_scores_nothing_and_says_why_in_place(
    public: PublicExercise, answer: str | bytes, phrase: str
) -> None:
    verdict = check_answer(public, answer)
    assert verdict.fault is None
    assert verdict.points == 0
    assert set(states(verdict).values()) == {"failed", "not_checked"}
    assert phrase in said(verdict, "runs")


def test_backfill_is_judged_where_a_failing_up_stopped(public: PublicExercise) -> None:
    up = GOOD_UP.replace(" DEFAULT 'temp@example.com'", "")
    verdict = check_answer(public, up + DOWN)
    assert states(verdict)["runs"] == states(verdict)["backfill"] == "failed"
    told = said(verdict, "runs")
    assert "step 2 of the up, line 3 in the small shop: DuckDB refuses it: Constraint Error" in told
    assert "12 of 12 rows have no email: id 1 (name 'Ada', joined '2023-01-09'); id 2" in told
    assert "NOT NULL constraint failed: users.email" in said(verdict, "runs")
    assert "Line 3: ALTER TABLE users ALTER COLUMN email SET NOT NULL" in said(verdict, "runs")
    assert "users.email where the up stopped" in said(verdict, "backfill")


def test_what_holds_where_a_failing_up_stopped_earns_nothing(public: PublicExercise) -> None:
    up = GOOD_UP.replace("ALTER COLUMN email DROP DEFAULT", "ALTER COLUMN emial DROP DEFAULT")
    verdict = check_answer(public, up + DOWN)
    assert verdict.points == 0
    assert states(verdict)["backfill"] == "not_checked"


def test_rows_that_are_gone_do_not_count_as_filled(public: PublicExercise) -> None:
    verdict = check_answer(public, GOOD_UP.replace("up\n", "up\nDELETE FROM users;\n") + DOWN)
    assert "gone in 12 of 12 rows: id 1 (name 'Ada'" in said(verdict, "backfill")
    assert "12 of 12 rows gone" in said(verdict, "untouched")


def test_changed_row_is_named_by_its_key_with_both_values(public: PublicExercise) -> None:
    up = GOOD_UP + "UPDATE users SET name = upper(name) WHERE id = 2;\n"
    verdict = check_answer(public, up + DOWN)
    assert "1 of 12 rows changed: id 2: name is 'BO', was 'Bo'" in said(verdict, "untouched")


@pytest.mark.parametrize(
    ("extra", "phrase"),
    [
        ("CREATE TABLE backup AS SELECT * FROM users", "table backup: a table with"),
        ("CREATE SCHEMA updown; CREATE TABLE updown.hid (a INT)", "table updown.hid"),
        ("CREATE VIEW v AS SELECT 1 AS a", "view v"),
        ("CREATE UNIQUE INDEX one ON users (id)", "unique index one on"),
        ("ALTER TABLE users ADD UNIQUE (id, email)", "UNIQUE (id, email) too"),
        (
            "UPDATE products SET price = 0",
            "4 of 4 rows changed: id 1: price is '0.00', was '24.00'",
        ),
        ("ALTER TABLE products ALTER COLUMN price TYPE DOUBLE", "column products.price: DOUBLE"),
        ("DROP TABLE products", "table products: not there"),
    ],
)
def test_anything_else_that_changes_is_found(
    public: PublicExercise, extra: str, phrase: str
) -> None:
    verdict = check_answer(public, f"{GOOD_UP}{extra};\n{DOWN}")
    assert states(verdict)["untouched"] == "failed"
    assert phrase in said(verdict, "untouched")


def test_temporary_table_in_front_of_the_real_one_deceives_nobody(public: PublicExercise) -> None:
    up = (
        "-- migrate:up\nCREATE TEMP TABLE users AS"
        " SELECT *, 'temp@example.com' AS email FROM main.users;\n"
        "ALTER TABLE temp.users ALTER COLUMN email SET NOT NULL;\n"
    )
    assert states(check_answer(public, up + DOWN))["column"] == "failed"


def test_down_that_restores_a_copy_loses_the_rows_written_since(public: PublicExercise) -> None:
    up = GOOD_UP.replace("up\n", "up\nCREATE TABLE old AS SELECT * FROM users;\n", 1)
    down = (
        "\n-- migrate:down\nDROP TABLE users;\n"
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR, joined DATE NOT NULL,"
        " phone VARCHAR);\n"
        "INSERT INTO users SELECT * FROM old;\nDROP TABLE old;\n"
    )
    verdict = check_answer(public, up + down)
    assert states(verdict)["round-trip"] == "failed"
    assert "2 of 14 rows gone: id 900001 (name 'Ines'" in said(verdict, "round-trip")


def test_up_that_cannot_run_a_second_time_fails_the_round_trip(public: PublicExercise) -> None:
    down = DOWN.replace("-- migrate:down", "-- migrate:down\nCREATE TEMP TABLE t (a INT);")
    up = GOOD_UP + "ALTER TABLE users ADD COLUMN extra INTEGER;\n"
    verdict = check_answer(public, up + down)
    assert "run again after the down" in said(verdict, "round-trip")
    assert "column users.extra after the down" in said(verdict, "round-trip")


def test_columns_out_of_order_after_the_down_are_a_difference(public: PublicExercise) -> None:
    down = (
        "\n-- migrate:down\nCREATE TABLE o (name VARCHAR, id INTEGER PRIMARY KEY, joined DATE NOT"
        " NULL, phone VARCHAR);\nINSERT INTO o SELECT name, id, joined, phone FROM users;\n"
        "DROP TABLE users;\n"
        "ALTER TABLE o RENAME TO users;\n"
    )
    verdict = check_answer(public, GOOD_UP + down)
    assert "order of the columns of users after the down" in said(verdict, "round-trip")
    assert verdict.points == 8


def test_statement_that_never_ends_is_stopped_and_is_no_fault(public: PublicExercise) -> None:
    endless = (
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r;\n"
    )
    verdict = check_answer(public, f"-- migrate:up\n{endless}{DOWN}")
    assert verdict.fault is None
    assert verdict.points == 0
    assert "line 2: it was stopped, since it " in said(verdict, "runs")


def test_rows_of_hidden_databases_are_in_no_message(exercise: Exercise) -> None:
    leaky = (
        "-- migrate:up\nALTER TABLE users ADD COLUMN email VARCHAR;\n"
        "SELECT error(string_agg(id || ':' || coalesce(name, '?'), ' ')) FROM users"
        " WHERE id NOT IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 21, 34, 55, 89, 4711, -7)"
        " HAVING count(*) > 0;\n"
    )
    hard_coded = next(w.answer for w in exercise.wrong_answers if "hard-coded" in w.name)
    rows = draw_world(exercise.hidden[0], exercise.task.id, "class").rows
    keys = {line.strip(" (").split(",")[0] for line in rows.split("\n") if line.startswith("  (")}
    for answer in (leaky + DOWN, hard_coded):
        closed = check_answer(exercise, answer, secret="class")
        shown = check_answer(exercise, answer, secret="class", reveal=True)
        assert states(closed)["runs"] == "failed"
        text = closed.to_text() + closed.to_html() + str(closed.to_json())
        assert not [key for key in keys if len(key) > 3 and key in text]
        assert [key for key in keys if len(key) > 3 and key in str(shown.to_json())]


def test_hidden_databases_need_the_whole_spec(public: PublicExercise) -> None:
    with pytest.raises(ValueError, match="author's spec"):
        check_answer(public, GOOD_UP, secret="s")


def test_error_inside_a_check_is_a_fault_and_not_the_learners(
    public: PublicExercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError("ours")

    kinds = {**judging.KINDS, "unchanged": Kind(broken, {"except": list})}  # type: ignore[arg-type]
    monkeypatch.setattr(judging, "KINDS", kinds)
    verdict = check_answer(public, GOOD_UP + DOWN)
    assert verdict.fault == "the check itself failed (ZeroDivisionError: ours)"
    assert verdict.points == 0
    assert set(states(verdict).values()) == {"not_checked"}


def test_check_leaves_no_file_behind(
    public: PublicExercise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    check_answer(public, "-- migrate:up\nCREATE TABLE big AS SELECT * FROM range(3000000);" + DOWN)
    assert list(tmp_path.iterdir()) == []


def test_the_first_failure_names_the_rows_that_stopped_the_up(public: PublicExercise) -> None:
    up = GOOD_UP.replace(" DEFAULT 'temp@example.com'", "").replace(
        "ALTER TABLE users ALTER", "UPDATE users SET email = 'temp@example.com' WHERE name <> '';\n"
        "ALTER TABLE users ALTER", 1
    )  # fmt: skip
    told = said(check_answer(public, up + DOWN), "runs")
    assert "and 2 of 11 rows have no email: id 2 (name NULL" in told and "id 3 (name ''" in told
    assert "small shop" not in told


def test_hidden_rows_are_not_named_where_they_stopped_the_up(exercise: Exercise) -> None:
    up = GOOD_UP.replace(" DEFAULT 'temp@example.com'", "")
    told = said(check_answer(exercise, up + DOWN, secret="s"), "runs")
    hidden = told.split("further database", 1)[1]
    assert "DuckDB refuses it (ConstraintException)" in hidden and "rows have no" not in hidden


def test_text_between_double_quotes_is_told_how_text_is_written(public: PublicExercise) -> None:
    up = GOOD_UP.replace(" DEFAULT 'temp@example.com'", "").replace(
        "ALTER TABLE users ALTER", 'UPDATE users SET email = "temp@example.com";\n'
        "ALTER TABLE users ALTER", 1
    )  # fmt: skip
    told = said(check_answer(public, up + DOWN), "runs")
    assert "text stands between single quotes: 'temp@example.com'" in told


def test_a_lost_table_is_not_taken_for_one_of_the_systems(public: PublicExercise) -> None:
    told = said(
        check_answer(public, GOOD_UP + "-- migrate:down\nDROP TABLE users;\n"), "round-trip"
    )
    assert "Table with name users does not exist!" in told and "sqlite_master" not in told
