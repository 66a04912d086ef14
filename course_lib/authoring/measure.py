"""What a lesson is made of, counted: the numbers of `updown course report`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from course_lib.authoring.found import lesson_name
from course_lib.authoring.lesson import LessonCell, LessonProblem, read_lesson
from course_lib.authoring.prose import Stretch, find_stretches, promised_minutes
from course_lib.exercises import SpecError, load_spec
from course_lib.quiz import BankError, Quiz, read_bank

NOTE = "instructor.md"

_QUIZ = re.compile(r"""\bquiz\(["']([^"']*)["']""")
_PICTURE = re.compile(r"""\.timeline\(|\bscene\(["']""")


@dataclass(frozen=True)
class CountedExercise:
    """A graded exercise, by the file of its spec, and its number of wrong answers."""

    id: str
    file: str
    wrong_answers: int


@dataclass(frozen=True)
class Measured:
    """A lesson in numbers. `file` is its text; `note_words` is None without an instructor's note.

    `order_asked` is whether steps were to be put in order before `first_answer`, the line of the
    first cell in which an answer is written (None without one).
    """

    lesson: str
    file: str
    minutes: int | None
    stretches: tuple[Stretch, ...]
    exercises: tuple[CountedExercise, ...]
    quizzes: tuple[Quiz, ...]
    has_picture: bool
    first_answer: int | None
    order_asked: bool
    note_words: int | None

    @property
    def words(self) -> int:
        """Words of prose."""
        return sum(one.words for one in self.stretches)

    @property
    def actions(self) -> int:
        """Cells that run."""
        return len(self.stretches) - 1

    @property
    def longest_gap(self) -> Stretch:
        """The longest prose without anything to do."""
        return max(self.stretches, key=lambda one: one.words)

    @property
    def median_gap(self) -> float:
        """The median number of words between two things to do."""
        return median(one.words for one in self.stretches)

    @property
    def wrong_answers(self) -> int:
        """Wrong answers of all exercises."""
        return sum(one.wrong_answers for one in self.exercises)

    @property
    def longest_quiz(self) -> int:
        """Questions of the quiz that has most."""
        return max((len(quiz.questions) for quiz in self.quizzes), default=0)

    @property
    def kinds(self) -> dict[str, int]:
        """Questions of all quizzes by kind, in the order in which the kinds come."""
        counted: dict[str, int] = {}
        for quiz in self.quizzes:
            for question in quiz.questions:
                counted[question.kind] = counted.get(question.kind, 0) + 1
        return counted


def measure_lesson(text: Path, root: Path) -> Measured | tuple[LessonProblem, ...]:
    """Count what a lesson has, or say what cannot be read.

    `text` is its Markdown below `root`. When that is named lesson.md, its folder holds exercises,
    quiz bank and note; another page has none of them.
    """
    file = text.relative_to(root).as_posix()
    try:
        written = text.read_text(encoding="utf-8")
        read = read_lesson(written, file)
        exercises, quizzes, note = _read_folder(text, root)
    except UnicodeDecodeError as error:
        sentence = f"a text is not UTF-8 (byte {error.start}). Save it as UTF-8."
        return (LessonProblem(file, None, sentence),)
    except SpecError as error:
        return (LessonProblem(_below(error.file, root), error.line, error.sentence),)
    except BankError as error:
        return tuple(
            LessonProblem(_below(one.file, root), one.line, one.sentence) for one in error.problems
        )
    if read.problems:
        return read.problems
    answers = [place for place, cell in enumerate(read.cells) if cell.answer is not None]
    before = read.cells[: answers[0]] if answers else read.cells
    return Measured(
        lesson=lesson_name(text),
        file=file,
        minutes=promised_minutes(written),
        stretches=find_stretches(written),
        exercises=exercises,
        quizzes=quizzes,
        has_picture=any(_PICTURE.search(cell.source) for cell in _code(read.cells)),
        first_answer=read.cells[answers[0]].line if answers else None,
        order_asked=_asks_for_order(before, quizzes),
        note_words=None if note is None else len(note.split()),
    )


def _read_folder(
    text: Path, root: Path
) -> tuple[tuple[CountedExercise, ...], tuple[Quiz, ...], str | None]:
    if text.name != "lesson.md":
        return (), (), None
    folder = text.parent
    exercises = []
    for path in sorted((folder / "exercises").glob("*.toml")):
        wrong = len(load_spec(path).wrong_answers)
        exercises.append(CountedExercise(path.stem, path.relative_to(root).as_posix(), wrong))
    bank, note = folder / "quiz.toml", folder / NOTE
    quizzes = read_bank(bank) if bank.exists() else ()
    said = note.read_text(encoding="utf-8") if note.exists() else None
    return tuple(exercises), quizzes, said


def _asks_for_order(cells: Sequence[LessonCell], quizzes: Sequence[Quiz]) -> bool:
    asked = {quiz for cell in _code(cells) for quiz in _QUIZ.findall(cell.source)}
    return any(
        question.kind == "order"
        for quiz in quizzes
        if quiz.id in asked
        for question in quiz.questions
    )


def _code(cells: Sequence[LessonCell]) -> Iterator[LessonCell]:
    return (cell for cell in cells if cell.kind == "code")


def _below(file: str | Path, root: Path) -> str:
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(file)
