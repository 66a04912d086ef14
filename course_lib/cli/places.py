"""Which database file and which folder of migrations a command means, and opening the file."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path

import duckdb

from course_lib.migrations import Problem, connect, running

from .answer import Stopped, UsageError
from .choose import choose_database
from .settings import read_setting

MIGRATIONS = Path("migrations")


def add_database(parser: argparse.ArgumentParser) -> None:
    """Add `--database`."""
    parser.add_argument(
        "--database",
        metavar="FILE",
        type=Path,
        help="the DuckDB file (default: the only .duckdb file in this folder)",
    )


def add_migrations(parser: argparse.ArgumentParser) -> None:
    """Add `--migrations`."""
    parser.add_argument(
        "--migrations",
        metavar="DIR",
        type=Path,
        help="the folder of migration files (default: migrations)",
    )


def find_database(args: argparse.Namespace) -> Path:
    """The database file that is meant. Raises `UsageError` where that cannot be told."""
    database = args.database or read_setting("database") or choose_database(Path.cwd())
    if isinstance(database, str):
        raise UsageError(database)
    return Path(database)


def find_migrations(args: argparse.Namespace) -> Path:
    """The folder of migrations that is meant."""
    return Path(args.migrations or read_setting("migrations") or MIGRATIONS)


@contextlib.contextmanager
def opened(database: Path, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database file, open until the end of the block. Raises `Stopped` with the reason."""
    con = connect(database, read_only=read_only)
    if isinstance(con, Problem):
        raise Stopped(con)
    try:
        with running(con):
            yield con
    finally:
        con.close()
