"""The lines of docs/ci.md pass a good pull request and fail each kind of bad one, in real git."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from course_lib.migrations.review.review import ABOUT

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "ci.md").read_text(encoding="utf-8")

USERS = """-- migrate:up
CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR);
-- migrate:down
DROP TABLE users;
"""
PHONE = """-- migrate:up
ALTER TABLE users ADD COLUMN phone VARCHAR;
-- migrate:down
ALTER TABLE users DROP COLUMN phone;
"""


def block(kind: str) -> str:
    found = re.search(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_the_workflow_runs_the_lines_of_the_page() -> None:
    workflow = yaml.safe_load(block("yaml"))
    (last,) = [step for step in workflow["jobs"]["migrations"]["steps"] if "env" in step]
    assert last["run"] == block("sh")
    assert last["env"] == {"BASE": "origin/${{ github.base_ref }}"}


# What a branch does to the folder (None: deleted) -> words of the answer, "" where it passes
BRANCHES: dict[str, tuple[dict[str, str | None], str]] = {
    "good": ({"003_phone.sql": PHONE}, ""),
    "edited": ({"002_users.sql": USERS.replace("name", "title")}, "edited: it is not the text"),
    "gone": ({"002_users.sql": None}, "gone: 002_users is not there"),
    "late": ({"001_phone.sql": PHONE}, "late: its number 1 is not above 2"),
    "unreviewed": (
        {"003_x.sql": PHONE.replace("-- migrate:down", "DELETE FROM users;\n-- migrate:down")},
        "003_x.sql, line 3: every-row: it deletes every row of users",
    ),
    "irreversible": (
        {"003_x.sql": "-- migrate:up\nSELECT 1;\n-- migrate:irreversible no reason at all\n"},
        "irreversible: nothing takes this migration back: no reason at all",
    ),
    "a down that leaves the column": (
        {"003_x.sql": PHONE.replace("ALTER TABLE users DROP COLUMN phone", "SELECT 1")},
        'Column with name "phone" already exists',
    ),
    "refused on an empty database": (
        {"003_x.sql": PHONE.replace("users ADD", "nobody ADD")},
        "was refused: Catalog Error",
    ),
}


@pytest.mark.parametrize("name", BRANCHES)
def test_a_pull_request_is_held_to_its_migrations(tmp_path: Path, name: str) -> None:
    files, words = BRANCHES[name]
    migrations = tmp_path / "shop" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "002_users.sql").write_text(USERS)
    git = "git -c user.name=Ada -c user.email=ada@example.com"
    sh(tmp_path / "shop", f"git init -q -b main && git add . && {git} commit -qm base")
    sh(tmp_path / "shop", "git checkout -q -b change")
    for file, text in files.items():
        if text is None:
            (migrations / file).unlink()
        else:
            (migrations / file).write_text(text)
    sh(tmp_path / "shop", f"git add -A && {git} commit -qm change")
    lines = block("sh").replace("/tmp/base", str(tmp_path / "base"))
    done = sh(tmp_path / "shop", f"set -e\n{lines}", check=False)
    assert words in done.stdout and done.returncode == (1 if words else 0), done.stdout


def sh(folder: Path, lines: str, *, check: bool = True) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["sh", "-c", lines],
        cwd=folder,
        env={**os.environ, "PATH": path, "BASE": "main", "GIT_CONFIG_GLOBAL": os.devnull},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=check,
    )


def test_the_table_of_rules_is_the_engines() -> None:
    text = (DOCS / "review.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (.+) \|$", text, re.MULTILINE))
    assert rows == ABOUT
