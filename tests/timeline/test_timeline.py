"""The timeline's actions, on a real database file with the real engine."""

from __future__ import annotations

import duckdb
import pytest

from course_lib.migrations import connect
from course_lib.timeline import Timeline
from tests.timeline.conftest import Shop


def states(timeline: Timeline) -> list[str]:
    return [f"{stop['letter']}{'*' if stop['here'] else ''}" for stop in timeline.picture["stops"]]


def marks(timeline: Timeline) -> list[str]:
    steps = timeline.picture["steps"]
    return [step["mark"] for step in steps["steps"]] if steps else []


def columns(shop: Shop) -> list[str]:
    return [
        str(row[0])
        for row in shop.run(
            "SELECT column_name FROM duckdb_columns() "
            "WHERE table_name = 'users' AND schema_name = 'main' ORDER BY column_index"
        )
    ]


def test_a_new_timeline_shows_what_is_there_and_changes_nothing(shop: Shop) -> None:
    before = shop.path.read_bytes()
    timeline = shop.timeline()
    assert states(timeline) == ["S*", "P", "P", "P"]
    assert timeline.picture["ledger"]["rows"] == []
    assert shop.path.read_bytes() == before


def test_up_and_down_move_the_database_and_tell_what_ran(shop: Shop) -> None:
    timeline = shop.timeline()
    assert "guard: transaction" in str(timeline.up())
    told = timeline.up()
    assert states(timeline) == ["S", "A", "C*", "P"]
    assert "guard: shadow" in told.said and "refused step 3" in told.notes[0]
    assert marks(timeline) == ["ran", "ran", "ran"]
    assert columns(shop) == ["id", "name", "email"]
    timeline.down()
    assert states(timeline) == ["S", "C*", "P", "P"]
    assert columns(shop) == ["id", "name"]


def test_to_goes_whichever_way_the_stop_lies_and_keeps_each_state_on_the_way(shop: Shop) -> None:
    timeline = shop.timeline()
    assert timeline.to("003_create_orders").said == "3 migrations applied."
    assert states(timeline) == ["S", "A", "A", "C*"]
    assert [state["number"] for state in timeline.picture["states"]] == [1, 2, 3, 4]
    timeline.to(1)
    assert states(timeline) == ["S", "C*", "P", "P"]
    assert "where the database stands" in timeline.to("001").said
    timeline.to("0")
    assert states(timeline) == ["S*", "P", "P", "P"]


def test_reset_takes_everything_down_where_nobody_knows_another_way(shop: Shop) -> None:
    timeline = shop.timeline()
    timeline.to(3)
    assert timeline.reset().code == "reset()"
    assert states(timeline) == ["S*", "P", "P", "P"]
    assert shop.run("SELECT count(*) FROM updown.events") == [(6,)]


def test_step_by_step_runs_on_a_copy_until_the_last_one_lands_it(shop: Shop) -> None:
    timeline = shop.timeline()
    timeline.up()
    assert "Guess" in timeline.step().said
    assert marks(timeline) == ["next", "waits", "waits"]
    timeline.step()
    assert marks(timeline) == ["ran", "next", "waits"]
    assert timeline.picture["sides"] == ["the copy before this statement", "the copy now"]
    (users,) = timeline.picture["tables"]
    assert [line["name"] for line in users["lines"] if line["mark"] == "new"] == ["email"]
    assert columns(shop) == ["id", "name"], "only the copy has moved"
    timeline.step()
    sample = timeline.picture["tables"][0]["sample"]
    assert sample is not None and sample["rows"][0][-1] == "temp@example.com"
    assert "It was the last" in timeline.step().said
    assert columns(shop) == ["id", "name"]
    assert "guard: shadow" in timeline.step().said
    assert columns(shop) == ["id", "name", "email"]
    assert states(timeline) == ["S", "A", "C*", "P"]
    assert not list(shop.folder.glob(".updown-shadow*"))


