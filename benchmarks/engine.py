"""The engine against the same work by hand, and its shadow against `cp`. Prints ratios.

    python benchmarks/engine.py [--large]

Each line names its peer, which is measured in the same run; every number is the best of three.
Timings hang on the machine and decide no test.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

from course_lib.migrations import (
    Applied,
    Folder,
    Migration,
    Plan,
    make_plan,
    own_cursor,
    parse_migration,
    read_applied,
    read_states,
    run_plan,
)

SMALL = """-- migrate:up
CREATE TABLE t{0} (id INTEGER, name VARCHAR);
-- migrate:down
DROP TABLE t{0};
"""
TABLE_CHANGED = "UPDATE settings SET value = value || '!'"
CHANGE = f"-- migrate:up transaction:false\n{TABLE_CHANGED};\n-- migrate:down\nSELECT 1;\n"
LEDGER = """CREATE SCHEMA updown;
CREATE TABLE updown.ledger (number BIGINT PRIMARY KEY, name VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL, guard VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL);
CREATE TABLE updown.events (event BIGINT PRIMARY KEY, happened_at TIMESTAMP NOT NULL,
    name VARCHAR NOT NULL, direction VARCHAR NOT NULL, outcome VARCHAR NOT NULL,
    guard VARCHAR NOT NULL, detail VARCHAR)"""


def main() -> None:
    """Run all benchmarks and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="the shadow of 500 MB as well")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many_small(folder)
        reading()
        for megabytes in (10, 100, *((500,) if arguments.large else ())):
            shadow(folder, megabytes)


def many_small(folder: Path) -> None:
    """1,000 small migrations against the same writes through DuckDB's Python API."""
    history = migrations(1000)
    plan = make_plan(Folder(history, ()), (), "up")
    assert isinstance(plan, Plan)
    for place in ("in memory", "on a file"):
        hand, engine = [], []
        for turn in range(3):
            for times, work in ((hand, by_hand), (engine, by_engine)):
                path = (
                    ":memory:" if place == "in memory" else str(folder / f"{turn}{work.__name__}")
                )
                with duckdb.connect(path) as con:
                    times.append(seconds(lambda work=work, con=con: work(con, plan)))
        told(f"1,000 migrations {place}", min(engine), "by hand", min(hand), "1.3")


def by_engine(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Run the plan."""
    assert run_plan(con, plan).failure is None


def by_hand(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """BEGIN, the statement, a row in the ledger and one in the log, COMMIT, the read-back."""
    con.execute(LEDGER)
    for number, item in enumerate(plan.items, 1):
        one, now = item.migration, datetime(2026, 1, 1)
        con.execute("BEGIN")
        con.execute(item.steps[0].sql).fetchall()
        row = [one.number, one.name, one.checksum, "transaction", now]
        con.execute("INSERT INTO updown.ledger VALUES (?, ?, ?, ?, ?)", row).fetchall()
        event = [number, now, one.name, "up", "done", "transaction", None]
        con.execute("INSERT INTO updown.events VALUES (?, ?, ?, ?, ?, ?, ?)", event).fetchall()
        con.execute("COMMIT")
        read_back = "SELECT checksum FROM updown.ledger WHERE number = ?"
        assert con.execute(read_back, [one.number]).fetchall() == [(one.checksum,)]


def reading() -> None:
    """`status` and `plan` for long histories, half of them applied, in microseconds each."""
    for count in (100, 1000, 10_000):
        history = migrations(count)
        files, half = Folder(history, ()), history[: count // 2]
        with duckdb.connect() as con:
            with own_cursor(con) as cursor:
                ledger = LEDGER.split(";")
                for statement in ledger:
                    cursor.execute(statement)
                rows = [(m.number, m.name, m.checksum, "transaction", "2026-01-01") for m in half]
                for start in range(0, len(rows), 500):
                    some = rows[start : start + 500]
                    values = ", ".join(["(?, ?, ?, ?, ?)"] * len(some))
                    flat = [value for row in some for value in row]
                    cursor.execute(f"INSERT INTO updown.ledger VALUES {values}", flat).fetchall()
            status = best(
                lambda con=con, files=files: read_states(files, applied(con), frozenset())
            )
            plan = best(lambda con=con, files=files: make_plan(files, applied(con), "up"))
        print(
            f"{count:>6,} migrations: status {status / count * 1e6:5.1f} µs each,"
            f" plan {plan / count * 1e6:5.1f} µs each (at most 60)"
        )


def applied(con: duckdb.DuckDBPyConnection) -> tuple[Applied, ...]:
    """The ledger, read anew."""
    rows = read_applied(con)
    assert rows
    return rows


def shadow(folder: Path, megabytes: int) -> None:
    """A shadow of a large file, of which one small table changes, against `cp` of the file."""
    path = folder / f"large{megabytes}.duckdb"
    with duckdb.connect(path) as con:
        # A row takes about 24 bytes on the disk: text that does not compress, and a number.
        rows = megabytes * 1_000_000 // 24
        con.execute(
            f"CREATE TABLE big AS SELECT i, md5(i::VARCHAR) AS text FROM range({rows}) t(i)"
        )
        con.execute("CREATE TABLE settings AS SELECT i, 'x' AS value FROM range(1000) AS t(i)")
        con.execute("CHECKPOINT")
        size = path.stat().st_size / 1e6
        copies, runs = [], []
        copy = folder / "copy"
        for number in (1, 2, 3):
            copies.append(seconds(lambda: subprocess.run(["cp", path, copy], check=True)))
            copy.unlink()
            parsed = parse_migration(CHANGE, f"{number}_x.sql").migration
            assert parsed is not None
            plan = make_plan(Folder((parsed,), ()), (), "up")
            assert isinstance(plan, Plan)
            runs.append(seconds(lambda plan=plan: by_engine(con, plan)))
    path.unlink()
    told(f"the shadow of {size:,.0f} MB", min(runs), "cp", min(copies), "3")


def migrations(count: int) -> tuple[Migration, ...]:
    """A history of small migrations."""
    parsed = (parse_migration(SMALL.format(n), f"{n:05}_x.sql") for n in range(1, count + 1))
    return tuple(one.migration for one in parsed if one.migration)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def best(work: Callable[[], object]) -> float:
    """The best of three."""
    return min(seconds(work) for _ in range(3))


def told(what: str, ours: float, peer: str, theirs: float, bound: str) -> None:
    """One line: the ratio, both times in milliseconds, and what is aimed at."""
    times = f"{ours * 1000:,.0f} ms against {theirs * 1000:,.0f} ms {peer}"
    print(f"{what}: {ours / theirs:.2f} times ({times}; at most {bound})")


if __name__ == "__main__":
    main()
