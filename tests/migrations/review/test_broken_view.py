"""A view that a rename or drop breaks is found; the rewrite leaves it readable."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import read_folder, review

from ..databases import write_folder
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


DOWNS = {
    "ALTER TABLE users RENAME COLUMN full_name TO name;": 1,
    "DROP VIEW names; ALTER TABLE users RENAME COLUMN full_name TO name;": 0,
    "ALTER TABLE users RENAME COLUMN full_name TO n; CREATE OR REPLACE VIEW names AS SELECT 1;": 0,
    # Whatever a down does to a schema, the next unit begins on the one before it.
    "DROP VIEW names; DROP TABLE users;": 0,
    "DROP TABLE users;": 1,
    "SELECT error('a down that cannot run');": 0,
}


@pytest.mark.parametrize("down", DOWNS)
def test_a_down_that_breaks_a_view_is_found(tmp_path: Path, down: str) -> None:
    seed = SEED.replace("name VARCHAR", "full_name VARCHAR").replace("id, name", "id, full_name")
    files = {
        "001_seed.sql": f"-- migrate:up\n{seed}\n-- migrate:down\nSELECT 1;\n",
        "002_x.sql": f"-- migrate:up\nSELECT 1;\n-- migrate:down\n{down}\n",
        "003_y.sql": "-- migrate:up\nALTER TABLE users RENAME COLUMN full_name TO n;\n"
        "-- migrate:down\nSELECT 1;\n",
    }
    told = [f for f in review(read_folder(write_folder(tmp_path, files))) if f.rule == RULE]
    assert [Path(f.file).name for f in told] == ["002_x.sql"] * DOWNS[down] + ["003_y.sql"]
    assert all("the view names cannot be read after it" in f.sentence for f in told)


def test_two_views_that_a_down_breaks_are_both_found(tmp_path: Path) -> None:
    seed = SEED + "CREATE VIEW ids AS SELECT id FROM users; CREATE VIEW loud AS FROM names;"
    down = "-- migrate:down\nDROP TABLE users;"
    views = [
        f.sentence.split()[2] for f in found(tmp_path, RULE, "SELECT 1;", seed=seed, down=down)
    ]
    assert sorted(views) == ["ids", "loud", "names"]


def test_a_view_whose_name_needs_quotes_is_found(tmp_path: Path) -> None:
    seed = USERS + 'CREATE VIEW "a""b" AS SELECT name FROM users;'
    up = "ALTER TABLE users RENAME COLUMN name TO full_name;"
    (finding,) = found(tmp_path, RULE, up, seed=seed)
    assert guard_of(tmp_path, finding.rewrite, seed=seed) == "transaction"
