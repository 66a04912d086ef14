"""Triggers out of the way while tables are made anew: one may name any table."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ..errors import StepRefusedError
from ..names import HERE
from ..quoting import quote


@dataclass(frozen=True)
class DroppedTrigger:
    """A trigger that was dropped, and the SQL that makes it again."""

    table: str
    name: str
    sql: str

    def make_again(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make it again; raises `StepRefusedError` where it names what is there no more."""
        try:
            con.execute(self.sql)
        except duckdb.BinderException as error:
            raise StepRefusedError(
                f"the trigger {self.name} on {self.table} would not fit any more"
                f" ({str(error).splitlines()[0]}); drop it before, and make it anew after, with"
                " run_sql"
            ) from None


def drop_triggers(con: duckdb.DuckDBPyConnection) -> list[DroppedTrigger]:
    """Drop all triggers of the current database and give them, oldest first."""
    found = con.execute(
        "SELECT schema_name, table_name, trigger_name, sql FROM duckdb_triggers()"
        f" WHERE {HERE} AND NOT temporary ORDER BY trigger_oid"
    ).fetchall()
    for schema, table, name, _ in found:
        con.execute(f"DROP TRIGGER {quote(name)} ON {quote(schema, table)}")
    return [DroppedTrigger(table, name, sql) for _, table, name, sql in found]
