"""Macros as SQL. Only an export keeps the defaults of their parameters."""

from __future__ import annotations

import contextlib
import re
import secrets
import tempfile
from pathlib import Path

import duckdb

from .migration import Step
from .names import HERE, object_name
from .quoting import quote
from .sql_text import bare
from .statements import split_statements

_ID = r'(?:"(?:[^"]|"")+"|\w+)'
_CREATE = re.compile(rf"CREATE MACRO (?:(?P<schema>{_ID})\.)?(?P<name>{_ID}) ?\(")


# What a statement of these kinds does to a macro it says in one of these words.
_KINDS = {"SELECT", "INSERT", "UPDATE", "DELETE", "MERGE_INTO", "CREATE", "ALTER", "DROP"}
_WORDS = re.compile(r"MACRO|FUNCTION|SCHEMA|CASCADE", re.IGNORECASE)


def may_touch_macros(step: Step) -> bool:
    """Whether a step may make, change or drop a macro; False only where it certainly does not.

    So they need not be listed: DuckDB walks its thousands of own functions to do it.
    """
    return step.run is not None or step.kind not in _KINDS or bool(_WORDS.search(step.sql))


def read_macros(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    """How each macro is made and dropped, by key: `macro f`, `macro table s.f`. Writes nothing."""
    found = con.execute(
        "SELECT DISTINCT schema_name, function_name, function_type FROM duckdb_functions()"
        " WHERE NOT internal AND function_type IN ('macro', 'table_macro')"
        f" AND {HERE}"
    ).fetchall()
    if not found:
        return {}
    kinds: dict[tuple[str, str], set[str]] = {}
    for schema, name, kind in found:
        kinds.setdefault((schema, name), set()).add(kind)
    entries = {}
    for sql in _exported(con):
        created = _CREATE.match(sql)
        if created is None:
            continue
        schema, name = bare(created["schema"] or "main"), bare(created["name"])
        if (schema, name) not in kinds:
            continue
        # A table macro and a plain one may share a name; only then does the text have to tell.
        both = len(kinds[schema, name]) > 1
        is_table = ") AS TABLE (" in sql if both else "table_macro" in kinds[schema, name]
        word = "MACRO TABLE" if is_table else "MACRO"
        drop = f"DROP {word} IF EXISTS {quote(schema, name)}"
        entries[f"{word.lower()} {object_name(schema, name)}"] = (sql, drop)
    return entries


def has_macros(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether a database that has next to nothing else has macros. Writes nothing to it.

    An export tells it ten times faster than the listing, which walks DuckDB's own functions too.
    Raises `duckdb.PermissionException` where no file can be written.
    """
    return any(_CREATE.match(sql) for sql in _export(con))


def _exported(con: duckdb.DuckDBPyConnection) -> list[str]:
    database = con.execute("SELECT current_database()").fetchall()[0][0]
    cursor = con.cursor()
    # Attached databases belong to the whole instance: two runs at once need two names.
    alias = f"updown_export_{secrets.token_hex(4)}"
    try:
        cursor.execute(f"ATTACH ':memory:' AS {alias} (READ_WRITE)")
        cursor.execute(f"COPY FROM DATABASE {quote(database)} TO {alias} (SCHEMA)")
        cursor.execute(f"USE {alias}")
        _drop_tables(cursor)
        statements = _export(cursor)
        cursor.execute(f"USE {quote(database, 'main')}")
        cursor.execute(f"DETACH {alias}")
    finally:
        cursor.close()
    return statements


def _export(con: duckdb.DuckDBPyConnection) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="updown-export-") as folder:
        con.execute(f"EXPORT DATABASE '{folder.replace(chr(39), chr(39) * 2)}'").fetchall()
        text = (Path(folder) / "schema.sql").read_text(encoding="utf-8")
    steps = split_statements(text)
    if not isinstance(steps, tuple):
        raise RuntimeError(f"DuckDB exported SQL that it cannot read: {steps.message}")
    return [step.sql for step in steps]


def _drop_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Drop the views and tables of a copy: DuckDB exports none that refers to itself."""
    for kind in ("VIEW", "TABLE"):
        left: list[str] = []
        while True:
            found = con.execute(
                f"SELECT schema_name, {kind.lower()}_name FROM duckdb_{kind.lower()}s()"
                " WHERE database_name = current_database() AND NOT internal AND NOT temporary"
            ).fetchall()
            names = [quote(schema, name) for schema, name in found]
            if not names or names == left:
                break
            left = names
            for name in names:
                # One that others refer to goes in a later turn.
                with contextlib.suppress(duckdb.Error):
                    con.execute(f"DROP {kind} {name}")
