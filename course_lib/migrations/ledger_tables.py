"""Where the ledger lies in a database, and making it: the schema `updown` with four tables."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from .names import OWN_SCHEMA
from .quoting import quote

FORMAT = 2


@dataclass(frozen=True)
class LedgerTables:
    """The names of the ledger's tables in one database, as SQL.

    They spell the database out, so they hold also after a migration has said USE. `version` is the
    layout that a run found, and `begun` whether anything had been applied by then.
    """

    database: str
    version: int = FORMAT
    begun: bool = True

    @property
    def home(self) -> str:
        """The database's name as SQL."""
        return quote(self.database)

    @property
    def ledger(self) -> str:
        """One row for each migration that is applied now."""
        return f"{self.home}.{OWN_SCHEMA}.ledger"

    @property
    def events(self) -> str:
        """One row for all that happened; only ever appended to."""
        return f"{self.home}.{OWN_SCHEMA}.events"

    @property
    def format(self) -> str:
        """One row with the version of this layout."""
        return f"{self.home}.{OWN_SCHEMA}.format"

    @property
    def start(self) -> str:
        """The schema from before the first migration: a row for each statement. From format 2."""
        return f"{self.home}.{OWN_SCHEMA}.start"


def find_tables(con: duckdb.DuckDBPyConnection) -> LedgerTables:
    """The ledger's names in the connection's current database, whether it is there or not."""
    return LedgerTables(con.execute("SELECT current_database()").fetchall()[0][0])


def look_up(con: duckdb.DuckDBPyConnection) -> LedgerTables:
    """The same for a run that will write: it asks once for the version, and whether it has begun.

    Outside of a transaction only.
    """
    tables = find_tables(con)
    try:
        version, begun = con.execute(
            "SELECT max(version),"
            f" (SELECT count(*) > 0 FROM {tables.events} WHERE outcome = 'done')"
            f" FROM {tables.format}"
        ).fetchall()[0]
    except duckdb.CatalogException:
        return tables
    return LedgerTables(tables.database, version, begun)


def is_there(con: duckdb.DuckDBPyConnection, tables: LedgerTables) -> bool:
    """Whether the database has a ledger. Writes nothing, and ends no transaction."""
    # Looking through the list of all tables takes long where there are many, and asking for one
    # that is not there would end the caller's transaction: so another cursor asks.
    probe = con.cursor()
    try:
        probe.execute(f"SELECT 1 FROM {tables.ledger} LIMIT 0").fetchall()
    except duckdb.CatalogException:
        # There is none, or this very transaction has made it.
        return _is_listed(con, tables)
    finally:
        probe.close()
    return True


def read_format(con: duckdb.DuckDBPyConnection) -> int | None:
    """The version of the ledger's layout, None where there is no ledger. Writes nothing."""
    tables = find_tables(con)
    if not is_there(con, tables):
        return None
    rows: list[tuple[int]] = con.execute(f"SELECT max(version) FROM {tables.format}").fetchall()
    return rows[0][0]


def create(con: duckdb.DuckDBPyConnection, tables: LedgerTables) -> None:
    """Make the ledger in the caller's transaction, if there is none."""
    if is_there(con, tables):
        return
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {tables.home}.{OWN_SCHEMA}")
    con.execute(f"CREATE TABLE {tables.format} (version INTEGER NOT NULL)")
    con.execute(f"INSERT INTO {tables.format} VALUES ({FORMAT})").fetchall()
    con.execute(
        f"CREATE TABLE {tables.ledger} (number BIGINT PRIMARY KEY, name VARCHAR NOT NULL,"
        " checksum VARCHAR NOT NULL, guard VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)"
    )
    con.execute(
        f"CREATE TABLE {tables.events} (event BIGINT PRIMARY KEY, happened_at TIMESTAMP NOT NULL,"
        " name VARCHAR NOT NULL, direction VARCHAR NOT NULL, outcome VARCHAR NOT NULL,"
        " guard VARCHAR NOT NULL, detail VARCHAR)"
    )
    _create_start(con, tables)


def upgrade(con: duckdb.DuckDBPyConnection, tables: LedgerTables) -> None:
    """Bring a ledger of an older format to this one, in the caller's transaction.

    Format 1 had no table for the schema from before the first migration.
    """
    if tables.version < FORMAT:
        _create_start(con, tables)
        con.execute(f"UPDATE {tables.format} SET version = {FORMAT}").fetchall()


def _create_start(con: duckdb.DuckDBPyConnection, tables: LedgerTables) -> None:
    con.execute(
        f"CREATE TABLE IF NOT EXISTS {tables.start} (position BIGINT PRIMARY KEY,"
        " sql VARCHAR NOT NULL)"
    )


def _is_listed(con: duckdb.DuckDBPyConnection, tables: LedgerTables) -> bool:
    found = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = ?"
        f" AND schema_name = '{OWN_SCHEMA}' AND table_name = 'ledger'",
        [tables.database],
    ).fetchall()
    return bool(found[0][0])
