"""`updown accept`: a down that was refused can be corrected, and no up is rewritten with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .project import FIRST, PHONE, answer_of, make_project, sql, state, updown, write

BROKEN = PHONE.replace("DROP COLUMN phone", "DROP COLUMN fone")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two applied migrations; the down of the second is refused."""
    made = make_project(tmp_path, ("001_make_users.sql", FIRST), ("002_add_phone.sql", BROKEN))
    assert updown(made, "up").returncode == 0
    return made


def test_a_refused_down_says_the_way_and_the_way_leads_back(project: Path) -> None:
    refused = updown(project, "down")
    assert "correct the down, `accept` its file, and run it again." in refused.stderr
    write(project, "002_add_phone.sql", PHONE)
    assert "its file is not the one that was applied" in updown(project, "down").stderr
    accepted = updown(project, "accept", "002_add_phone")
    assert accepted.returncode == 0 and accepted.stdout == (
        "The file of 002_add_phone is now the one that was applied. Nothing was run.\n"
    )
    assert updown(project, "verify").returncode == 0
    assert updown(project, "down").returncode == 0
    events = [
        (e["name"], e["direction"], e["outcome"]) for e in answer_of(project, "log")["events"]
    ]
    assert events[2:] == [
        ("002_add_phone", "down", "failed"),
        ("002_add_phone", "accept", "done"),
        ("002_add_phone", "down", "done"),
    ]


@pytest.mark.parametrize("name", ["2", "002", "002_add_phone"])
def test_a_number_names_it_too(project: Path, name: str) -> None:
    write(project, "002_add_phone.sql", PHONE)
    found = answer_of(project, "accept", name)
    assert (found["recorded"], found["accepted"]) == ("002_add_phone", [])


def test_an_up_that_makes_something_else_is_refused_with_the_difference(project: Path) -> None:
    write(project, "002_add_phone.sql", PHONE.replace("VARCHAR", "INTEGER"))
    before = state(project)
    (problem,) = answer_of(project, "accept", "2", code=1)["problems"]
    assert (problem["kind"], problem["where"]) == ("differs", "column users.phone")
    assert problem["next_step"].startswith("put the up back as it was, or record it")
    assert state(project) == before
    taken = answer_of(project, "accept", "2", "--accept-differences")
    assert [one["where"] for one in taken["accepted"]] == ["column users.phone"]


@pytest.mark.parametrize(
    ("files", "name", "told"),
    [
        ({}, "2", "002_add_phone: its file is the one that was applied; nothing is to do."),
        ({}, "003_x", "003_x: it is not applied; look at `status`."),
        ({"002_add_phone.sql": None}, "2", "002_add_phone: its file is gone; bring the file back."),
        ({"002_add_phone.sql": "x"}, "2", "002_add_phone.sql, line 1"),
        (
            {"002_add_phone.sql": None, "002_phone.sql": PHONE},
            "2",
            "002_phone.sql: the migration that was applied is called 002_add_phone; give the file",
        ),
        (
            {"002_add_phone.sql": PHONE, "001_make_users.sql": None},
            "2",
            "001_make_users: its file is gone; bring the file back",
        ),
        (
            {"002_add_phone.sql": PHONE.replace("ALTER TABLE users ADD", "ALTER TABLE usrs ADD")},
            "2",
            "002_add_phone.sql, line 2: replayed from nothing",
        ),
    ],
)
def test_a_refusal_is_one_sentence_and_changes_nothing(
    project: Path, files: dict[str, str | None], name: str, told: str
) -> None:
    before = state(project)
    for file, text in files.items():
        if text is None:
            (project / "migrations" / file).unlink()
        else:
            write(project, file, text)
    refused = updown(project, "accept", name)
    assert refused.returncode == 1 and told in refused.stderr, refused.stderr
    assert refused.stderr.count("\n") == 1 and state(project) == before


def test_rows_decide_a_down_and_the_corrected_one_runs_on_them(project: Path) -> None:
    sql(project, "INSERT INTO users VALUES (1, 'Ada', '1')")
    keep = PHONE.replace(
        "-- migrate:down\n",
        "-- migrate:down\nCREATE TABLE phones AS SELECT id, phone FROM users;\n",
    )
    write(project, "002_add_phone.sql", keep)
    assert updown(project, "accept", "2").returncode == 0
    assert updown(project, "down").returncode == 0
    assert sql(project, "SELECT * FROM phones") == [(1, "1")]
