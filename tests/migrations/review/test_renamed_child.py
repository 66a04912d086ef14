"""A table with a foreign key that is renamed is found, and the operation does it right."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reviewing import found

RULE = "renamed-child"
SEED = """CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER, user_id INTEGER REFERENCES users (id));
CREATE TABLE notes (id INTEGER);
"""
SWAP = """CREATE TABLE made (id INTEGER, user_id INTEGER REFERENCES users (id));
INSERT INTO made SELECT * FROM orders; DROP TABLE orders;
"""


@pytest.mark.parametrize("up", ["ALTER TABLE notes RENAME TO remarks;", "DROP TABLE orders;"])
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up, seed=SEED) == []


@pytest.mark.parametrize(
    ("up", "call"),
    [
        ("ALTER TABLE orders RENAME TO purchases;", "rename_table('orders', 'purchases')"),
        (f"{SWAP}ALTER TABLE made RENAME TO orders;", "rename_table('made', 'orders')"),
    ],
)
def test_it_is_found_with_the_table_that_would_break(tmp_path: Path, up: str, call: str) -> None:
    # test_renamed_child.py of the engine shows the harm and runs the operation.
    (finding,) = found(tmp_path, RULE, up, seed=SEED)
    assert "nobody can delete from users any more" in finding.sentence
    assert call in finding.rewrite
