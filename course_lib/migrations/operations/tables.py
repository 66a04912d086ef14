"""Operations on whole tables: create, drop, rename."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb

from ..errors import StepRefusedError
from ..migration import Step
from ..names import HERE
from ..quoting import quote, spell
from ..sql_text import names_in
from ..statements import SyntaxProblem, split_statements
from ..table_definition import ForeignKey, same
from .arguments import named, table_name
from .operation import NoReverse, Operation, one_step
from .read_tables import read_table
from .rebuild import can_alter, rebuild
from .views import views_kept_readable
from .whole_table import WholeTable, spelled, split_name


@dataclass(frozen=True)
class CreateTable:
    """A table of columns and constraints, each as SQL."""

    table: str
    columns: tuple[tuple[str, str], ...]
    constraints: tuple[str, ...] = ()

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        names = ", ".join(name for name, _ in self.columns)
        return f"makes the table {self.table} with {names}"

    def steps(self) -> tuple[Step, ...]:
        """The CREATE TABLE statement. Raises ValueError where DuckDB cannot read it."""
        parts = [f"{spell(name)} {text}" for name, text in self.columns] + [*self.constraints]
        sql = f"CREATE TABLE {spelled(self.table)} ({', '.join(parts)})"
        split = split_statements(sql)
        if isinstance(split, SyntaxProblem):
            raise ValueError(f"DuckDB cannot read `{sql}`: {split.message}")
        if len(split) != 1 or split[0].kind != "CREATE":
            raise ValueError(f"`{sql}` is more than a table")
        return (replace(split[0], words=self.sentence()),)

    def reverse(self) -> Operation | NoReverse:
        """Dropping it, with the rows that were written since."""
        return DropTable(self.table, self)


@dataclass(frozen=True)
class DropTable:
    """Dropping a table. Only the reverse of a `CreateTable` knows what was made."""

    table: str
    created: CreateTable | None = None

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        return f"drops the table {self.table} and every row in it"

    def steps(self) -> tuple[Step, ...]:
        """The DROP TABLE statement, refused while a view reads the table."""

        def run(con: duckdb.DuckDBPyConnection) -> None:
            table = read_table(con, self.table)
            with views_kept_readable(con, table.definition.name):
                con.execute(f"DROP TABLE {quote(*split_name(self.table))}")

        return one_step(f"DROP TABLE {spelled(self.table)}", self, run)

    def reverse(self) -> Operation | NoReverse:
        """Making it again where that is all there is to bring back."""
        if self.created is None:
            return NoReverse("the rows are not kept; rename_table keeps them")
        return self.created


@dataclass(frozen=True)
class RenameTable:
    """Another name for a table of the same schema; rows, keys, indexes and comments stay."""

    table: str
    new_name: str

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        return (
            f"renames the table {self.table} to {self.new_name}; whoever asks for {self.table} is"
            " refused from then on"
        )

    def steps(self) -> tuple[Step, ...]:
        """The change, as ALTER TABLE or by a rebuild."""
        sql = f"ALTER TABLE {spelled(self.table)} RENAME TO {spell(self.new_name)}"
        return one_step(sql, self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """The old name again."""
        schema, name = split_name(self.table)
        renamed = self.new_name if schema == "main" else f"{quote(schema)}.{quote(self.new_name)}"
        renamed = quote(renamed) if schema == "main" and not renamed.isidentifier() else renamed
        return RenameTable(renamed, name)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        definition = table.definition
        with views_kept_readable(con, definition.name):
            # DuckDB's RENAME of a table with a foreign key breaks the table that it refers to.
            if can_alter(con, table) and not definition.foreign_keys():
                name = quote(definition.schema, definition.name)
                con.execute(f"ALTER TABLE {name} RENAME TO {quote(self.new_name)}")
                return
            _refuse_triggers(con, table)
            own = tuple(
                replace(one, references=self.new_name)
                if isinstance(one, ForeignKey) and same(one.references, definition.name)
                else one
                for one in definition.constraints
            )
            new = replace(definition, name=self.new_name, constraints=own)
            rebuild(con, table, replace(table, definition=new))


def _refuse_triggers(con: duckdb.DuckDBPyConnection, table: WholeTable) -> None:
    found = con.execute(
        f"SELECT trigger_name, sql FROM duckdb_triggers() WHERE NOT temporary AND {HERE}"
    ).fetchall()
    for name, sql in found:
        if table.definition.name.lower() in names_in(sql):
            raise StepRefusedError(
                f"the trigger {name} names {table.called()}; drop it before, and make it again"
                " with the new name after"
            )


def create_table(table: str, columns: Mapping[str, str], *constraints: str) -> CreateTable:
    """Make a table: `create_table("users", {"id": "INTEGER PRIMARY KEY"}, "CHECK (id > 0)")`."""
    if not isinstance(columns, Mapping) or not columns:
        raise ValueError("the columns are written as {name: type and the rest of its SQL}")
    pairs = tuple(
        (named("a column", name), named(f"what the column {name} is", text))
        for name, text in columns.items()
    )
    rest = tuple(named("a constraint", one) for one in constraints)
    return CreateTable(table_name(table), pairs, rest)


def drop_table(table: str) -> DropTable:
    """Drop a table with its rows. Nothing brings them back, so it has no reverse."""
    return DropTable(table_name(table))


def rename_table(table: str, new_name: str) -> RenameTable:
    """Give a table another name in its schema."""
    return RenameTable(table_name(table), named("the new name", new_name))
