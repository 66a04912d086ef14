"""Mistakes in a spec that asks for a function: each has its file, its line and a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from course_lib.exercises import SpecError, load_spec, prepare
from tests.exercises.judgement.corpus import spec_of

LESSONS = Path(__file__).parents[3] / "lessons"
SPEC = LESSONS / "08-build-the-runner" / "exercises" / "pending.toml"


def edited(folder: Path, old: str, new: str) -> Path:
    text = SPEC.read_text(encoding="utf-8")
    assert old in text
    path = folder / "pending.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "found", "sentence"),
    [
        ('name = "pending"', 'name = "pen ding"', 'name = "pen', "no name that a function"),
        ('name = "pending"', 'name = "def"', 'name = "def"', "no name that a function"),
        ("stub = '''", "stab = '''", "stab", "'stab' is not a key of function"),
        ("arguments = '[[], []]'", "arguments = '[[], ]'", "arguments = '[[], ]'", "is not JSON"),
        ("arguments = '[[], []]'", "arguments = '7'", "arguments = '7'", "a list in JSON"),
        (
            'name = "first-time"',
            'name = "nothing"',
            'name = "nothing"\ntitle = "nothing applied',
            "there are two calls 'nothing'",
        ),
        ('calls = ["others"]', 'calls = ["other"]', 'calls = ["other"]', "no [[call]] and no"),
        (
            'calls = ["whole", "folders"]',
            'calls = ["folders"]',
            'calls = ["folders"]',
            "a learner sees none of these calls",
        ),
        ("calls = 24", "calls = 0", "calls = 0", "a number from 1 to 200"),
        ("def draw(dice)", "def drow(dice)", "code = '''", "no function draw(dice)"),
        ("def draw(dice):", "def draw(dice:", "code = '''", "Python cannot read the code"),
        ('kind = "result"', 'kind = "values"', 'kind = "values"', "not one of the kinds returns"),
        (
            'kind = "result"',
            'kind = "returns"',
            'kind = "returns"\ncalls = ["nothing", "first-time", "any',
            "and no other, is of kind returns",
        ),
        ('type = "a list"', 'type = "list"', 'type = "list"', "not one of anything, a list"),
        ("[function]", 'database = "shop"\n[function]', 'database = "shop"', "not a key of"),
    ],
)
def test_a_mistake_has_its_line_and_a_sentence(
    tmp_path: Path, old: str, new: str, found: str, sentence: str
) -> None:
    path = edited(tmp_path, old, new)
    with pytest.raises(SpecError) as caught:
        load_spec(path)
    text = path.read_text(encoding="utf-8")
    assert sentence.replace("no name that", "is not a name that") in caught.value.sentence or (
        sentence in caught.value.sentence
    )
    assert caught.value.line == text[: text.index(found)].count("\n") + 1


@pytest.mark.skipif(os.name != "posix", reason="the box needs a POSIX system")
@pytest.mark.parametrize(
    ("old", "new", "found", "sentence"),
    [
        (
            "returns = '[]'",
            "returns = '[1]'",
            "returns = '[1]'",
            "is said to return [1], and the solution 'a pattern, a set, a key' returns []",
        ),
        (
            "    return [dice.shuffled(files)",
            "    1 / 0\n    return [dice.shuffled(files)",
            '[[hidden]]\nname = "folders"',
            "draw of 'folders' ended with ZeroDivisionError",
        ),
        (
            "return [dice.shuffled(files), dice.shuffled(ledger)]",
            "return 7",
            '[[hidden]]\nname = "folders"',
            "draw of 'folders' gives no list",
        ),
        (
            "    return sorted((name for name in names if name not in applied), key=number)",
            "    return {1}",
            "answer = '''\nimport re\n\n\ndef pending(files, ledger):\n    \"\"\"The",
            "has no result for 'nothing': Its result holds a value of the type set",
        ),
    ],
)
def test_what_only_shows_when_it_is_run_has_its_line_too(
    tmp_path: Path, old: str, new: str, found: str, sentence: str
) -> None:
    path = edited(tmp_path, old, new)
    with pytest.raises(SpecError) as caught:
        prepare(load_spec(path), "a secret")
    text = path.read_text(encoding="utf-8")
    assert sentence in caught.value.sentence
    assert caught.value.line == text[: text.index(found)].count("\n") + 1


@pytest.mark.parametrize("language", ["python", "SQL", ""])
def test_a_language_that_there_is_not_is_refused(tmp_path: Path, language: str) -> None:
    rules = spec_of("rules-as-operations").read_text(encoding="utf-8")
    path = tmp_path / "rules-as-operations.toml"
    path.write_text(rules.replace('"operations"', f'"{language}"', 1), encoding="utf-8")
    with pytest.raises(SpecError, match="not one of sql, operations"):
        load_spec(path)
