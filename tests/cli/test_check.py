"""`updown course check`: one answer file in, one verdict out, run as people run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.exercises import load_spec, publish

ROOT = Path(__file__).parents[2]
NAME = "04-adding-a-column/add-email"
SPEC = ROOT / "lessons" / "04-adding-a-column" / "exercises" / "add-email.toml"


def check(*arguments: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "course_lib.cli", "course", "check", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    path = tmp_path / "answer.sql"
    path.write_text(load_spec(SPEC).solutions[0].answer, encoding="utf-8")
    return path


def test_right_answer_gets_full_points_in_one_json_object_and_nothing_else(answer: Path) -> None:
    done = check(NAME, "--answer", answer, "--json")
    verdict = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert verdict["exercise"] == "add-email"
    assert verdict["points"] == verdict["max_points"] == 10
    assert verdict["fault"] is None
    assert [one["state"] for one in verdict["requirements"]] == ["passed"] * 8
    assert (verdict["databases"], verdict["further_databases"]) == (5, 0)


def test_backfill_of_hard_coded_ids_fails_on_the_further_databases_only(tmp_path: Path) -> None:
    path = tmp_path / "hard-coded.sql"
    wrong = next(w for w in load_spec(SPEC).wrong_answers if "hard-coded" in w.name)
    path.write_text(wrong.answer, encoding="utf-8")
    seen = json.loads(check(NAME, "--answer", path, "--json", "--visible").stdout)
    graded = json.loads(check(NAME, "--answer", path, "--json").stdout)
    backfill = [[r["state"] for r in v["requirements"]][2] for v in (seen, graded)]
    assert backfill == ["passed", "failed"]
    assert (seen["further_databases"], graded["further_databases"]) == (2, 0)


def test_wrong_answer_is_a_verdict_in_words_with_exit_code_0(tmp_path: Path) -> None:
    path = tmp_path / "wrong.sql"
    path.write_bytes(b"-- migrate:up\nSELECT '\xff';\n")
    done = check(NAME, "--answer", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "add-email: 0 of 10 points" in done.stdout
    assert "001_add_email_to_users.sql, line 2" in done.stdout
    assert "is not UTF-8" in done.stdout
    assert f"Stuck? `updown course hint {NAME}` gives one hint at a time." in done.stdout


@pytest.mark.parametrize("name", ["no-such", "04-adding-a-column/nothing", "../x", "a/../b", "/"])
def test_exercise_that_is_not_there_is_one_sentence_and_exit_code_2(
    name: str, answer: Path
) -> None:
    done = check(name, "--answer", answer, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().split("\n")) == 1
    assert "Traceback" not in done.stderr


def test_answer_file_that_is_not_there_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    for path in (tmp_path / "none.sql", tmp_path):
        done = check(NAME, "--answer", path, "--json")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("The answer ") and "cannot be read" in done.stderr


def test_learners_copy_without_the_specs_is_enough_for_the_visible_databases(
    tmp_path: Path, answer: Path
) -> None:
    folder = tmp_path / "copy" / "notebooks" / "04-adding-a-column" / "exercises"
    folder.mkdir(parents=True)
    (folder / "add-email.json").write_text(json.dumps(publish(load_spec(SPEC))), encoding="utf-8")
    done = check(NAME, "--answer", answer, "--json", folder=folder)
    verdict = json.loads(done.stdout)
    assert (verdict["points"], verdict["databases"], verdict["further_databases"]) == (10, 3, 2)


def test_broken_spec_is_said_with_file_and_line_and_exit_code_1(
    tmp_path: Path, answer: Path
) -> None:
    folder = tmp_path / "lessons" / "04-adding-a-column" / "exercises"
    folder.mkdir(parents=True)
    (folder / "add-email.toml").write_text("format = 3\n", encoding="utf-8")
    done = check(NAME, "--answer", answer, "--json", "--course", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "add-email.toml, line 1: the format of a spec is 1" in done.stderr
