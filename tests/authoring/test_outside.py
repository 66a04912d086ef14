"""The bounds of lessons: each is told by name with file and line, and only when it is not kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.authoring import make_site
from course_lib.authoring.bounds import BOUNDS, DEMANDED, OF_PROSE, ORDINARY, bounds_of
from course_lib.authoring.measure import Measured, measure_lesson
from course_lib.authoring.outside import Outside, find_outside
from tests.lone_lesson import copy_lesson

LESSON = "04-adding-a-column"
CELL = "\n\n```python\nprint(1)\n```\n\n"

Edit = Callable[[Path], None]


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """Lesson 4, with all that an ordinary lesson is asked for, whatever it has now."""
    folder = copy_lesson(LESSON, tmp_path / "lessons")
    (folder / "instructor.md").write_text("word " * 150)
    spec = (folder / "exercises" / "add-email.toml").read_text(encoding="utf-8")
    for path in (folder / "exercises").iterdir():
        path.unlink()
    for name in ("add-email", "add-more"):
        text = spec.replace('id = "add-email"', f'id = "{name}"')
        (folder / "exercises" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def outside_of(folder: Path) -> tuple[Outside, ...]:
    measured = measure_lesson(folder / "lesson.md", folder.parents[1])
    assert isinstance(measured, Measured)
    return find_outside(measured, ORDINARY)


def edited(name: str, old: str, new: str) -> Edit:
    """Replace the first place of a pattern in one of the lesson's files."""

    def edit(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        changed = re.sub(old, lambda _: new, text, count=1, flags=re.DOTALL)
        assert changed != text
        (folder / name).write_text(changed, encoding="utf-8")

    return edit


def more_words(number: int, every: int) -> Edit:
    def edit(folder: Path) -> None:
        parts = [f"{CELL}{'word ' * every}" for _ in range(number // every)]
        with (folder / "lesson.md").open("a", encoding="utf-8") as file:
            file.write("".join(parts))

    return edit


def all_of_one_kind(folder: Path) -> None:
    bank = (folder / "quiz.toml").read_text(encoding="utf-8")
    head, *quizzes = re.split(r"^(?=\[\[quiz\]\])", bank, flags=re.MULTILINE)
    (folder / "quiz.toml").write_text(head + quizzes[0], encoding="utf-8")


def one_question(folder: Path) -> None:
    bank = (folder / "quiz.toml").read_text(encoding="utf-8")
    head, *quizzes = re.split(r"^(?=\[\[quiz\]\])", bank, flags=re.MULTILINE)
    short = [re.split(r"^(?=\[\[quiz\.question\]\])", one, flags=re.M)[:2] for one in quizzes]
    (folder / "quiz.toml").write_text(head + "".join(map("".join, short)), encoding="utf-8")


def only_one_exercise(folder: Path) -> None:
    (folder / "exercises" / "add-more.toml").unlink()


def few_wrong_answers(folder: Path) -> None:
    path = folder / "exercises" / "add-more.toml"
    parts = re.split(r"^(?=\[\[)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    wrong = [part for part in parts if part.startswith("[[wrong]]")]
    path.write_text("".join(part for part in parts if part not in wrong[3:]), encoding="utf-8")


@pytest.mark.parametrize(
    ("bound", "edit", "words"),
    [
        ("words", more_words(1600, 100), "lesson.md: the lesson has"),
        ("minutes", edited("lesson.md", r"45 minutes", "90 minutes"), "promises 90 minutes"),
        ("minutes", edited("lesson.md", r"45 minutes", "a while"), "line 1: the lesson promises"),
        ("gap", edited("lesson.md", r"## Add, fill", "word " * 200 + "\n\n## Add, fill"), "line "),
        ("first", edited("lesson.md", "Three questions:", "word " * 90), "line 1: "),
        ("exercises", only_one_exercise, "has 1 graded exercise; 2 to 4"),
        ("wrong_answers", few_wrong_answers, "add-more.toml: the exercise has 3 [[wrong]]"),
        ("quiz", one_question, "quiz.toml: the longest quiz has 1 question; 5 to 8"),
        ("kinds", all_of_one_kind, "quiz.toml: the quizzes have questions of the kinds one-choice"),
        ("picture", edited("lesson.md", r"lesson\.timeline\(\)", "None"), "never seen"),
        ("order", edited("lesson.md", r'quiz\("words-and-order"\)', "print()"), "line 1"),
        ("note", lambda folder: (folder / "instructor.md").unlink(), "no instructor's note"),
        ("note", edited("instructor.md", "word .*", "too short"), "the note has 2 words; 100"),
    ],
)
def test_what_is_outside_is_told_with_its_place(
    lesson: Path, bound: str, edit: Edit, words: str
) -> None:
    before = {one.bound for one in outside_of(lesson)}
    assert before == set(), "the lesson that is edited here holds to begin with"
    edit(lesson)
    told = [str(one.problem) for one in outside_of(lesson) if one.bound == bound]
    assert len(told) == 1 and words in told[0] and told[0].startswith(f"lessons/{LESSON}/")


def test_the_build_refuses_what_it_demands_and_names_the_line(tmp_path: Path) -> None:
    lesson = copy_lesson(LESSON, tmp_path / "lessons")
    more_words(400, 200)(lesson)
    problems = [str(one) for one in make_site(lesson.parent).problems]
    text = (lesson / "lesson.md").read_text(encoding="utf-8").splitlines()
    lines = [number for number, one in enumerate(text, 1) if one.startswith("word word")]
    assert lines
    for line in lines:
        assert any(f"lesson.md, line {line}: from here on 200 words" in one for one in problems)


def test_only_a_numbered_lesson_has_bounds_and_some_have_their_own() -> None:
    assert bounds_of("alone-add-email") is None
    assert bounds_of("03-the-workflow") == ORDINARY != bounds_of("08-build-the-runner")
    assert OF_PROSE <= DEMANDED <= BOUNDS
