"""What objects are called in messages and keys, and which of them are nobody's but the engine's."""

from __future__ import annotations

OWN_SCHEMA = "updown"

# The current database without the engine's own schema, as a condition on DuckDB's listings.
HERE = f"database_name = current_database() AND schema_name <> '{OWN_SCHEMA}'"


def object_name(schema: str, name: str) -> str:
    """How an object is called: `users`, or `s.users` outside `main`, in lower case.

    A name with a dot in it keeps its quotes, so that `"s.users"` is not taken for `s.users`.
    """
    return path_name((schema,), name)


def path_name(path: tuple[str, ...], name: str) -> str:
    """The same in a schema inside of others: `s.inner.users`."""
    parts = (name,) if path == ("main",) else (*path, name)
    return ".".join(_part(part.lower()) for part in parts)


def _part(name: str) -> str:
    return f'"{name}"' if "." in name else name
