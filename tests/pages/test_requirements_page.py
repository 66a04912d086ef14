"""docs/requirements.md: every kind of requirement, its example read and its answers checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from course_lib.exercises import (
    Exercise,
    Result,
    Verdict,
    check_answer,
    load_public,
    load_spec,
    publish,
)
from course_lib.exercises.kinds import FIRST, KINDS

TEXT = (Path(__file__).parents[2] / "docs" / "requirements.md").read_text(encoding="utf-8")
PAGE = TEXT.partition("\n# Kinds for a function\n")[0]
FENCE = re.compile(r"^~~~(\w+(?: \w+)?)\n(.*?)^~~~$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^-- (\d+_\w+)\.sql\n", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    kind: str
    toml: str
    right: dict[str, str]
    wrong: dict[str, str]
    said: str


def _answer(text: str) -> dict[str, str]:
    parts = FILE.split(text)
    if len(parts) == 1:
        return {"001_answer": text}
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _examples() -> Iterator[Example]:
    for section in re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]:
        name = section.split("\n", 1)[0]
        blocks = dict(FENCE.findall(section))
        texts = (_answer(blocks["sql right"]), _answer(blocks["sql wrong"]), blocks["text"])
        yield Example(name, blocks["toml"], *texts)


EXAMPLES = {one.kind: one for one in _examples()}
BLOCKS = dict(FENCE.findall(PAGE))


def _spec(example: Example, folder: Path) -> Exercise:
    """The smallest whole spec around the example's requirement, which is called `asked`."""
    earlier = example.toml[at:] if (at := example.toml.find("[[earlier]]")) >= 0 else ""
    keys = example.toml.removesuffix(earlier).replace("irreversible = true\n", "")
    irreversible = "irreversible = true\n" if "irreversible = true" in example.toml else ""
    asked = [name for name in example.right if name not in earlier]
    common = (
        'title = "T"\nreason = "R."\npoints = 1\nconsequence = "C."\nwhere = "W"\nfact = "F."\n'
    )
    requirements = [f'id = "runs"\nkind = "up-runs"\nneeds = []\n{common}']
    if example.kind != FIRST:
        requirements.append(f'id = "asked"\nneeds = ["runs"]\n{common}{keys}')
    if len(asked) > 1 and example.kind != "migrations":
        requirements.append(f'id = "several"\nkind = "migrations"\nneeds = []\n{common}')
    world = BLOCKS["sql world"].split("INSERT", 1)
    parts = [
        f'format = 1\npoints = {len(requirements)}\nid = "example"\nlesson = "l"\ntitle = "T"\n'
        f'task = "T."\ndatabase = "shop"\nhints = ["a.", "b.", "c."]\n'
        f"schema = '''\n{world[0]}'''\nwrites = '''\n{BLOCKS['sql writes']}'''\n",
        earlier,
        *(f'[[migration]]\nname = "{one}"\nstub = ""\n{irreversible}' for one in asked),
        *(f"[[requirement]]\n{one}" for one in requirements),
        f"[[world]]\nname = \"w\"\ntitle = \"w\"\nrows = '''\nINSERT{world[1]}'''\n",
        *(_as_toml(f"solution]]\nname = 's{n}'", example.right, asked) for n in (1, 2)),
    ]
    path = folder / "example.toml"
    path.write_text("\n".join(parts), encoding="utf-8")
    return load_spec(path)


def _as_toml(head: str, answer: dict[str, str], asked: list[str]) -> str:
    if len(asked) == 1:
        return f"[[{head}\nanswer = '''\n{answer[asked[0]]}'''\n"
    texts = "".join(f"{name} = '''\n{text}'''\n" for name, text in answer.items())
    return f"[[{head}\n[solution.answer]\n{texts}"


def _asked(verdict: Verdict) -> Result:
    assert verdict.fault is None, verdict.fault
    return next((one for one in verdict.results if one.id == "asked"), verdict.results[0])


def test_the_page_has_every_kind_and_no_other() -> None:
    assert set(EXAMPLES) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_answer_meets_it(kind: str, tmp_path: Path) -> None:
    exercise = _spec(EXAMPLES[kind], tmp_path)
    verdict = check_answer(exercise, EXAMPLES[kind].right)
    assert verdict.points == verdict.max_points, verdict.to_text()


@pytest.mark.parametrize("kind", KINDS)
def test_the_wrong_answer_fails_it_in_the_words_of_the_page(kind: str, tmp_path: Path) -> None:
    exercise = _spec(EXAMPLES[kind], tmp_path)
    result = _asked(check_answer(exercise, EXAMPLES[kind].wrong))
    assert result.state == "failed" and result.points == 0
    first = result.differences[0]
    assert f"{first.object}: {first.is_}\nexpected: {first.expected}\n" == EXAMPLES[kind].said
    assert first.consequence == "C." and first.where.endswith("W.")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != FIRST])
def test_it_is_not_checked_where_what_it_needs_has_failed(kind: str, tmp_path: Path) -> None:
    exercise = _spec(EXAMPLES[kind], tmp_path)
    broken = dict.fromkeys(EXAMPLES[kind].right, "-- migrate:up\nALTER TABEL users;\n")
    result = _asked(check_answer(exercise, broken))
    assert (result.state, result.points) == ("not_checked", 0)


@pytest.mark.parametrize("kind", KINDS)
def test_the_learners_copy_judges_it_alike(kind: str, tmp_path: Path) -> None:
    example = EXAMPLES[kind]
    exercise = _spec(example, tmp_path)
    path = tmp_path / "example.json"
    path.write_text(json.dumps(publish(exercise)), encoding="utf-8")
    for answer in (example.right, example.wrong):
        assert check_answer(load_public(path), answer) == check_answer(exercise, answer)
