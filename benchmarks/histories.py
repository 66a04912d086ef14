"""Histories of small migrations, as files and as data."""

from __future__ import annotations

from pathlib import Path

from course_lib.migrations import Folder, Migration, Plan, make_plan, parse_migration

SMALL = """-- migrate:up
CREATE TABLE t{0} (id INTEGER, name VARCHAR);
-- migrate:down
DROP TABLE t{0};
"""


def migrations(count: int) -> tuple[Migration, ...]:
    """A history of small migrations."""
    parsed = (parse_migration(SMALL.format(n), f"{n:05}_x.sql") for n in range(1, count + 1))
    return tuple(one.migration for one in parsed if one.migration)


def write_migrations(folder: Path, count: int) -> Path:
    """The same history as files in a new folder."""
    folder.mkdir()
    for n in range(1, count + 1):
        (folder / f"{n:05}_x.sql").write_text(SMALL.format(n), encoding="utf-8")
    return folder


def plan_up(history: tuple[Migration, ...]) -> Plan:
    """The plan that applies all of a history."""
    plan = make_plan(Folder(history, ()), (), "up")
    assert isinstance(plan, Plan)
    return plan
