"""Cells that would teach or grade wrongly are refused, each with its line and a next step."""

from __future__ import annotations

import pytest

from course_lib.authoring.lesson import read_lesson
from course_lib.authoring.lint import Asked, check_source, find_problems
from course_lib.authoring.notebook import make_notebook

ANSWER = """```python answer="add-email"
%%migration 001_x
-- migrate:up
-- BEGIN SOLUTION
SELECT 1;
-- END SOLUTION
```
"""
CHECK = f'```python check="add-email" points=10\n{check_source("add-email")}\n```\n'
QUIZ = '```python quiz="a-quiz" points=2\nquiz_points("a-quiz", of=2)\n```\n'


def problems_of(text: str) -> list[str]:
    exercises = {"add-email": Asked(10, ("%%migration 001_x",))}
    lesson = read_lesson(text, "lesson.md")
    assert lesson.problems == ()
    return [str(problem) for problem in find_problems(lesson, exercises, ["a-quiz"])]


def test_the_points_of_a_quiz_need_a_number_and_make_a_locked_cell() -> None:
    assert problems_of(ANSWER + CHECK + QUIZ) == []
    (problem,) = read_lesson(QUIZ.replace(" points=2", ""), "lesson.md").problems
    assert "a quiz cell has" in str(problem)
    (cell,) = make_notebook(read_lesson(QUIZ, "lesson.md").cells, "lesson").cells
    about = cell.metadata["nbgrader"]
    assert about["grade"] and about["locked"] and not about["solution"]
    assert (about["grade_id"], about["points"]) == ("quiz-a-quiz", 2)


def test_an_answer_followed_by_its_check_is_right() -> None:
    assert problems_of(f"{ANSWER}\n{CHECK}") == []


def test_who_can_check_can_ask_for_a_hint() -> None:
    cell = "```python\nfrom course_lib.notebook import begin, check\n```\n"
    (problem,) = problems_of(f"{cell}\n{ANSWER}\n{CHECK}")
    assert problem.startswith("lesson.md, line 1: ") and "NameError" in problem
    assert problems_of(f"{cell.replace('check', 'check, hint')}\n{ANSWER}\n{CHECK}") == []


SECOND = ANSWER.replace("001_x", "002_y")
NEEDS = "needs 2 answer cells, one for each migration, and one check cell"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ANSWER + SECOND + CHECK, ""),
        (SECOND + ANSWER + CHECK, "have to stand in the order 001_x, then 002_y"),
        (ANSWER + CHECK, NEEDS),
        (ANSWER + SECOND + SECOND + CHECK, NEEDS),
        (ANSWER + CHECK + SECOND, "stands before its answer cell"),
        (ANSWER + ANSWER.replace("001_x", "003_z") + CHECK, "%%migration 001_x or %%migration 002"),
    ],
)
def test_several_migrations_take_an_answer_cell_each(text: str, words: str) -> None:
    lesson = read_lesson(text, "lesson.md")
    found = find_problems(
        lesson, {"add-email": Asked(10, ("%%migration 001_x", "%%migration 002_y"))}, ()
    )
    assert words in str(found[0]) if words else found == ()


def test_the_answer_cells_of_one_exercise_have_ids_of_their_own() -> None:
    lesson = read_lesson(ANSWER + SECOND + CHECK, "lesson.md")
    cells = make_notebook(lesson.cells, "lesson").cells
    ids = [cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata]
    assert ids == ["add-email-answer", "add-email-answer-2", "add-email"]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (ANSWER + CHECK.replace("points=10", "points=9"), "line 8:", "its spec gives 10"),
        (ANSWER.replace("add-email", "add-mail") + CHECK, "line 1:", "no exercise 'add-mail'"),
        (ANSWER.replace("-- BEGIN", "### BEGIN") + CHECK, "line 1:", "'-- BEGIN SOLUTION'"),
        (ANSWER.replace("-- END SOLUTION\n", "") + CHECK, "line 1:", "'-- END SOLUTION'"),
        (ANSWER + CHECK.replace(", hidden=True", ""), "line 8:", "differs from the form"),
        (ANSWER.replace(' answer="add-email"', "") + CHECK, "line 1:", "reach the learner"),
        (ANSWER.replace("001_x", "001_y") + CHECK, "line 1:", "%%migration 001_x"),
        (ANSWER + CHECK + "```python\nquiz('a')\n```\n", "line 14:", "no quiz 'a'"),
        ('```python\ngained("00-then", "b")\n```\n', "line 1:", "no quiz 'b'"),
        (ANSWER + CHECK + "```python\nscene('a')\n```\n", "line 14:", "no scene 'a'"),
        (QUIZ.replace("of=2", "of=3"), "line 1:", "differs from the form"),
        (QUIZ.replace(' quiz="a-quiz" points=2', ""), "line 1:", "nobody counts them"),
        (QUIZ.replace('"a-quiz"', '"b"'), "line 1:", "no quiz 'b'"),
        ("```python\nx = 1\n" + "a" * 87 + "\n```\n", "line 1:", "87 characters"),
        (CHECK + ANSWER, "line 1:", "stands before its answer"),
        (ANSWER, "lesson.md:", "0 check cells"),
        (ANSWER + CHECK + CHECK, "line 14:", "2 check cells"),
        (ANSWER + CHECK + "```sql\n-- migrate:up\nSELECT 1\n```\n", "line 14:", "~~~sql"),
    ],
)
def test_a_lesson_that_would_grade_wrongly_is_refused(text: str, place: str, words: str) -> None:
    first = problems_of(text)[0]
    assert place in first
    assert words in first
