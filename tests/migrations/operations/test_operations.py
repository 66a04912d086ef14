"""Every operation, on tables with everything that stands in the way of ALTER: up, and all back."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import describe, read_applied, read_folder, read_schema
from course_lib.migrations.operations import OPERATIONS

from ..databases import picture, state
from .world import migrate, shop, take_back

# An operation -> a query that only its up makes true.
REVERSIBLE: dict[str, str] = {
    'create_table("t", {"id": "INTEGER PRIMARY KEY", "at": "DATE"}, "CHECK (id > 0)")': (
        "SELECT count(*) = 0 FROM t"
    ),
    'rename_table("visits", "page views")': 'SELECT count(*) = 3 FROM "page views"',
    'rename_table("s 2.child", "kid.2")': 'SELECT "check" = \'k\' FROM "s 2"."kid.2"',
    'rename_table(\'"s 2"."a.b"\', "parent")': 'SELECT x = 8 FROM "s 2".parent',
    'add_column("users", "phone", "VARCHAR")': "SELECT count(phone) = 0 FROM users",
    'add_column("users", "phone", "VARCHAR", not_null=True, fill="\'no \' || id")': (
        "SELECT bool_and(phone = 'no ' || id) FROM users"
    ),
    'add_column("users", "phone", "INTEGER", before="age", default=7)': (
        "SELECT bool_and(phone = 7) FROM users"
    ),
    'add_column("visits", "code", "VARCHAR", not_null=True, default="\'1\'")': (
        "SELECT bool_and(code = '1') FROM visits"
    ),
    'add_column("visits", "code", "VARCHAR", fill="\'a\'", default="\'b\'")': (
        "SELECT bool_and(code = 'a') FROM visits"
    ),
    'add_column("s 2.child", "first", "INTEGER", before="id", fill="id * 2")': (
        'SELECT first = 14 FROM "s 2".child'
    ),
    'rename_column("users", "email", "e mail")': "SELECT max(\"e mail\") = 'zoe@x' FROM users",
    'rename_column("orders", "user_id", "who")': "SELECT sum(who) = 7 FROM orders",
    'rename_column("visits", "times", "n")': "SELECT sum(n) = 6 FROM visits",
    'rename_column(\'"s 2"."a.b"\', "id", "key")': 'SELECT key = 7 FROM "s 2"."a.b"',
    'drop_column("users", "note", "VARCHAR", keep_in="notes", before="label")': (
        "SELECT list(note ORDER BY id) = ['first', NULL, '007'] FROM notes"
    ),
    'drop_column("orders", "price", "DECIMAL(8, 2)", keep_in="prices")': (
        "SELECT sum(price) = 9.5 FROM prices"
    ),
    'drop_column("users", "how", "mood", keep_in="moods", default="\'good\'", before="boss")': (
        "SELECT count(how) = 2 FROM moods"
    ),
    'change_type("visits", "times", "BIGINT", was="INTEGER")': (
        "SELECT typeof(any_value(times)) = 'BIGINT' FROM visits"
    ),
    'change_type("orders", "price", "VARCHAR", was="DECIMAL(8, 2)")': (
        "SELECT max(price) = '9.50' FROM orders"
    ),
    'change_type("users", "note", "BLOB", was="VARCHAR", using="encode(note)", '
    'back="decode(note)")': "SELECT count(*) = 1 FROM users WHERE note = '007'::BLOB",
    'change_type("users", "age", "BIGINT", was="INTEGER")': (
        "SELECT typeof(max(age)) = 'BIGINT' FROM users"
    ),
    'set_not_null("visits", "page")': "SELECT count(*) = 1 FROM duckdb_columns()"
    " WHERE table_name = 'visits' AND NOT is_nullable",
    'set_not_null("orders", "user_id")': "SELECT true",
    'drop_not_null("users", "Full Name")': "SELECT is_nullable FROM duckdb_columns()"
    " WHERE column_name = 'Full Name'",
    'set_default("users", "note", "\'n\'")': "SELECT column_default = '''n''' FROM duckdb_columns()"
    " WHERE column_name = 'note'",
    'set_default("users", "age", 4, was=3)': "SELECT column_default = '4' FROM duckdb_columns()"
    " WHERE column_name = 'age'",
    'drop_default("users", "age", was=3)': "SELECT column_default IS NULL FROM duckdb_columns()"
    " WHERE column_name = 'age'",
    'add_index("by_price", "orders", "price")': "SELECT count(*) = 1 FROM duckdb_indexes()"
    " WHERE index_name = 'by_price'",
    'add_index("by_page", "visits", ["lower(page)", "at_night"], unique=True)': (
        "SELECT is_unique FROM duckdb_indexes() WHERE index_name = 'by_page'"
    ),
    'drop_index("by_what", "lines", ["order_id", "what"], unique=True)': (
        "SELECT count(*) = 1 FROM duckdb_indexes()"
    ),
    'add_unique("orders", ["user_id", "price"])': (
        "SELECT count(*) = 1 FROM duckdb_constraints()"
        " WHERE constraint_text = 'UNIQUE(user_id, price)'"
    ),
    'add_unique("visits", "at_night")': "SELECT count(*) = 1 FROM duckdb_constraints()"
    " WHERE table_name = 'visits' AND constraint_type = 'UNIQUE'",
    'drop_unique("users", "email")': "SELECT count(*) = 0 FROM duckdb_constraints()"
    " WHERE constraint_type = 'UNIQUE'",
    'add_primary_key("towns", "name")': "SELECT count(*) = 1 FROM duckdb_constraints()"
    " WHERE table_name = 'towns' AND constraint_type = 'PRIMARY KEY'",
    'drop_primary_key("codes", "code")': "SELECT count(*) = 0 FROM duckdb_constraints()"
    " WHERE table_name = 'codes' AND constraint_type = 'PRIMARY KEY'",
    'add_check("orders", "price >= 0")': "SELECT count(*) = 1 FROM duckdb_constraints()"
    " WHERE expression = '(price >= 0)'",
    'add_check(\'"s 2"."a.b"\', "x > 7")': "SELECT count(*) = 1 FROM duckdb_constraints()"
    " WHERE expression = '(x > 7)'",
    'drop_check("users", "age >= 0")': "SELECT count(*) = 0 FROM duckdb_constraints()"
    " WHERE constraint_type = 'CHECK'",
    'add_foreign_key("lines", "n", "users", "id")': "SELECT count(*) = 1 FROM duckdb_constraints()"
    " WHERE constraint_text LIKE '%(n) REFERENCES users(id)'",
    'drop_foreign_key("orders", "user_id", "users", "id")': (
        "SELECT count(*) = 0 FROM duckdb_constraints()"
        " WHERE table_name = 'orders' AND constraint_type = 'FOREIGN KEY'"
    ),
    'drop_foreign_key("users", "boss", "users", "id")': (
        "SELECT count(*) = 0 FROM duckdb_constraints()"
        " WHERE table_name = 'users' AND constraint_type = 'FOREIGN KEY'"
    ),
    'run_sql("DELETE FROM log; INSERT INTO log VALUES (1)", reverse="DELETE FROM log")': (
        "SELECT count(*) = 1 FROM log"
    ),
}


@pytest.mark.parametrize("shadow", [False, True], ids=["transaction", "shadow"])
@pytest.mark.parametrize("operation", REVERSIBLE)
def test_up_changes_what_it_says_and_down_brings_schema_and_rows_back(
    tmp_path: Path, operation: str, shadow: bool
) -> None:
    con = shop(tmp_path)
    before = picture(con)
    up = migrate(con, tmp_path, operation, shadow=shadow)
    # One transaction is enough: nothing that an operation does is refused inside of it.
    assert up.failure is None, str(up.failure)
    assert up.done[0].guard == ("shadow" if shadow else "transaction")
    assert con.execute(REVERSIBLE[operation]).fetchall() == [(True,)]
    assert picture(con) != before or operation.startswith('set_not_null("orders"')
    down = take_back(con, tmp_path)
    assert down.failure is None, str(down.failure)
    assert down.done[0].guard == ("shadow" if shadow else "transaction")
    after = picture(con)
    # DuckDB's text of a table tells where a key was written; the schema beside it does not care.
    assert {**after, "tables": 0} == {**before, "tables": 0}


def test_every_operation_is_tried_here_or_among_those_without_a_reverse() -> None:
    tried = {text.split("(")[0] for text in (*REVERSIBLE, *IRREVERSIBLE)} | {"run_python"}
    assert tried == set(OPERATIONS)


# An operation that nothing takes back -> why.
IRREVERSIBLE: dict[str, str] = {
    'drop_table("visits")': "the rows are not kept; rename_table keeps them",
    'drop_column("visits", "times")': "the values are not kept; keep_in= and the type keep them",
    'change_type("visits", "times", "BIGINT")': "which type it was is not told; was= tells it",
    'set_not_null("visits", "times", fill=0)': "which rows had no value before is not kept",
    'drop_default("users", "age")': "which default it was is not told; was= tells it",
    'drop_index("by_name")': "what the index is on is not told; name the table and the columns",
    'run_sql("DELETE FROM log")': "no SQL is given that takes it back",
}


@pytest.mark.parametrize("operation", IRREVERSIBLE)
def test_what_has_no_reverse_says_so_before_it_runs(tmp_path: Path, operation: str) -> None:
    con = shop(tmp_path)
    outcome = migrate(con, tmp_path, operation)
    assert outcome.failure is None, str(outcome.failure)
    (migration,) = read_folder(tmp_path / "migrations").migrations
    assert migration.irreversible is not None
    assert migration.irreversible.endswith(f"has no reverse: {IRREVERSIBLE[operation]}")


# What is refused -> words of the sentence. Nothing changes.
REFUSED: dict[str, str] = {
    'add_column("nobody", "x", "INTEGER")': "there is no table nobody",
    'add_column("visits", "Times", "INTEGER")': "visits has a column Times already",
    'add_column("visits", "x", "INTEGER", before="y")': "visits has no column y to stand before",
    'add_column("visits", "x", "INTEGER", not_null=True)': (
        "visits has 3 rows that would have no value in the required column x; say which with fill="
    ),
    'drop_column("visits", "nope")': "visits has no column nope; it has page, times, at_night",
    'drop_column("users", "email")': (
        "the UNIQUE (email) of users needs the column email; drop it before"
    ),
    'drop_column("users", "age")': (
        "the index by_name of users needs the column age; drop it and 1 more before"
    ),
    'drop_column("users", "Full Name")': "drop it and 1 more before",
    'drop_column("log", "n")': "n is the only column of log; drop the table",
    'drop_column("visits", "times", "INTEGER", keep_in="kept", before="at_night")': (
        "visits has no primary key that tells its rows apart"
    ),
    'drop_column("orders", "price", "INTEGER", keep_in="kept")': (
        "type of orders.price is DECIMAL(8,2), and the operation says INTEGER"
    ),
    'drop_column("users", "how", "mood", keep_in="kept", before="boss")': (
        "default of users.how is 'good', and the operation says None"
    ),
    'drop_column("users", "note", "VARCHAR", keep_in="kept")': (
        "before of users.note is label, and the operation says None"
    ),
    'rename_column("users", "age", "years")': (
        "the view grown could not be read after it (Binder Error: Referenced column"
    ),
    'rename_column("visits", "page", "TIMES")': "visits has a column TIMES already",
    'run_sql("CREATE TRIGGER late AFTER INSERT ON visits FOR EACH ROW INSERT INTO log SELECT'
    ' NEW.times", reverse="DROP TRIGGER late ON visits"), rename_column("visits", "times", "n")': (
        "the trigger late on visits would not fit any more (Binder Error: Values list"
    ),
    'rename_table("users", "people")': "the trigger counted names users; drop it before",
    'drop_table("lines"), drop_table("orders"), drop_table("users")': (
        "the view grown could not be read after it"
    ),
    'change_type("users", "note", "INTEGER", was="VARCHAR")': (
        "1 value of users.note would come back as another one, such as '007'; say how"
    ),
    'change_type("users", "note", "INTEGER", was="VARCHAR", using="try_cast(note AS INTEGER)", '
    "back=\"lpad(note::VARCHAR, 3, '0')\")": (
        "1 value of users.note would come back as another one, such as 'first'; say how"
    ),
    'change_type("orders", "price", "INTEGER", was="VARCHAR")': (
        "orders.price is DECIMAL(8,2), and the operation says was=VARCHAR; write what it is"
    ),
    'change_type("users", "Full Name", "INTEGER")': "Could not convert string 'Ada' to INT32",
    'set_not_null("visits", "times")': "1 row of visits has no times; write one before",
    'set_not_null("orders", "id")': "orders.id is required already",
    'drop_not_null("orders", "id")': "cannot be let empty: it is in the primary key",
    'drop_not_null("orders", "price")': "cannot be let empty: it may already",
    'set_default("users", "age", 4)': (
        "the default of users.age is 3, and the operation says was=none"
    ),
    'drop_index("by_name", "users", ["age"])': "the reverse would make another one",
    'drop_index("by_name", "users", [\'lower("Full Name")\', "age"])': "has a comment",
    'drop_index("by_nobody", "users", "age")': "users has no index by_nobody",
    'add_unique("visits", "page")': (
        "1 value of page in visits stands more than once, such as '/'; make them different before"
    ),
    'add_index("by_page", "visits", ["lower(page)", "times"], unique=True)': (
        "1 value of lower(page), times in visits stands more than once, such as '(/, 3)'"
    ),
    'add_unique("users", "email")': "users has UNIQUE",
    'add_primary_key("visits", "times")': "visits.times may be empty, which a primary key is not",
    'drop_primary_key("orders", "id")': (
        "lines refers to orders by id; drop that foreign key before"
    ),
    'drop_unique("orders", "price")': "orders has no UNIQUE (price) to drop",
    'add_check("visits", "times > 3")': (
        "2 rows of visits break CHECK (times > 3); correct them before"
    ),
    'add_check("users", "AGE >= 0")': "users has CHECK (AGE >= 0) already",
    'drop_check("users", "age > 0")': (
        "users has no CHECK (age > 0) to drop; it has CHECK ((age >= 0))"
    ),
    'add_foreign_key("visits", "times", "orders", "id"), add_foreign_key("lines", "n", "s 2.a", '
    '"id")': "there is no table s 2.a",
    'add_foreign_key("lines", "n", "s 2.child", "id")': "are in two schemas",
    'add_foreign_key("towns", "people", "orders", "id")': (
        "1 row of towns refers to no row of orders, such as people = '9'; correct it before"
    ),
    'drop_foreign_key("orders", "user_id", "orders", "id")': (
        "orders has no FOREIGN KEY (user_id) REFERENCES orders (id) to drop"
    ),
}


@pytest.mark.parametrize("operation", REFUSED)
def test_a_refusal_is_one_sentence_and_changes_nothing(tmp_path: Path, operation: str) -> None:
    con = shop(tmp_path)
    before = state(con)
    outcome = migrate(con, tmp_path, operation)
    assert outcome.failure is not None and REFUSED[operation] in str(outcome.failure), str(outcome)
    assert state(con) == before and read_applied(con) == ()


def test_a_plan_says_in_words_and_sql_what_an_operation_is(tmp_path: Path) -> None:
    migrate(shop(tmp_path), tmp_path, 'add_check("orders", "price >= 0")')
    (migration,) = read_folder(tmp_path / "migrations").migrations
    assert migration.down is not None
    (up,), (down,) = migration.up, migration.down
    assert up.sql == "ALTER TABLE orders ADD CHECK (price >= 0)" and up.line == 3
    assert describe(up) == "adds CHECK (price >= 0) to orders; refused while any row breaks it"
    assert describe(down) == "drops CHECK (price >= 0) of orders"


def test_the_documents_three_steps_are_one_operation(tmp_path: Path) -> None:
    con = shop(tmp_path)
    before = picture(con)
    operation = (
        'add_column("lines", "email", "VARCHAR", not_null=True, fill="\'temp@example.com\'")'
    )
    outcome = migrate(con, tmp_path, operation)
    assert outcome.failure is None and outcome.done[0].guard == "transaction"
    column = read_schema(con).tables["lines"].column("email")
    assert column is not None and not column.nullable and column.default is None
    with pytest.raises(duckdb.ConstraintException):
        con.execute("INSERT INTO lines (what) VALUES ('no email')")
    take_back(con, tmp_path)
    assert picture(con) == before


def test_a_dropped_column_comes_back_with_its_values_and_rows_written_since_have_the_default(
    tmp_path: Path,
) -> None:
    con = shop(tmp_path)
    migrate(con, tmp_path, 'drop_column("orders", "price", "DECIMAL(8,2)", keep_in="prices")')
    con.execute("DELETE FROM orders WHERE id = 2; INSERT INTO orders VALUES (9, 1)")
    assert take_back(con, tmp_path).failure is None
    rows = con.execute("SELECT id, price::VARCHAR FROM orders ORDER BY id").fetchall()
    assert rows == [(1, "9.50"), (3, None), (9, None)]
    assert "prices" not in read_schema(con).tables


@pytest.mark.parametrize(("new", "kept"), [("TEXT", "VARCHAR COLLATE NOCASE"), ("BLOB", "BLOB")])
def test_text_that_stays_text_keeps_its_collation(tmp_path: Path, new: str, kept: str) -> None:
    con = shop(tmp_path)
    using = "lower(email)" if new == "TEXT" else "encode(email)"
    outcome = migrate(con, tmp_path, f'change_type("users", "email", "{new}", using="{using}")')
    assert outcome.failure is None, str(outcome.failure)
    column = read_schema(con).tables["users"].column("email")
    assert column is not None and column.type == kept
