"""What lesson 2's quizzes say, done with the engine on several databases of one team."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from course_lib.migrations import (
    Outcome,
    Refused,
    diff,
    make_plan,
    read_applied,
    read_folder,
    read_schema,
    run_plan,
)

from .trying import Connection, columns, refused, run

USERS = "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL DEFAULT 'nobody')"
VOUCHERS = "CREATE TABLE vouchers (code VARCHAR PRIMARY KEY, percent INTEGER)"
MINIMUM = "ALTER TABLE vouchers ADD COLUMN minimum INTEGER"
MIRAS = (
    "CREATE TABLE new (code VARCHAR PRIMARY KEY, percent INTEGER, uses INTEGER);\n"
    "INSERT INTO new SELECT code, percent, 0 FROM vouchers;\n"
    "DROP TABLE vouchers;\nALTER TABLE new RENAME TO vouchers"
)
LIST = {
    "001_create_users": USERS,
    "002_create_vouchers": VOUCHERS,
    "003_add_phone": "ALTER TABLE users ADD COLUMN phone VARCHAR",
    "004_add_city": "ALTER TABLE users ADD COLUMN city VARCHAR",
    "005_add_street": "ALTER TABLE users ADD COLUMN street VARCHAR",
}
FIRST_TWO = {name: LIST[name] for name in ("001_create_users", "002_create_vouchers")}
TWO_OF_THREE = {
    **FIRST_TWO,
    "003_add_city": LIST["004_add_city"],
    "003_add_birthday": "ALTER TABLE users ADD COLUMN birthday DATE",
}


def up(con: Connection, files: dict[str, str], to: str | None = None) -> list[str] | Refused:
    """Apply the files that a database lacks; the names that ran, or why none did."""
    with TemporaryDirectory() as place:
        for age, (name, sql) in enumerate(reversed(files.items())):
            path = Path(place) / f"{name}.sql"
            path.write_text(f"-- migrate:up\n{sql};\n-- migrate:down\nSELECT 1;\n")
            os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
        plan = make_plan(read_folder(Path(place)), read_applied(con), "up", to=to)
        if isinstance(plan, Refused):
            return plan
        outcome: Outcome = run_plan(con, plan)
    assert outcome.failure is None, outcome.failure
    return [done.name for done in outcome.done]


def database(to: str | None = None) -> Connection:
    """A database that has the list up to a migration; without one it is empty."""
    con = duckdb.connect()
    if to is not None:
        up(con, LIST, to)
    return con


def ledger(con: Connection) -> list[str]:
    return [row.name for row in read_applied(con)]


def nothing_is_locked_between_two_changes() -> None:
    con = database("002")
    files = {**FIRST_TWO, "003_add_minimum": MINIMUM}
    assert up(con, files) == ["003_add_minimum"]
    assert up(con, {**files, "004_add_uses": "ALTER TABLE vouchers ADD COLUMN uses INTEGER"})
    assert columns(con, "vouchers") == ["code", "percent", "minimum", "uses"]


def databases_that_start_apart_end_alike() -> None:
    ours, theirs = database("004"), database()
    assert diff(read_schema(ours), read_schema(theirs))
    up(ours, LIST), up(theirs, LIST)
    assert diff(read_schema(ours), read_schema(theirs)) == ()


def a_file_that_does_not_know_the_one_before_takes_its_column_along() -> None:
    con = database("002")
    files = {**FIRST_TWO, "003_add_minimum": MINIMUM, "004_add_uses": MIRAS}
    assert up(con, files) == ["003_add_minimum", "004_add_uses"]
    assert columns(con, "vouchers") == ["code", "percent", "uses"]


def two_with_one_number_are_refused_and_the_message_says_so() -> None:
    con = database("002")
    came = up(con, TWO_OF_THREE)
    assert isinstance(came, Refused) and "has the number 3 too" in str(came)
    assert columns(con) == ["id", "name"]


def the_order_of_writing_changes_nothing() -> None:
    written_first, written_last = database("002"), database("002")
    other_way = dict(reversed(TWO_OF_THREE.items()))
    for con, files in ((written_first, TWO_OF_THREE), (written_last, other_way)):
        assert isinstance(up(con, files), Refused)
        assert columns(con) == ["id", "name"]


def with_a_number_of_its_own_both_run() -> None:
    two_with_one_number_are_refused_and_the_message_says_so()
    files = {**TWO_OF_THREE, "004_add_city": LIST["004_add_city"]}
    del files["003_add_city"]
    assert up(database("002"), files) == ["003_add_birthday", "004_add_city"]


def production() -> Connection:
    return run(database("005"), "INSERT INTO users (id, name) VALUES (1, 'Ada'), (2, 'Bo')")


def a_newcomer_has_the_tables_and_their_columns() -> None:
    jonas = database("005")
    assert diff(read_schema(jonas), read_schema(production())) == ()
    assert columns(jonas) == ["id", "name", "phone", "city", "street"]


def both_refuse_the_same_rows() -> None:
    for con in (database("005"), production()):
        run(con, "INSERT INTO users (id) VALUES (9)")
        refused(con, "INSERT INTO users (id) VALUES (9)", "Duplicate key")
        refused(con, "INSERT INTO users (id, name) VALUES (10, NULL)", "NOT NULL constraint")
        assert con.execute("SELECT name FROM users WHERE id = 9").fetchall() == [("nobody",)]


def a_newcomer_has_no_user() -> None:
    count = "SELECT count(*) FROM users"
    assert production().execute(count).fetchall() == [(2,)]
    assert database("005").execute(count).fetchall() == [(0,)]


def the_ledgers_have_the_same_names_and_other_times() -> None:
    theirs, jonas = production(), database("005")
    assert ledger(jonas) == ledger(theirs) == list(LIST)
    assert read_applied(jonas)[0].applied_at > read_applied(theirs)[0].applied_at


def production_runs_three_and_staging_one() -> None:
    staging, behind = database("004"), database("002")
    assert up(staging, LIST) == ["005_add_street"]
    assert up(behind, LIST) == ["003_add_phone", "004_add_city", "005_add_street"]
    assert diff(read_schema(staging), read_schema(behind)) == ()


def what_is_in_the_ledger_does_not_run_again() -> None:
    con = database("002")
    refused(con, USERS, "already exists")
    came = up(con, LIST)
    assert isinstance(came, list) and "001_create_users" not in came


CLAIMS: dict[tuple[str, str], Callable[[], None]] = {
    ("why-migrations-help-teams", "locks-tables"): nothing_is_locked_between_two_changes,
    ("why-migrations-help-teams", "one-ordered-list"): databases_that_start_apart_end_alike,
    (
        "why-migrations-help-teams",
        "merges-for-you",
    ): a_file_that_does_not_know_the_one_before_takes_its_column_along,
    (
        "two-files-one-number",
        "by-the-alphabet",
    ): two_with_one_number_are_refused_and_the_message_says_so,
    ("two-files-one-number", "the-older-one"): the_order_of_writing_changes_nothing,
    ("two-files-one-number", "neither-runs"): with_a_number_of_its_own_both_run,
    ("after-jonas-joined", "tables"): a_newcomer_has_the_tables_and_their_columns,
    ("after-jonas-joined", "rules"): both_refuse_the_same_rows,
    ("after-jonas-joined", "users"): a_newcomer_has_no_user,
    ("after-jonas-joined", "ledger"): the_ledgers_have_the_same_names_and_other_times,
    ("deploy-to-one-behind", "three-run"): production_runs_three_and_staging_one,
    ("deploy-to-one-behind", "only-newest"): production_runs_three_and_staging_one,
    ("deploy-to-one-behind", "all-five"): what_is_in_the_ledger_does_not_run_again,
}
