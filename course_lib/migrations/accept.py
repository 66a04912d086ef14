"""A file that was changed after it was applied, taken as the one that was applied.

A down that DuckDB refuses has to be corrected, and its file is edited then. What was run cannot be
run otherwise any more, so the file is taken only where the ups, run again in memory, still make the
schema that the database has.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from .baseline import ANYWAY, differing
from .diff import diff
from .errors import Problem, Refused
from .ledger import Applied, read_applied, read_start
from .migration import Migration, same_number
from .record import LedgerMovedError, record_accepted
from .replay import replay
from .schema import Schema, read_schema
from .source import Folder
from .states import broken_files
from .steps import own_cursor


@dataclass(frozen=True)
class AcceptedFile:
    """The migration whose file was taken, and the differences that were accepted with it."""

    name: str
    accepted: tuple[Problem, ...]


def accept_file(
    con: duckdb.DuckDBPyConnection, folder: Folder, name: str, *, accept_differences: bool = False
) -> AcceptedFile | Refused:
    """Write into the ledger that the file of `name`, as it is now, is the one that was applied.

    `name` is a name or a number. Refused where it is not applied, where its file is gone, cannot be
    read or is called otherwise, and where the applied files do not make the schema of the database,
    unless that is accepted. The rows that an up would write are not compared.
    """
    with own_cursor(con) as cursor:
        applied = read_applied(cursor)
        named = (row for row in applied if name == row.name or same_number(name, row.number))
        row = next(named, None)
        if row is None:
            return _refused(name, "it is not applied", "look at `status`")
        migration = _file_of(folder, row)
        if isinstance(migration, Refused):
            return migration
        if migration.checksum == row.checksum:
            return _refused(row.name, "its file is the one that was applied", "nothing is to do")
        differences = tuple(_differences(cursor, folder, applied))
        if differences and not accept_differences:
            return Refused(differences)
        try:
            record_accepted(cursor, migration, row.checksum)
        except LedgerMovedError as error:
            return _refused(row.name, str(error), "look at `status`")
    return AcceptedFile(row.name, differences)


def _file_of(folder: Folder, row: Applied) -> Migration | Refused:
    broken = broken_files(folder).get(row.name)
    if broken:
        return Refused(tuple(broken))
    same_number = [one for one in folder.migrations if one.number == row.number]
    named = next((one for one in same_number if one.name == row.name), None)
    if named is not None:
        return named
    if same_number:
        what = f"the migration that was applied is called {row.name}"
        return _refused(same_number[0].file, what, "give the file that name again")
    return _refused(row.name, "its file is gone", "bring the file back")


def _differences(
    con: duckdb.DuckDBPyConnection, folder: Folder, applied: tuple[Applied, ...]
) -> list[Problem]:
    files = {one.name: one for one in folder.migrations}
    history = tuple(files[row.name] for row in applied if row.name in files)
    if len(history) < len(applied):
        gone = next(row.name for row in applied if row.name not in files)
        return [Problem("missing", gone, "its file is gone", f"bring the file back, {ANYWAY}")]
    database: str = con.execute("SELECT current_database()").fetchall()[0][0]
    expected: Schema | Problem = replay(history, database, read_start(con))
    if isinstance(expected, Problem):
        return [
            Problem(expected.kind, expected.where, expected.what, f"correct the file, {ANYWAY}")
        ]
    return differing(diff(read_schema(con), expected), f"put the up back as it was, {ANYWAY}")


def _refused(where: str, what: str, next_step: str) -> Refused:
    return Refused((Problem("accept", where, what, next_step),))
