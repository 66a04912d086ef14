"""Python migrations: read without being run, all or nothing, and mistakes told in one sentence."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import (
    Plan,
    describe,
    make_plan,
    read_applied,
    read_events,
    read_folder,
    run_plan,
)

from .test_formats import write

TABLE = 'db.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR)")'
ROWS = 'db.execute("INSERT INTO users VALUES (?, ?)", [{0}, "x"])'


def run(path: Path, text: str) -> tuple[duckdb.DuckDBPyConnection, str]:
    """The database after an up of one file, and the sentence of its failure or ""."""
    folder = write(path, {"001_x.py": text})
    con = duckdb.connect(path / "shop.duckdb")
    plan = make_plan(read_folder(folder), read_applied(con), "up")
    assert isinstance(plan, Plan), plan
    failure = run_plan(con, plan).failure
    return con, "" if failure is None else str(failure).replace(str(folder), "m")


def tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [name for (name,) in con.execute("FROM (SHOW TABLES)").fetchall()]


def test_reading_a_folder_runs_nothing_of_it(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    text = f"open({str(ran)!r}, 'w')\n\ndef up(db):\n    open({str(ran)!r}, 'w')\n"
    folder = write(tmp_path, {"001_x.py": text})
    assert read_folder(folder).problems == ()
    assert not ran.exists()


def test_a_function_may_look_at_rows_before_it_decides(tmp_path: Path) -> None:
    text = f"""
NAMES = ["a", "b"]

def up(db):
    '''Make the users, one for each name.

    The rest is for people who read the file.
    '''
    {TABLE}
    for number, name in enumerate(NAMES):
        db.execute("INSERT INTO users VALUES (?, ?)", [number, name])
    if db.execute("SELECT count(*) FROM users") != [(2,)]:
        raise ValueError("not two users")
"""
    con, failure = run(tmp_path, text)
    assert failure == "" and con.execute("FROM users").fetchall() == [(0, "a"), (1, "b")]
    step = read_folder(tmp_path / "migrations").migrations[0].up[0]
    assert describe(step) == "Make the users, one for each name" and step.sql == "up(db)"


# the code below `def up(db):` -> the sentence of the failure
FAILS: dict[str, tuple[str, str]] = {
    "its own error": (
        'raise ValueError("no")',
        "m/001_x.py, line 3: step 1 of 1, `up(db)`, was refused: ValueError: no; nothing",
    ),
    "an error in what it calls": (
        '__import__("json").loads("{")',
        "m/001_x.py, line 3: step 1 of 1, `up(db)`, was refused: JSONDecodeError: Expecting",
    ),
    "DuckDB's error, in both guards": (
        'db.execute("INSERT INTO nobody VALUES (1)")',
        "m/001_x.py, line 3: step 1 of 1, `up(db)`, was refused: Catalog Error: Table with name",
    ),
    "its own commit": (
        'db.execute("COMMIT")',
        "ValueError: COMMIT would end the transaction that makes the migration all or nothing",
    ),
    "an exit": ("raise SystemExit(3)", "was refused: SystemExit: 3"),
    "a name that is not there": ("nobody(db)", "NameError: name 'nobody' is not defined"),
    "no words": ("assert False", "was refused: AssertionError; nothing"),
    "two statements with parameters": (
        'db.execute("SELECT 1; SELECT ?", [1])',
        "parameters are for one statement",
    ),
}


@pytest.mark.parametrize("name", FAILS)
def test_a_failure_is_one_sentence_with_its_line_and_changes_nothing(
    tmp_path: Path, name: str
) -> None:
    code, words = FAILS[name]
    con, failure = run(tmp_path, f"def up(db):\n    {TABLE}\n    {code}\n")
    assert words in failure and "nothing was changed" in failure, failure
    assert tables(con) == [] and read_applied(con) == ()
    assert [event.outcome for event in read_events(con)] == ["failed"]


def test_an_error_of_its_own_is_not_tried_again_on_a_shadow(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    text = f"def up(db):\n    open({str(trace)!r}, 'a').write('x')\n    raise ValueError\n"
    run(tmp_path, text)
    assert trace.read_text() == "x"


def test_what_duckdb_refuses_in_one_transaction_is_done_on_the_shadow(tmp_path: Path) -> None:
    text = """
def up(db):
    db.execute("ALTER TABLE users ADD COLUMN email VARCHAR")
    db.execute("UPDATE users SET email = 'x'")
    db.execute("ALTER TABLE users ALTER COLUMN email SET NOT NULL")
