"""`check(...)`: the learner's answer, judged here and now; nbgrader reads its points from it."""

from __future__ import annotations

import math
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from course_lib.exercises import (
    AnswerText,
    Exercise,
    PublicExercise,
    Seen,
    Verdict,
    check_answer,
    load_kept,
    load_public,
)

from .answer_places import AnswerPlace, answer_places
from .attempts import Attempt, append_attempt
from .display import panel, sentence
from .folder import shown_path
from .lesson import Lesson, active_lesson
from .verdict_data import MIME, verdict_data

COURSE = "UPDOWN_COURSE"
EXERCISES = "exercises"
NOT_JUDGED = math.inf
_seen = Seen()


class Score(float):
    """The points of a check: a plain number to nbgrader, the verdict to a reader.

    `text` is the verdict for a terminal. Where the check itself failed, the number is infinity:
    nbgrader refuses points above the maximum, so such a submission stays ungraded and is looked at
    by a human, instead of getting nothing or everything. `data` is what programs read of it in the
    graded notebook, None where there is nothing to read; nbgrader and pages look past it.
    """

    html: str
    text: str
    data: dict[str, Any] | None

    def __new__(
        cls, points: float, html: str, text: str, data: dict[str, Any] | None = None
    ) -> Score:
        score = super().__new__(cls, points)
        score.html, score.text, score.data = html, text, data
        return score

    def _repr_html_(self) -> str:
        return self.html

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {} if self.data is None else {MIME: self.data}


def check(exercise: str = "", *, hidden: bool = False) -> Score:
    """Check the answer, the files of `migrations/` or `answers/` that its cells save.

    The attempt is kept in `answers/`.

    With `hidden` (only when grading, where UPDOWN_COURSE names the course folder) the hidden worlds
    count too. A missing answer is 0 points, in words. Never raises.
    """
    try:
        lesson = active_lesson()
        if not hidden and exercise not in (known := known_exercises(lesson)):
            return _no_such_exercise(exercise, known)
        task = load_hidden(lesson, exercise) if hidden else load_visible(lesson, exercise)
        return _check(lesson, task, secret=course_secret() if hidden else None)
    except Exception as error:  # noqa: BLE001 - a fault of ours must never become a learner's zero
        return _not_judged(exercise, f"{type(error).__name__}: {error}")


def load_visible(lesson: Lesson, exercise: str) -> PublicExercise:
    """The public part of an exercise, from the lesson's folder."""
    return load_public(lesson.folder / EXERCISES / f"{exercise}.json")


def load_hidden(lesson: Lesson, exercise: str) -> Exercise:
    """The whole spec, from the instructor's course folder."""
    return load_kept(_course() / "specs" / lesson.name / f"{exercise}.toml")


def course_specs(lesson: str) -> list[Path]:
    """The whole specs of a lesson; none where there is no course folder, as at a learner's."""
    folder = os.environ.get(COURSE)
    return sorted((Path(folder) / "specs" / lesson).glob("*.toml")) if folder else []


def course_secret() -> str:
    """What the hidden worlds are drawn from. Raises LookupError or OSError where there is none."""
    return (_course() / "secret.txt").read_text(encoding="utf-8").strip()


def known_exercises(lesson: Lesson) -> list[str]:
    """The exercises of a lesson, by name."""
    return sorted(path.stem for path in (lesson.folder / EXERCISES).glob("*.json"))


def _no_such_exercise(exercise: str, known: list[str]) -> Score:
    """A name that the lesson does not have, which is infinity too: no answer was looked at."""
    calls = " or ".join(f'`check("{name}")`' for name in known)
    shown = panel(
        f"This lesson has no exercise `{exercise}`; nothing was checked."
        if exercise
        else "The check needs the name of an exercise; nothing was checked.",
        sentence(f"Write {calls}." if known else "Its folder `exercises` is empty."),
        tone="refused",
    )
    return Score(NOT_JUDGED, shown.html, shown.text)


def _check(lesson: Lesson, task: PublicExercise | Exercise, *, secret: str | None) -> Score:
    places = answer_places(task.task)
    paths = {one.name: lesson.migrations / f"{one.name}.sql" for one in task.task.earlier}
    paths |= {place.name: lesson.folder / place.file for place in places}
    answer = {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
    unwritten = not any(place.name in answer for place in places)
    given: AnswerText = answer if len(paths) > 1 else answer.get(places[0].name, b"")
    grading = COURSE in os.environ
    seen = _seen if grading else None
    verdict = None if unwritten else check_answer(task, given, secret=secret, seen=seen)
    if not grading:  # what grading does is not an attempt of the learner's
        append_attempt(lesson.folder, Attempt(task.task.id, answer, verdict))
    # A learner's own notebook says it in words alone.
    data = None if secret is None else verdict_data(task.task.id, verdict)
    if verdict is None:
        return _no_answer(lesson, places[0], task.task.max_points, data)
    return _score(replace(verdict, hint_call=f'hint("{task.task.id}")'), data)


def _score(verdict: Verdict, data: dict[str, Any] | None) -> Score:
    points = verdict.points if verdict.fault is None else NOT_JUDGED
    return Score(points, verdict.to_html(), verdict.to_text(), data)


def _no_answer(lesson: Lesson, place: AnswerPlace, most: int, data: dict[str, Any] | None) -> Score:
    shown = panel(
        f"0 of {most} points: there is no answer yet.",
        sentence(
            f"`{shown_path(lesson.folder / place.file)}` does not exist. Run the cell that begins"
            f" `{place.first_line}`, which saves it, then check again."
        ),
        tone="refused",
    )
    return Score(0.0, shown.html, shown.text, data)


def _not_judged(exercise: str, fault: str) -> Score:
    shown = panel(
        f"The answer to {exercise!r} was not judged.",
        sentence(
            f"The check could not do its work ({fault}). This says nothing about your answer, and"
            " it costs no points. Restart the kernel and run the notebook from the top; if it says"
            " so again, show this to your instructor."
        ),
        tone="note",
    )
    return Score(NOT_JUDGED, shown.html, shown.text)


def _course() -> Path:
    folder = os.environ.get(COURSE)
    if not folder:
        raise LookupError(f"{COURSE} is not set, so the hidden worlds cannot be found")
    return Path(folder)
