"""What the lessons' boxes say of PostgreSQL, each sentence tried on a real server."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count

import psycopg
import pytest

from tests.postgres_server import PostgresServer, find_or_install, running_server

from .test_lesson_01 import FROM_MEMORY

Connect = Callable[[], psycopg.Connection]

_numbers = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    programs = find_or_install()
    if programs is None:
        reason = "no PostgreSQL could be found or installed: install Debian's package postgresql"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(reason)
        pytest.skip(reason)
    with running_server(programs) as server:
        yield server


@pytest.fixture
def connect(server: PostgresServer) -> Iterator[Connect]:
    """Opens a connection to a database of the test's own, where each statement commits."""
    url = server.create_database(f"box{next(_numbers)}")
    opened: list[psycopg.Connection] = []

    def connect() -> psycopg.Connection:
        opened.append(psycopg.connect(url, autocommit=True))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


def columns(con: psycopg.Connection, table: str = "users") -> list[str]:
    found = con.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " ORDER BY ordinal_position",
        [table],
    )
    return [row[0] for row in found]


def is_waiting(con: psycopg.Connection, statement: str) -> bool:
    """Whether some connection waits for a lock with this statement."""
    found = con.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query = %s",
        [statement],
    ).fetchone()
    return found is not None and found[0] == 1


def wait_until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def test_lesson_1_the_same_words_work_and_a_change_waits_until_nobody_reads(
    connect: Connect,
) -> None:
    con, reader = connect(), connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR, joind DATE NOT NULL)")
    con.execute(FROM_MEMORY)
    assert columns(con) == ["id", "name", "joined", "phone"]
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM users").fetchall()
    con.execute("SET lock_timeout = '50ms'")
    with pytest.raises(psycopg.errors.LockNotAvailable):
        con.execute("ALTER TABLE users ADD COLUMN city VARCHAR")
    reader.execute("COMMIT")
    con.execute("ALTER TABLE users ADD COLUMN city VARCHAR")
    assert "city" in columns(con)


def test_lesson_2_a_column_is_added_if_there_is_none_and_a_half_run_is_taken_back(
    connect: Connect,
) -> None:
    con = connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, phone TEXT)")
    con.execute("ALTER TABLE users ADD COLUMN IF NOT EXISTS phone TEXT")
    con.execute("BEGIN")
    con.execute("ALTER TABLE users ADD COLUMN city TEXT")
    with pytest.raises(psycopg.errors.DuplicateColumn):
        con.execute("ALTER TABLE users ADD COLUMN phone TEXT")
    con.execute("ROLLBACK")
    assert columns(con) == ["id", "phone"]


def test_lesson_3_a_change_and_its_row_are_in_one_transaction(connect: Connect) -> None:
    con, other = connect(), connect()
    con.execute("CREATE TABLE ledger (version TEXT)")
    con.execute("BEGIN")
    con.execute("CREATE TABLE vouchers (code TEXT)")
    con.execute("INSERT INTO ledger VALUES ('001')")
    assert columns(other, "vouchers") == []
    con.execute("ROLLBACK")
    assert columns(con, "vouchers") == []
    assert con.execute("SELECT count(*) FROM ledger").fetchone() == (0,)


def test_lesson_4_add_fill_and_require_are_one_transaction_in_which_nobody_reads(
    connect: Connect,
) -> None:
    con, reader = connect(), connect()
    con.execute("CREATE TABLE users AS SELECT n AS id FROM generate_series(1, 3000) AS n")
    reader.execute("SET lock_timeout = '50ms'")
    con.execute("BEGIN")
    for statement in (
        "ALTER TABLE users ADD COLUMN city VARCHAR(80)",
        "UPDATE users SET city = 'unknown' WHERE city IS NULL",
        "ALTER TABLE users ALTER COLUMN city SET NOT NULL",
    ):
        con.execute(statement)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            reader.execute("SELECT count(*) FROM users")
    con.execute("COMMIT")
    assert reader.execute("SELECT count(city) FROM users").fetchone() == (3000,)


