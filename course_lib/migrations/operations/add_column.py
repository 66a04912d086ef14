"""A new column: at the end or before another, with a value for the rows that exist."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ..crash_safety import is_literal
from ..errors import StepRefusedError
from ..migration import Step
from ..quoting import quote, spell
from ..table_definition import ColumnDefinition
from .arguments import flag, named, optional_expression, optional_name, table_name, type_name
from .drop_column import DropColumn
from .operation import NoReverse, Operation, one_step
from .read_tables import read_table
from .rebuild import can_alter, rebuild
from .views import views_kept_readable
from .whole_table import WholeTable, spelled, split_name


@dataclass(frozen=True)
class AddColumn:
    """A new column: at the end or `before` another, with a value for the rows that exist."""

    table: str
    column: str
    type: str
    not_null: bool = False
    default: str | None = None
    fill: str | None = None
    before: str | None = None

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        parts = [f"adds the column {self.column} to {self.table}"]
        if self.before is not None:
            parts.append(f"before {self.before}")
        if self.fill is not None:
            parts.append(f"with {self.fill} in every row that exists")
        elif self.default is not None:
            parts.append(f"with its default {self.default} in every row that exists")
        return " ".join(parts) + (", and requires a value" if self.not_null else "")

    def steps(self) -> tuple[Step, ...]:
        """The change, as ALTER TABLE or by a rebuild."""
        parts = [f"ALTER TABLE {spelled(self.table)} ADD COLUMN {spell(self.column)} {self.type}"]
        if self.default is not None:
            parts.append(f"DEFAULT {self.default}")
        if self.not_null:
            parts.append("NOT NULL")
        return one_step(" ".join(parts), self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """Dropping it, with the values that were written since."""
        return DropColumn(self.table, self.column, added=self)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        if table.definition.column(self.column) is not None:
            raise StepRefusedError(f"{self.table} has a column {self.column} already")
        # A view may join by the name, or set all columns beside those of another table.
        with views_kept_readable(con, table.definition.name):
            self._add(con, table)

    def _add(self, con: duckdb.DuckDBPyConnection, table: WholeTable) -> None:
        column = ColumnDefinition(self.column, self.type, self.not_null, self.default)
        if self.before is None and self.fill is None and not self.not_null:
            default = "" if self.default is None else f" DEFAULT {self.default}"
            name = quote(*split_name(self.table))
            con.execute(f"ALTER TABLE {name} ADD COLUMN {quote(self.column)} {self.type}{default}")
            return
        value = self.fill or self.default
        if self.before is None and value and is_literal(value) and can_alter(con, table):
            self._alter(con, value)
            return
        if self.not_null and value is None:
            rows = con.execute(f"SELECT count(*) FROM {quote(*split_name(self.table))}").fetchall()
            if rows != [(0,)]:
                raise StepRefusedError(
                    f"{self.table} has {rows[0][0]:,} rows that would have no value in the required"
                    f" column {self.column}; say which with fill="
                )
        definition = table.definition.with_new_column(column, self.before)
        after = table.with_definition(definition)
        rebuild(con, table, after, {self.column: f"CAST(({value or 'NULL'}) AS {self.type})"})

    def _alter(self, con: duckdb.DuckDBPyConnection, value: str) -> None:
        """Fill the rows by a default, which DuckDB does without a rebuild."""
        name, column = quote(*split_name(self.table)), quote(self.column)
        required = " NOT NULL" if self.not_null else ""
        con.execute(f"ALTER TABLE {name} ADD COLUMN {column} {self.type}{required} DEFAULT {value}")
        if self.default is None:
            con.execute(f"ALTER TABLE {name} ALTER COLUMN {column} DROP DEFAULT")
        elif self.default != value:
            con.execute(f"ALTER TABLE {name} ALTER COLUMN {column} SET DEFAULT {self.default}")


def add_column(
    table: str,
    column: str,
    type: str,
    *,
    not_null: bool = False,
    default: object = None,
    fill: object = None,
    before: str | None = None,
) -> AddColumn:
    """Add a column. `default` is for rows to come, `fill` for those that exist; both are SQL.

    Without `fill` the rows that exist get the default. `before` names the column to its right.
    """
    return AddColumn(
        table_name(table),
        named("the column", column),
        type_name(type),
        flag("not_null", not_null),
        optional_expression("default", default),
        optional_expression("fill", fill),
        optional_name("before", before),
    )
