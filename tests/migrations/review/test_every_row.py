"""An UPDATE or DELETE without WHERE is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reviewing import found, guard_of

RULE = "every-row"
QUIET = [
    "UPDATE users SET name = 'x' WHERE true;",
    "DELETE FROM users WHERE id = 1;",
    "ALTER TABLE users ADD COLUMN x INTEGER; UPDATE users SET x = 1;",
    "CREATE TABLE t AS FROM users; DELETE FROM t;",
    "INSERT INTO notes VALUES (1, 'DELETE FROM users');",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up) == []


@pytest.mark.parametrize(
    ("up", "rewrite"),
    [
        ("UPDATE users SET name = 'a WHERE b';", "UPDATE users SET name = 'a WHERE b' WHERE true;"),
        ("delete from Users;", "delete from Users WHERE true;"),
        ("TRUNCATE users;", "DELETE FROM users WHERE true;"),
        (
            "UPDATE users SET id = (SELECT max(id) FROM notes WHERE id > 0) + id;",
            "UPDATE users SET id = (SELECT max(id) FROM notes WHERE id > 0) + id WHERE true;",
        ),
    ],
)
def test_the_rewrite_says_that_every_row_is_meant(tmp_path: Path, up: str, rewrite: str) -> None:
    (finding,) = found(tmp_path, RULE, up)
    assert finding.rewrite == rewrite
    assert guard_of(tmp_path, rewrite) == "transaction"


def test_where_stands_before_returning(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, RULE, "UPDATE users SET name = ' RETURNING ' RETURNING id;")
    assert finding.rewrite == "UPDATE users SET name = ' RETURNING ' WHERE true RETURNING id;"
    assert guard_of(tmp_path, finding.rewrite) == "transaction"
