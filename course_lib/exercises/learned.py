"""What an answer's way through one world has taught that holds in the next one too.

The worlds of an exercise differ in their rows alone, so the same steps leave the same schema in
each. Reading a schema costs more than all else that is read of a world.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from course_lib.migrations import Schema, Step
from course_lib.migrations.table_reader import Listed

Steps = tuple[Step, ...]

MadeBy = tuple[str | Steps, ...]
"""All that made a schema, in its order: SQL of ours that is more than rows, and the steps of
migrations, of which each is safe by `hangs_on_no_row`."""

_ROWS_ALONE = frozenset({"INSERT", "UPDATE", "DELETE"})
_BY_ITS_TEXT = re.compile(
    r"(?:ALTER\s+TABLE|DROP|COMMENT|CREATE\s+(?:OR\s+REPLACE\s+)?TABLE"
    r"|CREATE\s+(?:UNIQUE\s+)?INDEX)\b",
    re.IGNORECASE,
)
_STRING = re.compile(r"'(?:[^']|'')*'")
_MORE_THAN_ROWS = re.compile(r"\b(?:ALTER|COMMENT|CREATE|DROP)\b", re.IGNORECASE)


def hangs_on_no_row(step: Step) -> bool:
    """Whether a statement leaves the same schema whatever the rows are, or one that the text of its
    tables tells apart (`CREATE TABLE ... AS`). The labels of a type and the columns of a view can
    come from rows, so those do not count."""
    return step.kind in _ROWS_ALONE or _BY_ITS_TEXT.match(step.sql) is not None


def writes_rows_alone(sql: str) -> bool:
    """Whether SQL of ours surely changes no schema. What stands in strings is data."""
    return _MORE_THAN_ROWS.search(_STRING.sub("", sql)) is None


@dataclass
class Learned:
    """`refused` is what DuckDB has refused as one transaction; in most worlds it will again."""

    refused: set[Steps] = field(default_factory=set)
    _schemas: dict[MadeBy, tuple[list[Listed], Schema]] = field(default_factory=dict)

    def find_schema(self, made_by: MadeBy | None, tables: list[Listed]) -> Schema | None:
        """The schema that was read where the same had made it and the tables were the same."""
        listed, schema = self._schemas.get(made_by or (), ([], None))
        same = schema is not None and _texts(listed) == _texts(tables)
        return schema if same else None

    def note_schema(self, made_by: MadeBy | None, tables: list[Listed], schema: Schema) -> None:
        """Keep a schema that was read, where it is known what made it."""
        if made_by:
            self._schemas[made_by] = tables, schema


def _texts(tables: list[Listed]) -> list[Listed]:
    """The tables without the numbers that DuckDB gives them."""
    return [one._replace(oid=0, schema_oid=0) for one in tables]
