"""docs/requirements.md, kinds for a function: each example read, its answers checked."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from course_lib.exercises import Exercise, check_answer, load_public, load_spec, publish
from course_lib.exercises.calls import CALL_KINDS, FIRST_OF_CALLS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the box needs a POSIX system")

TEXT = (Path(__file__).parents[2] / "docs" / "requirements.md").read_text(encoding="utf-8")
PAGE = TEXT.partition("\n# Kinds for a function\n")[2]
FENCE = re.compile(r"^~~~(\w+(?: \w+){0,2})\n(.*?)^~~~$", re.MULTILINE | re.DOTALL)
FUNCTION = '[function]\nname = "latest"\nstub = "def latest(names): pass"\n'
CALLS = FUNCTION + dict(FENCE.findall(PAGE))["toml calls"]
DATABASE_CALLS = dict(FENCE.findall(PAGE))["toml database calls"]
EXAMPLES = {
    section.split("\n", 1)[0]: dict(FENCE.findall(section))
    for section in re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]
}
COMMON = 'title = "T"\nreason = "R."\npoints = 1\nconsequence = "C."\nwhere = "W"\nfact = "F."\n'


def spec(kind: str, folder: Path) -> Exercise:
    """The smallest whole spec around the example's requirement, which is called `asked`."""
    example = EXAMPLES[kind]
    first = 'kind = "returns"\n' if kind != FIRST_OF_CALLS else example["toml"]
    if CALL_KINDS[kind].database:
        first += 'calls = ["one"]\n'
    parts = [
        'format = 1\nid = "example"\nlesson = "l"\ntitle = "T"\ntask = "T."\n'
        f'hints = ["a.", "b.", "c."]\npoints = {2 if kind != FIRST_OF_CALLS else 1}\n',
        DATABASE_CALLS if CALL_KINDS[kind].database else CALLS,
        f'[[requirement]]\nid = "first"\nneeds = []\n{COMMON}{first}',
        *(
            f"[[solution]]\nname = 's{n}'\nanswer = '''\n{example['python right']}'''\n"
            for n in (1, 2)
        ),
    ]
    if kind != FIRST_OF_CALLS:
        parts.append(f'[[requirement]]\nid = "asked"\nneeds = ["first"]\n{COMMON}{example["toml"]}')
    path = folder / "example.toml"
    path.write_text("\n".join(parts), encoding="utf-8")
    return load_spec(path)


def test_the_page_has_every_kind_and_no_other() -> None:
    assert set(EXAMPLES) == set(CALL_KINDS)


@pytest.mark.parametrize("kind", CALL_KINDS)
def test_the_right_answer_meets_it(kind: str, tmp_path: Path) -> None:
    verdict = check_answer(spec(kind, tmp_path), EXAMPLES[kind]["python right"])
    assert verdict.points == verdict.max_points, verdict.to_text()


@pytest.mark.parametrize("kind", CALL_KINDS)
def test_the_wrong_answer_fails_it_in_the_words_of_the_page(kind: str, tmp_path: Path) -> None:
    verdict = check_answer(spec(kind, tmp_path), EXAMPLES[kind]["python wrong"])
    assert verdict.fault is None
    result = verdict.results[-1]
    assert (result.state, result.points) == ("failed", 0)
    first = result.differences[0]
    assert f"{first.object}: {first.is_}\nexpected: {first.expected}\n" == EXAMPLES[kind]["text"]
    assert first.consequence == "C." and first.where.endswith("W.")


@pytest.mark.parametrize("kind", CALL_KINDS)
def test_the_learners_copy_judges_it_alike(kind: str, tmp_path: Path) -> None:
    exercise = spec(kind, tmp_path)
    path = tmp_path / "example.json"
    path.write_text(json.dumps(publish(exercise)), encoding="utf-8")
    for answer in ("python right", "python wrong"):
        text = EXAMPLES[kind][answer]
        assert check_answer(load_public(path), text) == check_answer(exercise, text)
