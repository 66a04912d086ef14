"""SQL of one's own as an operation, with the SQL that takes it back."""

from __future__ import annotations

from dataclasses import dataclass

from ..migration import Step
from ..statements import SyntaxProblem, one_line, split_statements
from .operation import NoReverse, Operation


@dataclass(frozen=True)
class RunSql:
    """Statements to run, and those that take them back, None where nothing does."""

    sql: str
    reverse_sql: str | None = None

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        return f"runs `{one_line(self.sql)}`"

    def steps(self) -> tuple[Step, ...]:
        """The statements of the SQL. Raises `ValueError` where DuckDB cannot read it."""
        split = split_statements(self.sql)
        if isinstance(split, SyntaxProblem):
            raise ValueError(f"DuckDB cannot read the SQL: {split.message}")
        return split

    def reverse(self) -> Operation | NoReverse:
        """The same, turned round."""
        if self.reverse_sql is None:
            return NoReverse("no SQL is given that takes it back")
        return RunSql(self.reverse_sql, self.sql)


def run_sql(sql: str, reverse: str | None = None) -> RunSql:
    """Run statements; `reverse` holds those that take them back."""
    return RunSql(sql, reverse)
