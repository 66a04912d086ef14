"""What a schema holds besides tables, each with a text that says what it is, and its comments."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from .macro_signatures import read_signatures
from .names import HERE, path_name
from .quoting import quote
from .schema_paths import SchemaPaths
from .spelling import same_case

_PRESENT = " UNION ALL ".join(
    f"SELECT '{kind}' FROM duckdb_{kind}s() WHERE {ours} AND {HERE}"
    for kind, ours in (
        ("view", "NOT internal AND NOT temporary"),
        ("sequence", "NOT temporary"),
        ("trigger", "NOT temporary"),
        ("type", "NOT internal"),
    )
)
"""Which kinds there are, in one query: most databases have none of them, and each listing that is
asked for alone takes as long as this."""

_QUERIES = {
    "view": "SELECT schema_oid, view_name, sql, comment FROM duckdb_views()"
    f" WHERE NOT internal AND NOT temporary AND {HERE}",
    "sequence": "SELECT schema_oid, sequence_name, 'INCREMENT BY ' || increment_by"
    " || ' MINVALUE ' || min_value || ' MAXVALUE ' || max_value"
    " || if(cycle, ' CYCLE', ' NO CYCLE'), comment"
    f" FROM duckdb_sequences() WHERE NOT temporary AND {HERE}",
}


def read_others(con: duckdb.DuckDBPyConnection, paths: SchemaPaths, macros: bool) -> dict[str, str]:
    """Views, sequences, types, macros, triggers, schemas and comments: "view v" to its text."""
    found = {f"schema {name}": "" for name in paths.own()}
    comments: dict[str, str] = {}
    present = {kind for (kind,) in con.execute(_PRESENT).fetchall()}
    objects = [
        *_listed(con, paths, present),
        *(_types(con, paths) if "type" in present else ()),
        *(_macros(con, paths) if macros else ()),
    ]
    for kind, name, text, comment in sorted(objects, key=lambda one: one[:2]):
        found[f"{kind} {name}"] = text
        if comment is not None:
            comments[f"comment of {kind} {name}"] = comment
    return found | comments


_Object = tuple[str, str, str, str | None]


def _listed(
    con: duckdb.DuckDBPyConnection, paths: SchemaPaths, present: set[str]
) -> Iterator[_Object]:
    for kind, query in _QUERIES.items():
        if kind not in present:
            continue
        for schema, name, text, comment in con.execute(query).fetchall():
            yield kind, paths.key(schema, name), same_case(text), comment
    if "trigger" not in present:
        return
    for schema, table, name, text in con.execute(
        "SELECT schema_oid, table_name, trigger_name, sql FROM duckdb_triggers()"
        f" WHERE NOT temporary AND {HERE}"
    ).fetchall():
        yield "trigger", f"{paths.key(schema, table)}.{name.lower()}", same_case(text), None


def _types(con: duckdb.DuckDBPyConnection, paths: SchemaPaths) -> Iterator[_Object]:
    rows = con.execute(
        f"SELECT schema_oid, type_name, comment FROM duckdb_types() WHERE NOT internal AND {HERE}"
    ).fetchall()
    texts = type_texts(con, [paths.quoted(schema, name) for schema, name, _ in rows])
    for (schema, name, comment), text in zip(rows, texts, strict=True):
        yield "type", paths.key(schema, name), text, comment


def type_texts(con: duckdb.DuckDBPyConnection, names: list[str]) -> list[str]:
    """The text of each type that is named as SQL, such as `ENUM('a', 'b')`."""
    # The listing knows an enum's labels, but neither a struct's fields nor a decimal's digits.
    if not names:
        return []
    asked = ", ".join(f"typeof(NULL::{name})" for name in names)
    return list(con.execute(f"SELECT {asked}").fetchall()[0])


def _macros(con: duckdb.DuckDBPyConnection, paths: SchemaPaths) -> Iterator[_Object]:
    """Each macro with all forms of it: `f(a, b := 2) AS (a + b)`."""
    forms: dict[tuple[str, str, str], list[tuple[list[str], str, str | None]]] = {}
    for database, schema, name, kind, *form in con.execute(
        "SELECT current_database(), schema_name, function_name, function_type, parameters,"
        " macro_definition, comment FROM duckdb_functions()"
        f" WHERE NOT internal AND function_type IN ('macro', 'table_macro') AND {HERE}"
    ).fetchall():
        # The listing names the innermost schema alone.
        path = next((p for p in paths.paths.values() if p[-1] == schema), (schema,))
        word = "macro table" if kind == "table_macro" else "macro"
        called = quote(database, *path, name)
        forms.setdefault((word, path_name(path, name), called), []).append(tuple(form))
    for (word, key, called), found in forms.items():
        most = max(len(parameters) for parameters, _, _ in found)
        told = read_signatures(con, called, table=word != "macro", most=most)
        told = told or ", ".join(f"{key}({', '.join(names)})" for names, _, _ in found)
        text = f"{told} AS {', '.join(body for _, body, _ in found)}"
        yield word, key, same_case(text), found[0][2]
