"""What objects are called in messages and keys, and which of them are nobody's but the engine's."""

from __future__ import annotations

OWN_SCHEMA = "updown"

# The current database without the engine's own schema, as a condition on DuckDB's listings.
HERE = f"database_name = current_database() AND schema_name <> '{OWN_SCHEMA}'"


def object_name(schema: str, name: str) -> str:
    """How an object is called: `users`, or `s.users` outside `main`, in lower case.

    A name with a dot in it keeps its quotes, so that `"s.users"` is not taken for `s.users`.
    """
    named = name.lower() if "." not in name else f'"{name.lower()}"'
    return named if schema == "main" else f"{schema.lower()}.{named}"
