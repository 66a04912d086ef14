"""SQL that runs, SQL that is refused, and the messages of the refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pytest

Connection = duckdb.DuckDBPyConnection

_heard: list[str] = []


@contextmanager
def hearing() -> Iterator[list[str]]:
    """All that DuckDB says in refusals meanwhile, and what `said` is given."""
    _heard.clear()
    yield _heard


def run(con: Connection, *steps: str) -> Connection:
    """Run the steps; each has to pass."""
    for step in steps:
        con.execute(step)
    return con


def refused(con: Connection, step: str, message: str) -> None:
    """The step is refused, with this message."""
    with pytest.raises(duckdb.Error) as caught:
        con.execute(step)
    _heard.append(str(caught.value))
    assert message in str(caught.value)


def said(text: str) -> None:
    """Something that is no refusal of DuckDB was heard: another program said it."""
    _heard.append(text)


def columns(con: Connection, table: str = "users") -> list[str]:
    """The names of a table's columns, in their order."""
    return [row[1] for row in con.execute(f"PRAGMA table_info({table})").fetchall()]
