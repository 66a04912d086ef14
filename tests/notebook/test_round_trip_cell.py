"""`%migrate round-trip`: up, what people write, and down, on a copy of the lesson's database."""

from __future__ import annotations

import os
import signal
import threading

import pytest
from IPython.core.interactiveshell import InteractiveShell

from course_lib.notebook import Lesson, magics
from course_lib.notebook.migrate_magic import migrate_line
from course_lib.notebook.migration_cell import migration_cell

ROUND = """\
-- migrate:up
CREATE TABLE kept AS SELECT * FROM products;
UPDATE products SET price = round(price);
-- migrate:down
DELETE FROM products;
INSERT INTO products SELECT * FROM kept;
DROP TABLE kept;
"""
BY_ROW = ROUND.replace(
    "DELETE FROM products;\nINSERT INTO products SELECT * FROM kept;",
    "UPDATE products SET price = kept.price FROM kept WHERE kept.id = products.id;",
)
PEOPLE = """\
INSERT INTO products (id, title, price) VALUES (900, 'Rain cape', 35.00);
UPDATE products SET title = 'Oak tray, round' WHERE id = 101;
DELETE FROM products WHERE id = 100;
"""


@pytest.fixture
def prices(lesson: Lesson) -> Lesson:
    migration_cell(lesson, "001_round_prices", ROUND)
    return lesson


def test_what_nobody_wrote_to_comes_back_and_the_database_stays(prices: Lesson) -> None:
    before = prices.db.execute("FROM products ORDER BY id").fetchall()
    shown = migrate_line(prices, "round-trip")
    assert shown.text.startswith("`001_round_prices`: schema and rows came back.")
    assert "The rows are the same as before in `products`, `users`." in shown.text
    assert "put `INSERT`, `UPDATE` or `DELETE` below it" in shown.text
    assert prices.db.execute("FROM products ORDER BY id").fetchall() == before
    assert "0 applied, 1 pending." in migrate_line(prices, "status").text


def test_what_people_wrote_in_between_and_the_down_undid_is_told_by_row(prices: Lesson) -> None:
    shown = migrate_line(prices, "round-trip 001", PEOPLE)
    assert shown.text.startswith("Not everything came back.")
    assert "- `products`: 1 row deleted in between is back: id 100." in shown.text
    assert "The rows are the same as before in `users`." in shown.text
    assert "id 101 (title was Oak tray, round and is Oak tray, small)." in shown.text
    assert "1 row written in between is gone: id 900." in shown.text
    assert prices.db.execute("SELECT count(*) FROM products WHERE id = 100").fetchone() == (1,)


def test_a_down_that_touches_only_what_the_up_changed_leaves_their_rows(prices: Lesson) -> None:
    migration_cell(prices, "001_round_prices", BY_ROW)
    shown = migrate_line(prices, "round-trip", PEOPLE)
    assert "schema and rows came back" in shown.text
    assert "2 rows written in between still there" in shown.text
    assert "below it" not in shown.text


def test_a_schema_that_does_not_come_back_is_a_difference(prices: Lesson) -> None:
    migration_cell(prices, "001_round_prices", BY_ROW.replace("DROP TABLE kept;\n", ""))
    shown = migrate_line(prices, "round-trip")
    assert (
        "- table kept is now: a table with the columns id, title, price. Before: not" in shown.text
    )


def test_examples_of_many_rows_end_with_one_full_stop(prices: Lesson) -> None:
    lossy = "-- migrate:up\nALTER TABLE users DROP COLUMN name;\n-- migrate:down\n"
    migration_cell(prices, "002_x", f"{lossy}ALTER TABLE users ADD COLUMN name VARCHAR;\n")
    shown = migrate_line(prices, "round-trip")
    assert "came back with other values: id 1 (name was " in shown.text
    assert ".." not in shown.text


def test_sql_that_cannot_be_read_is_told_with_its_line(prices: Lesson) -> None:
    shown = migrate_line(prices, "round-trip", "SELECT 1;\nINSERT INTO products VALUES (1;")
    assert shown.text.startswith("DuckDB cannot read line 2 of the SQL below `%%migrate`;")


