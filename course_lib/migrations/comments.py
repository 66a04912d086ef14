"""Comments on objects, as the `COMMENT ON` statements that carry them from one catalog over."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from .listing import Row
from .names import HERE, object_name
from .quoting import literal, quote


@dataclass(frozen=True)
class Comment:
    """A comment: what `COMMENT ON` calls its object, the text, and the key of its owner.

    The owner of a column's comment is the column's table or view; `column` is its name then.
    """

    target: str
    text: str
    owner: str
    column: str | None = None

    def set_statement(self) -> str:
        """The statement that makes this comment."""
        return f"COMMENT ON {self.target} IS {literal(self.text)}"

    def clear_statement(self) -> str:
        """The statement that takes it away from an object that stays."""
        return f"COMMENT ON {self.target} IS NULL"


def comment_on(kind: str, schema: str, name: str, text: str, column: str | None = None) -> Comment:
    """The comment on an object of a kind (`table`, `macro table`), or on one of its columns."""
    owner = f"{kind} {object_name(schema, name)}"
    if column is not None:
        return Comment(f"COLUMN {quote(schema, name, column)}", text, owner, column)
    return Comment(f"{kind.upper()} {quote(schema, name)}", text, owner)


def comments_of(rows: list[Row]) -> dict[str, Comment]:
    """The comments in the rows of listings; where there are columns, there must be views too."""
    found: dict[str, Comment] = {}
    views = {(row.schema, row.name) for row in rows if row.kind == "view"}
    for row in rows:
        if row.comment is None:
            continue
        if row.kind == "column":
            kind = "view" if (row.schema, row.name) in views else "table"
            comment = comment_on(kind, row.schema, row.name, row.comment, row.part)
        else:
            comment = comment_on(row.kind, row.schema, row.name, row.comment)
        found[comment.target] = comment
    return found


def read_macro_comments(con: duckdb.DuckDBPyConnection) -> dict[str, Comment]:
    """The comments on macros, by their target. Writes nothing."""
    rows = con.execute(
        "SELECT DISTINCT if(function_type = 'table_macro', 'macro table', 'macro'), schema_name,"
        f" function_name, comment FROM duckdb_functions() WHERE comment IS NOT NULL AND {HERE}"
    ).fetchall()
    comments = (comment_on(*row) for row in rows)
    return {comment.target: comment for comment in comments}
