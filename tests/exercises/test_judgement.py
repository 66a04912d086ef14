"""No right answer is refused and no wrong one accepted: twelve of each for every exercise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from course_lib.exercises import AnswerText, Prepared, check_prepared, load_spec, prepare

from .judgement import (
    add_email,
    add_vouchers,
    fix_joined,
    drop_phone,
    one_account_per_email,
    orders_belong_to_users,
    pending,
    price_as_number,
    rename_with_client,
    rules_as_operations,
    split_name,
    tidy_and_forget,
)

LESSONS = Path(__file__).parents[2] / "lessons"
FOLDERS = {
    "add-email": "04-adding-a-column",
    "add-vouchers": "01-what-is-a-migration",
    "fix-joined": "01-what-is-a-migration",
    "drop-phone": "05-going-back",
    "tidy-and-forget": "05-going-back",
}
"""Of those whose lesson is written; the others are drafts."""
MODULES = (
    fix_joined,
    add_vouchers,
    drop_phone,
    tidy_and_forget,
    rename_with_client,
    split_name,
    one_account_per_email,
    price_as_number,
    orders_belong_to_users,
)
WHOLE = (add_email, pending, rules_as_operations)


@cache
def _prepared(id: str) -> Prepared:
    folder = LESSONS / FOLDERS.get(id, "drafts") / "exercises"
    return prepare(load_spec(folder / f"{id}.toml"), "the secret of the judges")


def _id(module: ModuleType) -> str:
    return module.__name__.rsplit(".", 1)[-1].replace("_", "-")


def _pairs(ups: Mapping[str, str], downs: Mapping[str, str], id: str) -> Iterator[object]:
    """Each up with each down; for two migrations each first with each second."""
    for up_name, up in ups.items():
        for down_name, down in downs.items():
            names = [one.name for one in _prepared(id).task.migrations]
            answer: AnswerText = (
                {names[0]: up, names[1]: down}
                if len(names) > 1
                else f"-- migrate:up\n{up}\n-- migrate:down\n{down}"
            )
            yield pytest.param(id, answer, id=f"{id}: {up_name} / {down_name}")


def _whole(answers: Mapping[str, str], id: str) -> Iterator[object]:
    """Answers that are written as one cell, both halves in it."""
    for name, answer in answers.items():
        yield pytest.param(id, answer, id=f"{id}: {name}")


def _first(answers: Mapping[str, str]) -> dict[str, str]:
    name = next(iter(answers))
    return {name: answers[name]}


RIGHT = [
    *(one for m in WHOLE for one in _whole(m.RIGHT, _id(m))),
    *(one for m in MODULES for one in _pairs(m.RIGHT_UPS, m.RIGHT_DOWNS, _id(m))),
]
WRONG = [
    *(one for m in WHOLE for one in _whole(m.WRONG, _id(m))),
    *(
        one
        for m in MODULES
        for one in (
            *_pairs(m.WRONG_UPS, _first(m.RIGHT_DOWNS), _id(m)),
            *_pairs(_first(m.RIGHT_UPS), m.WRONG_DOWNS, _id(m)),
        )
    ),
]


def test_there_are_twelve_of_each() -> None:
    assert len(RIGHT) == len(WRONG) == 12 * len((*WHOLE, *MODULES))


@pytest.mark.parametrize(("id", "answer"), RIGHT)
def test_no_right_answer_is_refused(id: str, answer: AnswerText) -> None:
    verdict = check_prepared(_prepared(id), answer, reveal=True)
    assert verdict.fault is None
    assert verdict.points == verdict.max_points, verdict.to_text()


@pytest.mark.parametrize(("id", "answer"), WRONG)
def test_no_wrong_answer_is_accepted(id: str, answer: AnswerText) -> None:
    verdict = check_prepared(_prepared(id), answer, reveal=True)
    assert verdict.fault is None
    assert verdict.points < verdict.max_points
