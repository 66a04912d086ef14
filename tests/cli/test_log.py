"""`updown log` tells everything that happened, and nothing that did not."""

from __future__ import annotations

from pathlib import Path

import pytest

from .project import FIRST, answer_of, make_project, updown, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, ("001_make_users.sql", FIRST))


def test_ups_downs_and_failures_stand_in_a_table_oldest_first(project: Path) -> None:
    updown(project, "up")
    updown(project, "down")
    write(project, "001_make_users.sql", FIRST.replace("VARCHAR", "VARCHER"))
    updown(project, "up")
    logged = updown(project, "log")
    assert (logged.returncode, logged.stderr) == (0, "")
    heading, *rows = logged.stdout.splitlines()
    assert heading.split("  ")[0] == "when (UTC)"
    column = heading.index("direction")
    told = [row[column:].split(maxsplit=3) for row in rows]
    assert [row[:2] for row in told] == [["up", "done"], ["down", "done"], ["up", "failed"]]
    assert [row[2] for row in told[:2]] == ["transaction", "transaction"]
    assert "VARCHER" in told[2][3]


def test_before_the_first_migration_it_says_so_and_writes_nothing(project: Path) -> None:
    before = (project / "shop.duckdb").read_bytes()
    logged = updown(project, "log")
    assert (logged.returncode, logged.stderr) == (0, "")
    assert logged.stdout.startswith("Nothing has happened yet")
    assert (project / "shop.duckdb").read_bytes() == before


def test_json_has_the_whole_detail_and_times_with_their_zone(project: Path) -> None:
    assert answer_of(project, "log") == {"events": [], "problems": []}
    updown(project, "up")
    (event,) = answer_of(project, "log")["events"]
    assert event.pop("happened_at").endswith("Z")
    assert event == {
        "name": "001_make_users",
        "direction": "up",
        "outcome": "done",
        "guard": "transaction",
        "detail": None,
    }


def test_a_refusal_is_json_too(project: Path) -> None:
    (problem,) = answer_of(project, "log", "--database", "no.duckdb", code=1)["problems"]
    assert problem["kind"] == "no-database"
    assert problem["sentence"].startswith("no.duckdb: there is no database file")
