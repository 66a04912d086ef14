"""Work of learners, put together by hand: verdicts, checks and quiz answers as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from course_lib.exercises import Difference, Exercise, Result, Verdict, load_spec
from course_lib.insight.work import Judged, Work
from course_lib.notebook.attempt_record import KeptCheck, KeptHint
from course_lib.quiz import Answer, OneChoice, Option, Quiz

LESSON = "04-adding-a-column"
SPEC = Path(__file__).parents[2] / "lessons" / LESSON / "exercises" / "add-email.toml"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
NAME = "add-email"
QUESTION = OneChoice(
    "q",
    "Does it stay?",
    "what stays",
    (
        Option("yes", "It does", "It does.", True, None),
        Option("no", "It goes", "It does not go.", False, "nothing stays"),
        Option("half", "Half of it", "All or nothing.", False, "it stops halfway"),
    ),
)
QUIZ = Quiz("quiz", "Short", (QUESTION,))


@cache
def exercise() -> Exercise:
    return load_spec(SPEC)


def verdict(states: Mapping[str, str], says: str = "not there") -> Verdict:
    """A verdict in which these requirements have this state, and all others passed."""
    results = []
    for one in exercise().task.requirements:
        state = states.get(one.id, "passed")
        what = (Difference("users.email", says, "text", "so", "where"),) * (state == "failed")
        results.append(
            Result(one.id, one.title, "", state, 0, one.points, differences=what)  # type: ignore[arg-type]
        )
    return Verdict(NAME, "Title", 0, 10, None, tuple(results), 3, 0)


def check(minute: float, states: Mapping[str, str]) -> KeptCheck:
    """A check at so many minutes after noon; requirements that are not named passed."""
    all_states = {one.id: "passed" for one in exercise().task.requirements} | dict(states)
    return KeptCheck(NAME, NOON + timedelta(minutes=minute), all_states)


def hint(minute: float, tier: int) -> KeptHint:
    return KeptHint(NAME, NOON + timedelta(minutes=minute), tier)


def work(
    learner: str = "ada",
    judged: Judged | None = None,
    lines: Sequence[KeptCheck | KeptHint] = (),
    answers: Sequence[Answer] = (),
) -> Work:
    found = {} if judged is None else {NAME: judged}
    return Work(learner, LESSON, found, tuple(lines), {QUIZ.id: tuple(answers)})


def tried(*given: str, sure: bool | None = None, seconds: int | None = None) -> list[Answer]:
    """The answers of one learner to the question, one after the other."""
    return [
        Answer("q", (one,), QUESTION.judge((one,)), number, NOON, sure, seconds)
        for number, one in enumerate(given, start=1)
    ]
