"""The query that follows the rows of a table through an up, writes and a down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .quoting import literal, quote
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


def text_of(rows: Rows, column: str, alias: str) -> str:
    """The value of a column as bytes of its text: a collation would take 'A' for 'a'."""
    return f"encode({alias}.{quote(rows.columns[column])}::VARCHAR)"


def trip_query(moments: Moments, rewritten: frozenset[str]) -> str:
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
    texts = [f"{text_of(rows, c, 'r')} AS {_value(stage, c)}" for c in rows.columns]
    key = ", ".join(text_of(rows, c, "r") for c in ident)
    if numbered:
        # Of rows with the same values each is one of its own.
        order = ", ".join(text_of(rows, c, "r") for c in sorted(rows.columns))
        number = (
            f"encode(row_number() OVER (PARTITION BY [{key}]::BLOB[] ORDER BY {order})::VARCHAR)"
        )
        key = f"{key}, {number}" if key else number
    shown = ", ', ', ".join(f"{literal(c + ' ')}, {_shown(text_of(rows, c, 'r'))}" for c in ident)
    return (
        f"SELECT [{key}]::BLOB[] AS k, concat({shown or literal('a row')}) AS shown, {here},"
        f" {', '.join(texts)} FROM {rows.source} AS r"
    )


def _difference(column: str, *, fits: bool) -> str:
    """`email was x and is NULL`, or NULL where the value is the one that has to be there."""
    is_, was = _value("a", column), _value("b", column)
    must = "NOT coalesce(added, false) AND NOT (updated AND outside)"
    if fits:
        was, must = f"if(updated OR added, {_value('w', column)}, {was})", "true"
    told = f"concat({literal(column + ' was ')}, {_shown(was)}, ' and is ', {_shown(is_)})"
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
