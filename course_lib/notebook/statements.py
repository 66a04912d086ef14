"""SQL of a cell, run statement by statement on a connection; nothing of Jupyter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

from course_lib.migrations import Step, split_statements
from course_lib.migrations.explain import explain

SHOWN_ROWS = 20
_COUNTED_ROWS = 1_000_000
_CHUNK = 10_000
_CHANGES = ("INSERT", "UPDATE", "DELETE", "MERGE_INTO")


@dataclass(frozen=True)
class Rows:
    """A result: columns as (name, type), the first rows, and how many there are.

    `count` is None where there are more than a million and the rest was not read.
    """

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[object, ...], ...]
    count: int | None


@dataclass(frozen=True)
class Ran:
    """One statement and how it went; `changed` is the number of rows that it changed."""

    step: Step
    state: Literal["done", "refused", "not run"]
    changed: int | None = None


@dataclass(frozen=True)
class CellRun:
    """A whole cell: its statements, the last result, and DuckDB's words where it refused one.

    `line` is the line of the text (from 1). `stopped` says that the learner interrupted the cell,
    `rolled_back` that the refusal ended an open transaction, `open_transaction` that the cell left
    one open.
    """

    statements: tuple[Ran, ...]
    result: Rows | None = None
    error: str | None = None
    line: int | None = None
    stopped: bool = False
    rolled_back: bool = False
    open_transaction: bool = False


def run_cell(connection: duckdb.DuckDBPyConnection, sql: str) -> CellRun:
    """Run the statements of `sql` in order and stop at the first that DuckDB refuses.

    The whole text is parsed first: a syntax error runs nothing. After a refusal no transaction
    stays open, since DuckDB would refuse everything that follows until it is rolled back.
    """
    steps = split_statements(sql)
    if not isinstance(steps, tuple):
        return CellRun((), error=steps.message, line=steps.line)
    done: list[Ran] = []
    result: Rows | None = None
    for index, step in enumerate(steps):
        try:
            rows = _run_step(connection, step)
        except (duckdb.Error, RuntimeError, KeyboardInterrupt) as error:
            # DuckDB tells an interrupt as a RuntimeError, or where its progress bar was hit, as an
            # error of its own whose text is a Python traceback.
            stopped = not isinstance(error, duckdb.Error) or "KeyboardInterrupt" in str(error)
            rest = (Ran(later, "not run") for later in steps[index + 1 :])
            return CellRun(
                (*done, Ran(step, "refused"), *rest),
                error="" if stopped else explain(connection, duckdb_sentence(error)),
                line=step.line,
                stopped=stopped,
                rolled_back=_roll_back(connection),
            )
        changed = _changed(step, rows)
        done.append(Ran(step, "done", changed))
        result = rows if changed is None and rows is not None else None
    return CellRun(tuple(done), result, open_transaction=_in_transaction(connection))


def duckdb_sentence(error: BaseException) -> str:
    """DuckDB's message without the drawing of the line, which counts lines of its own."""
    text = str(error).split("\n\nLINE ", 1)[0]
    return " ".join(text.split())


def _run_step(connection: duckdb.DuckDBPyConnection, step: Step) -> Rows | None:
    connection.execute(step.sql)
    columns = tuple((str(column[0]), str(column[1])) for column in connection.description or ())
    rows = connection.fetchmany(SHOWN_ROWS)
    count: int | None = len(rows)
    more = connection.fetchmany(_CHUNK) if len(rows) == SHOWN_ROWS else []
    while more and count is not None:
        count += len(more)
        if count > _COUNTED_ROWS:
            connection.abort()
            count = None
            break
        more = connection.fetchmany(_CHUNK)
    # What makes or alters an object has no result; DuckDB gives it a heading all the same.
    heading_alone = columns == (("Success", "BOOLEAN"),) or step.kind == "CREATE"
    if heading_alone and not rows:
        return None
    return Rows(columns, tuple(rows), count)


def _changed(step: Step, rows: Rows | None) -> int | None:
    if rows is None or step.kind not in _CHANGES or rows.columns != (("Count", "BIGINT"),):
        return None
    return _first_number(rows.rows)


def _first_number(rows: Sequence[Sequence[object]]) -> int | None:
    return value if rows and isinstance(value := rows[0][0], int) else None


def _roll_back(connection: duckdb.DuckDBPyConnection) -> bool:
    try:
        connection.rollback()
    except duckdb.Error:
        return False  # there was no transaction
    return True


def _in_transaction(connection: duckdb.DuckDBPyConnection) -> bool:
    # The same transaction number twice means that both questions stood in one transaction.
    first = connection.execute("SELECT txid_current()").fetchall()
    return first == connection.execute("SELECT txid_current()").fetchall()
