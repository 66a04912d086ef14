"""Requiring a value in a column, and no longer requiring one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import duckdb

from ..errors import StepRefusedError
from ..migration import Step
from ..quoting import quote, spell
from .arguments import named, optional_expression, table_name
from .examples import many
from .operation import NoReverse, Operation, one_step
from .read_tables import read_table
from .rebuild import can_alter, rebuild
from .whole_table import spelled, split_name


@dataclass(frozen=True)
class SetNotNull:
    """Requires a value; `fill` is what rows without one get."""

    table: str
    column: str
    fill: str | None = None

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        told = f"requires a value in {self.table}.{self.column}"
        if self.fill is None:
            return f"{told}; refused while any row has none"
        return f"{told}; rows without one get {self.fill}"

    def steps(self) -> tuple[Step, ...]:
        """The change, as ALTER TABLE or by a rebuild."""
        column = f"ALTER COLUMN {spell(self.column)} SET NOT NULL"
        return one_step(f"ALTER TABLE {spelled(self.table)} {column}", self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """No longer requiring one, where no row was filled."""
        if self.fill is not None:
            return NoReverse("which rows had no value before is not kept")
        return DropNotNull(self.table, self.column)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        column = table.existing_column(self.column)
        if table.definition.is_required(column):
            raise StepRefusedError(
                f"{self.table}.{self.column} is required already, and the reverse would change that"
            )
        name, quoted = quote(*split_name(self.table)), quote(column.name)
        ((empty,),) = con.execute(f"SELECT count(*) FROM {name} WHERE {quoted} IS NULL").fetchall()
        if empty and self.fill is None:
            raise StepRefusedError(
                f"{many(empty, 'row', f'of {self.table}', 'have')} no {self.column}; write one"
                " before, or say which with fill="
            )
        if can_alter(con, table) and not empty:
            con.execute(f"ALTER TABLE {name} ALTER COLUMN {quoted} SET NOT NULL")
            return
        definition = table.definition.with_column(column.name, replace(column, not_null=True))
        filled = f"coalesce({quoted}, CAST(({self.fill or 'NULL'}) AS {column.type}))"
        rebuild(con, table, table.with_definition(definition), {column.name: filled})


@dataclass(frozen=True)
class DropNotNull:
    """Lets a column be empty."""

    table: str
    column: str

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        return f"lets {self.table}.{self.column} be empty"

    def steps(self) -> tuple[Step, ...]:
        """The change, as ALTER TABLE or by a rebuild."""
        column = f"ALTER COLUMN {spell(self.column)} DROP NOT NULL"
        return one_step(f"ALTER TABLE {spelled(self.table)} {column}", self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """Requiring a value again, refused while any row has none."""
        return SetNotNull(self.table, self.column)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        column = table.existing_column(self.column)
        if not column.not_null:
            why = "is in the primary key" if table.definition.is_required(column) else "may already"
            raise StepRefusedError(f"{self.table}.{self.column} cannot be let empty: it {why}")
        if can_alter(con, table):
            name = quote(*split_name(self.table))
            con.execute(f"ALTER TABLE {name} ALTER COLUMN {quote(column.name)} DROP NOT NULL")
            return
        definition = table.definition.with_column(column.name, replace(column, not_null=False))
        rebuild(con, table, table.with_definition(definition))


def set_not_null(table: str, column: str, *, fill: object = None) -> SetNotNull:
    """Require a value. Rows without one get `fill`, a value as SQL; then it has no reverse."""
    return SetNotNull(
        table_name(table), named("the column", column), optional_expression("fill", fill)
    )


def drop_not_null(table: str, column: str) -> DropNotNull:
    """Let a column be empty."""
    return DropNotNull(table_name(table), named("the column", column))
