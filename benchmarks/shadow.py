"""The shadow of a large file, of which one small table changes, against `cp` of the file.

    python benchmarks/shadow.py [--large]

Beside it stands the floor, measured in the same run: a shadow by hand that looks at nothing. It is
a checkpoint, a copy, a connection to the copy, the statement, and the table put back in one
transaction. What a connection takes does not grow with the file, so no shadow of a small file
comes near its `cp`. Every number is the best of seven. Timings hang on the machine and decide no
test.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path

import duckdb
from histories import plan_up
from measure import seconds, told

from course_lib.migrations import parse_migration, run_plan

TABLE_CHANGED = "UPDATE settings SET value = value || '!'"
CHANGE = f"-- migrate:up transaction:false\n{TABLE_CHANGED};\n-- migrate:down\nSELECT 1;\n"
ROUNDS = 7


def main() -> None:
    """Measure each size and print two lines for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="the shadow of 500 MB as well")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for megabytes in (10, 100, *((500,) if arguments.large else ())):
            measure(Path(name), megabytes)


def measure(folder: Path, megabytes: int) -> None:
    """`cp`, a shadow by hand and the engine's, in turn on one file."""
    path, copy = folder / f"large{megabytes}.duckdb", folder / "copy.duckdb"
    copies, floors, runs = [], [], []
    with duckdb.connect(path) as con:
        make(con, path, megabytes * 1_000_000)
        size = path.stat().st_size / 1e6
        for number in range(1, ROUNDS + 1):
            copies.append(seconds(lambda: subprocess.run(["cp", path, copy], check=True)))
            copy.unlink()
            floors.append(seconds(lambda: by_hand(con, path, copy)))
            runs.append(seconds(lambda number=number: by_engine(con, number)))
    path.unlink()
    told(f"the shadow of {size:,.0f} MB", min(runs), "cp", min(copies), "at most 3")
    told("  by hand, the floor", min(floors), "cp", min(copies), "looks at nothing")


def make(con: duckdb.DuckDBPyConnection, path: Path, size: int) -> None:
    """A table that makes the file as large as is asked for, and the small one that changes."""
    con.execute("CREATE TABLE settings AS SELECT i, 'x' AS value FROM range(1000) AS t(i)")
    # A row takes about 18 bytes on the disk: text that does not compress, and a number.
    con.execute("CREATE TABLE big (i BIGINT, text VARCHAR)")
    start = 0
    while path.stat().st_size < size * 0.98:
        rows = max(20_000, (size - path.stat().st_size) // 24)
        con.execute(
            f"INSERT INTO big SELECT i, md5(i::VARCHAR) FROM range({start}, {start + rows}) t(i)"
        )
        con.execute("CHECKPOINT")
        start += rows


def by_engine(con: duckdb.DuckDBPyConnection, number: int) -> None:
    """One migration that asks for the shadow."""
    parsed = parse_migration(CHANGE, f"{number}_x.sql").migration
    assert parsed is not None
    assert run_plan(con, plan_up((parsed,))).failure is None


def by_hand(con: duckdb.DuckDBPyConnection, path: Path, copy: Path) -> None:
    """The least that a shadow can be."""
    con.execute("CHECKPOINT").fetchall()
    subprocess.run(["cp", path, copy], check=True)
    with duckdb.connect(copy, config={"fsync_mode": "NONE"}) as shadow:
        shadow.execute(TABLE_CHANGED).fetchall()
    con.execute(f"ATTACH '{copy}' AS shadow (READ_ONLY)")
    con.execute("BEGIN")
    con.execute("DROP TABLE settings")
    con.execute("CREATE TABLE settings AS FROM shadow.settings").fetchall()
    con.execute("COMMIT")
    con.execute("DETACH shadow")
    copy.unlink()


if __name__ == "__main__":
    main()
