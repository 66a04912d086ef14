"""The schema from before the first migration is kept in the ledger, once, with the first row."""

from __future__ import annotations

import hashlib
import sys
import threading
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings

from course_lib.migrations import (
    Adopted,
    adopt_schema,
    read_applied,
    read_events,
    read_folder,
    read_status,
    run_plan,
    verify,
)
from course_lib.migrations.ledger import read_start
from course_lib.migrations.ledger_tables import read_format

from .databases import plan_of, run_script, sections, write_folder
from .objects import CHANGES
from .random_databases import databases, make

OLD = "CREATE TABLE old (id INTEGER PRIMARY KEY); INSERT INTO old VALUES (1)"
FILES = {
    "001_a.sql": sections("ALTER TABLE old ADD COLUMN a INTEGER", "ALTER TABLE old DROP COLUMN a"),
    "002_b.sql": sections(
        "CREATE TABLE b (id INTEGER REFERENCES old (id))", "DROP TABLE b;", "transaction:false"
    ),
}
FORMAT_1 = """CREATE SCHEMA updown;
CREATE TABLE updown.format (version INTEGER NOT NULL);
INSERT INTO updown.format VALUES (1);
CREATE TABLE updown.ledger (number BIGINT PRIMARY KEY, name VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL, guard VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL);
CREATE TABLE updown.events (event BIGINT PRIMARY KEY, happened_at TIMESTAMP NOT NULL,
    name VARCHAR NOT NULL, direction VARCHAR NOT NULL, outcome VARCHAR NOT NULL,
    guard VARCHAR NOT NULL, detail VARCHAR)"""

BROKEN = {
    "view on a table that is gone": {"v"},
    "view loses its table": {"v"},
    "comment on a view's column that is gone": {"v"},
}


def up(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    outcome = run_plan(con, plan_of(con, folder))
    assert outcome.failure is None, outcome.failure


def down(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    assert run_plan(con, plan_of(con, folder, "down")).failure is None


@pytest.mark.parametrize("first", ["001_a.sql", "002_b.sql"], ids=["transaction", "shadow"])
def test_what_was_there_is_kept_with_the_first_row_under_both_guards(
    tmp_path: Path, first: str
) -> None:
    folder = write_folder(tmp_path, {first: FILES[first]})
    with duckdb.connect(tmp_path / "x.duckdb") as con:
        run_script(con, OLD)
        up(con, folder)
        assert read_start(con) == ('CREATE TABLE "old"(id INTEGER PRIMARY KEY);',)
        assert (read_format(con), verify(con, read_folder(folder)).drift) == (2, "none")


def test_it_is_kept_once_and_stays_through_downs_and_ups(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, FILES)
    with duckdb.connect() as con:
        run_script(con, OLD)
        up(con, folder)
        before = read_start(con)
        down(con, folder)
        con.execute("CREATE TABLE by_hand (i INTEGER)")
        up(con, folder)
        assert read_start(con) == before
        (drift,) = verify(con, read_folder(folder)).problems
        assert drift.where == "table by_hand"


def test_an_empty_database_keeps_nothing(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"001_a.sql": sections("CREATE TABLE t (i INT)")})
    with duckdb.connect() as con:
        up(con, folder)
        assert (read_start(con), read_format(con)) == ((), 2)


def test_a_failure_keeps_nothing_and_the_first_success_does(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, FILES)
    with duckdb.connect() as con:
        assert run_plan(con, plan_of(con, folder)).failure is not None
        assert (read_applied(con), read_start(con)) == ((), ())
        run_script(con, OLD)
        up(con, folder)
        assert read_start(con) == ('CREATE TABLE "old"(id INTEGER PRIMARY KEY);',)
        assert verify(con, read_folder(folder)).drift == "none"


def test_a_migration_that_fails_at_its_commit_leaves_no_start(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"001_a.sql": sections("INSERT INTO old VALUES (1)")})
    with duckdb.connect() as con:
        run_script(con, OLD)
        assert run_plan(con, plan_of(con, folder)).failure is not None
        assert con.execute("SELECT count(*) FROM updown.start").fetchall() == [(0,)]


@pytest.mark.parametrize("name", CHANGES)
def test_every_kind_of_object_is_kept(tmp_path: Path, name: str) -> None:
    folder = write_folder(tmp_path, {"001_a.sql": sections("CREATE TABLE brand_new (i INT)")})
    with duckdb.connect() as con:
        for part in CHANGES[name]:
            run_script(con, part)
        up(con, folder)
        found = verify(con, read_folder(folder))
        # DuckDB makes no view on what is gone, nor a comment on a column that is gone.
        told = {problem.where.rpartition(" ")[2].partition(".")[0] for problem in found.problems}
        assert told == BROKEN.get(name, set()), found


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(databases())
def test_a_random_schema_is_kept(
    tmp_path_factory: pytest.TempPathFactory, statements: list[str]
) -> None:
    files = {"001_a.sql": sections("CREATE TABLE brand_new (i INT)")}
    folder = write_folder(tmp_path_factory.mktemp("s"), files)
    with duckdb.connect() as con:
        make(con, statements)
        up(con, folder)
        found = verify(con, read_folder(folder))
        assert (found.problems, found.drift) == ((), "none"), found


