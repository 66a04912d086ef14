"""A class made by chance from a fixed seed: real answers, real records, handed in to be graded.

Learners differ in what they know. They check, ask for hints, try again, give up or get there, and
answer the quizzes. Everything that they hand in is what a notebook writes, except for `mallory`.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path

import nbformat

from course_lib.exercises import Exercise, Verdict, check_prepared, load_spec, prepare
from course_lib.quiz import Answer, Quiz, append_answer, read_bank
from tests.grading.class_folder import ClassFolder, open_class
from tests.insight.chosen import choose, judge
from tests.lone_lesson import copy_lessons
from tests.nbgrader_commands import Terminal

LESSONS = ("00-start-here", "04-adding-a-column", "09-knowledge-check")
GRADED = LESSONS[:2]
"""The last one was handed in a moment ago."""

BEGINS = datetime(2026, 11, 2, 9, tzinfo=UTC)
FIRST = ("Ada", "Bo", "Chidi", "Dana", "Emre", "Fatou", "Goran", "Hanna", "Ines", "Jun", "Kofi")
LAST = ("Lindqvist", "Okafor", "Łukasiewicz", "Moreau", "Tanaka", "Öztürk", "Ferreira", "Novak")
MALLORY = "mallory"
SCRIPT = "<img src=x onerror=alert(1)>"
HOSTILE_LINES = (
    b"\xff\xfe\x00not json",
    b"[" * 50_000,
    b'{"format": 1, "at": "9999-12-31T23:59:59Z", "exercise": "add-email", "answer": null,'
    b' "points": 0, "fault": null, "requirements": {"runs": "failed"}}',
    b'{"format": 1, "at": "2026-11-09T10:00:00Z", "exercise": "<script>alert(1)</script>",'
    b' "hint": 3}',
    b'{"format": 1, "at": "\x1b[31m", "exercise": "add-email", "hint": 99999999999999999999}',
    b'{"format": 1, "exercise": "add-email", "requirements": {"runs": "=cmd|calc"}}',
)


@dataclass
class Person:
    """A learner: `skill` from 0 to 1, `patience` in checks, `clock` is their own time."""

    id: str
    first: str
    last: str
    skill: float
    patience: int
    clock: datetime = field(default=BEGINS)

    def wait(self, chance: random.Random, minutes: float) -> datetime:
        """Some time goes by."""
        self.clock += timedelta(minutes=chance.expovariate(1 / minutes) + 0.2)
        return self.clock


@contextmanager
def generated_class(base: Path, learners: int, seed: int = 7) -> Iterator[ClassFolder]:
    """A class of so many, and `mallory`; they have handed in `LESSONS`, and `GRADED` are graded."""
    lessons = partial(copy_lessons, LESSONS)
    with open_class(base / "course", lesson=LESSONS[0], write_lessons=lessons) as course:
        for lesson in LESSONS[1:]:
            course.terminal.run(f"nbgrader generate_assignment {lesson}")
        people = make_people(learners, random.Random(seed))
        enter(course.terminal, course.folder, people)
        for place, lesson in enumerate(LESSONS):
            chance = random.Random(f"{seed} {lesson}")
            for person in people:
                person.clock = max(person.clock, BEGINS + timedelta(days=7 * place))
                if person.skill > 0.12 * place and chance.random() < 0.95:
                    hand_in(course.folder, lesson, person, chance)
        hand_in_hostile(course.folder)
        for lesson in GRADED:
            course.terminal.run(f"updown class grade {lesson}")
        yield course


def make_people(number: int, chance: random.Random) -> list[Person]:
    people = []
    for place in range(number):
        first, last = FIRST[place % len(FIRST)], LAST[(place * 3 + place // 11) % len(LAST)]
        skill = min(max(chance.gauss(0.55, 0.22), 0.05), 0.98)
        people.append(Person(f"s{place + 101}", first, last, skill, chance.randint(2, 8)))
    return people


def enter(terminal: Terminal, folder: Path, people: list[Person]) -> None:
    """The roster into the gradebook, with a name that is markup."""
    rows = [f"{one.id},{one.last},{one.first},{one.id}@example.org" for one in people]
    rows += [f"{MALLORY},{SCRIPT},=HYPERLINK(1),m@example.org", "silent,Nobody,Ever,n@example.org"]
    path = folder / "people.csv"
    path.write_text("id,last_name,first_name,email\n" + "\n".join(rows) + "\n", encoding="utf-8")
    terminal.run("nbgrader db student import people.csv")


def hand_in(folder: Path, lesson: str, person: Person, chance: random.Random) -> None:
    """One learner works on one lesson and hands it in."""
    target = folder / "submitted" / person.id / lesson
    shutil.copytree(folder / "release" / lesson, target)
    path = target / f"{lesson}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    lines: list[dict[str, object]] = []
    for exercise, states in tried_answers(folder, lesson):
        if chance.random() < 0.04 + 0.12 * (1 - person.skill):
            continue
        answer = work_on(exercise, states, person, chance, lines)
        for cell in notebook.cells:
            for name, text in answer.items():
                if cell.source.startswith(f"%%migration {name}\n"):
                    cell.source = f"%%migration {name}\n{text}"
    nbformat.write(notebook, path)
    answers = target / "answers"
    answers.mkdir()
    if chance.random() < 0.9:
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (answers / "attempts.jsonl").write_text(text, encoding="utf-8")
        for quiz in read_bank(folder / "source" / lesson / "quiz.toml"):
            answer_quiz(quiz, answers, person, chance, know=person.skill + 0.3 * (lesson > "09"))


def work_on(
    exercise: Exercise,
    states: Mapping[str, Mapping[str, str]],
    person: Person,
    chance: random.Random,
    lines: list[dict[str, object]],
) -> Mapping[str, str]:
    """Checks and hints until all is met or patience ends; the last answer."""
    texts = answer_texts(exercise)
    wrongs = [one.name for one in exercise.wrong_answers]
    # A wrong idea that comes first is the one that many have.
    weights = [1 / (1 + 0.8 * place) for place in range(len(wrongs))]
    tier, chosen = 0, chance.choices(wrongs, weights)[0]
    for number in range(person.patience):
        knows = chance.random() < person.skill * (0.55 + 0.12 * number + 0.12 * tier)
        if knows:
            chosen = exercise.solutions[0].name
        elif chance.random() < 0.5:
            chosen = chance.choices(wrongs, weights)[0]
        head = {"format": 1, "at": stamp(person.wait(chance, 6)), "exercise": exercise.task.id}
        lines.append(
            head | {"answer": "", "points": 0, "fault": None, "requirements": states[chosen]}
        )
        if knows:
            break
        if tier < 3 and chance.random() < 0.25:
            tier += 1
            head = {"format": 1, "at": stamp(person.wait(chance, 2)), "exercise": exercise.task.id}
            lines.append(head | {"hint": tier})
    return texts[chosen]


def answer_quiz(
    quiz: Quiz, folder: Path, person: Person, chance: random.Random, know: float
) -> None:
    for question in quiz.questions:
        if chance.random() < 0.05:
            continue
        for number in (1, 2):
            right = chance.random() < know + 0.25 * (number - 1)
            given = choose(question, right, chance)
            judged = judge(quiz.id, question, given)
            sure = None if chance.random() < 0.2 else chance.random() < 0.35 + 0.4 * right
            at = person.wait(chance, 0.7)
            answer = Answer(question.id, given, judged, number, at, sure, chance.randint(5, 70))
            append_answer(folder / f"quiz-{quiz.id}.jsonl", quiz, answer)
            if judged.right:
                break


@cache
def tried_answers(
    folder: Path, lesson: str
) -> tuple[tuple[Exercise, Mapping[str, Mapping[str, str]]], ...]:
    """Each exercise, and what its own check says of each answer of its spec."""
    found = []
    for path in sorted((folder / "specs" / lesson).glob("*.toml")):
        exercise = load_spec(path)
        prepared = prepare(exercise)
        states = {
            name: states_of(check_prepared(prepared, text))
            for name, text in answer_texts(exercise).items()
        }
        found.append((exercise, states))
    return tuple(found)


def states_of(verdict: Verdict) -> dict[str, str]:
    return {result.id: result.state for result in verdict.results}


def answer_texts(exercise: Exercise) -> dict[str, Mapping[str, str]]:
    """Solutions and wrong answers of a spec by name, each by the names of its files."""
    names = [one.name for one in exercise.task.migrations]
    answers = [*exercise.solutions, *exercise.wrong_answers]
    return {
        one.name: {names[0]: one.answer} if isinstance(one.answer, str) else dict(one.answer)
        for one in answers
    }


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def hand_in_hostile(folder: Path) -> None:
    """An answer whose refusal quotes markup and a name, and records that are none."""
    lesson = LESSONS[1]
    target = folder / "submitted" / MALLORY / lesson
    shutil.copytree(folder / "release" / lesson, target)
    path = target / f"{lesson}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.source.startswith("%%migration 001"):
            bad = f'"{SCRIPT} of mallory, not of Ada Lindqvist"'
            cell.source = f"{cell.source.splitlines()[0]}\n-- migrate:up\nSELECT {bad};"
    nbformat.write(notebook, path)
    answers = target / "answers"
    answers.mkdir()
    (answers / "attempts.jsonl").write_bytes(b"\n".join(HOSTILE_LINES))
    (answers / "quiz-adding-a-column.jsonl").write_bytes(b"x" * (5 * 2**20))
    (answers / "quiz-from-memory.jsonl").symlink_to("/etc/passwd")