def test_a_down_that_is_refused_asks_for_no_accept_since_nothing_is_applied(lesson: Lesson) -> None:
    wrong = (
        "UPDATE products SET price = kept.price WHERE kept.id = products.id;\nDROP TABLE kept;\n"
    )
    migration_cell(lesson, "001_round_prices", ROUND.split("DELETE")[0] + wrong)
    shown = migrate_line(lesson, "round-trip 001")
    assert shown.text.startswith("The round trip did not come to its end.")
    assert "was refused: Binder Error" in shown.text
    assert "correct the down and run it again" in shown.text and "accept" not in shown.text


def test_sql_that_is_refused_ends_the_trip_in_one_sentence(prices: Lesson) -> None:
    shown = migrate_line(prices, "round-trip", "\nINSERT INTO product VALUES (1);")
    assert shown.text.startswith("The round trip did not come to its end.")
    assert "the SQL below `%%migrate`, line 2: `INSERT INTO product VALUES (1)`" in shown.text
    assert "Your database was not touched." in shown.text


def test_a_step_that_fails_on_the_way_is_told_with_its_file(prices: Lesson) -> None:
    migration_cell(prices, "001_round_prices", ROUND.replace("DROP TABLE kept", "DROP TABLE keept"))
    shown = migrate_line(prices, "round-trip")
    assert shown.text.startswith("The round trip did not come to its end.")
    assert "migrations/001_round_prices.sql, line 7" in shown.text


def test_past_what_is_irreversible_there_is_no_trip(prices: Lesson) -> None:
    forget = "-- migrate:up\nDELETE FROM users;\n-- migrate:irreversible at their own wish\n"
    shown = migration_cell(prices, "002_forget", forget)
    assert "Up: 1 step. No way back: at their own wish." in shown.text
    assert "It could not be taken back: at their own wish." in migrate_line(prices, "plan").text
    assert "it has no down: at their own wish" in migrate_line(prices, "round-trip").text
    assert "schema and rows came back" in migrate_line(prices, "round-trip 001").text


def test_without_anything_pending_it_says_what_to_do(prices: Lesson) -> None:
    migrate_line(prices, "up")
    shown = migrate_line(prices, "round-trip")
    assert shown.text.startswith("Nothing to try:") and "`%migrate down`" in shown.text


def test_other_commands_take_no_sql_and_do_nothing_with_it(prices: Lesson) -> None:
    shown = migrate_line(prices, "up", "SELECT 1;")
    assert shown.text.startswith("`%migrate up` stands alone in its cell; nothing was done.")
    assert "0 applied, 1 pending." in migrate_line(prices, "status").text


def test_an_interrupt_is_told_and_leaves_nothing(prices: Lesson) -> None:
    slow = "CREATE TABLE slow AS SELECT sum(sqrt(i)) AS s FROM range(100000000000) AS t(i);"
    threading.Timer(1.0, os.kill, [os.getpid(), signal.SIGINT]).start()
    shown = migrate_line(prices, "round-trip", slow)
    assert shown.text.startswith("You stopped `%migrate round-trip`.")
    assert "Your database was not touched." in shown.text
    assert "0 applied, 1 pending." in migrate_line(prices, "status").text


def test_it_is_a_line_and_a_cell_in_the_notebook(
    prices: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = InteractiveShell()
    magics.register_magics(shell)
    said: list[str] = []
    monkeypatch.setattr(magics, "show", lambda shown: said.append(shown.text))
    for cell in ("%migrate round-trip 001", f"%%migrate round-trip 001\n{PEOPLE}"):
        assert shell.run_cell(cell).success
    assert shell.run_cell("%%migrate round-trip 001").success
    assert [text.splitlines()[0] for text in said] == [
        "`001_round_prices`: schema and rows came back.",
        "Not everything came back.",
        "`001_round_prices`: schema and rows came back.",
    ]