def test_lesson_5_a_down_that_fails_half_way_is_rolled_back(connect: Connect) -> None:
    con = connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, phone TEXT, old TEXT)")
    con.execute("BEGIN")
    con.execute("ALTER TABLE users DROP COLUMN old")
    with pytest.raises(psycopg.errors.UndefinedColumn):
        con.execute("ALTER TABLE users DROP COLUMN nowhere")
    con.execute("ROLLBACK")
    assert columns(con) == ["id", "phone", "old"]


def test_lesson_6_a_rename_waits_for_running_queries_and_later_ones_queue_behind_it(
    connect: Connect,
) -> None:
    con, running, later = connect(), connect(), connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, adress TEXT)")
    running.execute("BEGIN")
    running.execute("SELECT * FROM users").fetchall()
    # While nothing waits, another reads beside the first.
    later.execute("SET lock_timeout = '50ms'")
    later.execute("SELECT * FROM users").fetchall()
    rename = "ALTER TABLE users RENAME COLUMN adress TO address"
    renaming = threading.Thread(target=con.execute, args=[rename])
    renaming.start()
    try:
        wait_until(lambda: is_waiting(later, rename))
        with pytest.raises(psycopg.errors.LockNotAvailable):
            later.execute("SELECT * FROM users")
    finally:
        running.execute("COMMIT")
        renaming.join()
    assert columns(later) == ["id", "address"]


def test_lesson_6_views_follow_a_rename_and_simple_ones_can_be_written_through(
    connect: Connect,
) -> None:
    con = connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, adress TEXT)")
    con.execute("CREATE VIEW people AS SELECT id, adress FROM users")
    con.execute("ALTER TABLE users RENAME COLUMN adress TO address")
    con.execute("INSERT INTO people VALUES (1, 'Quay 1')")
    con.execute("UPDATE people SET adress = 'Lane 1'")
    assert con.execute("SELECT id, address FROM users").fetchall() == [(1, "Lane 1")]
    con.execute("CREATE VIEW streets AS SELECT address FROM users GROUP BY address")
    with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState, match="cannot insert"):
        con.execute("INSERT INTO streets VALUES ('Quay 2')")


def test_lesson_6_a_trigger_keeps_two_columns_alike(connect: Connect) -> None:
    con = connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, adress TEXT, address TEXT)")
    con.execute("""
        CREATE FUNCTION keep_alike() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' OR NEW.address IS NOT DISTINCT FROM OLD.address THEN
                NEW.address := coalesce(NEW.adress, NEW.address);
            END IF;
            NEW.adress := NEW.address;
            RETURN NEW;
        END $$;
        CREATE TRIGGER alike BEFORE INSERT OR UPDATE ON users
        FOR EACH ROW EXECUTE FUNCTION keep_alike();
    """)
    con.execute("INSERT INTO users (id, adress) VALUES (1, 'Quay 1')")
    con.execute("INSERT INTO users (id, address) VALUES (2, 'Quay 2')")
    con.execute("UPDATE users SET adress = 'Lane 1' WHERE id = 1")
    con.execute("UPDATE users SET address = 'Lane 2' WHERE id = 2")
    assert con.execute("SELECT adress, address FROM users ORDER BY id").fetchall() == [
        ("Lane 1", "Lane 1"),
        ("Lane 2", "Lane 2"),
    ]


def test_lesson_6_an_insert_without_names_leaves_the_last_column_empty(connect: Connect) -> None:
    con = connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, adress TEXT)")
    con.execute("ALTER TABLE users ADD COLUMN address TEXT")
    con.execute("INSERT INTO users VALUES (2, 'Quay 2')")
    assert con.execute("SELECT * FROM users").fetchall() == [(2, "Quay 2", None)]


def test_lesson_8_a_transaction_that_met_an_error_keeps_nothing_and_runners_lock(
    connect: Connect,
) -> None:
    con, other = connect(), connect()
    con.execute("BEGIN")
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY)")
    with pytest.raises(psycopg.errors.UndefinedTable):
        con.execute("DROP TABLE nowhere")
    assert con.execute("COMMIT").statusmessage == "ROLLBACK"
    assert columns(con) == []
    con.execute("SELECT pg_advisory_lock(1)")
    assert other.execute("SELECT pg_try_advisory_lock(1)").fetchone() == (False,)
