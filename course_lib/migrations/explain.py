"""What DuckDB's refusal leaves out, looked up where the migration stopped."""

from __future__ import annotations

import re

import duckdb

from .quoting import quote

_QUOTED = re.compile(r'Referenced column "(?P<text>[^"]*[^"\w][^"]*)" (was )?not found')
_SYSTEM_GUESS = re.compile(r' Did you mean "(sqlite|duckdb|pg)_[^"]*"\?')
_NOT_NULL = re.compile(r"NOT NULL constraint failed: (?P<table>\S+)\.(?P<column>[^.\s]+)$")


def explain(con: duckdb.DuckDBPyConnection, error: str) -> str:
    """The error, and what a reader needs beside it: where it is about missing values, how many rows
    have none; where text stands between double quotes, how text is written.

    A guess of DuckDB's that names a table of the system is left out. `con` is in the state in which
    the migration stopped.
    """
    error = _SYSTEM_GUESS.sub("", error)
    quoted = _QUOTED.search(error)
    if quoted:
        return f"{error}; text stands between single quotes: '{quoted['text']}'"
    found = _NOT_NULL.search(error)
    if not found:
        return error
    table, column = quote(*found["table"].split(".")), quote(found["column"])
    try:
        rows, missing = con.execute(
            f"SELECT count(*), count(*) FILTER ({column} IS NULL) FROM {table}"
        ).fetchall()[0]
    except duckdb.Error:
        return error
    if not missing:
        return error
    have = "has" if missing == 1 else "have"
    return f"{error}, and {missing:,} of {rows:,} rows {have} no {found['column']}"
