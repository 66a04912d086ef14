"""A lesson's text as cells: what the author wrote, with the line of every code cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import jupytext  # type: ignore[import-untyped]
from jupytext.cell_metadata import text_to_metadata  # type: ignore[import-untyped]

OPTIONS = ("answer", "check", "points", "quiz", "tags")
RUNNABLE = ("python", "sql")
READABLE = ("", "text", "mermaid")

_FENCE = re.compile(r"^(?P<mark>`{3,}|~{3,})\s*(?P<info>.*?)\s*$")


@dataclass(frozen=True)
class LessonProblem:
    """What is wrong in an author's text, for people: `str()` gives file, line and sentence."""

    file: str
    line: int | None
    sentence: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.sentence}"


@dataclass(frozen=True)
class LessonCell:
    """One cell as the author wrote it; `line` is 1-based, of the opening fence, and None for prose.

    `answer` and `check` name an exercise, `quiz` a quiz whose points the cell gives. `points`
    belongs to a check or a quiz.
    """

    kind: str
    source: str
    line: int | None = None
    answer: str | None = None
    check: str | None = None
    points: float | None = None
    tags: tuple[str, ...] = ()
    quiz: str | None = None


@dataclass(frozen=True)
class LessonText:
    """A lesson's cells in order, and its problems; where there are any, cells may be missing."""

    file: str
    cells: tuple[LessonCell, ...]
    problems: tuple[LessonProblem, ...]


def read_lesson(text: str, file: str) -> LessonText:
    """Read jupytext Markdown. `file` names it in problems."""
    fences, problems = _read_fences(text, file)
    if problems:
        return LessonText(file, (), tuple(problems))
    notebook = jupytext.reads(text, fmt="md")
    code_count = sum(cell.cell_type == "code" for cell in notebook.cells)
    if code_count != len(fences):
        sentence = (
            f"{len(fences)} fences are written as code cells and jupytext makes {code_count} cells"
            " of them. Look for a fence inside an indented block or a region, and take it out."
        )
        return LessonText(file, (), (LessonProblem(file, None, sentence),))
    opened = iter(fences)
    cells: list[LessonCell] = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cells.append(_make_code_cell(cell.source, *next(opened)))
        elif cell.cell_type == "markdown":
            cells.append(LessonCell("markdown", cell.source))
        else:
            sentence = (
                "this is a raw cell (front matter between --- lines, or a raw region), and a lesson"
                " has prose and code only. Delete it."
            )
            problems.append(LessonProblem(file, 1, sentence))
    return LessonText(file, tuple(cells), tuple(problems))


def _read_fences(
    text: str, file: str
) -> tuple[list[tuple[int, dict[str, Any]]], list[LessonProblem]]:
    """Line and options of each fence that becomes a code cell, and what is wrong with fences."""
    runnable: list[tuple[int, dict[str, Any]]] = []
    problems: list[LessonProblem] = []
    open_mark: str | None = None
    open_line = 0
    for line, content in zip(count(1), text.splitlines(), strict=False):
        found = _FENCE.match(content)
        if found is None:
            continue
        mark, info = found["mark"], found["info"]
        language = info.split(" ")[0]
        if open_mark is not None:
            if mark.startswith(open_mark) and not info:
                open_mark = None
            elif mark.startswith(open_mark):
                problems.append(_not_closed(file, open_line))
                return runnable, problems
            elif open_mark[0] == "~" and language in RUNNABLE and mark[0] == "`":
                sentence = (
                    f"a ```{language} fence inside a ~~~ fence would become a cell that runs."
                    " Indent it, or leave out its language."
                )
                problems.append(LessonProblem(file, line, sentence))
            continue
        open_mark, open_line = mark, line
        if mark[0] == "~":
            continue
        if language in RUNNABLE:
            _, options = text_to_metadata(info)
            runnable.append((line, options))
            problems += [LessonProblem(file, line, wrong) for wrong in _wrong_options(options)]
        elif language not in READABLE:
            sentence = (
                f"a fence with backticks and the language {language!r} is not used in lessons."
                f" Text to read takes tildes (~~~{language}); cells that run are ```python and"
                " ```sql."
            )
            problems.append(LessonProblem(file, line, sentence))
    if open_mark is not None:
        problems.append(_not_closed(file, open_line))
    return runnable, problems


def _not_closed(file: str, line: int) -> LessonProblem:
    sentence = "this fence is not closed. End it with the same marks at the left margin."
    return LessonProblem(file, line, sentence)


def _wrong_options(options: dict[str, Any]) -> Iterator[str]:
    for name in options:
        if name not in OPTIONS:
            yield (
                f"the option {name!r} is not known. The options of a fence are"
                f" {', '.join(OPTIONS)} (see docs/authors.md)."
            )
    for name in ("answer", "check", "quiz"):
        value = options.get(name)
        if name in options and not _is_exercise_name(value):
            what = "a quiz" if name == "quiz" else "an exercise"
            yield (
                f"{name}={value!r} is not the name of {what}: small letters, digits and"
                f' hyphens in quotes, such as {name}="add-email".'
            )
    points = options.get("points")
    counts = "check" in options or "quiz" in options
    if (points is not None) != counts or not isinstance(points, int | float | None):
        yield (
            "a check cell has points, a quiz cell has, and no other cell has:"
            ' write check="<exercise>" points=<number> or quiz="<id>" points=<number>.'
        )
    tags = options.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        yield 'tags is not a list of names: write tags=["name"].'


def _make_code_cell(source: str, line: int, options: dict[str, Any]) -> LessonCell:
    tags = tuple(options.get("tags", ()))
    points = options.get("points")
    return LessonCell(
        "code",
        source,
        line,
        options.get("answer"),
        options.get("check"),
        points,
        tags,
        options.get("quiz"),
    )


def _is_exercise_name(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z0-9][a-z0-9-]{0,50}", value) is not None
