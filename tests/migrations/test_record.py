"""One look at the ledger is enough between two migrations, and a look that is old does no harm."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import Migration, Step, own_cursor, run_plan
from course_lib.migrations.ledger_tables import find_tables
from course_lib.migrations.record import LedgerMovedError, Seen, check_still_planned

from .databases import migration, plan_of, sections, write_folder

FILES = {f"00{n}_t{n}.sql": sections(f"CREATE TABLE t{n} (i INT)") for n in (1, 2, 3)}
TWO = migration(FILES["002_t2.sql"], "002_t2.sql")


def test_what_was_seen_speaks_for_its_numbers_and_no_others() -> None:
    with duckdb.connect() as con, own_cursor(con) as cursor:
        tables = find_tables(cursor)
        # There is no ledger to ask.
        assert not check_still_planned(cursor, tables, TWO, "up").there
        assert check_still_planned(cursor, tables, TWO, "up", Seen(1, {1: "x"})).there
        assert not check_still_planned(cursor, tables, TWO, "up", Seen(3, {})).there
        with pytest.raises(LedgerMovedError, match="applied it meanwhile"):
            check_still_planned(cursor, tables, TWO, "up", Seen(1, {2: "x"}))
        with pytest.raises(LedgerMovedError, match="took it back meanwhile"):
            check_still_planned(cursor, tables, TWO, "down", Seen(1, {1: "x"}))


@pytest.mark.parametrize("number", [2, 3])
def test_a_run_that_comes_between_is_noticed_by_the_key_of_the_ledger(
    tmp_path: Path, number: int
) -> None:
    folder = write_folder(tmp_path, FILES)
    with duckdb.connect(tmp_path / "shop.duckdb") as con:

        def another_run(one: Migration, index: int, step: Step) -> None:
            if one.number == number:
                row = [number, one.name, one.checksum]
                insert = "INSERT INTO updown.ledger VALUES (?, ?, ?, 'shadow', now()::TIMESTAMP)"
                con.cursor().execute(insert, row).fetchall()

        outcome = run_plan(con, plan_of(con, folder), on_step=another_run)

        assert outcome.failure is not None
        assert outcome.failure.error == "another run applied it meanwhile"
        assert len(outcome.done) == number - 1
        tables = "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'main'"
        assert con.execute(tables).fetchall() == [(number - 1,)]
