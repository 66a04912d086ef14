"""Another name for a column."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ..errors import StepRefusedError
from ..migration import Step
from ..quoting import quote, spell
from .arguments import named, table_name
from .operation import NoReverse, Operation, one_step
from .read_tables import read_table
from .rebuild import can_alter, rebuild
from .views import views_kept_readable
from .whole_table import spelled, split_name


@dataclass(frozen=True)
class RenameColumn:
    """Another name for a column, in its table and in what hangs on the table."""

    table: str
    column: str
    new_name: str

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        return (
            f"renames the column {self.column} of {self.table} to {self.new_name}; whoever asks for"
            f" {self.column} is refused from then on"
        )

    def steps(self) -> tuple[Step, ...]:
        """The change, as ALTER TABLE or by a rebuild."""
        names = f"{spell(self.column)} TO {spell(self.new_name)}"
        return one_step(f"ALTER TABLE {spelled(self.table)} RENAME COLUMN {names}", self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """The old name again."""
        return RenameColumn(self.table, self.new_name, self.column)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        column = table.existing_column(self.column)
        taken = table.definition.column(self.new_name)
        if taken is not None and taken is not column:
            raise StepRefusedError(f"{self.table} has a column {self.new_name} already")
        in_key = any(
            column.name.lower() in map(str.lower, key.columns)
            for key in table.definition.foreign_keys()
        )
        with views_kept_readable(con, table.definition.name):
            if can_alter(con, table) and not in_key:
                name = quote(*split_name(self.table))
                names = f"{quote(column.name)} TO {quote(self.new_name)}"
                con.execute(f"ALTER TABLE {name} RENAME COLUMN {names}")
                return
            after = table.with_renamed_column(column.name, self.new_name)
            rebuild(con, table, after, {self.new_name: quote(column.name)})


def rename_column(table: str, column: str, new_name: str) -> RenameColumn:
    """Give a column another name; keys, checks, indexes and foreign keys follow."""
    return RenameColumn(
        table_name(table), named("the column", column), named("the new name", new_name)
    )
