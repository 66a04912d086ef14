"""The database that a function is given: what a call does to it, and what others see meanwhile.

The SQL of an answer runs out here, in the sandbox where migrations of answers run. Nobody asks the
answer what it did: a second connection looks.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from course_lib.migrations import Step

from ..findings import error_line
from ..instance import Connection
from ..out_of_place import out_of_place
from ..sandbox import BROKEN, Sandbox, SandboxFault, SetUpRefused
from ..state import State, read_state

DATABASE = "shop"
MOST_ROWS = 10_000
"""Rows that one statement of an answer may get."""


@dataclass(frozen=True)
class Left:
    """What a call did. `moments` are the states that others could see, from the one before the call
    to the last, each unlike the one before it; `open` says that a transaction had no end."""

    moments: tuple[State, ...]
    open: bool = False


class StatementError(Exception):
    """A statement that DuckDB refuses, or that has no place in an answer: why, on one line."""


class CallDatabases:
    """A database for each call, made when its first statement comes; one at a time.

    All of them hold what the `schema` makes, and then what stands in `before` for each call.
    """

    def __init__(self, sandbox: Sandbox, schema: str, before: Sequence[str]) -> None:
        self._sandbox, self._schema, self._before = sandbox, schema, before
        self._open: tuple[int, Connection, Connection] | None = None
        self._left: dict[int, Left] = {}
        self._starts: dict[str, State] = {}
        self.fault: Exception | None = None
        """What broke and is no answer's mistake."""

    def run(self, number: int, sql: str, parameters: Any) -> list[list[Any]]:
        """Run SQL in the database of this call; the rows of the last statement.

        Raises StatementError. Whatever else is raised is a `fault`.
        """
        try:
            return self._run(number, sql, parameters)
        except StatementError:
            raise
        except Exception as error:
            self.fault = error
            raise

    def _run(self, number: int, sql: str, parameters: Any) -> list[list[Any]]:
        con, other = self._of(number)
        rows: list[list[Any]] = []
        statements = _statements(con, sql)
        for place, statement in enumerate(statements, 1):
            _refuse_what_is_out_of_place(statement)
            given = parameters if place == len(statements) else None
            try:
                with self._sandbox.watch.over(con):
                    found = con.execute(statement, given).fetchmany(MOST_ROWS)
                rows = [list(row) for row in found]
            except duckdb.Error as error:
                if (name := type(error).__name__) in BROKEN:
                    raise SandboxFault(f"DuckDB itself broke ({name})") from None
                raise StatementError(error_line(str(error))) from None
            finally:
                if statement.type.name != "SELECT":  # which changes nothing, and may come often
                    self._look(number, con, other)
        return rows

    def left(self, number: int) -> Left:
        """What the call of this number has left; the start where it ran nothing."""
        if number not in self._left:
            self._of(number)
        return self._left[number]

    def _of(self, number: int) -> tuple[Connection, Connection]:
        """The answer's connection to the database of this call, and the one that looks."""
        if self._open is not None and self._open[0] == number:
            return self._open[1:]
        if self._open is not None:
            self._open[1].close()
            self._open[2].close()
        con, other = self._sandbox.fresh(), self._sandbox.connect()
        for part, text in enumerate((self._schema, self._before[number])):
            try:
                if text.strip():
                    con.execute(text).fetchall()
            except duckdb.Error as error:
                raise SetUpRefused(part, error) from None
        self._open = number, con, other
        # Most calls begin alike, and to look takes longer than all else.
        before = self._before[number]
        if before not in self._starts:
            self._starts[before] = read_state(other)
        self._left[number] = Left((self._starts[before],))
        return con, other

    def _look(self, number: int, con: Connection, other: Connection) -> None:
        """See what others see now. In an open transaction that is what they have seen before."""
        before = self._left[number].moments
        if _in_transaction(con):
            self._left[number] = Left(before, open=True)
            return
        state = read_state(other)
        self._left[number] = Left(before if state == before[-1] else (*before, state))


def _statements(con: Connection, sql: str) -> list[duckdb.Statement]:
    """Those of a text. Raises StatementError where DuckDB cannot read it."""
    try:
        return con.extract_statements(sql)
    except duckdb.Error as error:
        # To run such a text ends a transaction, and to split it does not.
        with contextlib.suppress(duckdb.Error):
            con.execute("nothing that DuckDB can read")
        raise StatementError(error_line(str(error))) from None


def _refuse_what_is_out_of_place(statement: duckdb.Statement) -> None:
    kind = statement.type.name
    does = "" if kind == "TRANSACTION" else out_of_place(Step(statement.query, kind, 0))
    if does:
        what = statement.query.strip().split("\n")[0][:60]
        raise StatementError(f"{what} {does}, which has no place in this exercise")


def _in_transaction(con: Connection) -> bool:
    # Within a transaction the number stays the same; in one that was refused nobody may ask.
    try:
        numbers = [con.execute("SELECT txid_current()").fetchall() for _ in range(2)]
    except duckdb.Error:
        return True
    return numbers[0] == numbers[1]
