"""The programs that an exercise speaks of, tried on a database as it is now.

They are the ones of its `client` requirements, so a learner tries what the check tries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from .exercise import Task


@dataclass(frozen=True)
class Program:
    """A program by the name that people call it, and the statements that it sends."""

    name: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Tried:
    """What came of one statement: `error` holds DuckDB's words, or nothing.

    Of a query `rows` is how many rows it gave, `column` its last column, and `filled` in how many
    of them that one is not NULL. What writes has no `column`, and `rows` is how many it wrote.
    """

    sql: str
    error: str = ""
    rows: int = 0
    column: str = ""
    filled: int = 0


def read_programs(task: Task) -> tuple[Program, ...]:
    """The programs that have a name, in the order in which the exercise comes to speak of them."""
    named: dict[str, list[str]] = {}
    for one in task.requirements:
        name = one.parameters.get("program") if one.kind == "client" else None
        if name:
            known = named.setdefault(name, [])
            known += [sql for sql in one.parameters["does"] if sql not in known]
    return tuple(Program(name, tuple(statements)) for name, statements in named.items())


def try_program(program: Program, con: duckdb.DuckDBPyConnection) -> Iterator[Tried]:
    """Run each statement on its own, and take it back: one that fails does not hide the next.

    The connection must not be in a transaction.
    """
    for sql in program.statements:
        con.execute("BEGIN")
        try:
            yield _run(sql, con)
        except duckdb.Error as error:
            yield Tried(sql, error=str(error).split("\n", 1)[0])
        finally:
            con.execute("ROLLBACK")


def _run(sql: str, con: duckdb.DuckDBPyConnection) -> Tried:
    (statement,) = con.extract_statements(sql)
    found = con.execute(statement)
    rows = found.fetchall()
    if statement.type is not duckdb.StatementType.SELECT:
        return Tried(sql, rows=int(rows[0][0]) if rows else 0)
    column = str(found.description[-1][0])
    return Tried(sql, "", len(rows), column, sum(row[-1] is not None for row in rows))
