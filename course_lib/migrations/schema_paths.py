"""Schemas inside of schemas: DuckDB's listings name the innermost one alone."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from .names import OWN_SCHEMA, path_name
from .quoting import quote


@dataclass(frozen=True)
class SchemaPaths:
    """The way to every schema of a database by its number: `("s", "inner")`."""

    paths: dict[int, tuple[str, ...]]

    def key(self, oid: int, name: str) -> str:
        """What an object of this schema is called: `users`, `s.users`, `s.inner.users`."""
        return path_name(self.paths[oid], name)

    def quoted(self, oid: int, name: str) -> str:
        """The name that SQL reads as this very object."""
        return quote(*self.paths[oid], name)

    def own(self) -> list[str]:
        """The schemas that somebody made, as they are called, in their order."""
        made = [path for path in self.paths.values() if path not in (("main",), (OWN_SCHEMA,))]
        return sorted(path_name(path[:-1] or ("main",), path[-1]) for path in made)


def read_schema_paths(con: duckdb.DuckDBPyConnection) -> SchemaPaths:
    """The schemas of the connection's current database. Writes nothing."""
    rows: list[tuple[int, str, int | None]] = con.execute(
        "SELECT oid, schema_name, parent_schema_oid FROM duckdb_schemas()"
        " WHERE database_name = current_database()"
    ).fetchall()
    parents = {oid: (name, parent) for oid, name, parent in rows}
    return SchemaPaths({oid: _path(parents, oid) for oid in parents})


def _path(parents: dict[int, tuple[str, int | None]], oid: int) -> tuple[str, ...]:
    name, parent = parents[oid]
    return (name,) if parent is None else (*_path(parents, parent), name)
