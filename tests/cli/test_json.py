"""`--json`: one object on standard output and nothing else, with the keys of docs/engine.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.migrations import Step, describe

from .project import FIRST, PHONE, answer_of, make_project, sql, updown, write

ADD_PHONE = "ALTER TABLE users ADD COLUMN phone VARCHAR"
REFUSED_BY_DATA = "-- migrate:up\nALTER TABLE users ALTER phone SET NOT NULL;\n-- migrate:down\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, ("001_make_users.sql", FIRST), ("002_add_phone.sql", PHONE))


def test_status_gives_each_migration_its_state(project: Path) -> None:
    updown(project, "up", "--count", "1")
    found = answer_of(project, "status")
    assert found.keys() == {"migrations", "problems"}
    assert [(m["name"], m["state"]) for m in found["migrations"]] == [
        ("001_make_users", "applied"),
        ("002_add_phone", "pending"),
    ]
    assert found["migrations"][1]["sentence"] == "not applied yet; `up` applies it"


def test_a_plan_has_steps_with_lines_and_words_and_what_a_shadow_costs(project: Path) -> None:
    found = answer_of(project, "plan")
    assert found.keys() == {
        *("direction", "migrations", "at_risk", "shadow_bytes", "free_bytes", "problems")
    }
    assert found["migrations"][1] == {
        "name": "002_add_phone",
        "direction": "up",
        "guard": "transaction; shadow if DuckDB refuses",
        "reversible": True,
        "steps": [
            {
                "line": 2,
                "kind": "ALTER",
                "sql": ADD_PHONE,
                "words": describe(Step(ADD_PHONE, "ALTER", 2)),
            }
        ],
    }
    assert found["shadow_bytes"] == (project / "shop.duckdb").stat().st_size
    assert found["free_bytes"] > found["shadow_bytes"]


@pytest.mark.parametrize("command", ["up", "rehearse"])
def test_what_was_done_has_guard_and_seconds(project: Path, command: str) -> None:
    found = answer_of(project, command)
    assert found["failure"] is None
    assert [(d["name"], d["direction"], d["guard"]) for d in found["done"]] == [
        ("001_make_users", "up", "transaction"),
        ("002_add_phone", "up", "transaction"),
    ]
    assert all(0 < done["seconds"] < 60 for done in found["done"])
    states = [m["state"] for m in answer_of(project, "status")["migrations"]]
    assert states == [{"up": "applied", "rehearse": "pending"}[command]] * 2


def test_a_down_says_what_it_took_back(project: Path) -> None:
    updown(project, "up")
    (done,) = answer_of(project, "down")["done"]
    assert (done["name"], done["direction"]) == ("002_add_phone", "down")


def test_a_failure_has_its_place_and_what_was_done_before_it(project: Path) -> None:
    updown(project, "up")
    sql(project, "INSERT INTO users VALUES (1, 'Ada', NULL)")
    write(project, "003_make_t.sql", FIRST.replace("users", "t"))
    write(project, "004_require_phone.sql", REFUSED_BY_DATA + "SELECT 1;\n")
    found = answer_of(project, "up", code=1)
    assert [done["name"] for done in found["done"]] == ["003_make_t"]
    failure = found["failure"]
    assert failure["file"] == "migrations/004_require_phone.sql"
    assert (failure["name"], failure["line"], failure["step"]) == ("004_require_phone", 2, 1)
    assert "NOT NULL constraint failed" in failure["error"]
    (problem,) = found["problems"]
    assert (problem["kind"], problem["sentence"]) == ("failed", failure["sentence"])


@pytest.mark.parametrize("command", ["up", "plan", "rehearse"])
def test_a_refused_plan_is_problems_and_nothing_else(project: Path, command: str) -> None:
    write(project, "003_broken.sql", "-- migrate:up\nALTER TABEL;\n")
    found = answer_of(project, command, code=1)
    assert found.keys() == {"problems"}
    (problem,) = found["problems"]
    assert problem.keys() == {"kind", "where", "what", "next_step", "sentence"}
    assert (problem["kind"], problem["where"]) == ("syntax", "migrations/003_broken.sql, line 2")
