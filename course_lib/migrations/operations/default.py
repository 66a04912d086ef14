"""The default of a column, for rows to come."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ..errors import StepRefusedError
from ..migration import Step
from ..quoting import quote, spell
from ..spelling import one_default
from .arguments import expression, named, optional_expression, table_name
from .operation import NoReverse, Operation, one_step
from .read_tables import read_table
from .whole_table import spelled, split_name
from .written_default import written_default


@dataclass(frozen=True)
class SetDefault:
    """Another default, None for none; `was` is the one before, which the reverse sets again."""

    table: str
    column: str
    default: str | None
    was: str | None
    reversible: bool = True

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        if self.default is None:
            return f"removes the default of {self.table}.{self.column}"
        return f"sets the default of {self.table}.{self.column} to {self.default}, for rows to come"

    def steps(self) -> tuple[Step, ...]:
        """The ALTER TABLE, which DuckDB does whatever hangs on the table."""
        column = f"ALTER COLUMN {spell(self.column)} {self._change()}"
        return one_step(f"ALTER TABLE {spelled(self.table)} {column}", self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """The default before."""
        if not self.reversible:
            return NoReverse("which default it was is not told; was= tells it")
        return SetDefault(self.table, self.column, self.was, self.default)

    def _change(self) -> str:
        return "DROP DEFAULT" if self.default is None else f"SET DEFAULT {self.default}"

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        column = table.existing_column(self.column)
        now = one_default(column.default, column.type)
        was = written_default(con, self.was, column.type) if self.reversible else None
        if self.reversible and now != was:
            raise StepRefusedError(
                f"the default of {self.table}.{self.column} is {now or 'none'}, and the operation"
                f" says was={was or 'none'}, so its reverse would set another one; write what it is"
            )
        name = quote(*split_name(self.table))
        con.execute(f"ALTER TABLE {name} ALTER COLUMN {quote(column.name)} {self._change()}")


def set_default(table: str, column: str, default: object, *, was: object = None) -> SetDefault:
    """Give a column a default, as SQL. `was` is the default that it has now, if it has one."""
    return SetDefault(
        table_name(table),
        named("the column", column),
        expression("default", default),
        optional_expression("was", was),
    )


def drop_default(table: str, column: str, *, was: object = None) -> SetDefault:
    """Take a column's default away. Without `was`, the default that it has, it has no reverse."""
    return SetDefault(
        table_name(table),
        named("the column", column),
        None,
        optional_expression("was", was),
        reversible=was is not None,
    )