def test_a_history_that_never_ends_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["course_lib.migrations.replay"], "SECONDS", 1)
    # It ends where there is a row, as there was; the schema alone has none.
    endless = (
        "CREATE TABLE t AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE"
        ' i < 5 OR NOT EXISTS (FROM "old")) SELECT max(i) AS m FROM r'
    )
    folder = write_folder(tmp_path, {"001_a.sql": sections(endless)})
    with duckdb.connect() as con:
        run_script(con, OLD)
        up(con, folder)
        found = verify(con, read_folder(folder))
    assert found.drift == "not looked for"
    assert "a statement may take 1 seconds when a history is replayed" in str(found.reason)


def test_a_ledger_of_format_1_is_read_as_it_is_and_upgraded_by_the_next_write(
    tmp_path: Path,
) -> None:
    folder = write_folder(tmp_path, {"001_a.sql": sections("CREATE TABLE t (i INT)")})
    path = tmp_path / "x.duckdb"
    (first,) = read_folder(folder).migrations
    with duckdb.connect(path) as con:
        run_script(con, FORMAT_1)
        con.execute("CREATE TABLE t (i INT)")
        row = f"1, '{first.name}', '{first.checksum}', 'transaction', now()::TIMESTAMP"
        con.execute(f"INSERT INTO updown.ledger VALUES ({row})")
        con.execute("INSERT INTO updown.events VALUES (1, now(), '001_a', 'up', 'done', 'x', NULL)")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with duckdb.connect(path) as con:
        assert verify(con, read_folder(folder)).drift == "none"
        assert [status.state for status in read_status(con, read_folder(folder))] == ["applied"]
        assert (read_start(con), read_format(con)) == ((), 1)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    write_folder(tmp_path, {"002_b.sql": sections("CREATE TABLE u (i INT)", "DROP TABLE u;")})
    with duckdb.connect(path) as con:
        up(con, folder)
        assert (read_start(con), read_format(con), len(read_events(con))) == ((), 2, 2)
        assert verify(con, read_folder(folder)).drift == "none"


def test_a_down_or_a_failure_upgrades_too(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"001_a.sql": sections("SELECT error('no')")})
    with duckdb.connect() as con:
        run_script(con, FORMAT_1)
        assert run_plan(con, plan_of(con, folder)).failure is not None
        assert read_format(con) == 2


def test_a_baseline_describes_all_that_is_there_so_nothing_is_kept_beside_it(
    tmp_path: Path,
) -> None:
    files = {"005_a.sql": FILES["001_a.sql"]}
    folder = write_folder(tmp_path, files)
    with duckdb.connect() as con:
        run_script(con, OLD)
        up(con, folder)
        down(con, folder)
        assert read_start(con)
        adopted = adopt_schema(con, folder, "001_there", read_folder(folder))
        assert isinstance(adopted, Adopted), str(adopted)
        assert read_start(con) == ()
        assert verify(con, read_folder(folder)).drift == "none"


def test_a_view_that_was_broken_is_told_as_one_that_nothing_makes(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"001_a.sql": FILES["001_a.sql"]})
    with duckdb.connect() as con:
        run_script(con, f"{OLD}; CREATE TABLE gone (i INT); CREATE VIEW v AS SELECT * FROM gone")
        con.execute("DROP TABLE gone")
        up(con, folder)
        found = verify(con, read_folder(folder))
        assert [problem.where for problem in found.problems] == ["view v"], found


def test_two_first_runs_at_once_keep_one_start(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"001_a.sql": FILES["001_a.sql"]})
    with duckdb.connect(tmp_path / "x.duckdb") as con:
        run_script(con, OLD)
        con.execute("CREATE MACRO f(a) AS a")
        threads = [
            threading.Thread(target=lambda: run_plan(con.cursor(), plan_of(con.cursor(), folder)))
            for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(read_start(con)) == 2 and len(read_applied(con)) == 1
        assert verify(con, read_folder(folder)).drift == "none"


def test_without_files_a_macro_is_no_obstacle(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"001_a.sql": sections("CREATE TABLE t (i INT)")})
    with duckdb.connect() as con:
        con.execute("CREATE MACRO f(a) AS a")
        con.execute("SET enable_external_access = false")
        up(con, folder)
        assert read_start(con) == ()
