"""A whole schema as SQL: the statements that make it on an empty database, in their order."""

from __future__ import annotations

import duckdb

from .catalog import read_catalog
from .changes import creation_statements
from .ledger import read_applied, read_start
from .macros import has_macros
from .names import HERE
from .order import find_order
from .schema_paths import read_schema_paths
from .steps import own_cursor

_ANYTHING = " UNION ALL ".join(
    f"SELECT 1 FROM duckdb_{listing}() WHERE {HERE} AND {ours}"
    for listing, ours in (
        ("tables", "NOT internal AND NOT temporary"),
        ("views", "NOT internal AND NOT temporary"),
        ("sequences", "NOT temporary"),
        ("types", "NOT internal"),
    )
)


def write_schema(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The statements that make the schema of the connection's current database. Writes nothing.

    What cannot be made any more, such as a view on a table that is gone, is left out. `con` must
    be in no transaction.
    """
    catalog = read_catalog(con, rows=False)
    statements = creation_statements(catalog)
    # A comment goes with a column of a view that is gone.
    statements |= {f"comment on {key}": c.set_statement() for key, c in catalog.comments.items()}
    made, _ = find_order(con, statements)
    return tuple(statements[key] for key in made)


def write_start(con: duckdb.DuckDBPyConnection) -> tuple[str, ...] | None:
    """The same of a database before its first migration, where it mostly is empty.

    None where it cannot be told: schemas inside of schemas, or macros where no file can be written.
    """
    paths = read_schema_paths(con)
    if any(len(path) > 1 for path in paths.paths.values()):
        return None
    try:
        if paths.own() or con.execute(f"{_ANYTHING} LIMIT 1").fetchall() or has_macros(con):
            return write_schema(con)
    except duckdb.PermissionException:
        return None
    return ()


def read_starting_schema(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The schema that the first migration of a database finds, as statements. Writes nothing.

    That is what the ledger has kept, and what is there now where nothing is applied yet.
    """
    with own_cursor(con) as cursor:
        return read_start(cursor) if read_applied(cursor) else write_start(cursor) or ()
