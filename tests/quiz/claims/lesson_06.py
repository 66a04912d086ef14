"""What lesson 6's quiz says, done on DuckDB."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from .trying import Connection, columns, refused, run

WORLD = Path(__file__).parents[3] / "lessons" / "06-renaming-without-breaking-anyone" / "world.sql"
RENAME = "ALTER TABLE users RENAME COLUMN adress TO address"
EXPAND = "ALTER TABLE users ADD COLUMN address VARCHAR"
COPY = "UPDATE users SET address = adress"
FILL = "UPDATE users SET address = adress WHERE address IS NULL"
ASIDE = "CREATE TABLE aside AS SELECT id, adress FROM users WHERE adress <> address"
DROP = "ALTER TABLE users DROP COLUMN adress"
OLD_READS, NEW_READS = "SELECT id, adress FROM users", "SELECT id, address FROM users"
OLD_WRITES = "INSERT INTO users (id, adress) VALUES (3, 'Quay 3')"
NEW_WRITES = "INSERT INTO users (id, address) VALUES (4, 'Dock 4')"


def users() -> Connection:
    con = duckdb.connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, adress VARCHAR)")
    return run(con, "INSERT INTO users VALUES (1, 'Oak Lane 2'), (2, NULL)")


def rows(con: Connection, query: str) -> list[tuple[object, ...]]:
    return con.execute(f"{query} ORDER BY ALL").fetchall()


def after_the_rename_the_old_version_finds_nothing() -> None:
    con = run(users(), RENAME)
    assert columns(con) == ["id", "address"]  # in the same place, under another name
    refused(con, OLD_READS, 'Referenced column "adress" not found in FROM clause')
    refused(con, OLD_WRITES, "does not have a column")


def in_either_order_one_version_fails() -> None:
    con = run(users(), OLD_READS)
    refused(con, NEW_READS, '"address" not found')
    run(con, RENAME, NEW_READS)
    refused(con, OLD_READS, '"adress" not found')


def the_new_version_is_refused_at_once() -> None:
    refused(users(), NEW_READS, '"address" not found')
    refused(users(), NEW_WRITES, "does not have a column")


def messages() -> Connection:
    con = duckdb.connect()
    con.execute("CREATE TABLE letters (id INTEGER, words VARCHAR)")
    run(con, "INSERT INTO letters VALUES (1, 'Hello')", "ALTER TABLE letters RENAME TO messages")
    return run(con, "CREATE VIEW letters AS SELECT * FROM messages")


def a_view_passes_nothing_on() -> None:
    con = messages()
    refused(con, "INSERT INTO letters VALUES (2, 'Late')", "letters is not an table")
    assert rows(con, "FROM messages") == rows(con, "FROM letters") == [(1, "Hello")]


def a_view_gives_what_its_table_holds() -> None:
    con = run(messages(), "INSERT INTO messages VALUES (2, 'New')")
    assert rows(con, "FROM letters") == [(1, "Hello"), (2, "New")]


def a_view_is_read_and_not_written() -> None:
    con = messages()
    assert rows(con, "FROM letters") == [(1, "Hello")]
    for write in ("UPDATE letters SET words = ''", "DELETE FROM letters"):
        refused(con, write, "base table")


BOTH = "INSERT INTO users (id, adress, address) VALUES (5, 'Quay 5', 'Quay 5')"


def without_the_copy_untouched_rows_hold_null() -> None:
    con = run(users(), EXPAND, BOTH)
    assert rows(con, NEW_READS) == [(1, None), (2, None), (5, "Quay 5")]
    assert rows(run(con, COPY), NEW_READS)[0] == (1, "Oak Lane 2")


def what_is_written_under_both_names_is_read_by_both() -> None:
    con = run(users(), EXPAND, COPY, BOTH)
    assert rows(con, OLD_READS) == rows(con, NEW_READS)
    assert rows(run(con, NEW_WRITES), OLD_READS)[2] == (4, None)  # by one that writes one name


def the_old_version_still_makes_them_differ() -> None:
    con = run(users(), EXPAND, COPY, BOTH, "UPDATE users SET adress = 'Lane 1' WHERE id = 1")
    assert rows(con, "SELECT id FROM users WHERE adress <> address") == [(1,)]


def whoever_still_asks_gets_an_error() -> None:
    con = run(users(), EXPAND, COPY, OLD_READS, DROP)
    refused(con, OLD_READS, '"adress" not found')
    run(con, NEW_READS)


def what_is_under_the_new_name_alone_is_not_lost() -> None:
    con = run(users(), EXPAND, COPY, NEW_WRITES)
    assert rows(con, "SELECT id FROM users WHERE adress IS DISTINCT FROM address") == [(4,)]
    assert rows(run(con, FILL, DROP), NEW_READS)[2] == (4, "Dock 4")


def the_column_takes_what_was_neither_filled_in_nor_moved_aside() -> None:
    late = (EXPAND, COPY, OLD_WRITES, "UPDATE users SET adress = 'Lane 1' WHERE id = 1")
    lost = rows(run(users(), *late, DROP), NEW_READS)
    assert lost == [(1, "Oak Lane 2"), (2, None), (3, None)]
    con = run(users(), *late, FILL, ASIDE, DROP)
    assert rows(con, NEW_READS)[2] == (3, "Quay 3") and rows(con, "FROM aside") == [(1, "Lane 1")]


def it_may_be_required_or_not_and_516_have_none() -> None:
    run(users(), EXPAND, COPY, DROP)
    con = duckdb.connect()
    con.execute(WORLD.read_text(encoding="utf-8"))
    run(con, EXPAND, COPY)
    refused(con, "ALTER TABLE users ALTER COLUMN address SET NOT NULL", "NOT NULL")
    assert rows(con, "SELECT count(*) FROM users WHERE address IS NULL") == [(516,)]


CLAIMS: dict[tuple[str, str], Callable[[], None]] = {
    ("five-minutes-apart", "nobody-by-place"): after_the_rename_the_old_version_finds_nothing,
    ("five-minutes-apart", "one-or-the-other"): in_either_order_one_version_fails,
    ("five-minutes-apart", "nobody-app-waits"): the_new_version_is_refused_at_once,
    ("view-as-bridge", "passes-on"): a_view_passes_nothing_on,
    ("view-as-bridge", "keeps-it"): a_view_gives_what_its_table_holds,
    ("view-as-bridge", "refuses-write"): a_view_is_read_and_not_written,
    ("writes-both", "the-copy"): without_the_copy_untouched_rows_hold_null,
    ("writes-both", "unseen-by-old"): what_is_written_under_both_names_is_read_by_both,
    ("writes-both", "any-difference"): the_old_version_still_makes_them_differ,
    ("before-contract", "nobody-asks"): whoever_still_asks_gets_an_error,
    ("before-contract", "all-alike"): what_is_under_the_new_name_alone_is_not_lost,
    (
        "before-contract",
        "late-ones-moved",
    ): the_column_takes_what_was_neither_filled_in_nor_moved_aside,
    ("before-contract", "new-required"): it_may_be_required_or_not_and_516_have_none,
}
