"""What a rebuild holds to: every row is counted, and views that broke before are let alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course_lib.migrations.operations import rebuild

from ..databases import picture, state
from .world import migrate, shop, take_back


@pytest.mark.parametrize(
    "operation", ['add_check("lines", "n > 0")', 'add_check("users", "id > 0")']
)
def test_a_row_that_got_lost_on_the_way_refuses_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    con = shop(tmp_path)
    real = rebuild.insert_rows

    def insert_all_but_one(con: Any, into: str, rows: str, *rest: Any) -> None:
        real(con, into, rows, *rest)
        con.execute(f"DELETE FROM {into} WHERE rowid = (SELECT max(rowid) FROM {into})")

    monkeypatch.setattr(rebuild, "insert_rows", insert_all_but_one)
    before = state(con)
    failure = str(migrate(con, tmp_path, operation).failure)
    assert "had 3 rows and would have 2" in failure
    assert state(con) == before


def test_a_view_that_was_broken_before_is_no_obstacle(tmp_path: Path) -> None:
    con = shop(tmp_path)
    con.execute("CREATE VIEW broken AS SELECT times FROM visits")
    con.execute("ALTER TABLE visits RENAME times TO n")
    outcome = migrate(con, tmp_path, 'rename_column("visits", "page", "path")')
    assert outcome.failure is None


def test_a_view_made_in_the_same_migration_counts(tmp_path: Path) -> None:
    con = shop(tmp_path)
    made = 'run_sql("CREATE VIEW pages AS SELECT page FROM visits", reverse="DROP VIEW pages")'
    outcome = migrate(con, tmp_path, f'{made}, rename_column("visits", "page", "path")')
    assert "the view pages could not be read after it" in str(outcome.failure)


def test_a_view_that_reads_by_way_of_another_counts(tmp_path: Path) -> None:
    con = shop(tmp_path)
    con.execute("CREATE VIEW every AS FROM visits; CREATE VIEW pages AS SELECT page FROM every")
    outcome = migrate(con, tmp_path, 'rename_column("visits", "page", "path")')
    assert "the view pages could not be read after it" in str(outcome.failure)


def test_a_view_may_go_and_come_back_around_a_rename(tmp_path: Path) -> None:
    con = shop(tmp_path)
    before = picture(con)
    old = 'CREATE VIEW grown AS SELECT id, \\"Full Name\\" AS name FROM users WHERE age > 17'
    operations = f"""run_sql("DROP VIEW grown", reverse="{old}"),
    rename_column("users", "age", "years"),
    run_sql("{old.replace("age >", "years >")}", reverse="DROP VIEW grown")"""
    assert migrate(con, tmp_path, operations).failure is None
    assert con.execute("SELECT name FROM grown").fetchall() == [("Ada",)]
    assert take_back(con, tmp_path).failure is None
    assert picture(con) == before


def test_a_table_may_be_named_in_its_own_check(tmp_path: Path) -> None:
    con = shop(tmp_path)
    before = picture(con)
    outcome = migrate(con, tmp_path, 'add_check("visits", "visits.times > 0")')
    assert outcome.failure is None, str(outcome.failure)
    assert take_back(con, tmp_path).failure is None
    assert picture(con) == before
