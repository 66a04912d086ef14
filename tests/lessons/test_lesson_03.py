"""What lesson 3 shows: each result that its prose speaks of, in the outputs of its cells."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from .running import Site, noise, output_of

LESSON = "03-the-workflow"
LEDGER = "FROM updown.ledger ORDER BY number"


def test_four_files_are_saved_and_no_table_changes(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    for number in ("001", "002", "003", "004"):
        assert "Up: 1 step. Down: 1 step." in output_of(notebook, f"%%migration {number}")
    tables = output_of(notebook, "duckdb_columns()")
    assert re.search(r"vouchers +ends +DATE", tables) and "min_total" not in tables


def test_the_rules_object_to_two_of_the_three_and_to_one_line_of_each(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    told = output_of(notebook, "%migrate review")
    assert told.startswith("2 findings in 4 pending migrations.")
    assert "`002_sell_gift_cards.sql`, line 8, every-row: it deletes every row" in told
    assert "`003_add_min_total_to_vouchers.sql`, line 2, if-not-exists:" in told
    silent = "`001_create_suppliers.sql`, `004_add_newsletter_to_users.sql`"
    assert f"No rule objects to {silent}." in told


def test_what_is_approved_runs_once_and_the_picture_has_the_loop(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    picture = output_of(notebook, "lesson.timeline()")
    assert "[🔍 REVIEW]" in picture and "003_add_min_total_to_vouchers" in picture
    assert "001_create_suppliers applied" in output_of(notebook, "%migrate up 001")


def test_what_samir_wrote_is_done_and_changes_nothing(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    shown = output_of(notebook, "--scratch\nCREATE TABLE IF NOT EXISTS vouchers")
    assert shown.startswith("All 2 statements ran.")
    described = shown.split("3 rows:")[1]
    assert re.search(r"ends +DATE", described) and "min_total" not in described


def test_the_second_up_does_nothing_and_the_ledger_has_a_row_for_each(site: Site) -> None:
    notebook, _ = site.solved(LESSON)
    assert output_of(notebook, "%migrate up 003").startswith("Done: 2 migrations.")
    assert "Nothing to do" in output_of(notebook, "%migrate up 003", nth=1)
    ledger = output_of(notebook, LEDGER)
    assert ledger.startswith("3 rows:") and re.search(r"3 +003_add_min_total", ledger)
    events = output_of(notebook, "FROM updown.events")
    assert re.search(r"001_create_suppliers +up +done", events)


def test_without_its_row_a_migration_runs_again_and_is_refused(site: Site) -> None:
    notebook, _ = site.solved(LESSON)
    assert output_of(notebook, "DELETE FROM updown.ledger") == "Done: 1 row changed."
    assert "2 applied, 2 pending." in output_of(notebook, "%migrate status")
    again = output_of(notebook, "%migrate up 003", nth=2)
    assert 'Column with name "min_total" already exists' in again


def test_the_repair_makes_the_table_fit_the_ledger_and_the_round_goes_on(
    site: Site, tmp_path: Path
) -> None:
    blank = "-- Take the column away:\n"
    drop = f"{blank}ALTER TABLE vouchers DROP COLUMN min_total;\n"
    notebook = site.repaired(LESSON, {blank: drop}, tmp_path)
    assert noise(notebook) == []
    assert "All 2 statements ran." in output_of(notebook, "DROP COLUMN min_total;\n", nth=-1)
    assert "003_add_min_total_to_vouchers applied" in output_of(notebook, "%migrate up 003", nth=3)
    reviewed = output_of(notebook, "%migrate review", nth=1)
    assert reviewed.startswith("0 findings in 2 pending migrations.")
    assert output_of(notebook, "%migrate up", nth=-1).startswith("Done: 2 migrations.")
    assert output_of(notebook, LEDGER, nth=1).startswith("5 rows:")


def test_what_the_box_says_of_sqlite(tmp_path: Path) -> None:
    con = sqlite3.connect(tmp_path / "shop.sqlite", isolation_level=None)
    con.execute("CREATE TABLE vouchers (code TEXT PRIMARY KEY, percent INTEGER)")
    con.execute("CREATE TABLE ledger (number INTEGER PRIMARY KEY)")
    con.execute("BEGIN")
    con.execute("ALTER TABLE vouchers ADD COLUMN min_total NUMERIC")
    con.execute("INSERT INTO ledger VALUES (3)")
    con.execute("ROLLBACK")
    columns = [row[1] for row in con.execute("PRAGMA table_info(vouchers)")]
    assert columns == ["code", "percent"]
    assert con.execute("SELECT count(*) FROM ledger").fetchone() == (0,)
    con.close()
