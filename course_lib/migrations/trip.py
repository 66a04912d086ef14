"""What came of a round trip, table by table, and in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .diff import Difference
from .digest import TableDigest
from .errors import Problem
from .trip_values import Compared

NO_ROWS = TableDigest(0, "0")


@dataclass(frozen=True)
class TableTrip:
    """The rows of one table before the up and after the down; None where there is no such table.

    `written` is by how many rows the writes in between made it longer. Where they touched the
    table, `values` says of its rows, one by one, what came back.
    """

    name: str
    before: TableDigest | None
    after: TableDigest | None
    written: int
    values: Compared | None = None

    @property
    def came_back(self) -> bool:
        """Whether the rows are those from before, and those that were written."""
        if self.before is None or self.after is None:
            # Whether there is such a table is for the schema to say; rows went with it, or not.
            return (self.before or self.after or NO_ROWS).rows + self.written == 0
        if self.values is not None:
            return not self.values.problems
        return self.before == self.after

    def sentences(self) -> tuple[str, ...]:
        """What came of the rows: one sentence, or one for each way in which they did not."""
        before = f"{_rows(self.before)} before" if self.before else "no table before"
        after = f"{self.after.rows:,} after" if self.after else "no table after"
        if self.values is not None:
            by_writes = f"{self.written:+,} by the writes, " if self.written else ""
            counts = f"{before}, {by_writes}{after}"
            told = self.values.problems or (str(self.values),)
            return tuple(f"{counts}; {one}" for one in told)
        if self.before and self.after:
            same = "the same" if self.before == self.after else "with other values"
            return (f"{before}, {after}, {same}",)
        return (f"{before}, {after}",)


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
                for told in table.sentences():
                    yield Problem("not-back", f"rows of {table.name}", told, correct)


def _rows(digest: TableDigest) -> str:
    return f"{digest.rows:,} row{'' if digest.rows == 1 else 's'}"
