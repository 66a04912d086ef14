"""A table with all that hangs on it: its definition, its indexes and the comments on them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ..errors import StepRefusedError
from ..quoting import literal, quote, spell
from ..sql_text import IDENTIFIER, bare, names_in, renamed
from ..table_definition import (
    Check,
    ColumnDefinition,
    Constraint,
    ForeignKey,
    TableDefinition,
    same,
)


@dataclass(frozen=True)
class IndexDefinition:
    """An index: its expressions as SQL, and its `USING` and `WITH` where it has any."""

    name: str
    unique: bool
    expressions: tuple[str, ...]
    method: str = ""
    options: str = ""

    def sql(self, table: TableDefinition) -> str:
        """The CREATE INDEX statement on a table."""
        unique = "UNIQUE " if self.unique else ""
        listing = ", ".join(self.expressions)
        words = [quote(table.schema, table.name), self.method, f"({listing})", self.options]
        on = " ".join(filter(None, words))
        return f"CREATE {unique}INDEX {quote(self.name)} ON {on}"


@dataclass(frozen=True)
class WholeTable:
    """A table as it is to be made again. Comments are by `""` for the table, columns, indexes."""

    definition: TableDefinition
    indexes: tuple[IndexDefinition, ...] = ()
    comment: str | None = None
    column_comments: dict[str, str] = field(default_factory=dict)
    index_comments: dict[str, str] = field(default_factory=dict)

    def called(self) -> str:
        """The table's name for people."""
        table = self.definition
        return table.name if table.schema == "main" else f"{table.schema}.{table.name}"

    def existing_column(self, name: str) -> ColumnDefinition:
        """The column of that name. Raises `StepRefusedError` where there is none."""
        column = self.definition.column(name)
        if column is None:
            names = ", ".join(one.name for one in self.definition.columns)
            raise StepRefusedError(f"{self.called()} has no column {name}; it has {names}")
        return column

    def comments(self) -> list[str]:
        """The COMMENT ON statements."""
        table = quote(self.definition.schema, self.definition.name)
        targets = [(f"TABLE {table}", self.comment)]
        targets += [(f"COLUMN {table}.{quote(c)}", t) for c, t in self.column_comments.items()]
        schema = self.definition.schema
        targets += [(f"INDEX {quote(schema, i)}", t) for i, t in self.index_comments.items()]
        return [
            f"COMMENT ON {target} IS {literal(text)}"
            for target, text in targets
            if text is not None
        ]

    def with_definition(self, definition: TableDefinition) -> WholeTable:
        """The same with another definition; comments of columns that are gone go with them."""
        kept = {c: t for c, t in self.column_comments.items() if definition.column(c)}
        return replace(self, definition=definition, column_comments=kept)

    def users_of(self, column: str) -> list[str]:
        """What in the table hangs on a column, in words: `the index by_email`."""
        users = [
            f"the index {one.name}"
            for one in self.indexes
            if column.lower() in names_in(", ".join(one.expressions))
        ]
        for constraint in self.definition.constraints:
            if column.lower() in {name.lower() for name in columns_of(constraint)}:
                words = constraint.sql().replace('"', "")
                users.append(f"the {words}")
        users += [
            f"the generated column {one.name}"
            for one in self.definition.columns
            if one.generated is not None and column.lower() in names_in(one.generated)
        ]
        return users

    def with_renamed_column(self, old: str, new: str) -> WholeTable:
        """The same with a column called otherwise, wherever the table's own text names it."""

        def name(one: str) -> str:
            return new if same(one, old) else one

        columns = tuple(
            replace(
                one,
                name=name(one.name),
                generated=one.generated and renamed(one.generated, old, new),
            )
            for one in self.definition.columns
        )
        constraints = list[Constraint]()
        for constraint in self.definition.constraints:
            if isinstance(constraint, Check):
                constraints.append(Check(renamed(constraint.condition, old, new)))
                continue
            named = tuple(map(name, constraint.columns))
            if isinstance(constraint, ForeignKey) and same(
                constraint.references, self.definition.name
            ):
                referenced = tuple(map(name, constraint.referenced))
                constraints.append(replace(constraint, columns=named, referenced=referenced))
            else:
                constraints.append(replace(constraint, columns=named))
        return replace(
            self,
            definition=replace(self.definition, columns=columns, constraints=tuple(constraints)),
            indexes=tuple(
                replace(one, expressions=tuple(renamed(e, old, new) for e in one.expressions))
                for one in self.indexes
            ),
            column_comments={name(c): text for c, text in self.column_comments.items()},
        )


def columns_of(constraint: Constraint) -> tuple[str, ...]:
    """The columns that a constraint is about; for a CHECK every name that stands in it."""
    if isinstance(constraint, Check):
        return tuple(names_in(constraint.condition))
    return constraint.columns


def split_name(table: str) -> tuple[str, str]:
    """Schema and name of `users`, `shop.users` or `"a.b"`. Raises ValueError for anything else.

    >>> split_name('shop."order.lines"')
    ('shop', 'order.lines')
    """
    part = rf"({IDENTIFIER}|[^\".]+)"
    found = re.fullmatch(rf"(?:{part}\.)?{part}", table)
    if found is None:
        raise ValueError(f"{table!r} is no name of a table; write users, shop.users or '\"a.b\"'")
    parts = [bare(part) for part in found.groups() if part]
    return (parts[0], parts[1]) if len(parts) == 2 else ("main", parts[0])


def spelled(table: str) -> str:
    """A table's name as people write it in SQL."""
    schema, name = split_name(table)
    return spell(name) if schema == "main" else spell(schema, name)