"""
    folder = write(tmp_path, {"002_x.py": text})
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        con.execute("CREATE TABLE users AS SELECT 1 AS id")
        plan = make_plan(read_folder(folder), (), "up")
        assert isinstance(plan, Plan)
        (done,) = run_plan(con, plan).done
        assert done.guard == "shadow"
        assert con.execute("FROM users").fetchall() == [(1, "x")]


def test_transaction_false_asks_for_the_shadow(tmp_path: Path) -> None:
    folder = write(tmp_path, {"1_x.py": f"transaction = False\ndef up(db):\n    {TABLE}\n"})
    plan = make_plan(read_folder(folder), (), "up")
    assert isinstance(plan, Plan) and plan.items[0].guard == "shadow, as the file asks"


def test_operations_run_in_order_and_their_reverses_from_the_last(tmp_path: Path) -> None:
    text = """
from course_lib.migrations import operations as op

def fill(db):
    '''Fill the users.'''
    db.run(op.run_sql("INSERT INTO users VALUES (1)"))

def empty(db):
    db.execute("DELETE FROM users")

operations = [
    op.run_sql("CREATE TABLE users (id INTEGER)", reverse="DROP TABLE users"),
    op.run_python(fill, empty),
]
"""
    con, failure = run(tmp_path, text)
    assert failure == "" and con.execute("FROM users").fetchall() == [(1,)]
    migration = read_folder(tmp_path / "migrations").migrations[0]
    assert [describe(step) for step in migration.up][1] == "Fill the users"
    assert migration.down is not None
    assert [step.sql for step in migration.down] == ["empty(db)", "DROP TABLE users"]
    plan = make_plan(read_folder(tmp_path / "migrations"), read_applied(con), "down")
    assert isinstance(plan, Plan) and run_plan(con, plan).failure is None
    assert tables(con) == []


# the text of a file -> the kind of the problem, its line, words of its sentence
WRONG: dict[str, tuple[str, str, int, str]] = {
    "not Python": ("def up(db):\n  if\n", "syntax", 2, "Python cannot read the file"),
    "a NUL byte": ("def up(db): ...\0", "syntax", 1, "Python cannot read the file"),
    "neither": ("x = 1\n", "no-up", 1, "neither a function up(db) nor a list of operations"),
    "both": ("operations = []\ndef up(db): ...\n", "no-up", 1, "only one can be run"),
    "a down beside a list": (
        "operations = [run_sql('SELECT 1')]\n\ndef down(db): ...\n",
        "outside",
        3,
        "nothing would run the function down(db)",
    ),
    "an empty list": ("\noperations = []\n", "empty", 2, "no operation in the list"),
    "not a list": ("operations = make()\n", "operation", 1, "`operations` is not a list"),
    "an unknown operation": (
        "operations = [\n  run_sql('SELECT 1'),\n  drop_it('users'),\n]\n",
        "operation",
        3,
        "`drop_it('users')` is not one of the operations",
    ),
    "a slip in the name of an operation": (
        "operations = [add_colum('users', 'email', 'VARCHAR')]",
        "operation",
        1,
        "`add_colum('users', 'email', 'VARCHAR')` is not one of the operations",
    ),
    "something to be worked out": (
        "SQL = 'SELECT 1'\noperations = [run_sql(SQL)]\n",
        "operation",
        2,
        "`SQL` is not a plain value",
    ),
    "a wrong argument": (
        "operations = [run_sql('SELECT 1', revers='x')]",
        "operation",
        1,
        "run_sql got an unexpected keyword argument 'revers'",
    ),
    "SQL that cannot be read": (
        "operations = [run_sql('SELEKT 1')]",
        "operation",
        1,
        "run_sql: DuckDB cannot read the SQL",
    ),
    "a commit": ("operations = [run_sql('COMMIT')]", "operation", 1, "for the engine to say"),
    "a transaction that is neither": ("transaction = 1\ndef up(db): ...", "marker", 1, "neither"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_a_sentence_with_file_and_line(tmp_path: Path, name: str) -> None:
    text, kind, line, words = WRONG[name]
    folder = write(tmp_path, {"001_x.py": text})
    (problem,) = read_folder(folder).problems
    assert (problem.kind, problem.where) == (kind, f"{folder / '001_x.py'}, line {line}")
    assert words in problem.what and problem.next_step


def test_a_slip_is_answered_with_what_to_write(tmp_path: Path) -> None:
    steps = {
        "add_colum('users', 'email', 'VARCHAR')": "write `add_column` if that is the one you mean",
        "run_sql('SELECT 1', revers='x')": "correct the call; it takes sql, reverse",
        "run_sql('SELEKT 1')": "correct the call",
        "add_check('users', price >= 0)": "write plain values, SQL as a text in quotation marks",
    }
    for number, (call, words) in enumerate(steps.items()):
        (tmp_path / str(number)).mkdir()
        folder = write(tmp_path / str(number), {"001_x.py": f"operations = [{call}]"})
        (problem,) = read_folder(folder).problems
        assert problem.next_step.startswith(words), (call, problem)
