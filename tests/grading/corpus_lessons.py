"""Lessons that hold one exercise each and nothing else, so that its points are the mark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from course_lib.exercises import AnswerText, Exercise
from tests.exercises.judgement.corpus import corpus, exercise_of, spec_of
from tests.grading.submissions import CHECK, LESSON, Edit, answer


@dataclass(frozen=True)
class Assignment:
    """One exercise as it is handed out: its lesson, and the answers handed in, by student."""

    lesson: str
    exercise: Exercise
    answers: Mapping[str, AnswerText]


def assignments() -> list[Assignment]:
    """Each exercise of the corpus in SQL, with the answers of its spec and of its judges."""
    tasks = [exercise_of(id).task for id in dict.fromkeys(one.exercise for one in corpus())]
    return [_assignment(one.id) for one in tasks if one.language == "sql" and not one.function]


def _assignment(id: str) -> Assignment:
    exercise = exercise_of(id)
    judged = [("right" if one.right else "wrong", one) for one in corpus()]
    answers = [
        *(("solution", one.answer) for one in exercise.solutions),
        *(("mistake", one.answer) for one in exercise.wrong_answers),
        *((kind, one.answer) for kind, one in judged if one.exercise == id),
    ]
    named = {f"{kind}-{number:02}": text for number, (kind, text) in enumerate(answers)}
    # A lesson with several exercises would mix their points, so only lesson 4 is its own.
    return Assignment(LESSON if id == CHECK else f"alone-{id}", exercise, named)


def write_lesson(assignment: Assignment, lessons: Path) -> None:
    """A lesson that is nothing but the exercise, with its largest visible world for a database."""
    id, task = assignment.exercise.task.id, assignment.exercise.task
    folder = lessons / assignment.lesson
    (folder / "exercises").mkdir(parents=True)
    spec = spec_of(id).read_text(encoding="utf-8")
    moved = re.sub(r'^lesson = ".*"$', f'lesson = "{assignment.lesson}"', spec, flags=re.M)
    (folder / "exercises" / f"{id}.toml").write_text(moved, encoding="utf-8")
    rows = max((world.rows for world in task.worlds), key=len)
    (folder / "world.sql").write_text(f"{task.schema}\n{rows}\n", encoding="utf-8")
    answers = [
        f'```python answer="{id}"\n%%migration {one.name}\n-- BEGIN SOLUTION\n'
        "-- migrate:up\n-- migrate:down\n-- END SOLUTION\n```\n"
        for one in task.migrations
    ]
    text = [
        f"# {task.title}\n",
        "```python\nfrom course_lib.notebook import begin, check, hint\n\n"
        f'lesson = begin("{assignment.lesson}")\n```\n',
        *answers,
        f'```python check="{id}" points={task.max_points}\ncheck("{id}")\n'
        f'### BEGIN HIDDEN TESTS\ncheck("{id}", hidden=True)\n### END HIDDEN TESTS\n```\n',
    ]
    (folder / "lesson.md").write_text("\n".join(text), encoding="utf-8")


def hand_in(exercise: Exercise, text: AnswerText) -> tuple[Edit, ...]:
    """What puts an answer into its cells, one for each migration that it has."""
    names = [one.name for one in exercise.task.migrations]
    texts = {names[0]: text} if isinstance(text, str | bytes) else text
    id = exercise.task.id
    return tuple(
        answer(_words(texts[name]), f"{id}-answer" + (f"-{number}" if number > 1 else ""))
        for number, name in enumerate(names, start=1)
        if name in texts
    )


def _words(text: str | bytes) -> str:
    return text if isinstance(text, str) else text.decode()
