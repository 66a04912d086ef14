"""Which rows came back from an up, writes and a down, value by value, in the columns from before.

A row is followed by its key, or by its values where there is none. What the down has to give back
depends on what happened to the row:

- nobody wrote it: all its values from before;
- it was written in between: what was written, in the columns that are there before and after the
  up. A column whose values the up rewrites is left out, since only the down knows its meaning;
- it was deleted in between: it must stay away.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from .snapshots import Rows
from .trip_query import Moments, text_of, trip_query


@dataclass(frozen=True)
class Compared:
    """What came back, in numbers, and a sentence with examples for each way not to."""

    kept: int
    written: int
    problems: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [f"{_rows(self.kept)} from before came back unchanged"]
        if self.written:
            parts.append(f"{_rows(self.written)} written in between still there")
        if self.left_out:
            parts.append(
                "not compared in written rows, since the up rewrites them:"
                f" {', '.join(self.left_out)}"
            )
        return "; ".join(parts)


def compare_values(
    con: duckdb.DuckDBPyConnection, moments: Moments, *, more_may_come: bool
) -> Compared:
    """Compare the four moments of a table. `con` reads all of them, and writes to none.

    `more_may_come` is for a table that the up takes away under its name while something was
    written elsewhere: rows that nobody knew before are no problem then.
    """
    rewritten = _rewritten(con, moments)
    query = trip_query(moments, rewritten)
    kept = written = 0
    found: dict[str, list[tuple[str, str]]] = {}
    counts: dict[str, int] = {}
    for what, was_written, count, examples in con.execute(query).fetchall():
        if what == "came back":
            written, kept = (count, kept) if was_written else (written, count)
        elif not (what == "new" and more_may_come):
            name = f"{what} {'written' if was_written else 'before'}"
            counts[name] = count
            found[name] = examples
    problems = tuple(_sentence(name, counts[name], found[name]) for name in sorted(found))
    return Compared(kept, written, problems, tuple(sorted(rewritten)))


_SAYS = {
    "lost before": "{n} from before did not come back",
    "changed before": "{n} from before came back with other values",
    "lost written": "{n} written in between {is_} gone",
    "changed written": "{n} written in between {has} other values than were written",
    "back written": "{n} deleted in between {is_} back",
    "new before": "{n} {is_} there that nobody wrote and that {was} not there before",
}


def _sentence(name: str, count: int, examples: list[tuple[str, str]]) -> str:
    one = count == 1
    words = {
        "n": _rows(count),
        "is_": "is" if one else "are",
        "was": "was" if one else "were",
        "has": "has" if one else "have",
    }
    shown = [f"{key}{f' ({how})' if how else ''}" for key, how in examples]
    more = ", ..." if count > len(shown) else ""
    return f"{_SAYS[name].format(**words)}: {', '.join(shown)}{more}"


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _rewritten(con: duckdb.DuckDBPyConnection, moments: Moments) -> frozenset[str]:
    """The columns in which the up changed values, of the rows that it left or of all together."""
    before, risen = moments.before, moments.risen
    if risen is None:
        return frozenset()
    shared = [c for c in before.columns if c in risen.columns and c not in moments.key]
    if not shared:
        return frozenset()
    if moments.key:
        changed = (
            f"bool_or({text_of(before, c, 'b')} IS DISTINCT FROM {text_of(risen, c, 'u')})"
            for c in shared
        )
        on = " AND ".join(
            f"{text_of(before, c, 'b')} = {text_of(risen, c, 'u')}" for c in moments.key
        )
        source = f"{before.source} AS b JOIN {risen.source} AS u ON {on}"
    else:
        changed = (f"({_total(before, c)}) IS DISTINCT FROM ({_total(risen, c)})" for c in shared)
        source = "(SELECT 1)"
    row = con.execute(f"SELECT {', '.join(changed)} FROM {source}").fetchall()[0]
    return frozenset(column for column, is_changed in zip(shared, row, strict=True) if is_changed)


def _total(rows: Rows, column: str) -> str:
    return f"SELECT sum(hash({text_of(rows, column, 'r')})::HUGEINT) FROM {rows.source} AS r"
