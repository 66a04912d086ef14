"""`updown redo` takes back and applies again, or refuses before it takes anything back."""

from __future__ import annotations

from pathlib import Path

import pytest

from .project import FIRST, PHONE, answer_of, make_project, sql, state, updown, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = make_project(tmp_path, ("001_make_users.sql", FIRST), ("002_add_phone.sql", PHONE))
    assert updown(made, "up").returncode == 0
    write(made, "003_make_t.sql", FIRST.replace("users", "t"))
    return made


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ([], ["002_add_phone"]),
        (["--count", "2"], ["002_add_phone", "001_make_users"]),
        (["--to", "1"], ["002_add_phone"]),
        (["001"], ["002_add_phone"]),
        (["001_make_users"], ["002_add_phone"]),
        (["--to", "0"], ["002_add_phone", "001_make_users"]),
    ],
)
def test_it_redoes_the_newest_ones_and_leaves_pending_ones_pending(
    project: Path, options: list[str], names: list[str]
) -> None:
    done = answer_of(project, "redo", *options)["done"]
    assert [(d["name"], d["direction"]) for d in done] == [
        *((name, "down") for name in names),
        *((name, "up") for name in reversed(names)),
    ]
    states = [m["state"] for m in answer_of(project, "status")["migrations"]]
    assert states == ["applied", "applied", "pending"]


def test_a_file_that_is_no_longer_what_was_applied_refuses_before_anything_is_taken_back(
    project: Path,
) -> None:
    write(project, "001_make_users.sql", FIRST.replace("VARCHAR", "TEXT"))
    before = state(project)
    refused = updown(project, "redo")
    assert refused.returncode == 1
    assert "001_make_users.sql: its file is not the one that was applied" in refused.stderr
    assert state(project) == before


def test_an_up_that_fails_says_that_the_migration_is_taken_back(project: Path) -> None:
    updown(project, "down")
    once = PHONE.replace("VARCHAR;", "VARCHAR;\nALTER TABLE users ALTER phone SET NOT NULL;")
    write(project, "002_add_phone.sql", once)
    assert updown(project, "up", "--count", "1").returncode == 0
    sql(project, "INSERT INTO users VALUES (1, 'Ada', '1')")
    failed = updown(project, "redo")
    assert failed.returncode == 1
    assert failed.stdout.startswith("002_add_phone taken back (guard: ")
    assert "002_add_phone: taken back and not applied again; `updown up`" in failed.stderr
    assert answer_of(project, "status")["migrations"][1]["state"] == "failed"


def test_nothing_applied_is_nothing_to_do(tmp_path: Path) -> None:
    project = make_project(tmp_path, ("001_make_users.sql", FIRST))
    done = updown(project, "redo")
    assert (done.returncode, done.stdout) == (0, "Nothing to do: no migration is applied.\n")


@pytest.mark.parametrize("command", ["up", "down", "redo"])
def test_a_dry_run_prints_the_plan_and_changes_no_byte(project: Path, command: str) -> None:
    before = (project / "shop.duckdb").read_bytes()
    dry = updown(project, command, "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
    heads = [line for line in dry.stdout.splitlines() if "(guard: " in line]
    assert [head.split(" (")[0] for head in heads] == {
        "up": ["003_make_t up"],
        "down": ["002_add_phone down"],
        "redo": ["002_add_phone down", "002_add_phone up"],
    }[command]
    assert (project / "shop.duckdb").read_bytes() == before
    assert {path.name for path in project.iterdir()} == {"shop.duckdb", "migrations"}


def test_a_dry_run_of_a_redo_is_two_plans(project: Path) -> None:
    plans = answer_of(project, "redo", "--dry-run")["plans"]
    assert [plan["direction"] for plan in plans] == ["down", "up"]


def test_a_dry_run_does_not_make_the_database_that_it_plans_for(project: Path) -> None:
    dry = updown(project, "up", "--dry-run", "--create", "--database", "new.duckdb")
    assert dry.returncode == 0
    assert dry.stdout.startswith("001_make_users up (guard: ")
    assert not (project / "new.duckdb").exists()


def test_a_refused_plan_makes_no_database_and_says_what_is_wrong_with_it(project: Path) -> None:
    write(project, "003_make_t.sql", "-- migrate:up\nALTER TABEL;\n")
    refused = updown(project, "up", "--create", "--database", "new.duckdb")
    assert refused.returncode == 1
    assert refused.stderr.startswith("migrations/003_make_t.sql, line 2: ")
    assert not (project / "new.duckdb").exists()
