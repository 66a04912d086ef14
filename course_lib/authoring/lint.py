"""What the build refuses in a lesson that can be read: cells that would teach or grade wrongly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from course_lib.authoring.lesson import LessonCell, LessonProblem, LessonText


def find_problems(
    text: LessonText, points_by_exercise: Mapping[str, float]
) -> tuple[LessonProblem, ...]:
    """Problems of the cells of one lesson, in the order of its lines.

    `points_by_exercise`: for each exercise spec of the lesson, the points it gives at most.
    """
    problems: list[LessonProblem] = []
    for cell in text.cells:
        for sentence in _sentences(cell, points_by_exercise):
            problems.append(LessonProblem(text.file, cell.line, sentence))
    if not problems:
        problems = list(_find_pairing_problems(text, points_by_exercise))
    return tuple(problems)


def _sentences(cell: LessonCell, points_by_exercise: Mapping[str, float]) -> Iterator[str]:
    if cell.kind != "code":
        return
    lines = cell.source.splitlines()
    magic = lines[0].split(" ")[0] if lines and lines[0].startswith("%%") else None
    headings = ("-- migrate:up", "-- migrate:down")
    if magic == "%%sql" and any(line.strip().startswith(headings) for line in lines):
        yield (
            "this ```sql fence would run a migration's text as plain SQL. Write a ```python fence"
            " with %%migration NAME on its first line, or ~~~sql for text to read."
        )
    for exercise in (cell.answer, cell.check):
        if exercise is not None and exercise not in points_by_exercise:
            yield (
                f"there is no exercise {exercise!r} in this lesson. Write"
                f" exercises/{exercise}.toml, or correct the name."
            )
    if cell.answer is not None and cell.check is not None:
        yield "one cell cannot be both the answer and the check. Write two cells."
    elif cell.check is not None:
        yield from _check_sentences(cell, cell.check, points_by_exercise)
    elif cell.answer is not None:
        yield from _marker_sentences(cell, lines, magic)
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


def _check_sentences(
    cell: LessonCell, exercise: str, points_by_exercise: Mapping[str, float]
) -> Iterator[str]:
    if cell.source.strip() != check_source(exercise):
        form = check_source(exercise)
        yield f"the check cell differs from the form that grading reads, which is:\n{form}"
    expected = points_by_exercise.get(exercise)
    if expected is not None and cell.points != expected:
        yield (
            f"the check of {exercise!r} has points={cell.points:g}, and its spec gives"
            f" {expected:g}. Make them equal: nbgrader stops at a mark above the maximum."
        )


def _marker_sentences(cell: LessonCell, lines: list[str], magic: str | None) -> Iterator[str]:
    comment = "--" if magic in ("%%migration", "%%sql") else "###"
    begin, end = f"{comment} BEGIN SOLUTION", f"{comment} END SOLUTION"
    markers = [line.strip() for line in lines if "BEGIN SOLUTION" in line or "END SOLUTION" in line]
    if not markers or markers != [begin, end] * (len(markers) // 2):
        yield (
            f"the answer cell needs its solution between the lines {begin!r} and {end!r},"
            " once or several times, each opened and closed in turn."
        )


def _find_pairing_problems(
    text: LessonText, points_by_exercise: Mapping[str, float]
) -> Iterator[LessonProblem]:
    for exercise in points_by_exercise:
        answers = [cell for cell in text.cells if cell.answer == exercise]
        checks = [cell for cell in text.cells if cell.check == exercise]
        if len(answers) != 1 or len(checks) != 1:
            sentence = (
                f"the exercise {exercise!r} has {len(answers)} answer cells and {len(checks)} check"
                " cells, and needs one of each."
            )
            extra = (answers[1:] + checks[1:])[:1]
            yield LessonProblem(text.file, extra[0].line if extra else None, sentence)
        elif text.cells.index(answers[0]) > text.cells.index(checks[0]):
            sentence = f"the check of {exercise!r} stands before its answer cell. Put it after."
            yield LessonProblem(text.file, checks[0].line, sentence)
