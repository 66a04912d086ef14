"""Adopting a database that has no history: its schema is recorded as migrations already applied.

Nothing of the database is run or changed, only the ledger is written. The schema that the files
make is compared first, since a wrong baseline makes every later migration run on something that
nobody has described.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from .diff import Difference, diff
from .errors import Problem, Refused
from .ledger import read_applied
from .migration import NAME, Migration
from .plan import make_plan
from .record import LedgerMovedError, record_baseline
from .replay import replay
from .schema import read_schema
from .schema_sql import write_schema
from .source import Folder, parse_migration
from .steps import own_cursor

_BEFORE = "it was there before the first migration"
ANYWAY = "or record it all the same with --accept-differences"


@dataclass(frozen=True)
class Adopted:
    """The migrations that were recorded, and what was accepted that is not as they make it."""

    names: tuple[str, ...]
    accepted: tuple[Problem, ...]


def adopt(
    con: duckdb.DuckDBPyConnection, folder: Folder, to: str, *, accept_differences: bool = False
) -> Adopted | Refused:
    """Record the migrations up to `to` (a name or a number) as applied, without running them.

    Refused where the ledger has rows, or where the files make another schema than the database's
    and that is not accepted.
    """
    plan = make_plan(folder, (), "up", to=to)
    if isinstance(plan, Refused):
        return plan
    migrations = tuple(item.migration for item in plan.items)
    refused = _refusals(con, migrations)
    acceptable = accept_differences and all(p.kind != "has-history" for p in refused)
    if refused and not acceptable:
        return Refused(refused)
    return _record(con, migrations, refused)


def adopt_schema(
    con: duckdb.DuckDBPyConnection, folder: Path, name: str, others: Folder
) -> Adopted | Refused:
    """Write the database's schema into the folder as the migration `name`, and record it.

    `name` is a number and words, and the number is below those of `others`, the folder's
    migrations. The file has no down: what was there before any migration is not taken back.
    """
    path = folder / f"{name}.sql"
    named = NAME.fullmatch(f"{name}.sql")
    if not named:
        return _refused("name", name, "it is not a number and words", "write 001_what_was_there")
    first = min((migration.number for migration in others.migrations), default=None)
    if first is not None and int(named[1]) >= first:
        what = f"the folder has a migration with the number {first}, and a baseline comes before it"
        return _refused("baseline", name, what, "choose a lower number, such as 000_what_was_there")
    if path.exists():
        return _refused("baseline", str(path), "the file is there already", "choose another name")
    with own_cursor(con) as cursor:
        made = write_schema(cursor)
    if not made:
        return _refused(
            "baseline", name, "the database is empty, so there is nothing to adopt", "use `up`"
        )
    text = _as_file(made)
    parsed = parse_migration(text, str(path))
    if parsed.migration is None:
        return Refused(parsed.problems)
    # The file is written only when it says what is there, and before the ledger names it.
    refused = _refusals(con, (parsed.migration,))
    if refused:
        return Refused(refused)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return _record(con, (parsed.migration,))


def _record(
    con: duckdb.DuckDBPyConnection,
    migrations: tuple[Migration, ...],
    accepted: tuple[Problem, ...] = (),
) -> Adopted | Refused:
    try:
        with own_cursor(con) as cursor:
            record_baseline(cursor, migrations)
    except LedgerMovedError as error:
        return _refused("has-history", migrations[0].name, str(error), "look at `status`")
    return Adopted(tuple(migration.name for migration in migrations), accepted)


def _refusals(
    con: duckdb.DuckDBPyConnection, migrations: tuple[Migration, ...]
) -> tuple[Problem, ...]:
    with own_cursor(con) as cursor:
        database = cursor.execute("SELECT current_database()").fetchall()[0][0]
        applied = read_applied(cursor)
        if applied:
            what = f"its ledger has {applied[-1].name} as the newest applied migration already"
            return (
                Problem(
                    "has-history",
                    database,
                    what,
                    "a baseline is for a database without history, look at `status`",
                ),
            )
        expected = replay(migrations, database)
        if isinstance(expected, Problem):
            return (
                Problem(
                    expected.kind, expected.where, expected.what, f"correct the files, {ANYWAY}"
                ),
            )
        return tuple(differing(diff(read_schema(cursor), expected), f"correct the files, {ANYWAY}"))


def differing(differences: Iterable[Difference], next_step: str) -> list[Problem]:
    """A problem for each way in which the database is not what the files make."""
    return [
        Problem(
            "differs",
            one.object,
            f"the database has: {one.is_}; the files make: {one.expected}",
            next_step,
        )
        for one in differences
    ]


def _as_file(made: tuple[str, ...]) -> str:
    body = "\n\n".join(f"{sql.strip().rstrip(';')};" for sql in made)
    return f"-- migrate:up\n{body}\n\n-- migrate:irreversible {_BEFORE}\n"


def _refused(kind: str, where: str, what: str, next_step: str) -> Refused:
    return Refused((Problem(kind, where, what, next_step),))
