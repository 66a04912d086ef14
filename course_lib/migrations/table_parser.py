"""The definition of a table, read from DuckDB's own text of it.

DuckDB writes the SQL of a table anew from its catalog, in one regular shape, so it can be read back
word by word. Its listings know less: no collation there, and no list at all where a CHECK looks
into a STRUCT.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .sql_text import IDENTIFIER, bare, inside, listed, masked
from .table_definition import Check, ColumnDefinition, Constraint, ForeignKey, Key, TableDefinition

_CONSTRAINT = re.compile(r"(PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY) ?\(")
_AFTER_TYPE = re.compile(
    r"(?: COLLATE (?P<collation>[\w.]+))?"
    r"(?: GENERATED ALWAYS AS ?(?P<generated>\(\0*\)))?"
    r"(?: DEFAULT ?(?P<default>\(\0*\)))?"
    r"(?P<not_null> NOT NULL)?(?P<key> PRIMARY KEY| UNIQUE)?$"
)


# A schema is read again and again while little of it changes.
@lru_cache(maxsize=2048)
def parse_table(schema: str, name: str, sql: str) -> TableDefinition:
    """The definition in DuckDB's own text of a table. Raises ValueError where it is another text.

    >>> parse_table("main", "t", "CREATE TABLE t(a INTEGER NOT NULL UNIQUE);").constraints
    (Key(kind='UNIQUE', columns=('a',), inline=True),)
    """
    columns: list[ColumnDefinition] = []
    constraints: list[Constraint] = []
    for item in listed(inside(sql)):
        found = _CONSTRAINT.match(item)
        if found is not None:
            constraints.append(_constraint(found[1], item))
            continue
        column, key = _column(item)
        columns.append(column)
        if key:
            constraints.append(Key(key, (column.name,), inline=True))
    return TableDefinition(schema, name, tuple(columns), tuple(constraints))


def _column(item: str) -> tuple[ColumnDefinition, str]:
    named = re.match(rf"({IDENTIFIER}) ", item)
    if named is None:
        raise ValueError(f"no column: {item}")
    rest = item[named.end() :]
    hidden = masked(rest)
    found = next(
        (
            match
            for at in range(len(rest) + 1)
            if (at == len(rest) or rest[at] == " ") and (match := _AFTER_TYPE.match(hidden, at))
        ),
        None,
    )
    if found is None:
        raise ValueError(f"no type: {item}")

    def text(group: str) -> str | None:
        start, end = found.span(group)
        return None if start < 0 else rest[start + 1 : end - 1]

    key = (found["key"] or "").strip()
    column = ColumnDefinition(
        bare(named[1]),
        rest[: found.start()],
        found["not_null"] is not None,
        text("default"),
        found["collation"],
        text("generated"),
    )
    return column, key


def _constraint(kind: str, item: str) -> Constraint:
    if kind == "CHECK":
        return Check(inside(item))
    columns = tuple(map(bare, listed(inside(item))))
    if kind != "FOREIGN KEY":
        return Key(kind, columns)
    end = masked(item).index(" REFERENCES ")
    target = re.match(rf"(?:{IDENTIFIER}\.)?({IDENTIFIER}) ?\(", item[end + len(" REFERENCES ") :])
    if target is None:
        raise ValueError(f"no foreign key: {item}")
    referenced = tuple(map(bare, listed(inside(item[end:]))))
    return ForeignKey(columns, bare(target[1]), referenced)
