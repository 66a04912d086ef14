"""Indexes: add and drop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from ..errors import StepRefusedError
from ..migration import Step
from ..quoting import quote, spell
from ..spelling import same_case
from .arguments import expression, flag, named, names, table_name
from .duplicates import refuse_duplicates
from .operation import NoReverse, Operation, one_step
from .read_tables import read_table
from .whole_table import IndexDefinition, spelled, split_name

_PIECE = re.compile(r"""('(?:[^']|'')*')|"(\w+)"|("(?:[^"]|"")*")|\s+""")


@dataclass(frozen=True)
class AddIndex:
    """An index on columns or expressions, given as SQL."""

    name: str
    table: str
    expressions: tuple[str, ...]
    unique: bool = False

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        told = f"makes the index {self.name} on {self.table} ({', '.join(self.expressions)})"
        return f"{told}; refused while any value stands twice" if self.unique else told

    def steps(self) -> tuple[Step, ...]:
        """The CREATE INDEX statement."""
        unique = "UNIQUE " if self.unique else ""
        listed = ", ".join(self.expressions)
        sql = f"CREATE {unique}INDEX {spell(self.name)} ON {spelled(self.table)} ({listed})"

        def run(con: duckdb.DuckDBPyConnection) -> None:
            if self.unique:
                refuse_duplicates(con, self.table, self.expressions, self.expressions)
            table = read_table(con, self.table).definition
            con.execute(IndexDefinition(self.name, self.unique, self.expressions).sql(table))

        return one_step(sql, self, run)

    def reverse(self) -> Operation | NoReverse:
        """Dropping it."""
        return DropIndex(self.name, self)


@dataclass(frozen=True)
class DropIndex:
    """Dropping an index. `made` is what it is, None where that is not told."""

    name: str
    made: AddIndex | None = None

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        return f"drops the index {self.name}"

    def steps(self) -> tuple[Step, ...]:
        """The DROP INDEX statement, after a look at what the index is."""
        return one_step(f"DROP INDEX {self._spelled()}", self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """Making it again, where it is told what it is."""
        if self.made is None:
            return NoReverse("what the index is on is not told; name the table and the columns")
        return self.made

    def _spelled(self) -> str:
        schema = "main" if self.made is None else split_name(self.made.table)[0]
        return spell(self.name) if schema == "main" else spell(schema, self.name)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        if self.made is not None:
            table = read_table(con, self.made.table)
            found = [one for one in table.indexes if one.name.lower() == self.name.lower()]
            if not found:
                raise StepRefusedError(f"{self.made.table} has no index {self.name}")
            wanted = IndexDefinition(self.name, self.made.unique, self.made.expressions)
            if _meaning(found[0]) != _meaning(wanted):
                is_ = found[0].sql(table.definition)
                raise StepRefusedError(
                    f"the index {self.name} is `{is_}`, and the reverse would make another one;"
                    " write what it is"
                )
            if found[0].name in table.index_comments:
                raise StepRefusedError(
                    f"the index {self.name} has a comment, which the reverse would not bring back;"
                    f" run COMMENT ON INDEX {self._spelled()} IS NULL before"
                )
            con.execute(f"DROP INDEX {quote(table.definition.schema, found[0].name)}")
            return
        con.execute(f"DROP INDEX {quote(self.name)}")


def _meaning(index: IndexDefinition) -> tuple[bool, list[str]]:
    # Brackets, spaces and quotes around plain names make no difference; those in a text do.
    texts = [
        _PIECE.sub(lambda found: "".join(filter(None, found.groups())), same_case(one))
        for one in index.expressions
    ]
    return index.unique, [text.strip("()") for text in texts]


def add_index(
    name: str, table: str, columns: str | Sequence[str], *, unique: bool = False
) -> AddIndex:
    """Make an index on columns or expressions: `add_index("by_email", "users", "email")`."""
    listed = names("the columns", columns)
    for one in listed:
        expression("a column of an index", one)
    return AddIndex(named("the index", name), table_name(table), listed, flag("unique", unique))


def drop_index(
    name: str,
    table: str | None = None,
    columns: str | Sequence[str] | None = None,
    *,
    unique: bool = False,
) -> DropIndex:
    """Drop an index. Without the table and columns that it is on, it has no reverse."""
    if table is None or columns is None:
        return DropIndex(named("the index", name))
    return DropIndex(named("the index", name), add_index(name, table, columns, unique=unique))
