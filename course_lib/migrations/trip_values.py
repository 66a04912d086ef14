"""Which rows came back from an up, writes and a down, value by value, in the columns from before.

A row is followed by its key, or by its values where there is none. What the down has to give back
depends on what happened to the row:

- nobody wrote it: all its values from before;
- it was written in between: what was written, in the columns that are there before and after the
  up. A column whose values the up rewrites is left out, since only the down knows its meaning;
- it was deleted in between: it must stay away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from .quoting import quote
from .snapshots import Rows

_EXAMPLES = 3
_NO_ROWS = Rows("(SELECT 1 WHERE false)", {})


@dataclass(frozen=True)
class Moments:
    """A table before the up, after it, after the writes, and after the down.

    The two in the middle are None where the up leaves no table of that name. `key` names columns
    that all of the table's rows differ in; empty where there are none.
    """

    before: Rows
    risen: Rows | None
    written: Rows | None
    after: Rows
    key: tuple[str, ...]


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
                f"not compared in written rows, since the up rewrites them:"
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
    query = _query(moments, rewritten)
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
            f"bool_or({_text(before, c, 'b')} IS DISTINCT FROM {_text(risen, c, 'u')})"
            for c in shared
        )
        on = " AND ".join(f"{_text(before, c, 'b')} = {_text(risen, c, 'u')}" for c in moments.key)
        source = f"{before.source} AS b JOIN {risen.source} AS u ON {on}"
    else:
        changed = (f"({_total(before, c)}) IS DISTINCT FROM ({_total(risen, c)})" for c in shared)
        source = "(SELECT 1)"
    row = con.execute(f"SELECT {', '.join(changed)} FROM {source}").fetchall()[0]
    return frozenset(column for column, is_changed in zip(shared, row, strict=True) if is_changed)


def _text(rows: Rows, column: str, alias: str) -> str:
    """The value of a column as bytes of its text: a collation would take 'A' for 'a'."""
    return f"encode({alias}.{quote(rows.columns[column])}::VARCHAR)"


def _total(rows: Rows, column: str) -> str:
    return f"SELECT sum(hash({_text(rows, column, 'r')})::HUGEINT) FROM {rows.source} AS r"


def _query(moments: Moments, rewritten: frozenset[str]) -> str:
    """The SQL that gives: what, whether of a written row, how many, examples of row and how."""
    before, after = moments.before, moments.after
    risen, written = moments.risen or _NO_ROWS, moments.written or _NO_ROWS
    old = [c for c in before.columns if c in after.columns]
    both = [c for c in risen.columns if c in written.columns]
    fits = [c for c in old if c in both and c not in rewritten]
    # Without a key, rows are those that have the same values where nothing but writes may change.
    ident = list(moments.key) or (fits if moments.risen else old)
    stages = {"b": before, "u": risen, "w": written, "a": after}
    tables = ", ".join(
        f"{stage} AS ({_stage(stage, rows, ident, numbered=not moments.key)})"
        for stage, rows in stages.items()
    )
    updated = _any(_differ("u", "w", c) for c in both)
    outside = _any(_differ("u", "w", c) for c in both if c not in fits)
    how = [_difference(c, fits=c in fits) for c in old]
    return f"""WITH {tables},
    joined AS (SELECT *, coalesce(in_u AND in_w AND {updated}, false) AS updated,
      {outside} AS outside, in_w AND in_u IS NULL AS added, coalesce({
        ", ".join(f"{stage}.shown" for stage in "bwua")
    }) AS row_shown
      FROM b FULL JOIN u USING (k) FULL JOIN w USING (k) FULL JOIN a USING (k)),
    judged AS (SELECT row_shown, updated OR in_u IS DISTINCT FROM in_w AS was_written,
      CASE WHEN in_u AND in_w IS NULL THEN if(in_a, 'back', 'went')
           WHEN in_b IS NULL AND in_u THEN if(in_a AND NOT updated, 'new', 'went')
           WHEN in_b IS NULL AND in_w IS NULL THEN 'new'
           WHEN in_a IS NULL THEN 'lost' ELSE 'there' END AS what,
      concat_ws(', ', NULL, {", ".join(how) or "NULL"}) AS how FROM joined),
    told AS (SELECT * REPLACE (CASE WHEN what <> 'there' THEN what
      WHEN how = '' THEN 'came back' ELSE 'changed' END AS what) FROM judged)
    SELECT what, was_written, count(*),
      list([row_shown, if(what = 'changed', how, '')] ORDER BY row_shown)[1:{_EXAMPLES}]
    FROM told WHERE what <> 'went' GROUP BY ALL ORDER BY ALL"""


def _stage(stage: str, rows: Rows, ident: list[str], *, numbered: bool) -> str:
    """A moment with what its rows are known by (`k`, `shown`) and all values as texts."""
    here = f"true AS in_{stage}"
    if not rows.columns:
        return f"SELECT NULL::BLOB[] AS k, NULL AS shown, {here} WHERE false"
    texts = [f"{_text(rows, c, 'r')} AS {_value(stage, c)}" for c in rows.columns]
    key = ", ".join(_text(rows, c, "r") for c in ident)
    if numbered:
        # Of rows with the same values each is one of its own.
        order = ", ".join(_text(rows, c, "r") for c in sorted(rows.columns))
        number = (
            f"encode(row_number() OVER (PARTITION BY [{key}]::BLOB[] ORDER BY {order})::VARCHAR)"
        )
        key = f"{key}, {number}" if key else number
    shown = ", ', ', ".join(f"{_literal(c + ' ')}, {_shown(_text(rows, c, 'r'))}" for c in ident)
    return (
        f"SELECT [{key}]::BLOB[] AS k, concat({shown or _literal('a row')}) AS shown, {here},"
        f" {', '.join(texts)} FROM {rows.source} AS r"
    )


def _difference(column: str, *, fits: bool) -> str:
    """`email was x and is NULL`, or NULL where the value is the one that has to be there."""
    is_, was = _value("a", column), _value("b", column)
    must = "NOT coalesce(added, false) AND NOT (updated AND outside)"
    if fits:
        was, must = f"if(updated OR added, {_value('w', column)}, {was})", "true"
    told = f"concat({_literal(column + ' was ')}, {_shown(was)}, ' and is ', {_shown(is_)})"
    return f"CASE WHEN {must} AND {is_} IS DISTINCT FROM {was} THEN {told} END"


def _differ(one: str, other: str, column: str) -> str:
    return f"{_value(one, column)} IS DISTINCT FROM {_value(other, column)}"


def _any(tests: Iterable[str]) -> str:
    return f"({' OR '.join(tests) or 'false'})"


def _value(stage: str, column: str) -> str:
    return quote(f"{stage} {column}")


def _shown(text: str) -> str:
    told = f"decode({text})"
    return f"coalesce(if(length({told}) > 40, {told}[:39] || '…', {told}), 'NULL')"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
