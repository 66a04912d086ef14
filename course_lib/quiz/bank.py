"""A lesson's quiz bank: TOML text to quizzes, or every fault in it with file and line."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path

from course_lib.quiz import places as place
from course_lib.quiz.items import check_quiz
from course_lib.quiz.kinds.choice import OneChoice, SeveralChoices, read_choices
from course_lib.quiz.kinds.fill_in import FillIn, read_fill_in
from course_lib.quiz.kinds.match import Match, read_match
from course_lib.quiz.kinds.number import Number, read_number
from course_lib.quiz.kinds.order import Order, read_order
from course_lib.quiz.kinds.predict import Predict, read_predict
from course_lib.quiz.kinds.predict_value import PredictValue, read_predict_value
from course_lib.quiz.kinds.question import Finding, Question
from course_lib.quiz.kinds.review import Review
from course_lib.quiz.kinds.review_reading import read_review
from course_lib.quiz.model import Quiz
from course_lib.quiz.reading import BankProblem, Reader

FORMAT = 1
"""The format of a bank: its first key, `format`."""

KINDS: dict[str, Callable[[Reader, dict[str, object], place.Path], Question]] = {
    OneChoice.kind: partial(read_choices, OneChoice),
    SeveralChoices.kind: partial(read_choices, SeveralChoices),
    Predict.kind: read_predict,
    PredictValue.kind: read_predict_value,
    Order.kind: read_order,
    Match.kind: read_match,
    Review.kind: read_review,
    FillIn.kind: read_fill_in,
    Number.kind: read_number,
}
"""The reader of each question kind."""

_SIDE_BY_SIDE = min(4, os.cpu_count() or 1)
"""A container may count all cores of its host, and each program has a time limit."""

_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_LESSON = re.compile(r"[0-9]{2}(-[a-z0-9]+)+")


class BankError(ValueError):
    """A bank that cannot be used; `problems` holds everything that was found, by line."""

    def __init__(self, problems: tuple[BankProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read_bank(path: Path, *, prove: bool = False) -> tuple[Quiz, ...]:
    """The quizzes of a bank file, checked. With `prove` its claims about DuckDB are run as well.

    Raises BankError; OSError when it cannot be read.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _fail(path, line, "The file is not UTF-8 here; save it as UTF-8.") from None
    return parse_bank(text, str(path), prove=True) if prove else _parsed(text, str(path))


def read_quiz(path: Path, quiz_id: str) -> Quiz:
    """One quiz of a bank file. Raises BankError, also when the bank has no quiz of that id."""
    quizzes = read_bank(path)
    for quiz in quizzes:
        if quiz.id == quiz_id:
            return quiz
    known = ", ".join(quiz.id for quiz in quizzes)
    raise _fail(path, 1, f"The bank has no quiz {quiz_id!r}; it has {known}.")


def parse_bank(text: str, file: str, *, prove: bool = False) -> tuple[Quiz, ...]:
    """The quizzes in the text of a bank. Raises BankError with every fault that was found."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        said = _LINE.sub("", str(error)).strip().rstrip(".")
        raise _fail(file, line, f"This is not TOML: {said}.") from None
    reader = Reader(file, place.find_places(text), [])
    quizzes = _read(reader, raw)
    if not reader.problems and prove:
        _prove(reader, quizzes)
    if reader.problems:
        raise BankError(tuple(sorted(reader.problems, key=lambda problem: problem.line)))
    return quizzes


@lru_cache(maxsize=8)
def _parsed(text: str, file: str) -> tuple[Quiz, ...]:
    """The same, once for all quizzes of a notebook."""
    return parse_bank(text, file)


def compare_banks(text: str, file: str, released: str) -> tuple[BankProblem, ...]:
    """The questions of a bank whose id had another meaning in the bank that was released.

    Answers refer to ids, so a question that asks something else needs a new one. Both texts are
    banks without faults, else nothing is found.
    """
    try:
        before = {
            (quiz.id, question.id): question.meaning()
            for quiz in parse_bank(released, file)
            for question in quiz.questions
        }
        quizzes = parse_bank(text, file)
    except BankError:
        return ()
    reader = Reader(file, place.find_places(text), [])
    for at, quiz in enumerate(quizzes):
        for index, question in enumerate(quiz.questions):
            old = before.get((quiz.id, question.id))
            if old is None or old in (question.meaning(), *question.was):
                continue
            was = ", ".join(f'"{one}"' for one in (*question.was, old))
            reader.say(
                ("quiz", at, "question", index),
                f"Question {question.id} reads differently from the one that was released. If it "
                f"asks something else, give it a new id. If it asks the same, add was = [{was}].",
            )
    return tuple(reader.problems)


def _fail(file: Path | str, line: int, sentence: str) -> BankError:
    return BankError((BankProblem(str(file), line, sentence),))


def _read(reader: Reader, raw: dict[str, object]) -> tuple[Quiz, ...]:
    if raw.get("format") != FORMAT:
        reader.say(("format",), f"The bank's format is {raw.get('format')!r}; expected {FORMAT}.")
    reader.known(raw, (), {"format", "quiz"})
    quizzes: list[Quiz] = []
    tables = reader.tables(raw, (), "quiz")
    if not tables:
        reader.say((), "The bank has no quiz; expected at least one [[quiz]].")
    for at, table in tables:
        quiz = _read_quiz(reader, table, at)
        if quiz.id in {other.id for other in quizzes}:
            reader.say((*at, "id"), f"The quiz {quiz.id!r} is there twice; expected it once.")
        quizzes.append(quiz)
        for where, sentence in check_quiz(quiz):
            reader.say((*at, *where), sentence)
    _keep(reader, quizzes, (question.faults() for question in _questions(quizzes)))
    return tuple(quizzes)


def _read_quiz(reader: Reader, raw: dict[str, object], at: place.Path) -> Quiz:
    reader.known(raw, at, {"id", "title", "returns", "question"})
    questions = []
    for where, table in reader.tables(raw, at, "question"):
        kind = reader.text(table, where, "kind")
        if kind in KINDS:
            questions.append(KINDS[kind](reader, table, where))
        elif kind:
            known = ", ".join(KINDS)
            reader.say((*where, "kind"), f"There is no question kind {kind!r}; known: {known}.")
    returns = reader.text(raw, at, "returns") if "returns" in raw else None
    if returns and not _LESSON.fullmatch(returns):
        reader.say((*at, "returns"), f"`returns` is {returns!r}; expected a lesson's folder.")
    return Quiz(reader.id(raw, at), reader.text(raw, at, "title"), tuple(questions), returns)


def _prove(reader: Reader, quizzes: tuple[Quiz, ...]) -> None:
    """Run the claims of all questions, some side by side: each waits for programs of its own."""
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        _keep(reader, quizzes, pool.map(lambda one: tuple(one.claims()), _questions(quizzes)))


def _questions(quizzes: Iterable[Quiz]) -> Iterator[Question]:
    return (question for quiz in quizzes for question in quiz.questions)


def _keep(reader: Reader, quizzes: Iterable[Quiz], found: Iterable[Iterable[Finding]]) -> None:
    """Say what was found in each question, in their order."""
    places = (
        ("quiz", at, "question", index)
        for at, quiz in enumerate(quizzes)
        for index, _ in enumerate(quiz.questions)
    )
    for of_question, findings in zip(places, found, strict=True):
        for where, sentence in findings:
            reader.say((*of_question, *where), sentence)
