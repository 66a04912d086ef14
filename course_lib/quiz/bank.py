"""A lesson's quiz bank: TOML text to quizzes, or every fault in it with file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from course_lib.quiz import places as place
from course_lib.quiz.items import check_quiz
from course_lib.quiz.model import OneChoice, Option, Question, Quiz

FORMAT = 1
"""The format of a bank: its first key, `format`."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LINE = re.compile(r"\(at line (\d+), column \d+\)$")


@dataclass(frozen=True)
class BankProblem:
    """One fault of a bank: the file, the line (from 1) and a sentence for its author."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.sentence}"


class BankError(ValueError):
    """A bank that cannot be used; `problems` holds everything that was found, by line."""

    def __init__(self, problems: tuple[BankProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read_bank(path: Path) -> tuple[Quiz, ...]:
    """The quizzes of a bank file, checked. Raises BankError; OSError when it cannot be read."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _fail(path, line, "The file is not UTF-8 here; save it as UTF-8.") from None
    return parse_bank(text, str(path))


def read_quiz(path: Path, quiz_id: str) -> Quiz:
    """One quiz of a bank file. Raises BankError, also when the bank has no quiz of that id."""
    quizzes = read_bank(path)
    for quiz in quizzes:
        if quiz.id == quiz_id:
            return quiz
    known = ", ".join(quiz.id for quiz in quizzes)
    raise _fail(path, 1, f"The bank has no quiz {quiz_id!r}; it has {known}.")


def parse_bank(text: str, file: str) -> tuple[Quiz, ...]:
    """The quizzes in the text of a bank. Raises BankError with every fault that was found."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        said = _LINE.sub("", str(error)).strip().rstrip(".")
        raise _fail(file, line, f"This is not TOML: {said}.") from None
    reader = _Reader(file, place.find_places(text), [])
    quizzes = reader.bank(raw)
    if reader.problems:
        raise BankError(tuple(sorted(reader.problems, key=lambda problem: problem.line)))
    return quizzes


def _fail(file: Path | str, line: int, sentence: str) -> BankError:
    return BankError((BankProblem(str(file), line, sentence),))


@dataclass(frozen=True)
class _Reader:
    """Reads tables key by key and collects what is wrong, so that an author sees all at once."""

    file: str
    places: dict[place.Path, int]
    problems: list[BankProblem]

    def bank(self, raw: dict[str, object]) -> tuple[Quiz, ...]:
        if raw.get("format") != FORMAT:
            self.say(("format",), f"The bank's format is {raw.get('format')!r}; expected {FORMAT}.")
        self.known(raw, (), {"format", "quiz"})
        quizzes = []
        ids: set[str] = set()
        tables = self.tables(raw, (), "quiz")
        if not tables:
            self.say((), "The bank has no quiz; expected at least one [[quiz]].")
        for at, table in tables:
            quiz = self.quiz(table, at)
            if quiz.id in ids:
                self.say((*at, "id"), f"The quiz {quiz.id!r} is there twice; expected it once.")
            ids.add(quiz.id)
            quizzes.append(quiz)
            for where, sentence in check_quiz(quiz):
                self.say((*at, *where), sentence)
        return tuple(quizzes)

    def quiz(self, raw: dict[str, object], at: place.Path) -> Quiz:
        self.known(raw, at, {"id", "title", "question"})
        questions = []
        for where, table in self.tables(raw, at, "question"):
            kind = self.text(table, where, "kind")
            if kind in KINDS:
                questions.append(KINDS[kind](self, table, where))
            elif kind:
                known = ", ".join(KINDS)
                self.say((*where, "kind"), f"There is no question kind {kind!r}; known: {known}.")
        return Quiz(self.id(raw, at), self.text(raw, at, "title"), tuple(questions))

    def one_choice(self, raw: dict[str, object], at: place.Path) -> OneChoice:
        self.known(raw, at, {"id", "kind", "stem", "topic", "sql", "option"})
        return OneChoice(
            id=self.id(raw, at),
            stem=self.text(raw, at, "stem"),
            topic=self.text(raw, at, "topic"),
            options=tuple(self.option(table, to) for to, table in self.tables(raw, at, "option")),
            sql=self.text(raw, at, "sql").rstrip() if "sql" in raw else None,
        )

    def option(self, raw: dict[str, object], at: place.Path) -> Option:
        self.known(raw, at, {"id", "text", "explanation", "right", "misconception"})
        right = raw.get("right", False)
        if not isinstance(right, bool):
            self.say((*at, "right"), f"`right` is {right!r}; expected true or false.")
        return Option(
            id=self.id(raw, at),
            text=self.text(raw, at, "text"),
            explanation=self.text(raw, at, "explanation"),
            right=right is True,
            misconception=self.text(raw, at, "misconception") if "misconception" in raw else None,
        )

    def say(self, at: place.Path, sentence: str) -> None:
        self.problems.append(BankProblem(self.file, place.line_of(self.places, at), sentence))

    def known(self, raw: dict[str, object], at: place.Path, keys: set[str]) -> None:
        for key in raw.keys() - keys:
            expected = ", ".join(sorted(keys))
            self.say((*at, key), f"The key `{key}` is not known here; expected one of {expected}.")

    def id(self, raw: dict[str, object], at: place.Path) -> str:
        value = self.text(raw, at, "id")
        if value and not _ID.fullmatch(value):
            self.say((*at, "id"), f"The id {value!r} is not usable; expected a-z, 0-9 and hyphens.")
        return value

    def text(self, raw: dict[str, object], at: place.Path, key: str) -> str:
        value = raw.get(key)
        if isinstance(value, str) and value.strip():
            return value if key == "sql" else " ".join(value.split())
        what = "is missing" if key not in raw else f"is {value!r}"
        self.say((*at, key), f"`{key}` {what}; expected a text.")
        return ""

    def tables(
        self, raw: dict[str, object], at: place.Path, key: str
    ) -> list[tuple[place.Path, dict[str, object]]]:
        found = raw.get(key, [])
        if isinstance(found, list) and all(isinstance(table, dict) for table in found):
            return [((*at, key, index), table) for index, table in enumerate(found)]
        header = ".".join(str(part) for part in (*at, key) if isinstance(part, str))
        self.say((*at, key), f"`{key}` is not a list of tables; expected [[{header}]].")
        return []


KINDS: dict[str, Callable[[_Reader, dict[str, object], place.Path], Question]] = {
    OneChoice.kind: _Reader.one_choice
}
"""The reader of each question kind."""
