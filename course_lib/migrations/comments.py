"""Comments on objects, as the `COMMENT ON` statements that carry them from one catalog over."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from .digest import quote
from .names import HERE, object_name

_KINDS = (
    ("TABLE", "table_name", "duckdb_tables()", "false"),
    ("VIEW", "view_name", "duckdb_views()", "false"),
    ("INDEX", "index_name", "duckdb_indexes()", "false"),
    ("SEQUENCE", "sequence_name", "duckdb_sequences()", "false"),
    ("TYPE", "type_name", "duckdb_types()", "false"),
    ("MACRO", "function_name", "duckdb_functions()", "function_type = 'table_macro'"),
)


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
    kinds = [one for one in _KINDS if macros or one[0] != "MACRO"]
    # One question for all kinds: asking takes longer than answering.
    rows = con.execute(
        " UNION ".join(
            f"SELECT '{kind}', schema_name, {column}, comment, {is_table_macro} FROM {source}"
            f" WHERE comment IS NOT NULL AND {HERE}"
            for kind, column, source, is_table_macro in kinds
        )
        + " ORDER BY ALL"
    ).fetchall()
    for kind, schema, name, text, is_table_macro in rows:
        words = "MACRO TABLE" if is_table_macro else kind
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
