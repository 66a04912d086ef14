"""There and back on a copy: what an up and its down give back, and what they do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from .cost import NoRoomError
from .diff import diff
from .digest import TableDigest, digest_tables
from .errors import Problem, Refused, place
from .ledger import read_applied
from .migration import Step
from .plan import Plan, make_plan
from .progress import OnProgress
from .runner import open_watched_shadow, run_plan
from .schema import Schema, read_schema
from .snapshots import Rows, keep_rows, looking_back
from .source import Folder
from .statements import one_line
from .steps import own_cursor, run_one_by_one
from .trip import NO_ROWS, RoundTrip, TableTrip
from .trip_query import Moments
from .trip_values import compare_values


def round_trip(
    con: duckdb.DuckDBPyConnection,
    folder: Folder,
    plan: Plan,
    *,
    writes: tuple[Step, ...] = (),
    writes_file: str = "",
    on_progress: OnProgress | None = None,
) -> RoundTrip | Refused:
    """Do an up plan, the writes, and the downs on a copy that is thrown away, and compare.

    The database of `con` stays as it is. A step that fails, or a copy that cannot be made, is a
    refusal; `writes_file` says in messages where the writes stand. `on_progress`: see `run_plan`.
    """
    try:
        with own_cursor(con) as cursor, open_watched_shadow(cursor, on_progress) as shadow:
            # The file goes with the shadow's folder.
            moments = shadow.path.with_name("moments.duckdb")
            return _trip(shadow.con, folder, plan, writes, writes_file, moments, on_progress)
    except (NoRoomError, duckdb.Error) as error:
        what = f"no copy of the database can be made: {str(error).splitlines()[0]}"
        full = isinstance(error, NoRoomError | duckdb.IOException)
        told = "make room on the disk and run it again" if full else "nothing was changed"
        return Refused((Problem("no-copy", "", what, told),))


def _trip(
    con: duckdb.DuckDBPyConnection,
    folder: Folder,
    plan: Plan,
    writes: tuple[Step, ...],
    writes_file: str,
    file: Path,
    on_progress: OnProgress | None,
) -> RoundTrip | Refused:
    before = _look(con, file, "before", None)
    went = run_plan(con, plan, on_progress=on_progress)
    if went.failure is not None:
        return Refused((went.failure.to_problem(),))
    risen = _look(con, file, "risen", before)
    with own_cursor(con) as cursor:
        failure = run_one_by_one(cursor, writes)
        applied = read_applied(cursor)
    if failure is not None:
        what = f"`{one_line(failure.step.sql)}` was refused after the up: {failure.error}"
        where = place(writes_file, failure.step.line)
        return Refused((Problem("writes", where, what, "correct the statement"),))
    written = _look(con, file, "written", risen)
    down = make_plan(folder, applied, "down", count=len(plan.items))
    if isinstance(down, Refused):
        return down
    came = run_plan(con, down, on_progress=on_progress)
    if came.failure is not None:
        # Nothing is applied outside the copy, so there is no file to accept, as after a real down.
        next_step = "correct the down and run it again"
        return Refused((replace(came.failure.to_problem(), next_step=next_step),))
    after = _look(con, file, "after", written)
    tables = tuple(_tables(con, file, before, risen, written, after))
    names = tuple(item.migration.name for item in plan.items)
    return RoundTrip(names, tables, diff(after.schema, before.schema))


@dataclass(frozen=True)
class _Look:
    """A database at one moment; `rows` says where the rows of each table are kept."""

    schema: Schema
    digests: dict[str, TableDigest]
    rows: dict[str, Rows]

    def has_same(self, other: _Look, name: str) -> bool:
        """Whether a table has the same rows, and columns of the same names, in both."""
        mine, theirs = self.schema.tables.get(name), other.schema.tables.get(name)
        return self.digests.get(name) == other.digests.get(name) and (
            mine and [c.name for c in mine.columns]
        ) == (theirs and [c.name for c in theirs.columns])


def _look(con: duckdb.DuckDBPyConnection, file: Path, moment: str, last: _Look | None) -> _Look:
    """Look at the database, and keep the rows of the tables that are not as they were at last."""
    with own_cursor(con) as cursor:
        now = _Look(read_schema(cursor), digest_tables(cursor), {})
    same = {name for name in now.digests if last and now.has_same(last, name)}
    now.rows.update(keep_rows(con, file, moment, now.digests.keys() - same))
    now.rows.update({name: last.rows[name] for name in same} if last else {})
    return now


def _tables(
    con: duckdb.DuckDBPyConnection,
    file: Path,
    before: _Look,
    risen: _Look,
    written: _Look,
    after: _Look,
) -> Iterator[TableTrip]:
    # What was written to a table that the up renamed comes back under the name from before.
    elsewhere = any(
        not written.has_same(risen, name) and name not in before.digests for name in written.digests
    )
    with looking_back(con, file) as cursor:
        for name in sorted(before.digests.keys() | after.digests.keys()):
            was, is_ = before.digests.get(name), after.digests.get(name)
            values = None
            if was and is_ and not (before.has_same(after, name) and written.has_same(risen, name)):
                moments = Moments(
                    before.rows[name],
                    risen.rows.get(name),
                    written.rows.get(name),
                    after.rows[name],
                    _key(name, before, risen, written, after),
                )
                more = elsewhere and name not in written.rows
                values = compare_values(cursor, moments, more_may_come=more)
            longer = written.digests.get(name, NO_ROWS).rows - risen.digests.get(name, NO_ROWS).rows
            yield TableTrip(name, was, is_, longer, values)


def _key(name: str, *looks: _Look) -> tuple[str, ...]:
    """The columns of a key that all of a table's rows have at each moment that knows the table."""
    tables = [look.schema.tables[name] for look in looks if name in look.schema.tables]
    keys = [c for c in tables[0].constraints if c.kind in ("PRIMARY KEY", "UNIQUE")]
    for key in sorted(keys, key=lambda one: one.kind):
        columns = [table.column(column) for table in tables for column in key.columns]
        kept = all(any(o.columns == key.columns for o in t.constraints) for t in tables)
        if kept and all(column and not column.nullable for column in columns):
            return key.columns
    return ()
