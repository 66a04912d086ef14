"""Dropping a column: for good, or with its values kept in a table of their own to come back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import duckdb

from ..errors import StepRefusedError
from ..migration import Step
from ..quoting import quote, spell
from ..table_definition import Check, ColumnDefinition, TableDefinition, same
from .arguments import flag, named, optional_expression, optional_name, table_name, type_name
from .kept import KeptColumn, keep_column, restored_values
from .operation import NoReverse, Operation, one_step
from .read_tables import read_table
from .rebuild import can_alter, rebuild
from .views import views_kept_readable
from .whole_table import spelled, split_name


@dataclass(frozen=True)
class DropColumn:
    """Dropping a column. `kept` holds what it is and where its values go, None if they are lost.

    `added` is the operation that made the column, of which this is the reverse.
    """

    table: str
    column: str
    kept: KeptColumn | None = None
    added: Operation | None = None

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        if self.kept is not None:
            return (
                f"drops the column {self.column} of {self.table} and keeps its values in the table"
                f" {self.kept.keep_in}"
            )
        return f"drops the column {self.column} of {self.table} and every value in it"

    def steps(self) -> tuple[Step, ...]:
        """The change, as ALTER TABLE or by a rebuild."""
        sql = f"ALTER TABLE {spelled(self.table)} DROP COLUMN {spell(self.column)}"
        if self.kept is not None:
            sql = f"CREATE TABLE {spelled(self.kept.keep_in)} AS FROM {spelled(self.table)}; {sql}"
        return one_step(sql, self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """Bringing it back, where its values are kept or there were none before."""
        if self.added is not None:
            return self.added
        if self.kept is None:
            return NoReverse("the values are not kept; keep_in= and the type keep them")
        return RestoreColumn(self.table, self.column, self.kept)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        column = table.existing_column(self.column)
        users = table.users_of(column.name)
        if users:
            raise StepRefusedError(
                f"{users[0]} of {self.table} needs the column {self.column}; drop"
                f" {'it' if len(users) == 1 else f'it and {len(users) - 1} more'} before"
            )
        if len(table.definition.columns) == 1:
            raise StepRefusedError(
                f"{self.column} is the only column of {self.table}; drop the table"
            )
        if self.kept is not None:
            self.kept.check(con, table, column)
            keep_column(con, table, column, self.kept.keep_in)
        with views_kept_readable(con, table.definition.name):
            if can_alter(con, table) and not _key_to_the_right(table.definition, column):
                name = quote(*split_name(self.table))
                con.execute(f"ALTER TABLE {name} DROP COLUMN {quote(column.name)}")
                return
            columns = tuple(one for one in table.definition.columns if one is not column)
            after = table.with_definition(replace(table.definition, columns=columns))
            rebuild(con, table, after)


@dataclass(frozen=True)
class RestoreColumn:
    """Bringing a dropped column back where it stood, with the values that were kept."""

    table: str
    column: str
    kept: KeptColumn

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        return (
            f"brings the column {self.column} of {self.table} back with the values in"
            f" {self.kept.keep_in}, and drops that table"
        )

    def steps(self) -> tuple[Step, ...]:
        """The change, by a rebuild."""
        sql = f"ALTER TABLE {spelled(self.table)} ADD COLUMN {spell(self.column)} {self.kept.type}"
        return one_step(sql, self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """Dropping it again."""
        return DropColumn(self.table, self.column, self.kept)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        kept = self.kept
        column = ColumnDefinition(self.column, kept.type, kept.not_null, kept.default)
        definition = table.definition.with_new_column(column, kept.before)
        value = restored_values(con, table, self.column, kept)
        after = table.with_definition(definition)
        comments = read_table(con, kept.keep_in).column_comments
        comments = {c: text for c, text in comments.items() if same(c, self.column)}
        after = replace(after, column_comments={**after.column_comments, **comments})
        with views_kept_readable(con, table.definition.name):
            rebuild(con, table, after, {self.column: value})
        con.execute(f"DROP TABLE {quote(*split_name(kept.keep_in))}")


def drop_column(
    table: str,
    column: str,
    type: str | None = None,
    *,
    keep_in: str | None = None,
    not_null: bool = False,
    default: object = None,
    before: str | None = None,
) -> DropColumn:
    """Drop a column. With `keep_in`, its values go to a table of that name and can come back.

    Then `type`, `not_null`, `default` and `before` say what it is now, which is looked at before
    anything is done. Without it the values are lost, and the operation has no reverse.
    """
    name, kept = named("the column", column), None
    if keep_in is None and (type, not_null, default, before) != (None, False, None, None):
        raise ValueError(
            "without keep_in= the values would be lost, and what the column is tells nobody more;"
            " add keep_in= or leave the rest out"
        )
    if keep_in is not None:
        if type is None:
            raise ValueError("keep_in= needs the type of the column, to bring it back")
        kept = KeptColumn(
            table_name(keep_in),
            type_name(type),
            flag("not_null", not_null),
            optional_expression("default", default),
            optional_name("before", before),
        )
    return DropColumn(table_name(table), name, kept)


def _key_to_the_right(table: TableDefinition, column: ColumnDefinition) -> bool:
    """Whether a key stands on a column after this one, which DuckDB's DROP COLUMN refuses."""
    at = table.columns.index(column)
    right = {one.name.lower() for one in table.columns[at:]}
    return any(
        right & {name.lower() for name in constraint.columns}
        for constraint in table.constraints
        if not isinstance(constraint, Check)
    )
