"""Splitting SQL with DuckDB's own parser, so that a semicolon in a string is never a border."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass

import duckdb

from .migration import Step

_LINE = re.compile(r"\n\nLINE (\d+): ")
_own = threading.local()


@dataclass(frozen=True)
class SyntaxProblem:
    """DuckDB's parser refused the text: its sentence and the line (from 1) of the text."""

    message: str
    line: int


def split_statements(sql: str, first_line: int = 1) -> tuple[Step, ...] | SyntaxProblem:
    """The statements of a text, in order; `first_line` is the line of the file it starts at.

    Nothing is run. The whole text is parsed first, so one syntax error refuses all of it.
    """
    if "\0" in sql:
        line = first_line + sql[: sql.index("\0")].count("\n")
        return SyntaxProblem("a NUL byte is not SQL", line)
    if not sql.strip():
        return ()
    try:
        statements = parser().extract_statements(sql)
    except duckdb.Error as error:
        return _syntax_problem(str(error), first_line)
    steps = []
    position = 0
    for statement in statements:
        query = statement.query
        found = sql.find(query, position)
        position = position if found < 0 else found
        line = first_line + sql[:position].count("\n")
        steps.append(Step(_without_tail(query), statement.type.name, line))
        position += len(query)
    return tuple(steps)


def one_line(sql: str, width: int = 70) -> str:
    """A statement on one line, for messages; cut with an ellipsis."""
    text = " ".join(sql.split())
    return text if len(text) <= width else text[: width - 1] + "…"


def parser() -> duckdb.DuckDBPyConnection:
    """This thread's connection for parsing, which runs nothing; it has no thread of its own.

    Whoever forks may ask for it before, so that each fork has it open.
    """
    # Not the default connection: a learner may be using that one.
    if not hasattr(_own, "connection"):
        config: dict[str, str | bool | int | float | list[str]] = {"threads": "1"}
        config["async_threads"] = "0"
        _own.connection = duckdb.connect(":memory:", config=config)
    connection: duckdb.DuckDBPyConnection = _own.connection
    return connection


def close_parser() -> None:
    """Close this thread's connection for parsing; the next text opens one again."""
    if hasattr(_own, "connection"):
        _own.connection.close()
        del _own.connection


def _syntax_problem(text: str, first_line: int) -> SyntaxProblem:
    message = text.split("\n", 1)[0].removeprefix("Parser Error: ")
    found = _LINE.search(text)
    return SyntaxProblem(message, first_line + (int(found[1]) - 1 if found else 0))


def _without_tail(query: str) -> str:
    """The statement without the comments after it: DuckDB leaves the next one's heading there."""
    if "--" not in query and "/*" not in query:
        return query.strip().rstrip(";").rstrip()
    raw = query.encode()
    end = len(raw)
    for offset, kind in reversed(duckdb.tokenize(query)):
        if kind is not duckdb.token_type.comment:
            break
        end = offset
    return raw[:end].decode().strip().rstrip(";").rstrip()