def test_a_statement_refused_on_the_copy_leaves_the_database_alone(shop: Shop) -> None:
    shop.write("002_add_email", "ALTER TABLE users ADD COLUMN email VARCHAR NOT NULL;", "SELECT 1;")
    timeline = shop.timeline()
    timeline.up()
    timeline.step()
    told = timeline.step()
    assert told.tone == "refused" and "refused on the copy" in told.said
    assert marks(timeline) == ["refused"]
    assert states(timeline) == ["S", "C*", "P", "P"]
    assert not list(shop.folder.glob(".updown-shadow*"))


def test_any_other_action_throws_the_copy_away(shop: Shop) -> None:
    timeline = shop.timeline()
    timeline.step()
    assert list(shop.folder.glob(".updown-shadow*"))
    timeline.up()
    assert not list(shop.folder.glob(".updown-shadow*"))
    assert states(timeline) == ["S", "C*", "P", "P"]


def test_a_copy_that_nobody_threw_away_goes_with_the_timeline(shop: Shop) -> None:
    timeline = shop.timeline()
    timeline.step()
    del timeline
    assert not list(shop.folder.glob(".updown-shadow*"))


@pytest.mark.parametrize("statement", [1, 2, 3])
def test_a_broken_statement_brings_everything_back(shop: Shop, statement: int) -> None:
    timeline = shop.timeline()
    timeline.up()
    rows = shop.run("FROM users ORDER BY id")
    told = timeline.break_at(statement)
    assert "exactly as it was before statement 1" in told.said
    assert "3 rows by their values" in told.notes[0]
    undone, rest = statement - 1, 3 - statement
    assert marks(timeline) == ["undone"] * undone + ["refused"] + ["not run"] * rest
    assert states(timeline) == ["S", "C*", "F", "P"]
    assert shop.run("FROM users ORDER BY id") == rows
    assert shop.run("SELECT outcome FROM updown.events") == [("done",), ("failed",)]
    timeline.up()
    assert states(timeline) == ["S", "A", "C*", "P"]


def test_a_broken_file_on_the_way_is_told_like_any_failure(shop: Shop) -> None:
    shop.write("002_add_email", "ALTER TABLE nobody ADD COLUMN email VARCHAR;", "SELECT 1;")
    timeline = shop.timeline()
    timeline.up()
    told = timeline.up()
    assert told.tone == "refused" and "nobody does not exist" in told.said
    assert states(timeline) == ["S", "C*", "F", "P"]
    assert timeline.picture["stages"][2]["lit"]


def test_the_slider_shows_a_state_that_was_reached_and_moves_nothing(shop: Shop) -> None:
    timeline = shop.timeline()
    timeline.to(2)
    told = timeline.look(2)
    assert "The database itself has not moved" in told.said
    assert states(timeline) == ["S", "C*", "P", "P"]
    assert timeline.picture["state"] == 1
    assert columns(shop) == ["id", "name", "email"]
    assert "This is now" in timeline.look(3).said
    assert states(timeline) == ["S", "A", "C*", "P"]


def test_the_tables_stand_beside_the_state_before_or_the_goal(shop: Shop) -> None:
    timeline = shop.timeline()
    timeline.to(2)
    (users,) = timeline.picture["tables"]
    assert {line["name"]: line["mark"] for line in users["lines"]}["email"] == "new"
    assert (users["rows_left"], users["rows_right"]) == (3, 3)
    timeline.compare("goal")
    assert timeline.picture["sides"] == ["now", "the goal"]
    found = {table["name"]: table["mark"] for table in timeline.picture["tables"]}
    assert found == {"users": "same", "orders": "new"}


