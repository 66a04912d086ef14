"""`updown course verify`, `hint`, and `check` of several migrations, run as authors do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.exercises import load_spec

ROOT = Path(__file__).parents[2]
DRAFTS = ROOT / "lessons" / "drafts" / "exercises"
NAME = "06-renaming-without-breaking-anyone/rename-with-client"
SPEC = ROOT / "lessons" / f"{NAME.replace('/', '/exercises/')}.toml"


def course(*arguments: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "course_lib.cli", "course", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """A folder with the first model solution."""
    folder = tmp_path / "answer"
    folder.mkdir()
    texts = load_spec(SPEC).solutions[0].answer
    assert not isinstance(texts, str)
    for name, text in texts.items():
        (folder / f"{name}.sql").write_text(text, encoding="utf-8")
    return folder


def test_an_answer_of_several_migrations_is_a_folder(answer: Path) -> None:
    done = course("check", NAME, "--answer", answer, "--json")
    verdict = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert verdict["points"] == verdict["max_points"] == 16


def test_one_migration_more_than_asked_for_is_named(answer: Path) -> None:
    (answer / "004_more.sql").write_text("-- migrate:up\nSELECT 1;\n", encoding="utf-8")
    done = course("check", NAME, "--answer", answer, "--visible")
    told = " ".join(done.stdout.split())
    assert "004_more.sql is a migration that nobody asked for" in told
    assert "expected 002_add_address, then 003_drop_adress" in told


def test_the_second_migration_may_still_be_missing(answer: Path) -> None:
    (answer / "003_drop_adress.sql").unlink()
    done = course("check", NAME, "--answer", answer, "--json", "--visible")
    states = {r["id"]: r["state"] for r in json.loads(done.stdout)["requirements"]}
    assert states["old-program"] == "passed" and states["two"] == "failed"
    assert states["late-rows"] == states["round-trip"] == "not_checked"


def test_one_file_where_a_folder_is_asked_for_is_a_sentence(answer: Path) -> None:
    done = course("check", NAME, "--answer", answer / "002_add_address.sql")
    assert (done.returncode, done.stdout) == (2, "")
    assert "asks for 2 migrations: give --answer a folder with 002_add_address.sql" in done.stderr


@pytest.mark.parametrize(("tier", "words"), [(1, "where to look"), (3, "the first statement")])
def test_a_hint_is_given_tier_by_tier(tier: int, words: str) -> None:
    done = course("hint", NAME, "--tier", str(tier))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        f"Hint {tier} of 3, {words}: {load_spec(SPEC).task.hints[tier - 1]}"
    )
    assert (f"updown course hint {NAME} --tier 2" in done.stdout) is (tier == 1)


@pytest.mark.parametrize(
    "command", [("hint", "drafts/none"), ("verify", "drafts/none"), ("hint", NAME, "--tier", "4")]
)
def test_what_is_not_there_is_a_sentence_and_exit_code_2(command: tuple[str, ...]) -> None:
    done = course(*command)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_verify_tells_each_case_that_does_not_hold_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "lessons" / "drafts" / "exercises"
    folder.mkdir(parents=True)
    text = (DRAFTS / "price-as-number.toml").read_text(encoding="utf-8")
    old, new = 'fails = "type"', 'fails = "numbers"'
    path = folder / "price-as-number.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    done = course("verify", folder=tmp_path)
    line = text[: text.index("answer = ", text.index(old))].count("\n") + 1
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        f"price-as-number.toml, line {line}: a number is a number: DOUBLE: its reason"
        in done.stderr
    )
    assert "it fails type, report, and not numbers, report\n" in done.stderr
    assert "line 1: every requirement is failed by a wrong answer: no wrong answer fails type" in (
        done.stderr
    )
    assert len(done.stderr.strip().split("\n")) == 2


def test_verify_counts_the_cases_that_hold(tmp_path: Path) -> None:
    folder = tmp_path / "lessons" / "drafts" / "exercises"
    folder.mkdir(parents=True)
    shutil.copy(DRAFTS / "price-as-number.toml", folder)
    done = course("verify", "drafts/price-as-number", "--json", folder=tmp_path)
    (one,) = json.loads(done.stdout)["exercises"]
    assert (done.returncode, one["problems"]) == (0, [])
    assert one["cases"] >= 15


def test_verify_says_where_a_spec_cannot_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "lessons" / "drafts" / "exercises"
    folder.mkdir(parents=True)
    (folder / "x.toml").write_text("format = 1\nnonsense = 2\n", encoding="utf-8")
    done = course("verify", folder=tmp_path)
    assert done.returncode == 1
    assert "x.toml, line 2: 'nonsense' is not a key of an exercise." in done.stderr
