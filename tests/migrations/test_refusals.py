"""What DuckDB refuses in one transaction is applied; what it refuses both ways changes nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.migrations import Plan, make_plan, read_applied, read_folder, run_plan

from .databases import run_script, sections, state, write_folder

# Kinds that DuckDB refuses in a transaction. The engine has no rule for any of them: it tries.
KINDS = {
    "backfill then NOT NULL": (
        "UPDATE {t} SET {a} = 'x' WHERE {a} IS NULL; ALTER TABLE {t} ALTER {a} SET NOT NULL"
    ),
    "update then index": "UPDATE {t} SET {b} = {b} + 1; CREATE INDEX {i} ON {t} ({b})",
    "deduplicate then unique": (
        "DELETE FROM {t} WHERE rowid NOT IN (SELECT min(rowid) FROM {t} GROUP BY {b});"
        "CREATE UNIQUE INDEX {i} ON {t} ({b})"
    ),
    "deduplicate then key": (
        "DELETE FROM {t} WHERE rowid NOT IN (SELECT min(rowid) FROM {t} GROUP BY {b});"
        "ALTER TABLE {t} ADD PRIMARY KEY ({b})"
    ),
    "drop index then column": "DROP INDEX by_c; ALTER TABLE {t} DROP COLUMN c",
    "drop index then type": "DROP INDEX by_c; ALTER TABLE {t} ALTER c TYPE VARCHAR",
    "child row then parent row": "DELETE FROM child; DELETE FROM parent",
    "checkpoint after a change": "INSERT INTO {t} ({b}) VALUES (5000); CHECKPOINT",
}
BOTH_WAYS = {
    "a value too many": "INSERT INTO {t} ({b}) VALUES (1, 2)",
    "no such table": "UPDATE {t} SET {b} = 9; DROP TABLE nobody",
    "duplicates": "UPDATE {t} SET {b} = 9; CREATE UNIQUE INDEX {i} ON {t} ({b})",
    "a cast": "ALTER TABLE {t} ALTER {a} TYPE INTEGER",
    "a referenced table": "INSERT INTO {t} ({b}) VALUES (7); DROP TABLE parent",
    "an error of its own": "UPDATE {t} SET {b} = 9; SELECT error('stop')",
}
SEED = """CREATE TABLE {t} ({a} VARCHAR, {b} INTEGER, c INTEGER);
INSERT INTO {t} SELECT CASE WHEN i % 3 > 0 THEN 'v' || i END, i % 40, i FROM range({rows}) AS r(i);
CREATE INDEX by_c ON {t} (c);
CREATE TABLE parent (id INTEGER PRIMARY KEY);
INSERT INTO parent SELECT i FROM range(5) AS r(i);
CREATE TABLE child (id INTEGER REFERENCES parent (id));
INSERT INTO child SELECT i FROM range(5) AS r(i)"""

NAME = st.from_regex(r"[a-z][a-z_]{2,8}|\"[A-Z][^\"\x00-\x1f;]{1,6}\"", fullmatch=True)
RESERVED = {"parent", "child", "by_c", "rowid", "nobody"}
# Names that mean something to SQL would be refused for another reason.
NAMES = st.lists(
    NAME.map(lambda name: name if name.startswith('"') else f"{name}_x"),
    min_size=4,
    max_size=4,
    unique_by=str.lower,
).filter(lambda names: not RESERVED & set(names))


def outcome(path: Path, kinds: dict[str, str], kind: str, names: list[str], rows: int) -> object:
    """The guard that did it, or the failure; checks that a failure has changed nothing."""
    words = dict(zip("tabi", names, strict=True), rows=rows)
    seed = SEED
    if kind.startswith(("backfill", "deduplicate", "duplicates", "a cast")):
        seed = seed.replace("CREATE INDEX by_c ON {t} (c);", "")
    folder = write_folder(path, {"001_x.sql": sections(kinds[kind].format(**words))})
    with duckdb.connect(path / "shop.duckdb") as con:
        run_script(con, seed.format(**words))
        before = state(con)
        plan = make_plan(read_folder(folder), read_applied(con), "up")
        assert isinstance(plan, Plan), plan
        ran = run_plan(con, plan)
        if ran.failure is None:
            assert [row.number for row in read_applied(con)] == [1]
            return ran.done[0].guard
        assert state(con) == before
        return ran.failure


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=4, deadline=None)
@given(names=NAMES, rows=st.sampled_from([50, 3000]))
def test_what_duckdb_refuses_in_a_transaction_is_applied(
    tmp_path_factory: pytest.TempPathFactory, kind: str, names: list[str], rows: int
) -> None:
    assert outcome(tmp_path_factory.mktemp("x"), KINDS, kind, names, rows) == "shadow"


@pytest.mark.parametrize("kind", BOTH_WAYS)
@settings(max_examples=3, deadline=None)
@given(names=NAMES)
def test_what_duckdb_refuses_both_ways_changes_nothing_and_the_first_error_is_told(
    tmp_path_factory: pytest.TempPathFactory, kind: str, names: list[str]
) -> None:
    failure = outcome(tmp_path_factory.mktemp("x"), BOTH_WAYS, kind, names, 100)
    assert "nothing was changed" in str(failure) and "Error" in str(failure)
