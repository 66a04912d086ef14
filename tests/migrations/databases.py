"""Databases, migrations and plans for the tests, and a picture of all that a database holds."""

from __future__ import annotations

from pathlib import Path

import duckdb

from course_lib.migrations import (
    Applied,
    Migration,
    Plan,
    digest_tables,
    make_plan,
    parse_migration,
    quote,
    read_applied,
    read_folder,
    read_schema,
    split_statements,
)
from course_lib.migrations.catalog import read_catalog

SOURCE_FILE = "001_add_email_to_users.sql"

# The document's migration, word for word.
SOURCE_STATEMENTS = """\
-- Add a new email column to the users table
ALTER TABLE users ADD COLUMN email VARCHAR(255);

-- Make sure every existing row has an email
UPDATE users SET email = 'temp@example.com' WHERE email IS NULL;

-- Now require the field so no new rows can skip it
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
"""
SOURCE_DOWN = "ALTER TABLE users DROP COLUMN email;\n"

USERS = """\
CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
INSERT INTO users SELECT i, 'user ' || i FROM range(1, 101) AS r(i);
CREATE TABLE orders (id INTEGER, amount DECIMAL(10, 2));
INSERT INTO orders SELECT i, i * 1.5 FROM range(1, 11) AS r(i);
"""


def sections(up: str, down: str = "SELECT 1;", options: str = "") -> str:
    """The text of a migration file; `options` such as `transaction:false` go to both markers."""
    return (
        f"-- migrate:up {options}\n{up.rstrip().rstrip(';')};\n-- migrate:down {options}\n{down}\n"
    )


def migration(text: str, file: str = "001_change.sql") -> Migration:
    """One migration that the engine reads without a problem."""
    parsed = parse_migration(text, file)
    assert parsed.migration is not None and not parsed.problems, parsed.problems
    return parsed.migration


def write_folder(path: Path, files: dict[str, str]) -> Path:
    """A folder of migration files."""
    folder = path / "migrations"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def plan_of(con: duckdb.DuckDBPyConnection, folder: Path, direction: str = "up") -> Plan:
    """The plan of a folder for a database, which has to be there."""
    assert direction in ("up", "down")
    count = None if direction == "up" else len(read_applied(con))
    plan = make_plan(
        read_folder(folder),
        read_applied(con),
        "up" if direction == "up" else "down",
        count=count,
    )
    assert isinstance(plan, Plan), str(plan)
    return plan


def run_script(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Run statements one by one, each in a transaction of its own."""
    steps = split_statements(sql)
    assert isinstance(steps, tuple), steps
    for step in steps:
        con.execute(step.sql).fetchall()


def state(con: duckdb.DuckDBPyConnection) -> tuple[object, object, tuple[Applied, ...]]:
    """Schema, digests and ledger: what a failed migration must leave as it was."""
    cursor = con.cursor()
    try:
        return read_schema(cursor), digest_tables(cursor), read_applied(cursor)
    finally:
        cursor.close()


def picture(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Everything that people put into a database, as text that compares and prints."""
    cursor = con.cursor()
    try:
        catalog = read_catalog(cursor)
        rows = {
            name: sorted(
                str(row[0])
                for row in cursor.execute(
                    f"SELECT r::VARCHAR FROM {quote(table.schema, table.name)} AS r"
                ).fetchall()
            )
            for name, table in catalog.tables.items()
        }
    finally:
        cursor.close()
    return {
        "schema": catalog.schema.to_json(),
        "digests": catalog.digests,
        "rows": rows,
        "tables": {name: table.create for name, table in catalog.tables.items()},
        "others": {key: entry.create for key, entry in catalog.others.items() if _is_text(key)},
        "next values": {key: value.next for key, value in catalog.sequence_values.items()},
        "comments": {target: comment.text for target, comment in catalog.comments.items()},
    }


def _is_text(key: str) -> bool:
    # A copied sequence starts where the other one stood: "next values" compares these.
    return not key.startswith("sequence ")
