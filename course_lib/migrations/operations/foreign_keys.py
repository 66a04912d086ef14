"""Foreign keys: add and drop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from ..errors import StepRefusedError
from ..migration import Step
from ..quoting import quote, spell
from ..table_definition import ForeignKey, same
from .arguments import names, table_name
from .examples import examples, many
from .operation import NoReverse, Operation, one_step
from .read_tables import children_of, read_table
from .rebuild import rebuild
from .whole_table import WholeTable, spelled, split_name


@dataclass(frozen=True)
class AddForeignKey:
    """Columns whose values have to stand in columns of another table."""

    table: str
    columns: tuple[str, ...]
    references: str
    referenced: tuple[str, ...]

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        target = f"{self.references} ({', '.join(self.referenced)})"
        return (
            f"makes {self.table} ({', '.join(self.columns)}) refer to {target}; refused while any"
            " row refers to none"
        )

    def steps(self) -> tuple[Step, ...]:
        """The change, by a rebuild: DuckDB has no ALTER for it."""
        return one_step(f"ALTER TABLE {spelled(self.table)} ADD {_sql(self)}", self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """Dropping it."""
        return DropForeignKey(self.table, self.columns, self.references, self.referenced)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table, other = read_table(con, self.table), read_table(con, self.references)
        if not same(table.definition.schema, other.definition.schema):
            raise StepRefusedError(
                f"{self.table} and {self.references} are in two schemas, and DuckDB has no foreign"
                " key from one to the other"
            )
        if any(
            same(one.definition.name, other.definition.name)
            for one in children_of(con, table.definition)
        ):
            raise StepRefusedError(
                f"{self.references} refers to {self.table} already, itself or by way of others, and"
                " DuckDB has no foreign keys in a circle"
            )
        key = ForeignKey(
            tuple(table.existing_column(name).name for name in self.columns),
            other.definition.name,
            tuple(other.existing_column(name).name for name in self.referenced),
        )
        if _find(table, key) is not None:
            raise StepRefusedError(f"{self.table} has {key.sql()} already")
        self._check(con, key)
        constraints = (*table.definition.constraints, key)
        definition = replace(table.definition, constraints=constraints)
        rebuild(con, table, table.with_definition(definition))

    def _check(self, con: duckdb.DuckDBPyConnection, key: ForeignKey) -> None:
        source, target = (quote(*split_name(one)) for one in (self.table, self.references))
        pairs = zip(key.columns, key.referenced, strict=True)
        match = " AND ".join(f"parent.{quote(b)} = child.{quote(a)}" for a, b in pairs)
        some = " AND ".join(f"child.{quote(name)} IS NOT NULL" for name in key.columns)
        rows = (
            f"FROM {source} AS child WHERE {some}"
            f" AND NOT EXISTS (SELECT 1 FROM {target} AS parent WHERE {match})"
        )
        ((orphans,),) = con.execute(f"SELECT count(*) {rows}").fetchall()
        if orphans:
            value = ", ".join(f"child.{quote(name)}" for name in key.columns)
            value = value if len(key.columns) == 1 else f"({value})"
            raise StepRefusedError(
                f"{many(orphans, 'row', f'of {self.table}', 'refer')} to no row of"
                f" {self.references}, such as {', '.join(key.columns)} ="
                f" {examples(con, value, rows)}; correct it before"
            )


@dataclass(frozen=True)
class DropForeignKey:
    """No longer a foreign key of these columns to those."""

    table: str
    columns: tuple[str, ...]
    references: str
    referenced: tuple[str, ...]

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        target = f"{self.references} ({', '.join(self.referenced)})"
        return f"lets {self.table} ({', '.join(self.columns)}) no longer refer to {target}"

    def steps(self) -> tuple[Step, ...]:
        """The change, by a rebuild: DuckDB has no ALTER for it."""
        return one_step(f"ALTER TABLE {spelled(self.table)} DROP {_sql(self)}", self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """Adding it again, refused while any row refers to none."""
        return AddForeignKey(self.table, self.columns, self.references, self.referenced)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        wanted = ForeignKey(self.columns, split_name(self.references)[1], self.referenced)
        key = _find(table, wanted)
        if key is None:
            raise StepRefusedError(f"{self.table} has no {_sql(self)} to drop")
        constraints = tuple(one for one in table.definition.constraints if one is not key)
        definition = replace(table.definition, constraints=constraints)
        rebuild(con, table, table.with_definition(definition))


def _sql(operation: AddForeignKey | DropForeignKey) -> str:
    own, other = (", ".join(map(spell, c)) for c in (operation.columns, operation.referenced))
    return f"FOREIGN KEY ({own}) REFERENCES {spelled(operation.references)} ({other})"


def _find(table: WholeTable, wanted: ForeignKey) -> ForeignKey | None:
    text = wanted.sql().lower()
    return next((one for one in table.definition.foreign_keys() if one.sql().lower() == text), None)


def add_foreign_key(
    table: str, columns: str | Sequence[str], references: str, referenced: str | Sequence[str]
) -> AddForeignKey:
    """Let columns refer to a key: `add_foreign_key("orders", "user_id", "users", "id")`."""
    return AddForeignKey(*_arguments(table, columns, references, referenced))


def drop_foreign_key(
    table: str, columns: str | Sequence[str], references: str, referenced: str | Sequence[str]
) -> DropForeignKey:
    """Let columns no longer refer to a key of another table."""
    return DropForeignKey(*_arguments(table, columns, references, referenced))


def _arguments(
    table: str, columns: str | Sequence[str], references: str, referenced: str | Sequence[str]
) -> tuple[str, tuple[str, ...], str, tuple[str, ...]]:
    own, other = names("the columns", columns), names("the referenced columns", referenced)
    if len(own) != len(other):
        raise ValueError(f"{len(own)} columns cannot refer to {len(other)}")
    return table_name(table), own, table_name(references), other