def test_review_tells_guard_findings_and_risk_and_the_workflow_goes_on(shop: Shop) -> None:
    timeline = shop.timeline()
    timeline.up()
    lit = [stage["name"] for stage in timeline.picture["stages"] if stage["lit"]]
    assert lit == ["track"]
    told = timeline.review()
    assert any("Guard:" in note for note in told.notes)
    assert any(note.startswith("Line 4: users.email is filled") for note in told.notes)
    assert timeline.picture["stages"][1]["lit"]
    timeline.to(3)
    timeline.refresh()
    assert timeline.picture["stages"][0]["lit"], "nothing is pending: write the next one"


@pytest.mark.parametrize(
    ("action", "phrase"),
    [
        ("to('9')", "no migration is called 9; the names and numbers stand on the line"),
        ("break_at(9)", "001_create_users has the statements 1 to 2"),
        ("break_at('x')", "none with the number x"),
        ("look(7)", "have the numbers 1 to 1"),
        ("compare('sideways')", 'say "before" or "goal"'),
        ("step('sideways')", 'say "up" or "down"'),
        ("down()", "no migration is applied"),
    ],
)
def test_a_mistake_is_one_sentence_and_changes_nothing(
    shop: Shop, action: str, phrase: str
) -> None:
    timeline = shop.timeline()
    before = timeline.picture
    told = eval(f"timeline.{action}")
    assert phrase in str(told) and "\n" not in str(told)
    after = timeline.picture
    assert [before["stops"], before["tables"]] == [after["stops"], after["tables"]]


def test_every_action_is_a_line_of_code_that_gives_the_same_again(shop: Shop) -> None:
    timeline = shop.timeline()
    timeline.to(2)
    timeline.break_at(1)
    timeline.down()
    timeline.step()
    script = timeline.picture["script"]
    assert script == [
        'timeline.to("2")',
        "timeline.break_at(1)",
        "timeline.down()",
        "timeline.step()",
    ]
    picture = timeline.picture
    shop.path.unlink()
    duckdb.connect(shop.path).close()
    again = shop.timeline()
    for line in script:
        eval(line, {"timeline": again})
    assert again.picture["stops"][1]["state"] == "current"
    assert again.picture["tables"] == picture["tables"]


def test_what_others_do_shows_at_the_next_look(shop: Shop) -> None:
    timeline = shop.timeline()
    other = shop.timeline()
    other.up()
    assert timeline.look_again()
    assert states(timeline) == ["S", "C*", "P", "P"]
    assert not timeline.look_again()
    shop.run("ALTER TABLE users ADD COLUMN fax VARCHAR")
    assert "fax" in str(timeline)
    (problem,) = timeline.picture["problems"]
    assert "no applied migration makes it" in problem


def test_edited_missing_late_and_doubled_files_have_letters_of_their_own(shop: Shop) -> None:
    timeline = shop.timeline()
    timeline.to(2)
    shop.write("002_add_email", "SELECT 1;", "SELECT 2;")
    (shop.migrations / "001_create_users.sql").unlink()
    shop.write("003_add_phone", "SELECT 1;", "SELECT 2;")
    shop.write("004_broken", "CREATE TABLE (", "SELECT 1;")
    timeline.refresh()
    assert states(timeline) == ["S", "M", "E*", "2", "2", "U"]
    assert timeline.up().tone == "refused"


def test_a_locked_or_missing_file_is_one_sentence(shop: Shop) -> None:
    shop.path.unlink()
    timeline = shop.timeline()
    assert "there is no database file" in timeline.up().said
    assert timeline.picture["stops"] == []
    assert "there is no database file" in str(timeline)


def test_the_file_is_free_between_two_actions_and_shared_within_a_process(shop: Shop) -> None:
    mine = connect(shop.path)
    assert isinstance(mine, duckdb.DuckDBPyConnection)
    timeline = shop.timeline()
    timeline.up()
    assert mine.execute("SELECT count(*) FROM users").fetchall() == [(3,)]
    mine.close()
    shop.path.rename(shop.path.with_name("moved.duckdb"))
    assert "there is no database file" in timeline.refresh().said
