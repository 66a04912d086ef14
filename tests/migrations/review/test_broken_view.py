"""A view that a rename or drop breaks is found; the rewrite leaves it readable."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from .reviewing import USERS, found, guard_of

RULE = "broken-view"
SEED = USERS + "CREATE VIEW names AS SELECT id, name FROM users;"
QUIET = [
    "ALTER TABLE users RENAME COLUMN email TO mail;",
    "ALTER TABLE notes RENAME TO papers;",
    "DROP VIEW names; ALTER TABLE users RENAME COLUMN name TO full_name;",
    "ALTER TABLE users RENAME COLUMN name TO n; "
    "CREATE OR REPLACE VIEW names AS SELECT n FROM users;",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up, seed=SEED) == []


@pytest.mark.parametrize(
    "up",
    [
        "ALTER TABLE users RENAME COLUMN name TO full_name;",
        'ALTER TABLE users RENAME COLUMN name TO "the name";',
        "ALTER TABLE users RENAME TO people;",
        "ALTER TABLE users DROP COLUMN name;",
    ],
)
def test_duckdb_lets_it_break_and_the_rewrite_does_not(tmp_path: Path, up: str) -> None:
    (finding,) = found(tmp_path, RULE, up, seed=SEED)
    with duckdb.connect() as con:
        con.execute(SEED)
        con.execute(up)
        with pytest.raises(duckdb.Error):
            con.execute("FROM names")
    with duckdb.connect() as con:
        con.execute(SEED)
        con.execute(finding.rewrite)
        for (view,) in con.execute(
            "SELECT view_name FROM duckdb_views() WHERE NOT internal"
        ).fetchall():
            con.execute(f"FROM {view}").fetchall()


def test_a_view_on_a_view_is_found_too(tmp_path: Path) -> None:
    up = "ALTER TABLE users RENAME COLUMN name TO full_name;"
    seed = SEED + "CREATE VIEW loud AS SELECT upper(name) AS name FROM names;"
    assert [("loud" in f.sentence) for f in found(tmp_path, RULE, up, seed=seed)] == [True, False]


def test_a_column_of_another_table_is_not_renamed(tmp_path: Path) -> None:
    seed = USERS + (
        "CREATE TABLE o (uid INTEGER, name VARCHAR);"
        "CREATE VIEW v AS SELECT u.name AS a, o.name AS b FROM users u JOIN o ON o.uid = u.id;"
    )
    up = "ALTER TABLE users RENAME COLUMN name TO full_name;"
    (finding,) = found(tmp_path, RULE, up, seed=seed)
    assert "make the view again" in finding.rewrite
    assert guard_of(tmp_path, finding.rewrite, seed=seed) == "transaction"


def test_a_view_whose_name_needs_quotes_is_found(tmp_path: Path) -> None:
    seed = USERS + 'CREATE VIEW "a""b" AS SELECT name FROM users;'
    up = "ALTER TABLE users RENAME COLUMN name TO full_name;"
    (finding,) = found(tmp_path, RULE, up, seed=seed)
    assert guard_of(tmp_path, finding.rewrite, seed=seed) == "transaction"
