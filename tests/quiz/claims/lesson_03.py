"""What lesson 3's quizzes say, done on the shop of the lesson, with the engine and its rules."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from course_lib.migrations import (
    Folder,
    Outcome,
    Refused,
    make_plan,
    read_applied,
    read_folder,
    read_starting_schema,
    read_status,
    review,
    run_plan,
)
from course_lib.migrations.migration import Direction
from course_lib.quiz import Review, read_bank

from .trying import Connection, columns, refused, run

LESSON = Path(__file__).parents[3] / "lessons" / "03-the-workflow"
FILES = {
    "review-suppliers": "001_create_suppliers",
    "review-gift-cards": "002_sell_gift_cards",
    "review-min-total": "003_add_min_total_to_vouchers",
    "review-newsletter": "004_add_newsletter_to_users",
}


def file_of(id: str) -> str:
    """The file that a review shows, without the numbers of its lines."""
    questions = {one.id: one for quiz in read_bank(LESSON / "quiz.toml") for one in quiz.questions}
    question = questions[id]
    assert isinstance(question, Review) and question.sql is not None
    return "\n".join(line[4:] for line in question.sql.splitlines()) + "\n"


class Shop:
    """The shop in December, and some of the four files as they came."""

    def __init__(self, *reviews: str) -> None:
        self._made = tempfile.TemporaryDirectory()
        self.files = Path(self._made.name) / "migrations"
        self.files.mkdir()
        for id in reviews:
            (self.files / f"{FILES[id]}.sql").write_text(file_of(id))
        self.path = Path(self._made.name) / "shop.duckdb"
        self.con = duckdb.connect(self.path)
        self.con.execute((LESSON / "world.sql").read_text())

    @property
    def folder(self) -> Folder:
        return read_folder(self.files)

    def go(self, direction: Direction = "up", con: Connection | None = None) -> int:
        """Go up, or down by one; how many migrations ran."""
        used = con or self.con
        count = 1 if direction == "down" else None
        plan = make_plan(self.folder, read_applied(used), direction, count=count)
        assert not isinstance(plan, Refused)
        came = run_plan(used, plan)
        assert isinstance(came, Outcome) and came.failure is None
        return len(came.done)

    def ask(self, query: str) -> list[object]:
        return [row[0] for row in self.con.execute(query).fetchall()]

    def found(self) -> list[tuple[str, int]]:
        start = read_starting_schema(self.con)
        return [(one.rule, one.line) for one in review(self.folder, start=start)]


def the_others() -> str:
    return (
        "SELECT (SELECT sum(hash(u)) FROM users u) || '/' || (SELECT sum(hash(v)) FROM vouchers v)"
    )


# Aiko's 001.


def the_table_comes_and_goes_and_nothing_else_is_touched() -> None:
    shop = Shop("review-suppliers")
    before = shop.ask(the_others())
    shop.go()
    assert shop.ask("SELECT count(*) FROM suppliers") == [0]
    assert shop.ask(the_others()) == before
    shop.go("down")
    assert shop.ask(the_others()) == before
    refused(shop.con, "SELECT * FROM suppliers", "does not exist")


def a_supplier_without_a_name_is_refused_and_no_row_was_there() -> None:
    shop = Shop("review-suppliers")
    refused(shop.con, "SELECT * FROM suppliers", "does not exist")
    shop.go()
    refused(shop.con, "INSERT INTO suppliers (id) VALUES (1)", "NOT NULL constraint failed")


# Jonas's 002.


def the_up_is_right_and_the_numbers_are_free() -> None:
    shop = Shop("review-gift-cards")
    assert shop.ask("SELECT min(id) || ' ' || max(id) FROM products") == ["100 147"]
    shop.go()
    cards = shop.con.execute("SELECT title, price FROM products WHERE id > 200 ORDER BY id")
    assert [(title, float(price)) for title, price in cards.fetchall()] == [
        ("Gift card, 10", 10.0),
        ("Gift card, 25", 25.0),
        ("Gift card, 50", 50.0),
    ]


def the_down_leaves_the_shop_without_a_product() -> None:
    shop = Shop("review-gift-cards")
    assert shop.ask("SELECT count(*) FROM products") == [48]
    shop.go()
    assert shop.ask("SELECT count(*) FROM products") == [51]
    shop.go("down")
    assert shop.ask("SELECT count(*) FROM products") == [0]


def with_a_where_the_three_go_and_no_other() -> None:
    shop = Shop("review-gift-cards")
    shop.go()
    run(shop.con, "DELETE FROM products WHERE id IN (201, 202, 203)")
    assert shop.ask("SELECT count(*) FROM products") == [48]
    the_down_leaves_the_shop_without_a_product()


def a_number_that_is_taken_would_be_refused() -> None:
    shop = Shop()
    refused(shop.con, "INSERT INTO products VALUES (147, 'Card', 1)", "Duplicate key")
    the_up_is_right_and_the_numbers_are_free()


# Samir's 003.


def it_is_applied_adds_nothing_and_its_down_loses_forty_vouchers() -> None:
    shop = Shop("review-min-total")
    assert shop.ask("SELECT count(*) FROM vouchers") == [40]
    shop.go()
    assert [one.state for one in read_status(shop.con, shop.folder)] == ["applied"]
    assert columns(shop.con, "vouchers") == ["code", "percent", "ends"]
    shop.go("down")
    refused(shop.con, "SELECT * FROM vouchers", "does not exist")


def without_the_three_words_it_stops() -> None:
    (statement,) = [
        part.split("-- migrate:down")[0]
        for part in file_of("review-min-total").split("-- migrate:up")
        if "CREATE" in part
    ]
    shop = Shop()
    run(shop.con, statement)
    assert shop.ask("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'vouchers'") == [1]
    refused(shop.con, statement.replace("IF NOT EXISTS ", ""), "already exists")


def the_type_is_wide_enough() -> None:
    shop = Shop()
    assert shop.ask("SELECT max(price) < 50 FROM products") == [True]
    assert shop.ask("SELECT CAST(999999.99 AS DECIMAL(8, 2)) = 999999.99") == [True]
    refused(shop.con, "SELECT CAST(1000000 AS DECIMAL(8, 2))", "Could not cast")


# Mira's 004.


def every_user_is_signed_up_and_nothing_objects() -> None:
    shop = Shop("review-newsletter")
    assert shop.found() == []
    shop.go()
    assert shop.ask("SELECT count(*) FROM users WHERE newsletter") == [2800]


def without_a_default_old_rows_are_empty() -> None:
    con = run(Shop().con, "ALTER TABLE users ADD COLUMN newsletter BOOLEAN")
    assert con.execute("SELECT count(newsletter) FROM users").fetchall() == [(0,)]
    every_user_is_signed_up_and_nothing_objects()


def the_down_takes_one_column_and_no_user() -> None:
    shop = Shop("review-newsletter")
    before = columns(shop.con)
    shop.go()
    run(shop.con, "UPDATE users SET newsletter = false WHERE id = 1")
    shop.go("down")
    assert columns(shop.con) == before
    assert shop.ask("SELECT count(*) FROM users") == [2800]


# Where the ledger lies, and what the rules see.


def a_copy_of_the_file_knows_what_ran() -> None:
    shop = Shop("review-suppliers", "review-newsletter")
    assert shop.go() == 2
    shop.con.close()
    copied = shop.path.with_name("laptop.duckdb")
    copied.write_bytes(shop.path.read_bytes())
    with duckdb.connect(copied, read_only=True) as con:
        states = [one.state for one in read_status(con, shop.folder)]
    assert states == ["applied", "applied"]


def the_rules_give_the_line_of_a_delete_and_of_the_three_words() -> None:
    assert Shop("review-gift-cards").found() == [("every-row", 8)]
    assert Shop("review-min-total").found() == [("if-not-exists", 2)]


def nothing_in_the_file_tells_true_from_false_or_what_was_forgotten() -> None:
    assert Shop("review-newsletter", "review-suppliers").found() == []
    shop = Shop("review-newsletter")
    (file,) = shop.files.iterdir()
    file.write_text(file.read_text().replace("true", "false"))
    assert shop.found() == []


def what_passes_the_rules_may_stop_on_full_tables() -> None:
    shop = Shop()
    (shop.files / "005_require_phone.sql").write_text(
        "-- migrate:up\nALTER TABLE users ALTER COLUMN phone SET NOT NULL;\n"
        "-- migrate:down\nALTER TABLE users ALTER COLUMN phone DROP NOT NULL;\n"
    )
    assert shop.found() == []
    plan = make_plan(shop.folder, (), "up")
    assert not isinstance(plan, Refused)
    assert run_plan(shop.con, plan).failure is not None


CLAIMS: dict[tuple[str, str], Callable[[], None]] = {
    ("review-suppliers", "approve"): the_table_comes_and_goes_and_nothing_else_is_touched,
    ("review-suppliers", "line-2"): the_table_comes_and_goes_and_nothing_else_is_touched,
    ("review-suppliers", "line-4"): a_supplier_without_a_name_is_refused_and_no_row_was_there,
    ("review-suppliers", "line-8"): the_table_comes_and_goes_and_nothing_else_is_touched,
    ("review-suppliers", "drops-a-table"): the_table_comes_and_goes_and_nothing_else_is_touched,
    (
        "review-suppliers",
        "refuses-old-rows",
    ): a_supplier_without_a_name_is_refused_and_no_row_was_there,
    ("review-suppliers", "something-else"): the_table_comes_and_goes_and_nothing_else_is_touched,
    ("review-gift-cards", "approve"): the_down_leaves_the_shop_without_a_product,
    ("review-gift-cards", "line-2"): the_up_is_right_and_the_numbers_are_free,
    ("review-gift-cards", "line-5"): the_up_is_right_and_the_numbers_are_free,
    ("review-gift-cards", "line-8"): the_down_leaves_the_shop_without_a_product,
    ("review-gift-cards", "cards-stay"): the_down_leaves_the_shop_without_a_product,
    ("review-gift-cards", "rows-of-others"): with_a_where_the_three_go_and_no_other,
    ("review-gift-cards", "numbers-taken"): a_number_that_is_taken_would_be_refused,
    ("review-min-total", "approve"): it_is_applied_adds_nothing_and_its_down_loses_forty_vouchers,
    ("review-min-total", "line-2"): it_is_applied_adds_nothing_and_its_down_loses_forty_vouchers,
    ("review-min-total", "line-6"): it_is_applied_adds_nothing_and_its_down_loses_forty_vouchers,
    ("review-min-total", "line-10"): it_is_applied_adds_nothing_and_its_down_loses_forty_vouchers,
    ("review-min-total", "nothing-happens"): without_the_three_words_it_stops,
    ("review-min-total", "too-small"): the_type_is_wide_enough,
    (
        "review-min-total",
        "not-its-own-table",
    ): it_is_applied_adds_nothing_and_its_down_loses_forty_vouchers,
    ("review-min-total", "made-twice"): without_the_three_words_it_stops,
    ("review-newsletter", "approve"): every_user_is_signed_up_and_nothing_objects,
    ("review-newsletter", "line-2"): every_user_is_signed_up_and_nothing_objects,
    ("review-newsletter", "line-5"): the_down_takes_one_column_and_no_user,
    ("review-newsletter", "old-rows-empty"): without_a_default_old_rows_are_empty,
    ("review-newsletter", "signs-everybody-up"): every_user_is_signed_up_and_nothing_objects,
    ("review-newsletter", "takes-too-much"): the_down_takes_one_column_and_no_user,
    ("copied-to-a-laptop", "all-pending"): a_copy_of_the_file_knows_what_ran,
    ("copied-to-a-laptop", "same-as-production"): a_copy_of_the_file_knows_what_ran,
    ("copied-to-a-laptop", "asks-production"): a_copy_of_the_file_knows_what_ran,
    ("what-rules-see", "delete-all"): the_rules_give_the_line_of_a_delete_and_of_the_three_words,
    (
        "what-rules-see",
        "wrong-default",
    ): nothing_in_the_file_tells_true_from_false_or_what_was_forgotten,
    ("what-rules-see", "hidden-table"): the_rules_give_the_line_of_a_delete_and_of_the_three_words,
    (
        "what-rules-see",
        "forgotten-column",
    ): nothing_in_the_file_tells_true_from_false_or_what_was_forgotten,
    ("silent-review", "approved"): every_user_is_signed_up_and_nothing_objects,
    ("silent-review", "will-run"): what_passes_the_rules_may_stop_on_full_tables,
    ("silent-review", "no-known-trap"): the_rules_give_the_line_of_a_delete_and_of_the_three_words,
}
