"""The engine against the same work by hand, and what reading a long history takes. Prints ratios.

    python benchmarks/engine.py

Each line names its peer, which is measured in the same run; every number is the best of three.
Timings hang on the machine and decide no test. `shadow.py` measures the shadow against `cp`,
`against_alembic.py` the command against Alembic's.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import duckdb
from histories import migrations, plan_up, write_migrations
from measure import best, seconds, told

from course_lib.migrations import (
    Applied,
    Migration,
    Plan,
    make_plan,
    own_cursor,
    read_applied,
    read_folder,
    read_status,
    run_plan,
)

LEDGER = """CREATE SCHEMA updown;
CREATE TABLE updown.ledger (number BIGINT PRIMARY KEY, name VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL, guard VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL);
CREATE TABLE updown.events (event BIGINT PRIMARY KEY, happened_at TIMESTAMP NOT NULL,
    name VARCHAR NOT NULL, direction VARCHAR NOT NULL, outcome VARCHAR NOT NULL,
    guard VARCHAR NOT NULL, detail VARCHAR)"""


def main() -> None:
    """Run all benchmarks and print a line for each."""
    with tempfile.TemporaryDirectory() as name:
        many_small(Path(name))
        for count in (100, 1000, 10_000):
            reading(Path(name), count)


def many_small(folder: Path) -> None:
    """1,000 small migrations against the same writes through DuckDB's Python API."""
    plan = plan_up(migrations(1000))
    for place in ("in memory", "on a file"):
        hand, engine = [], []
        for turn in range(3):
            for times, work in ((hand, by_hand), (engine, by_engine)):
                file = folder / f"{turn}{work.__name__}"
                with duckdb.connect(":memory:" if place == "in memory" else file) as con:
                    times.append(seconds(lambda work=work, con=con: work(con, plan)))
        told(f"1,000 migrations {place}", min(engine), "by hand", min(hand), "at most 1.3")


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


def reading(folder: Path, count: int) -> None:
    """`status` and `plan` for a long history, half of it applied; and reading its files before."""
    path = write_migrations(folder / f"files{count}", count)
    read = best(lambda: read_folder(path))
    files = read_folder(path)
    assert len(files.migrations) == count and not files.problems
    with duckdb.connect() as con:
        apply_half(con, files.migrations)
        status = best(lambda: read_status(con, files))
        plan = best(lambda: make_plan(files, applied(con), "up"))
        whole = best(lambda: read_status(con, read_folder(path)))
    each = {"status": status, "plan": plan, "the files": read, "status with the files": whole}
    print(
        f"{count:>6,} migrations: "
        + ", ".join(f"{what} {took / count * 1e6:.1f} µs each" for what, took in each.items())
        + " (status and plan at most 60)"
    )


def apply_half(con: duckdb.DuckDBPyConnection, history: tuple[Migration, ...]) -> None:
    """Write a ledger in which the first half of a history is applied."""
    half = history[: len(history) // 2]
    with own_cursor(con) as cursor:
        for statement in LEDGER.split(";"):
            cursor.execute(statement)
        for start in range(0, len(half), 500):
            some = half[start : start + 500]
            values = ", ".join(["(?, ?, ?, 'transaction', '2026-01-01')"] * len(some))
            flat = [value for m in some for value in (m.number, m.name, m.checksum)]
            cursor.execute(f"INSERT INTO updown.ledger VALUES {values}", flat).fetchall()


def applied(con: duckdb.DuckDBPyConnection) -> tuple[Applied, ...]:
    """The ledger, read anew."""
    rows = read_applied(con)
    assert rows
    return rows


if __name__ == "__main__":
    main()
