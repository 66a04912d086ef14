"""A folder with a database and migrations, and `updown` run in it as a terminal does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb

from course_lib.migrations import digest_tables, read_applied, read_events, read_schema

USERS = "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR)"
FIRST = f"-- migrate:up\n{USERS};\n-- migrate:down\nDROP TABLE users;\n"
PHONE = """\
-- migrate:up
ALTER TABLE users ADD COLUMN phone VARCHAR;
-- migrate:down
ALTER TABLE users DROP COLUMN phone;
"""


def make_project(folder: Path, *files: tuple[str, str]) -> Path:
    """An empty `shop.duckdb` and these migration files (name, text)."""
    duckdb.connect(folder / "shop.duckdb").close()
    (folder / "migrations").mkdir()
    for name, text in files:
        write(folder, name, text)
    return folder


def write(project: Path, name: str, text: str) -> None:
    """One migration file."""
    (project / "migrations" / name).write_bytes(text.encode())


def sql(project: Path, statement: str, file: str = "shop.duckdb") -> list[Any]:
    """Run a statement on the database, past the engine."""
    with duckdb.connect(project / file) as con:
        return con.execute(statement).fetchall()


def updown(
    project: Path, *arguments: str, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command as a terminal runs it."""
    return subprocess.run(
        [sys.executable, "-m", "course_lib.cli", *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        env=env,
    )


def answer_of(project: Path, *arguments: str, code: int = 0) -> dict[str, Any]:
    """The one object that the command prints with `--json`."""
    done = updown(project, *arguments, "--json")
    assert (done.returncode, done.stderr) == (code, ""), (done.stdout, done.stderr)
    found = json.loads(done.stdout)
    assert isinstance(found, dict) and done.stdout.count("\n") == 1
    return found


def state(project: Path) -> object:
    """Schema, rows, ledger and log."""
    with duckdb.connect(project / "shop.duckdb", read_only=True) as con:
        return read_schema(con), digest_tables(con), read_applied(con), read_events(con)
