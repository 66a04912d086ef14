"""What a sceptical reader broke once: each stays mended."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import (
    Outcome,
    Plan,
    make_plan,
    read_applied,
    read_folder,
    read_schema,
    run_plan,
)

from ..databases import picture
from ..test_formats import write
from .world import migrate, take_back

SMALL = """\
CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER);
INSERT INTO t VALUES (1, 5), (2, 6);
CREATE VIEW v AS SELECT a FROM t;
"""


def small(path: Path, sql: str = SMALL) -> duckdb.DuckDBPyConnection:
    """A small database in a file."""
    con = duckdb.connect(path / "small.duckdb")
    con.execute(sql)
    return con


def run_function(con: duckdb.DuckDBPyConnection, path: Path, body: str, shadow: bool) -> Outcome:
    """One up of a function with these lines."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    text = (
        f"from course_lib.migrations.operations import *\ntransaction = {not shadow}\n"
        f"def up(db):\n{lines}"
    )
    folder = write(path, {"001_x.py": text})
    plan = make_plan(read_folder(folder), read_applied(con), "up")
    assert isinstance(plan, Plan), str(plan)
    return run_plan(con, plan)


CAUGHT = "try:\n    db.run({})\nexcept Exception:\n    pass"


@pytest.mark.parametrize("shadow", [False, True], ids=["transaction", "shadow"])
@pytest.mark.parametrize(
    "operation",
    [
        'rename_column("t", "a", "b")',
        'drop_column("t", "a", "INTEGER", keep_in="kept")',
        'run_python(lambda db: db.run(rename_column("t", "a", "b")))',
    ],
)
def test_half_an_operation_is_not_committed_where_a_function_catches_its_error(
    tmp_path: Path, operation: str, shadow: bool
) -> None:
    con = small(tmp_path)
    before = picture(con)
    outcome = run_function(con, tmp_path, CAUGHT.format(operation), shadow)
    assert "the view v could not be read" in str(outcome.failure)
    assert "line 5" in str(outcome.failure)
    assert picture(con) == before


def test_a_table_is_not_lost_where_a_function_catches_that_its_rows_were_changed(
    tmp_path: Path,
) -> None:
    con = small(tmp_path)
    body = "db.execute('INSERT INTO t VALUES (3, 7)')\n" + CAUGHT.format('add_check("t", "a > 0")')
    outcome = run_function(con, tmp_path, body, shadow=False)
    assert outcome.failure is None
    assert outcome.done[0].guard == "shadow"
    assert con.execute("SELECT count(*) FROM t").fetchall() == [(3,)]


KEYED = "CREATE TABLE t (id INTEGER PRIMARY KEY, a {}); INSERT INTO t (id) VALUES (1);"


@pytest.mark.parametrize(
    ("type_", "default"),
    [
        ("INTEGER", "1+1"),
        ("INTEGER", "(1)"),
        ("BOOLEAN", "TRUE"),
        ("DATE", "DATE '2001-01-01'"),
        ("VARCHAR", "'a'||'b'"),
        ("INTEGER[]", "[1,2]"),
        ("STRUCT(b INTEGER)", "{'b': 1}"),
        ("INTERVAL", "INTERVAL 1 DAY"),
    ],
)
def test_a_default_that_duckdb_spells_otherwise_is_taken_back(
    tmp_path: Path, type_: str, default: str
) -> None:
    con = small(tmp_path, KEYED.format(type_))
    before = picture(con)
    up = migrate(con, tmp_path, f'set_default("t", "a", {default!r})')
    assert up.failure is None, str(up.failure)
    down = take_back(con, tmp_path)
    assert down.failure is None, str(down.failure)
    assert picture(con) == before


def test_a_kept_column_may_name_its_default_as_people_write_it(tmp_path: Path) -> None:
    con = small(tmp_path, KEYED.format("INTEGER DEFAULT 1+1"))
    before = picture(con)
    kept = 'drop_column("t", "a", "INTEGER", keep_in="k", default="1+1")'
    assert migrate(con, tmp_path, kept).failure is None
    assert take_back(con, tmp_path).failure is None
    assert picture(con) == before


# The table and a row of it -> an operation that says it has a reverse, and why it has none here.
NOT_BACK = {
    'drop_column("t", "a", "VARCHAR", keep_in="k")': ("VARCHAR COLLATE NOCASE", "'X'", "NOCASE"),
    'change_type("t", "a", "VARCHAR", was="VARCHAR", using="lower(a)")': (
        "VARCHAR COLLATE NOCASE",
        "'X'",
        "NOCASE",
    ),
    'change_type("t", "a", "BLOB", was="VARCHAR", back="coalesce(decode(a), \'none\')")': (
        "VARCHAR",
        "NULL",
        "such as NULL",
    ),
    'change_type("t", "a", "INTEGER", was="DOUBLE")': ("DOUBLE", "'-0.0'::DOUBLE", "such as '-0.0"),
    'change_type("t", "a", "BIGINT", was="INTERVAL", using="1", back="to_days(30)")': (
        "INTERVAL",
        "to_months(1)",
        "such as '1 month'",
    ),
}


@pytest.mark.parametrize("operation", NOT_BACK)
def test_what_would_not_come_back_as_it_was_is_refused_before(
    tmp_path: Path, operation: str
) -> None:
    type_, value, why = NOT_BACK[operation]
    con = small(tmp_path, KEYED.format(type_) + f"UPDATE t SET a = {value}")
    before = picture(con)
    outcome = migrate(con, tmp_path, operation)
    assert outcome.failure is not None and why in str(outcome.failure)
    assert picture(con) == before


