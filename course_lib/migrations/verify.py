"""Whether files, ledger and schema agree; every finding is a problem with its next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import duckdb

from .diff import ABSENT, Difference, diff
from .errors import Problem
from .ledger import Applied, read_applied, read_start
from .migration import Migration, number_of
from .replay import read_history, replay
from .schema import Schema, read_schema
from .source import Folder
from .states import EDITED, LATE, MISSING, broken_files, read_states
from .steps import own_cursor

Drift = Literal["none", "found", "not looked for"]
Replay = Callable[[tuple[Migration, ...], str, tuple[str, ...]], Schema | Problem]

_SENTENCES = {"edited": EDITED, "missing": MISSING, "late": LATE}
_ALONE = "the applied migrations"
_WITH_START = "the schema from before them and the applied migrations"
# Of a file that is still being written; `plan` tells them.
_UNFINISHED = ("no-down", "empty")


@dataclass(frozen=True)
class Verified:
    """What was found; `reason` says why drift was not looked for, where it was not."""

    problems: tuple[Problem, ...]
    drift: Drift
    reason: str | None


def verify(
    con: duckdb.DuckDBPyConnection,
    folder: Folder,
    *,
    replay: Replay = replay,
    schema: Schema | None = None,
) -> Verified:
    """Look for edited, missing, late, duplicated and unreadable files, and for drift.

    Drift is a schema that is not the one which the applied migrations give. Writes nothing.
    Who looks often may give a `replay` that remembers, and the `schema` that it has read.
    """
    with own_cursor(con) as cursor:
        applied = read_applied(cursor)
        problems = tuple(_file_findings(folder, applied))
        if not applied:
            return Verified(problems, "not looked for", "no migration is applied.")
        expected = read_expected(cursor, folder, applied, replay)
        if isinstance(expected, Problem):
            return Verified(problems, "not looked for", str(expected))
        differences = diff(schema or read_schema(cursor), expected)
        maker = _WITH_START if read_start(cursor) else _ALONE
    drift = tuple(_drift(difference, maker) for difference in differences)
    return Verified((*problems, *drift), "found" if drift else "none", None)


def read_expected(
    con: duckdb.DuckDBPyConnection,
    folder: Folder,
    applied: tuple[Applied, ...],
    replay: Replay = replay,
) -> Schema | Problem:
    """The schema that the applied migrations give, or why it cannot be told."""
    history = read_history(folder, applied)
    if isinstance(history, Problem):
        return history
    database: str = con.execute("SELECT current_database()").fetchall()[0][0]
    return replay(history, database, read_start(con))


def _file_findings(folder: Folder, applied: tuple[Applied, ...]) -> Iterator[Problem]:
    names = {row.name for row in applied}
    broken = broken_files(folder)
    of_applied = {p for name in names & broken.keys() for p in broken[name]}
    for problem in folder.problems:
        # An applied file that cannot be read is told as an edited one: its text has to come back.
        if problem.kind not in _UNFINISHED and problem not in of_applied:
            yield problem
    if any(problem.kind == "no-folder" for problem in folder.problems):
        return
    files = {migration.name: migration.file for migration in folder.migrations}
    files |= {name: problems[0].file for name, problems in broken.items()}
    numbers = Counter(migration.number for migration in folder.migrations)
    for status in read_states(folder, applied, frozenset()):
        # Which of two files with one number was applied is not to be told.
        if status.state in _SENTENCES and numbers[number_of(status.name) or 0] < 2:
            what, next_step = _SENTENCES[status.state].split("; ", 1)
            yield Problem(status.state, files.get(status.name, status.name), what, next_step)


def _drift(difference: Difference, maker: str) -> Problem:
    if difference.expected == ABSENT:
        what = f"it is there ({difference.is_}) and no applied migration makes it"
    elif difference.is_ == ABSENT:
        what = f"it is not there and {maker} make it ({difference.expected})"
    else:
        what = f"it is {difference.is_}; {maker} make it {difference.expected}"
    return Problem(
        "drift", difference.object, what, "write the change as a migration, or take it back"
    )
