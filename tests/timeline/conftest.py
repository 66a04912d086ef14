"""A small shop with three migrations on disk, for every test of the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import connect
from course_lib.timeline import Timeline

MIGRATIONS = {
    "001_create_users": (
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR);\n"
        "INSERT INTO users VALUES (1, 'Ada'), (2, NULL), (3, '');",
        "DROP TABLE users;",
    ),
    # DuckDB refuses its third step in the transaction, so this one goes through the shadow.
    "002_add_email": (
        "ALTER TABLE users ADD COLUMN email VARCHAR;\n"
        "UPDATE users SET email = 'temp@example.com' WHERE email IS NULL;\n"
        "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        "ALTER TABLE users DROP COLUMN email;",
    ),
    "003_create_orders": (
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, amount DECIMAL(8, 2));",
        "DROP TABLE orders;",
    ),
}


@dataclass(frozen=True)
class Shop:
    """A folder with `shop.duckdb` and `migrations/`."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "shop.duckdb"

    @property
    def migrations(self) -> Path:
        return self.folder / "migrations"

    def write(self, name: str, up: str, down: str) -> None:
        """Write a migration's file."""
        text = f"-- migrate:up\n{up}\n\n-- migrate:down\n{down}\n"
        (self.migrations / f"{name}.sql").write_text(text, encoding="utf-8")

    def timeline(self) -> Timeline:
        """A timeline on the file."""
        return Timeline(self.path, self.migrations)

    def run(self, sql: str) -> list[tuple[object, ...]]:
        """Run SQL by hand, on a connection that is closed again."""
        con = connect(self.path)
        assert isinstance(con, duckdb.DuckDBPyConnection), con
        with con:
            return con.execute(sql).fetchall()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """The shop with nothing applied."""
    return make_shop(tmp_path)


def make_shop(folder: Path) -> Shop:
    """A shop in a folder."""
    shop = Shop(folder)
    shop.migrations.mkdir(parents=True)
    for name, (up, down) in MIGRATIONS.items():
        shop.write(name, up, down)
    duckdb.connect(shop.path).close()
    return shop
