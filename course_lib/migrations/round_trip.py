"""There and back on a copy: what an up and its down give back, and what they do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from .cost import NoRoomError
from .diff import Difference, diff
from .digest import TableDigest, digest_tables
from .errors import Problem, Refused, place
from .ledger import read_applied
from .migration import Step
from .plan import Plan, make_plan
from .runner import run_plan
from .schema import Schema, read_schema
from .shadow import open_shadow
from .source import Folder
from .statements import one_line
from .steps import own_cursor, run_one_by_one


@dataclass(frozen=True)
class TableTrip:
    """The rows of one table before the up and after the down; None where there is no such table.

    `written` is by how many rows the writes in between made it longer. Where they touched the
    table, only the number of its rows can be compared.
    """

    name: str
    before: TableDigest | None
    after: TableDigest | None
    touched: bool
    written: int

    @property
    def came_back(self) -> bool:
        """Whether the rows are those from before, and those that were written."""
        if self.before is None or self.after is None:
            # Whether there is such a table is for the schema to say; rows went with it, or not.
            return (self.before or self.after or _NONE).rows + self.written == 0
        if self.touched:
            return self.after.rows == self.before.rows + self.written
        return self.before == self.after

    def __str__(self) -> str:
        before = f"{_rows(self.before)} before" if self.before else "no table before"
        after = f"{self.after.rows:,} after" if self.after else "no table after"
        if self.touched:
            return f"{before}, {self.written:+,} by the writes, {after}; values not compared"
        if self.before and self.after and self.before.rows == self.after.rows:
            same = "the same" if self.before == self.after else "with other values"
            return f"{before}, {after}, {same}"
        return f"{before}, {after}"


@dataclass(frozen=True)
class RoundTrip:
    """What came of it: the tables, and everything that is not as it was before."""

    migrations: tuple[str, ...]
    tables: tuple[TableTrip, ...]
    differences: tuple[Difference, ...]

    def problems(self) -> tuple[Problem, ...]:
        """One problem for each thing that did not come back."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[Problem]:
        correct = "correct the down section"
        for found in self.differences:
            what = f"after the down it is: {found.is_}; before the up it was: {found.expected}"
            yield Problem("not-back", found.object, what, correct)
        for table in self.tables:
            if not table.came_back:
                yield Problem("not-back", f"rows of {table.name}", str(table), correct)


def round_trip(
    con: duckdb.DuckDBPyConnection,
    folder: Folder,
    plan: Plan,
    *,
    writes: tuple[Step, ...] = (),
    writes_file: str = "",
) -> RoundTrip | Refused:
    """Do an up plan, the writes, and the downs on a copy that is thrown away, and compare.

    The database of `con` stays as it is. A step that fails, or a copy that cannot be made, is a
    refusal; `writes_file` says in messages where the writes stand.
    """
    try:
        with own_cursor(con) as cursor, open_shadow(cursor) as shadow:
            return _trip(shadow.con, folder, plan, writes, writes_file)
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
) -> RoundTrip | Refused:
    schema, before = _look(con)
    went = run_plan(con, plan)
    if went.failure is not None:
        return Refused((went.failure.to_problem(),))
    _, there = _look(con)
    with own_cursor(con) as cursor:
        failure = run_one_by_one(cursor, writes)
        applied = read_applied(cursor)
    if failure is not None:
        what = f"`{one_line(failure.step.sql)}` was refused after the up: {failure.error}"
        where = place(writes_file, failure.step.line)
        return Refused((Problem("writes", where, what, "correct the statement"),))
    _, written = _look(con)
    down = make_plan(folder, applied, "down", count=len(plan.items))
    if isinstance(down, Refused):
        return down
    came = run_plan(con, down)
    if came.failure is not None:
        return Refused((came.failure.to_problem(),))
    schema_after, after = _look(con)
    tables = tuple(
        TableTrip(
            name,
            before.get(name),
            after.get(name),
            there.get(name) != written.get(name),
            written.get(name, _NONE).rows - there.get(name, _NONE).rows,
        )
        for name in sorted(before.keys() | after.keys())
    )
    names = tuple(item.migration.name for item in plan.items)
    return RoundTrip(names, tables, diff(schema_after, schema))


_NONE = TableDigest(0, "0")


def _rows(digest: TableDigest) -> str:
    return f"{digest.rows:,} row{'' if digest.rows == 1 else 's'}"


def _look(con: duckdb.DuckDBPyConnection) -> tuple[Schema, dict[str, TableDigest]]:
    with own_cursor(con) as cursor:
        return read_schema(cursor), digest_tables(cursor)