@pytest.mark.parametrize(
    ("view", "operation"),
    [
        ("SELECT a, b FROM t JOIN u ON t.id = u.nr", 'add_column("t", "b", "INTEGER")'),
        ("FROM t UNION ALL FROM u", 'add_column("t", "b", "INTEGER", before="a", fill="1")'),
    ],
)
def test_a_column_that_a_view_cannot_bear_is_refused(
    tmp_path: Path, view: str, operation: str
) -> None:
    con = small(tmp_path, KEYED.format("INTEGER") + "CREATE TABLE u (nr INTEGER, b INTEGER);")
    con.execute(f"CREATE VIEW w AS {view}")
    before = picture(con)
    outcome = migrate(con, tmp_path, operation)
    assert "the view w could not be read after it" in str(outcome.failure)
    assert picture(con) == before


def test_a_table_that_refers_to_itself_in_other_case_is_renamed(tmp_path: Path) -> None:
    con = small(
        tmp_path,
        'CREATE TABLE "Users" (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id));'
        "INSERT INTO users VALUES (1, NULL); INSERT INTO users VALUES (2, 1)",
    )
    up = migrate(con, tmp_path, 'rename_table("Users", "people")')
    assert up.failure is None, str(up.failure)
    with pytest.raises(duckdb.ConstraintException):
        con.execute("INSERT INTO people VALUES (3, 9)")
    assert take_back(con, tmp_path).failure is None
    assert con.execute("SELECT count(*) FROM users").fetchall() == [(2,)]


@pytest.mark.parametrize("comment", ["a > 0 /* ( */", "a > 0 -- x\n", "a > 0 /* x */"])
def test_a_comment_in_an_argument_is_told(tmp_path: Path, comment: str) -> None:
    write(tmp_path, {"001_x.py": f'operations = [add_check("t", {comment!r})]\n'})
    (problem,) = read_folder(tmp_path / "migrations").problems
    assert "without a comment" in problem.what


def test_foreign_keys_in_a_circle_are_refused_in_a_sentence(tmp_path: Path) -> None:
    con = small(
        tmp_path,
        "CREATE TABLE a (id INTEGER PRIMARY KEY);"
        "CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES a (id));"
        "CREATE TABLE c (id INTEGER PRIMARY KEY REFERENCES b (id));",
    )
    outcome = migrate(con, tmp_path, 'add_foreign_key("a", "id", "c", "id")')
    assert "c refers to a already, itself or by way of others" in str(outcome.failure)


@pytest.mark.parametrize(
    ("columns", "index", "said"),
    [
        ('ab INTEGER, "a b" INTEGER', '"a b"', '["ab"]'),
        ("n VARCHAR", "(n || 'a b')", "[\"(n || 'ab')\"]"),
    ],
)
def test_an_index_on_something_else_is_not_taken_for_the_one_that_is_told(
    tmp_path: Path, columns: str, index: str, said: str
) -> None:
    con = small(tmp_path, f"CREATE TABLE t ({columns}); CREATE INDEX i ON t ({index})")
    outcome = migrate(con, tmp_path, f'drop_index("i", "t", {said})')
    assert "the reverse would make another one" in str(outcome.failure)


def test_a_column_of_a_primary_key_in_other_case_is_required_already(tmp_path: Path) -> None:
    con = small(tmp_path, "CREATE TABLE t (id INTEGER, a INTEGER, PRIMARY KEY (ID))")
    outcome = migrate(con, tmp_path, 'set_not_null("t", "id")')
    assert "t.id is required already" in str(outcome.failure)


@pytest.mark.parametrize("listing", ['a, "e f"', "lower(a), b", "(a || 'x, [y]\\')", '"o\'x"'])
def test_a_proposed_index_is_the_one_that_was_there(tmp_path: Path, listing: str) -> None:
    con = small(tmp_path, 'CREATE TABLE t (a VARCHAR, b INTEGER, "e f" VARCHAR, "o\'x" INTEGER)')
    con.execute(f"CREATE INDEX i ON t ({listing})")
    before = read_schema(con).tables["t"].indexes
    con.execute("DROP INDEX i")
    con.execute(f"CREATE INDEX i ON t ({before[0].listing()})")
    assert read_schema(con).tables["t"].indexes == before


@pytest.mark.parametrize("shadow", [False, True], ids=["transaction", "shadow"])
@pytest.mark.parametrize("values", ["NULL, 7, 7", "'x', NULL, 'x'"])
def test_a_column_called_rowid_is_no_number_of_a_row(
    tmp_path: Path, values: str, shadow: bool
) -> None:
    one, two, three = values.split(", ")
    con = small(
        tmp_path,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, ROWID VARCHAR, up INTEGER REFERENCES t (ID));"
        f"INSERT INTO t VALUES (1, {one}, NULL); INSERT INTO t VALUES (2, {two}, 1);"
        f"INSERT INTO t VALUES (3, {three}, 2);",
    )
    before = picture(con)
    up = migrate(con, tmp_path, 'add_check("t", "id > 0")', shadow=shadow)
    assert up.failure is None, str(up.failure)
    assert take_back(con, tmp_path).failure is None
    assert picture(con)["rows"] == before["rows"]
