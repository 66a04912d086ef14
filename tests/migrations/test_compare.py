"""What is compared is what was copied: a live database that changed at any moment is noticed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from course_lib.migrations import file_copy, landing, read_applied
from course_lib.migrations.guard import run_guarded
from course_lib.migrations.landing import CHANGED_MEANWHILE

from .databases import USERS, migration, run_script, sections, state

UP = "UPDATE users SET name = upper(name); UPDATE orders SET amount = 0"
CHANGES = [
    "DROP TABLE orders",
    "DROP TABLE users",
    "ALTER TABLE users ADD COLUMN late INT",
    "DELETE FROM orders",
    "CREATE VIEW late AS FROM users",
    "CREATE SEQUENCE late",
    "CREATE MACRO late(x) AS x",
    "CHECKPOINT; INSERT INTO users VALUES (999, 'late'); CHECKPOINT",
]


@pytest.mark.parametrize("large", [10**12, 0], ids=["rows", "file"])
@pytest.mark.parametrize("look", ["look_after", "find_changes"])
@pytest.mark.parametrize("sql", CHANGES)
def test_a_commit_between_two_looks_is_noticed_and_nothing_lands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str, look: str, large: int
) -> None:
    monkeypatch.setattr(file_copy, "LARGE", large)
    real = getattr(landing, look)
    with duckdb.connect(tmp_path / "shop.duckdb") as con, duckdb.connect() as expected:
        run_script(con, USERS)
        run_script(expected, USERS + sql)

        def commit_first(*arguments: Any) -> Any:
            run_script(con, sql)
            return real(*arguments)

        monkeypatch.setattr(landing, look, commit_first)
        failure = run_guarded(
            con, migration(sections(UP, options="transaction:false")), "up"
        ).failure

        assert failure is not None
        # With rows to compare, DuckDB is the first to say that a table is gone.
        gone = large > 0 and "does not exist" in failure.error
        assert failure.error == CHANGED_MEANWHILE or gone
        assert read_applied(con) == () and state(con) == state(expected)
        assert con.execute("SELECT count(*) FROM duckdb_databases() WHERE NOT internal").fetchall()[
            0
        ] == (1,)
