"""The corpus, answer by answer: to each exercise twelve right and twelve wrong ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

from course_lib.exercises import AnswerText, Exercise, load_spec

from . import (
    add_email,
    add_vouchers,
    drop_phone,
    fix_joined,
    one_account_per_email,
    orders_belong_to_users,
    pending,
    price_as_number,
    rename_with_client,
    rules_as_operations,
    split_name,
    tidy_and_forget,
)

LESSONS = Path(__file__).parents[3] / "lessons"
FOLDERS = {
    "add-email": "04-adding-a-column",
    "add-vouchers": "01-what-is-a-migration",
    "drop-phone": "05-going-back",
    "pending": "08-build-the-runner",
    "fix-joined": "01-what-is-a-migration",
    "rename-with-client": "06-renaming-without-breaking-anyone",
    "rules-as-operations": "07-in-a-frameworks-language",
    "tidy-and-forget": "05-going-back",
}
"""Of those whose lesson is written; the others are drafts."""
WHOLE = (add_email, pending, rules_as_operations)
"""Answers written as whole files; `IN_PARTS` are ups and downs that go together."""
IN_PARTS = (
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


@dataclass(frozen=True)
class Judged:
    """An answer, and what a person says of it."""

    exercise: str
    name: str
    answer: AnswerText
    right: bool


@cache
def corpus() -> tuple[Judged, ...]:
    """All answers, exercise by exercise."""
    whole = [
        Judged(_id(module), name, answer, right)
        for module in WHOLE
        for answers, right in ((module.RIGHT, True), (module.WRONG, False))
        for name, answer in answers.items()
    ]
    return (*whole, *(one for module in IN_PARTS for one in _put_together(module)))


@cache
def exercise_of(id: str) -> Exercise:
    """The author's spec of an exercise of the corpus."""
    return load_spec(spec_of(id))


def spec_of(id: str) -> Path:
    return LESSONS / FOLDERS.get(id, "drafts") / "exercises" / f"{id}.toml"


def _id(module: ModuleType) -> str:
    return module.__name__.rsplit(".", 1)[-1].replace("_", "-")


def _put_together(module: ModuleType) -> Iterator[Judged]:
    """Every right half with every right one, every wrong half with a right one."""
    id, ups, downs = _id(module), module.RIGHT_UPS, module.RIGHT_DOWNS
    yield from _pairs(id, ups, downs, right=True)
    yield from _pairs(id, module.WRONG_UPS, _first(downs), right=False)
    yield from _pairs(id, _first(ups), module.WRONG_DOWNS, right=False)


def _pairs(
    id: str, ups: Mapping[str, str], downs: Mapping[str, str], *, right: bool
) -> Iterator[Judged]:
    """Each up with each down; for two migrations each first with each second."""
    names = [one.name for one in exercise_of(id).task.migrations]
    for up_name, up in ups.items():
        for down_name, down in downs.items():
            answer: AnswerText = (
                {names[0]: up, names[1]: down}
                if len(names) > 1
                else f"-- migrate:up\n{up}\n-- migrate:down\n{down}"
            )
            yield Judged(id, f"{up_name} / {down_name}", answer, right)


def _first(answers: Mapping[str, str]) -> dict[str, str]:
    name = next(iter(answers))
    return {name: answers[name]}
