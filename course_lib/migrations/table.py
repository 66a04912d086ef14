"""A table of a schema as plain data: its columns, constraints and indexes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_IN_QUOTES = re.compile(r"'((?:[^'\\]|\\.)*)'")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True)
class Column:
    """One column of a table. `type` has its collation with it, where there is one.

    `default` and `generated` are DuckDB's text of the expression.
    """

    name: str
    type: str
    nullable: bool
    default: str | None
    generated: str | None
    comment: str | None


@dataclass(frozen=True)
class Constraint:
    """A key, a UNIQUE, a CHECK or a foreign key (NOT NULL stands with the column).

    A CHECK has the columns that its expression names, in the order of the table.
    """

    kind: str
    columns: tuple[str, ...]
    text: str
    references: str | None


@dataclass(frozen=True)
class Index:
    """One index that somebody made (the ones behind keys stand as constraints)."""

    name: str
    unique: bool
    expressions: str

    def listing(self) -> str:
        """What stands in the brackets of its CREATE INDEX.

        >>> Index("i", False, "[a, '(b + 1)']").listing()
        'a, (b + 1)'
        """
        if not self.expressions.startswith("["):
            return self.expressions
        # DuckDB's listing puts all but plain names in quotes.
        return _IN_QUOTES.sub(lambda found: _ESCAPED.sub(r"\1", found[1]), self.expressions[1:-1])


@dataclass(frozen=True)
class Table:
    """One table: columns in their order, constraints and indexes sorted."""

    name: str
    columns: tuple[Column, ...]
    constraints: tuple[Constraint, ...]
    indexes: tuple[Index, ...]
    comment: str | None

    def column(self, name: str) -> Column | None:
        """The column of that name in any case, or None."""
        return next((c for c in self.columns if c.name.lower() == name.lower()), None)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Table:
        """The table that `dataclasses.asdict` made plain. A missing key is a KeyError."""
        return Table(
            data["name"],
            tuple(Column(**column) for column in data["columns"]),
            tuple(
                Constraint(c["kind"], tuple(c["columns"]), c["text"], c["references"])
                for c in data["constraints"]
            ),
            tuple(Index(**index) for index in data["indexes"]),
            data["comment"],
        )
