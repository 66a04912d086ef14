"""The schema that a history gives: its migrations run again, from nothing, in memory.

Nothing outside that memory is touched: a migration that reads or writes files cannot be replayed.
"""

from __future__ import annotations

import duckdb

from .errors import Problem, StepFailure, place
from .ledger import Applied
from .migration import Migration, Step
from .quoting import quote
from .running import running
from .schema import Schema, read_schema
from .source import Folder
from .statements import one_line
from .steps import run_one_by_one

# As long as one statement may take in memory: a migration that never ends must not hang a reader.
SECONDS = 20

_COMPARE = "compare with a database that you trust: `updown diff A.duckdb B.duckdb`"


def read_history(folder: Folder, applied: tuple[Applied, ...]) -> tuple[Migration, ...] | Problem:
    """The files of the applied migrations, if every one of them is still what was applied."""
    files = {(m.name, m.checksum): m for m in folder.migrations}
    history = []
    for row in applied:
        migration = files.get((row.name, row.checksum))
        if migration is None:
            return Problem(
                "not-replayed",
                row.name,
                "there is no file with the text that was applied, so the history cannot be run"
                " again in memory",
                "bring the file back as it was",
            )
        history.append(migration)
    return tuple(history)


def replay(
    history: tuple[Migration, ...], database: str, start: tuple[str, ...] = ()
) -> Schema | Problem:
    """The schema after these ups on a database of that name, or why that cannot be told.

    It has what the statements of `start` make, and no rows. Run statement by statement, so guards
    make no difference. A history that needs files or extensions cannot be replayed.
    """
    with duckdb.connect(":memory:", config={**time_limit()}) as con, running(con):
        # A schema may be called like the database, so its own is named too.
        home = quote(database, "main")
        # SQL may spell out the name of the database.
        if database != "memory":
            con.execute(f"ATTACH ':memory:' AS {quote(database)}")
        con.execute("SET enable_external_access = false")
        con.execute(f"USE {home}")
        failure = run_one_by_one(con, tuple(Step(sql, "CREATE", 0) for sql in start))
        if failure is not None:
            return _no_start(failure)
        for migration in history:
            # The one before may have said USE.
            con.execute(f"USE {home}")
            failure = run_one_by_one(con, migration.up)
            if failure is not None:
                return _refused(migration, failure)
        con.execute(f"USE {home}")
        return read_schema(con)


def time_limit() -> dict[str, str]:
    """The setting of a connection in memory that ends a statement after `SECONDS`."""
    return {"max_execution_time": str(SECONDS * 1000)}


def _no_start(failure: StepFailure) -> Problem:
    sql, error = one_line(failure.step.sql), one_line(failure.error, 200)
    return Problem(
        "not-replayed",
        "updown.start",
        f"the schema from before the first migration cannot be made in memory: `{sql}` is refused"
        f" ({error})",
        _COMPARE,
    )


def _refused(migration: Migration, failure: StepFailure) -> Problem:
    error = one_line(failure.error, 200)
    if failure.error_class == "PermissionException":
        why = "it reaches outside of the database, which is not done when a history is replayed"
    elif failure.error_class == "InterruptException":
        why = f"a statement may take {SECONDS} seconds when a history is replayed"
    elif failure.error_class == "CatalogException":
        why = "the history seems to begin on a schema that no migration makes"
    else:
        why = "the step needs more than the migrations before it make"
    return Problem(
        "not-replayed",
        place(migration.file, failure.step.line),
        f"replayed from nothing, `{one_line(failure.step.sql)}` is refused ({error}): {why}",
        _COMPARE,
    )
