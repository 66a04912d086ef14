"""What a crash would lose is found; test_crash_safety shows that it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reviewing import found, guard_of

RULE = "log-cannot-replay"
QUIET = [
    "ALTER TABLE users ADD COLUMN seen TIMESTAMP DEFAULT now()::TIMESTAMP;",
    "ALTER TABLE users ADD COLUMN IF NOT EXISTS n INTEGER DEFAULT 0;",
    "ALTER TABLE users ALTER id TYPE BIGINT;",
    "SELECT 'ALTER TABLE t ADD COLUMN IF NOT EXISTS v DOUBLE DEFAULT random()';",
]


@pytest.mark.parametrize("up", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, up: str) -> None:
    assert found(tmp_path, RULE, up) == []


def test_the_rewrite_is_the_same_without_if_not_exists(tmp_path: Path) -> None:
    up = "ALTER TABLE users ADD COLUMN IF NOT EXISTS v DOUBLE DEFAULT random();"
    (finding,) = found(tmp_path, RULE, up)
    assert finding.rewrite == "ALTER TABLE users ADD COLUMN v DOUBLE DEFAULT random();"
    assert guard_of(tmp_path, up) == "shadow"
    assert guard_of(tmp_path, finding.rewrite) == "transaction"


def test_a_using_that_is_worked_out_has_no_rewrite(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, RULE, "ALTER TABLE users ALTER name TYPE VARCHAR[] USING [name];")
    assert finding.rewrite == ""
