"""The folder to take home: what its README says works, and its check passes good branches alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from .running import LESSONS

ROOT = LESSONS.parent
FOLDER = LESSONS / "09-knowledge-check" / "take-home"
NEXT = "003_add_phone_to_users.sql"
PHONE = """-- migrate:up
ALTER TABLE users ADD COLUMN phone VARCHAR;
-- migrate:down
ALTER TABLE users DROP COLUMN phone;
"""
CREATE = (FOLDER / "migrations" / "001_create_users.sql").read_text(encoding="utf-8")


def sh(folder: Path, lines: str, **variables: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    who = {
        f"GIT_{role}_{part}": "ada@example.com"
        for role in ("AUTHOR", "COMMITTER")
        for part in ("NAME", "EMAIL")
    }
    return subprocess.run(
        ["sh", "-c", f"set -e\n{lines}"],
        cwd=folder,
        env={**os.environ, "PATH": path, "GIT_CONFIG_GLOBAL": os.devnull, **who, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder, made a repository by the very lines of its README."""
    shutil.copytree(FOLDER, tmp_path / "take-home")
    first, _ = re.findall(r"^```sh\n(.*?)^```$", text_of("README.md"), re.MULTILINE | re.DOTALL)
    done = sh(tmp_path, first, HOME=str(tmp_path))
    assert done.returncode == 0, done.stdout
    return tmp_path / "our-database"


def text_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


# What a branch writes -> words of the answer, "" where it passes. test_ci_page.py has more.
BRANCHES: dict[str, tuple[dict[str, str], str]] = {
    "good": ({NEXT: PHONE}, ""),
    "edited": ({"001_create_users.sql": CREATE.replace("name", "title")}, "edited: it is not the"),
    "no way back": ({NEXT: "-- migrate:up\nSELECT 1;\n"}, "no `-- migrate:down` section"),
    "a down that leaves the column": (
        {NEXT: PHONE.replace("ALTER TABLE users DROP COLUMN phone", "SELECT 1")},
        'Column with name "phone" already exists',
    ),
}


@pytest.mark.parametrize("name", BRANCHES)
def test_the_check_passes_a_good_branch_and_stops_a_bad_one(home: Path, name: str) -> None:
    files, words = BRANCHES[name]
    assert sh(home, "git checkout -q -b change").returncode == 0
    for file, text in files.items():
        (home / "migrations" / file).write_text(text)
    done = sh(home, "git add -A && git commit -q --allow-empty -m change && sh check.sh main")
    assert words in done.stdout and done.returncode == (1 if words else 0), done.stdout
    assert sh(home, "git status --short").stdout == ""


FORGET = """-- migrate:up
-- review: accept irreversible they have asked us to
DELETE FROM users WHERE name = 'Ada';
-- migrate:irreversible they have asked us to
"""


def test_a_migration_without_a_way_back_stops_neither_its_branch_nor_those_that_follow(
    home: Path,
) -> None:
    migrations = home / "migrations"
    (migrations / "003_forget_people.sql").write_text(FORGET)
    branch = "git checkout -q -b {0} && git add -A && git commit -q -m {0} && sh check.sh main"
    done = sh(home, branch.format("forget"))
    assert done.returncode == 0 and "taken back" not in done.stdout, done.stdout
    assert sh(home, "git checkout -q main && git merge -q forget").returncode == 0
    (migrations / "004_add_phone_to_users.sql").write_text(PHONE)
    done = sh(home, branch.format("phone"))
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("004_add_phone_to_users taken back") == 2, done.stdout
    assert "003_forget_people taken back" not in done.stdout


def test_a_branch_that_is_not_there_is_told(home: Path) -> None:
    done = sh(home, "sh check.sh")
    assert done.returncode == 2
    assert done.stdout.startswith("check.sh: there is no branch origin/main here.")


def test_the_commands_of_the_readme_run_and_the_examples_leave_nothing_to_review(
    home: Path,
) -> None:
    _, second = re.findall(r"^```sh\n(.*?)^```$", text_of("README.md"), re.MULTILINE | re.DOTALL)
    assert "Nothing to look at." in sh(home, "updown review").stdout
    up, status, new, review = second.strip().splitlines()
    done = sh(home, f"{up}\n{status}")
    assert done.returncode == 0 and done.stdout.count("nothing to do") == 2, done.stdout
    assert sh(home, new).returncode == 0
    assert NEXT in sh(home, review).stdout
    (home / "migrations" / NEXT).write_text(PHONE)
    assert "Nothing to look at." in sh(home, review).stdout
    assert sh(home, "updown baseline --help").returncode == 0


def test_the_check_runs_what_the_page_about_ci_runs() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    block = re.search(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert block is not None
    assert commands(text_of("check.sh")) == commands(block[1])
    assert len(commands(block[1])) == 6


def commands(text: str) -> list[str]:
    """The engine's commands in a script, without the paths."""
    found = re.findall(r"^ *(updown .*)$", text, re.MULTILINE)
    return [re.sub(r"(--(?:base|database|to)) \S+", r"\1", line) for line in found]


def test_the_workflow_gives_the_check_its_branch() -> None:
    workflow = yaml.safe_load(text_of(".github/workflows/migrations.yml"))
    *_, last = workflow["jobs"]["migrations"]["steps"]
    assert last == {"run": 'sh check.sh "origin/${{ github.base_ref }}"'}


def test_the_rules_for_reviews_name_what_the_engine_has() -> None:
    text = text_of("REVIEW.md")
    for command in ("round-trip", "rehearse"):
        assert f"`updown {command}`" in text
        run = [sys.executable, "-m", "course_lib.cli", command, "--help"]
        assert subprocess.run(run, check=False, capture_output=True).returncode == 0
