"""Primary keys and unique values: add and drop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from ..errors import StepRefusedError
from ..migration import Step
from ..quoting import quote, spell
from ..table_definition import Key
from .arguments import names, table_name
from .duplicates import refuse_duplicates
from .operation import NoReverse, Operation, one_step
from .read_tables import children_of, read_table
from .rebuild import can_alter, rebuild
from .whole_table import WholeTable, spelled, split_name

PRIMARY, UNIQUE = "PRIMARY KEY", "UNIQUE"


@dataclass(frozen=True)
class AddKey:
    """A PRIMARY KEY or UNIQUE on columns, by `kind`."""

    table: str
    kind: str
    columns: tuple[str, ...]

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        listed = ", ".join(self.columns)
        return f"adds {self.kind} ({listed}) to {self.table}; refused while any value stands twice"

    def steps(self) -> tuple[Step, ...]:
        """The change, as ALTER TABLE or by a rebuild."""
        listed = ", ".join(map(spell, self.columns))
        sql = f"ALTER TABLE {spelled(self.table)} ADD {self.kind} ({listed})"
        return one_step(sql, self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """Dropping it."""
        return DropKey(self.table, self.kind, self.columns)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        columns = tuple(table.existing_column(name).name for name in self.columns)
        if _find(table, self.kind, columns) is not None:
            raise StepRefusedError(f"{self.table} has {Key(self.kind, columns).sql()} already")
        for column in map(table.existing_column, columns):
            if self.kind == PRIMARY and not column.not_null:
                # DuckDB would require a value from now on, and the reverse could not know of it.
                raise StepRefusedError(
                    f"{self.table}.{column.name} may be empty, which a primary key is not;"
                    " set_not_null before"
                )
        refuse_duplicates(con, self.table, [quote(name) for name in columns], columns)
        key = Key(self.kind, columns)
        if can_alter(con, table):
            con.execute(f"ALTER TABLE {quote(*split_name(self.table))} ADD {key.sql()}")
            return
        definition = replace(table.definition, constraints=(*table.definition.constraints, key))
        rebuild(con, table, table.with_definition(definition))


@dataclass(frozen=True)
class DropKey:
    """No longer a PRIMARY KEY or UNIQUE on columns."""

    table: str
    kind: str
    columns: tuple[str, ...]

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        return f"drops {self.kind} ({', '.join(self.columns)}) of {self.table}"

    def steps(self) -> tuple[Step, ...]:
        """The change, by a rebuild: DuckDB has no ALTER for it."""
        listed = ", ".join(map(spell, self.columns))
        sql = f"ALTER TABLE {spelled(self.table)} DROP {self.kind} ({listed})"
        return one_step(sql, self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """Adding it again."""
        return AddKey(self.table, self.kind, self.columns)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        key = _find(table, self.kind, self.columns)
        if key is None:
            raise StepRefusedError(
                f"{self.table} has no {self.kind} ({', '.join(self.columns)}) to drop"
            )
        others = [one for one in table.definition.constraints if isinstance(one, Key)]
        if any(one != key and _same_columns(one.columns, key.columns) for one in others):
            # Whoever refers to the columns refers to the other key then.
            children: list[WholeTable] = []
        else:
            children = [table, *children_of(con, table.definition)]
        for child in children:
            for foreign in child.definition.foreign_keys():
                if foreign.references.lower() == table.definition.name.lower() and _same_columns(
                    foreign.referenced, key.columns
                ):
                    raise StepRefusedError(
                        f"{child.called()} refers to {self.table} by"
                        f" {', '.join(key.columns)}; drop that foreign key before"
                    )
        constraints = tuple(one for one in table.definition.constraints if one != key)
        definition = replace(table.definition, constraints=constraints)
        if self.kind == PRIMARY:
            for name in key.columns:
                column = replace(table.existing_column(name), not_null=True)
                definition = definition.with_column(name, column)
        rebuild(con, table, table.with_definition(definition))


def _find(table: WholeTable, kind: str, columns: Sequence[str]) -> Key | None:
    keys = [one for one in table.definition.constraints if isinstance(one, Key)]
    found = [one for one in keys if one.kind == kind and _same_columns(one.columns, columns)]
    return found[0] if found else None


def _same_columns(these: Sequence[str], those: Sequence[str]) -> bool:
    return [one.lower() for one in these] == [one.lower() for one in those]


def add_unique(table: str, columns: str | Sequence[str]) -> AddKey:
    """Let no value of a column, or of several together, stand twice."""
    return AddKey(table_name(table), UNIQUE, names("the columns", columns))


def drop_unique(table: str, columns: str | Sequence[str]) -> DropKey:
    """Let values stand more than once again."""
    return DropKey(table_name(table), UNIQUE, names("the columns", columns))


def add_primary_key(table: str, columns: str | Sequence[str]) -> AddKey:
    """Make required columns, one or several together, the primary key."""
    return AddKey(table_name(table), PRIMARY, names("the columns", columns))


def drop_primary_key(table: str, columns: str | Sequence[str]) -> DropKey:
    """Take the primary key away; its columns are required as before."""
    return DropKey(table_name(table), PRIMARY, names("the columns", columns))
