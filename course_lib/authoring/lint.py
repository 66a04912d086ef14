"""What the build refuses in a lesson that can be read: cells that would teach or grade wrongly."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from course_lib.authoring.lesson import LessonCell, LessonProblem, LessonText

# The id of a quiz in a call of `quiz`, `quiz_points` or `gained`, which names a lesson before it.
_QUIZ = re.compile(r"""\b(?:quiz(?:_points)?\(|gained\(["'][^"']*["'],\s*)["']([^"']*)["']""")

WIDTH = 86
"""Characters of a line of code that JupyterLab shows in a notebook of 860 pixels, as measured."""


@dataclass(frozen=True)
class Asked:
    """What a spec asks of the lesson's cells: the points of its check, and the first line of each
    answer cell, in their order."""

    points: float
    first_lines: tuple[str, ...]


def find_problems(
    text: LessonText,
    exercises: Mapping[str, Asked],
    quizzes: Collection[str],
    scenes: Collection[str] = (),
) -> tuple[LessonProblem, ...]:
    """Problems of the cells of one lesson, in the order of its lines.

    `exercises` are the lesson's specs by name, `quizzes` the ids of its quiz bank,
    `scenes` those of its scenes.
    """
    problems: list[LessonProblem] = []
    for cell in text.cells:
        for sentence in _sentences(cell, exercises, quizzes, scenes):
            problems.append(LessonProblem(text.file, cell.line, sentence))
    if not problems:
        problems = list(_find_pairing_problems(text, exercises))
    return tuple(problems)


def _sentences(
    cell: LessonCell,
    exercises: Mapping[str, Asked],
    quizzes: Collection[str],
    scenes: Collection[str],
) -> Iterator[str]:
    if cell.kind != "code":
        return
    lines = cell.source.splitlines()
    magic = lines[0].split(" ")[0] if lines and lines[0].startswith("%%") else None
    if long := [line for line in lines if len(line) > WIDTH]:
        yield (
            f"a line of this cell has {len(long[0])} characters, and a narrow window cuts it after"
            f" {WIDTH}. Break it: {long[0].strip()[:30]}…"
        )
    headings = ("-- migrate:up", "-- migrate:down")
    if magic == "%%sql" and any(line.strip().startswith(headings) for line in lines):
        yield (
            "this ```sql fence would run a migration's text as plain SQL. Write a ```python fence"
            " with %%migration NAME on its first line, or ~~~sql for text to read."
        )
    if cell.quiz is not None:
        yield from _quiz_sentences(cell, cell.quiz)
    for quiz in _QUIZ.findall(cell.source):
        if quiz not in quizzes:
            yield (
                f"there is no quiz {quiz!r} in this lesson's quiz.toml. Add it there, or correct"
                " the name."
            )
    for scene in re.findall(r"""\bscene\(["']([^"']*)["']""", cell.source):
        if scene not in scenes:
            yield (
                f"there is no scene {scene!r} in this lesson. Write scenes/{scene}.toml, or correct"
                " the name."
            )
    imported = re.search(r"^from course_lib\.notebook import (.*)$", cell.source, re.MULTILINE)
    if imported and "check" in (names := re.findall(r"\w+", imported[1])) and "hint" not in names:
        yield (
            'this cell imports check and not hint. A verdict tells the learner to run hint("..."),'
            " which would end in a NameError. Import both."
        )
    for exercise in (cell.answer, cell.check):
        if exercise is not None and exercise not in exercises:
            yield (
                f"there is no exercise {exercise!r} in this lesson. Write"
                f" exercises/{exercise}.toml, or correct the name."
            )
    if cell.answer is not None and cell.check is not None:
        yield "one cell cannot be both the answer and the check. Write two cells."
    elif cell.check is not None:
        yield from _check_sentences(cell, cell.check, exercises.get(cell.check))
    elif cell.answer is not None:
        yield from _answer_sentences(lines, magic, exercises.get(cell.answer))
    elif cell.quiz is None and "quiz_points(" in cell.source:
        yield (
            'this cell gives points for a quiz and nobody counts them: write quiz="<id>"'
            " points=<number> behind its fence."
        )
    elif "BEGIN SOLUTION" in cell.source or "BEGIN HIDDEN TESTS" in cell.source:
        yield (
            "this cell holds a solution or hidden tests and has no answer= or check= option, so"
            " they would reach the learner. Add the option, or take them out."
        )


def check_source(exercise: str) -> str:
    """The whole text of the check cell of an exercise."""
    return (
        f'check("{exercise}")\n'
        "### BEGIN HIDDEN TESTS\n"
        f'check("{exercise}", hidden=True)\n'
        "### END HIDDEN TESTS"
    )


def _quiz_sentences(cell: LessonCell, quiz: str) -> Iterator[str]:
    if cell.answer is not None or cell.check is not None:
        yield "a cell with the points of a quiz is neither an answer nor a check. Write two cells."
    form = f'quiz_points("{quiz}", of={cell.points:g})'
    if cell.points is not None and cell.source.strip() != form:
        yield f"the cell with a quiz's points differs from the form that grading reads: {form}"


def _check_sentences(cell: LessonCell, exercise: str, asked: Asked | None) -> Iterator[str]:
    if cell.source.strip() != check_source(exercise):
        form = check_source(exercise)
        yield f"the check cell differs from the form that grading reads, which is:\n{form}"
    if asked is not None and cell.points != asked.points:
        yield (
            f"the check of {exercise!r} has points={cell.points:g}, and its spec gives"
            f" {asked.points:g}. Make them equal: nbgrader stops at a mark above the maximum."
        )


def _answer_sentences(lines: list[str], magic: str | None, asked: Asked | None) -> Iterator[str]:
    firsts = asked.first_lines if asked else ()
    if asked is not None and not (lines and lines[0] in firsts):
        yield (
            "the answer cell would not save the file that the check reads. Its first line has to"
            f" be: {' or '.join(firsts)}"
        )
    is_sql = magic in ("%%migration", "%%sql") and not lines[0].strip().endswith(".py")
    comment = "--" if is_sql else "###"
    begin, end = f"{comment} BEGIN SOLUTION", f"{comment} END SOLUTION"
    markers = [line.strip() for line in lines if "BEGIN SOLUTION" in line or "END SOLUTION" in line]
    if not markers or markers != [begin, end] * (len(markers) // 2):
        yield (
            f"the answer cell needs its solution between the lines {begin!r} and {end!r},"
            " once or several times, each opened and closed in turn."
        )


def _find_pairing_problems(
    text: LessonText, exercises: Mapping[str, Asked]
) -> Iterator[LessonProblem]:
    for exercise, asked in exercises.items():
        answers = [cell for cell in text.cells if cell.answer == exercise]
        checks = [cell for cell in text.cells if cell.check == exercise]
        several = len(asked.first_lines)
        if len(answers) != several or len(checks) != 1:
            needs = (
                "one of each"
                if several == 1
                else f"{several} answer cells, one for each migration, and one check cell"
            )
            sentence = (
                f"the exercise {exercise!r} has {len(answers)} answer cells and {len(checks)} check"
                f" cells, and needs {needs}."
            )
            extra = (answers[several:] + checks[1:])[:1]
            yield LessonProblem(text.file, extra[0].line if extra else None, sentence)
        elif [cell.source.splitlines()[0] for cell in answers] != [*asked.first_lines]:
            order = ", then ".join(line.split()[-1] for line in asked.first_lines)
            sentence = f"the answer cells of {exercise!r} have to stand in the order {order}."
            yield LessonProblem(text.file, answers[0].line, sentence)
        elif text.cells.index(answers[-1]) > text.cells.index(checks[0]):
            sentence = f"the check of {exercise!r} stands before its answer cell. Put it after."
            yield LessonProblem(text.file, checks[0].line, sentence)
