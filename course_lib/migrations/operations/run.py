"""SQL or Python of one's own as an operation, with what takes it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from ..migration import Step
from ..statements import SyntaxProblem, one_line, split_statements
from .database import Database
from .operation import NoReverse, Operation

Function = Callable[[Database], None]


@dataclass(frozen=True)
class RunSql:
    """Statements to run, and those that take them back, None where nothing does."""

    sql: str
    reverse_sql: str | None = None

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        return f"runs `{one_line(self.sql)}`"

    def steps(self) -> tuple[Step, ...]:
        """The statements of the SQL. Raises `ValueError` where they cannot be run."""
        split = split_statements(self.sql)
        if isinstance(split, SyntaxProblem):
            raise ValueError(f"DuckDB cannot read the SQL: {split.message}")
        for step in split:
            if step.kind == "TRANSACTION":
                raise ValueError(f"{one_line(step.sql, 20)} is for the engine to say; leave it out")
        return split

    def reverse(self) -> Operation | NoReverse:
        """The same, turned round."""
        if self.reverse_sql is None:
            return NoReverse("no SQL is given that takes it back")
        return RunSql(self.reverse_sql, self.sql)


@dataclass(frozen=True)
class RunPython:
    """A function that is called with the database, and the one that takes its work back."""

    function: Function
    reverse_function: Function | None = None

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        words: str = getattr(self.function, "words", "")
        return words or f"runs the Python function {self._name()}"

    def steps(self) -> tuple[Step, ...]:
        """The call, as one step."""

        def run(con: duckdb.DuckDBPyConnection) -> None:
            db = Database(con)
            self.function(db)
            db.finish()

        return (Step(f"{self._name()}(db)", "PYTHON", 0, self.sentence(), run),)

    def reverse(self) -> Operation | NoReverse:
        """The same, turned round."""
        if self.reverse_function is None:
            return NoReverse("no function is given that takes it back")
        return RunPython(self.reverse_function, self.function)

    def _name(self) -> str:
        return getattr(self.function, "name", "") or getattr(self.function, "__name__", "function")


def run_sql(sql: str, reverse: str | None = None) -> RunSql:
    """Run statements; `reverse` holds those that take them back."""
    for text in (sql, "" if reverse is None else reverse):
        if not isinstance(text, str):
            raise ValueError(f"run_sql takes SQL as text, and {text!r} is none")
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise ValueError("run_sql takes SQL as text, and half a character is none")
    return RunSql(sql, reverse)


def run_python(function: Function, reverse: Function | None = None) -> RunPython:
    """Call a function with the database; `reverse` is the one that takes its work back."""
    if not callable(function) or not (reverse is None or callable(reverse)):
        raise ValueError("run_python takes functions of this file")
    return RunPython(function, reverse)
