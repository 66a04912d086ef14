"""What a function of a Python migration is given: a database to run SQL and operations on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from ..crash_safety import is_replayable
from ..renamed_child import renames_a_child
from ..running import running
from ..statements import SyntaxProblem, one_line, split_statements
from .meanwhile import in_transaction
from .operation import Operation


class Database:
    """The database that is migrated, inside the guard's transaction or on its shadow."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._failed: BaseException | None = None

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run SQL and give the rows of its last statement; `?` takes the next parameter.

        Raises `duckdb.Error`, and ValueError for BEGIN, COMMIT and ROLLBACK: the engine begins and
        commits, so that the migration is all or nothing.
        """
        split = split_statements(sql)
        if isinstance(split, SyntaxProblem):
            # DuckDB says what is wrong with it, as for any statement.
            return self._con.execute(sql, list(parameters)).fetchall()
        for step in split:
            if step.kind == "TRANSACTION":
                raise ValueError(
                    f"{one_line(step.sql, 20)} would end the transaction that makes the migration"
                    " all or nothing; leave it out"
                )
            unsafe = not is_replayable(step) or renames_a_child(self._con, [step])
            if unsafe and in_transaction(self._con):
                # Refused as DuckDB would, so that the guard goes on to the shadow.
                raise duckdb.NotSupportedError(
                    "DuckDB would leave a file that cannot be used, so not in a transaction"
                )
        if parameters and len(split) > 1:
            raise ValueError("parameters are for one statement; run each statement by itself")
        rows: list[tuple[Any, ...]] = []
        for step in split:
            # A function that catches every Exception must not catch a Ctrl-C with it.
            with running(self._con):
                rows = self._con.execute(step.sql, list(parameters)).fetchall()
        return rows

    def run(self, operation: Operation) -> None:
        """Run an operation, such as `add_column("users", "email", "VARCHAR")`.

        Raises what stood in its way, and the function cannot go on after that.
        """
        self.finish()
        try:
            for step in operation.steps():
                if step.run is not None:
                    step.run(self._con)
                else:
                    self.execute(step.sql)
        except BaseException as error:
            self._failed = error
            raise

    def finish(self) -> None:
        """Raise the error of an operation again if one failed and the function caught it.

        An operation is many statements, and DuckDB cannot go back to where it began: a table may be
        dropped by then that is not made again.
        """
        if self._failed is not None:
            raise self._failed
