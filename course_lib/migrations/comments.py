"""Comments on objects, as the `COMMENT ON` statements that carry them from one catalog over."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from .digest import quote
from .names import HERE, object_name


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
        text = self.text.replace("'", "''")
        return f"COMMENT ON {self.target} IS '{text}'"

    def clear_statement(self) -> str:
        """The statement that takes it away from an object that stays."""
        return f"COMMENT ON {self.target} IS NULL"


def read_comments(con: duckdb.DuckDBPyConnection, *, macros: bool = True) -> dict[str, Comment]:
    """Every comment of the connection's current database, by its target. Writes nothing.

    Who knows that there are no macros may leave them out: listing them is slow.
    """
    found: dict[str, Comment] = {}
    for kind, column, source in (
        ("TABLE", "table_name", "duckdb_tables()"),
        ("VIEW", "view_name", "duckdb_views()"),
        ("INDEX", "index_name", "duckdb_indexes()"),
        ("SEQUENCE", "sequence_name", "duckdb_sequences()"),
        ("TYPE", "type_name", "duckdb_types()"),
        ("MACRO", "function_name", "duckdb_functions()"),
    ):
        if kind == "MACRO" and not macros:
            continue
        plain = "function_type <> 'table_macro'" if kind == "MACRO" else "true"
        for schema, name, text, is_plain in con.execute(
            f"SELECT DISTINCT schema_name, {column}, comment, {plain} FROM {source}"
            f" WHERE comment IS NOT NULL AND {HERE}"
        ).fetchall():
            words = kind if is_plain else "MACRO TABLE"
            target = f"{words} {quote(schema, name)}"
            found[target] = Comment(target, text, f"{words.lower()} {object_name(schema, name)}")
    for schema, table, column, text, is_view in con.execute(
        "SELECT schema_name, table_name, column_name, comment, table_oid IN"
        " (SELECT view_oid FROM duckdb_views()) FROM duckdb_columns()"
        f" WHERE comment IS NOT NULL AND NOT internal AND {HERE}"
    ).fetchall():
        target = f"COLUMN {quote(schema, table, column)}"
        owner = f"{'view' if is_view else 'table'} {object_name(schema, table)}"
        found[target] = Comment(target, text, owner, column)
    return found
