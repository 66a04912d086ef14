"""A few values in a sentence, and how many things do what."""

from __future__ import annotations

import duckdb

_SHOWN = 3


def examples(con: duckdb.DuckDBPyConnection, value: str, rest: str) -> str:
    """The first few values of a query, as text: `'007', 'x'` of `SELECT value rest`."""
    query = f"SELECT DISTINCT CAST({value} AS VARCHAR) {rest} LIMIT {_SHOWN}"
    rows = con.execute(query).fetchall()
    return ", ".join(sorted("NULL" if one is None else _short(one) for (one,) in rows))


def many(count: int, what: str, rest: str, verb: str) -> str:
    """A number of things and what they do.

    >>> many(1, "row", "of t", "have"), many(2000, "value", "of t.a", "stand")
    ('1 row of t has', '2,000 values of t.a stand')
    """
    if count == 1:
        return f"1 {what} {rest} {'has' if verb == 'have' else f'{verb}s'}"
    return f"{count:,} {what}s {rest} {verb}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= 40 else f"{line[:39]}…")
