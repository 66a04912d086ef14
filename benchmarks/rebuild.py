"""A table of a million rows made anew by an operation, against the hand-written swap.

    python benchmarks/rebuild.py [ROWS]

The swap is what people write by hand: a new table, INSERT ... SELECT, DROP, RENAME, in one
transaction. Each number is the best of five, taken in turns. Timings hang on the machine and decide
no test.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from course_lib.migrations.operations import add_check

TURNS = 5
COLUMNS = "id INTEGER {0}, name VARCHAR, age INTEGER, city VARCHAR"
KINDS = {"without a key": "", "with a primary key": "PRIMARY KEY"}


def main() -> None:
    """Print a line for each kind of table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        for number, (kind, key) in enumerate(KINDS.items()):
            hand, ours = [], []
            for turn in range(TURNS):
                for name, times, work in (("hand", hand, by_hand), ("ours", ours, by_operation)):
                    path = Path(folder) / f"{number}{name}{turn}.duckdb"
                    with duckdb.connect(path) as con:
                        seed(con, rows, key)
                        times.append(seconds(lambda con=con, key=key, work=work: work(con, key)))
                        assert con.execute("SELECT count(*) FROM users").fetchall() == [(rows,)]
                    path.unlink()
            ratio = min(ours) / min(hand)
            print(
                f"CHECK on {rows:,} rows {kind}: {ratio:.2f} times the swap by hand"
                f" ({min(ours) * 1000:,.0f} ms against {min(hand) * 1000:,.0f} ms; at most 1.3)"
            )


def seed(con: duckdb.DuckDBPyConnection, rows: int, key: str) -> None:
    """The table and its rows."""
    con.execute(f"CREATE TABLE users ({COLUMNS.format(key)})")
    con.execute(
        "INSERT INTO users SELECT i, 'name ' || i, i % 90, md5(i::VARCHAR)"
        f" FROM range({rows}) AS r(i)"
    )
    con.execute("CHECKPOINT")


def by_hand(con: duckdb.DuckDBPyConnection, key: str) -> None:
    """The swap, as people write it."""
    con.execute("BEGIN")
    con.execute(f"CREATE TABLE users_new ({COLUMNS.format(key)}, CHECK (age >= 0))")
    con.execute("INSERT INTO users_new SELECT * FROM users").fetchall()
    con.execute("DROP TABLE users")
    con.execute("ALTER TABLE users_new RENAME TO users")
    con.execute("COMMIT")


def by_operation(con: duckdb.DuckDBPyConnection, key: str) -> None:
    """The same by `add_check`: with a look for rows that break it, and every row counted."""
    (step,) = add_check("users", "age >= 0").steps()
    assert step.run is not None
    con.execute("BEGIN")
    step.run(con)
    con.execute("COMMIT")


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
