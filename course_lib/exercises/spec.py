"""Reading the author's spec (TOML) into an Exercise; every mistake in it has its file and line."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

from .exercise import (
    FORMAT,
    Exercise,
    HiddenTable,
    HiddenWorld,
    Requirement,
    Solution,
    SpecError,
    Task,
    World,
    WrongAnswer,
)
from .hidden import GENERATORS
from .kinds import KINDS, UP_RUNS
from .toml_section import Section, line_of, line_of_syntax_error

_REQUIREMENT = ("id", "kind", "title", "reason", "points", "needs", "consequence", "where", "fact")
_TASK = ("id", "lesson", "title", "task", "database", "migration", "stub", "schema", "writes")
_TABLES = ("requirement", "world", "hidden", "solution", "wrong")

MIN_SOLUTIONS = 2
HINTS = 3


def load_spec(path: Path) -> Exercise:
    """Read and check one spec. Raises SpecError with file, line and sentence; OSError for a file
    that cannot be read."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SpecError(path, line, "the file is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        line, sentence = line_of_syntax_error(str(error))
        raise SpecError(path, line, f"TOML cannot read the file: {sentence}") from None
    top = Section(path, text, "", 0, data)
    top.only(("format", "hints", *_TASK, *_TABLES))
    if top.get("format", int) != FORMAT:
        raise top.error(f"the format of a spec is {FORMAT}", "format")
    requirements = tuple(_requirements(top))
    exercise = Exercise(
        task=_task(top, requirements),
        hidden=tuple(_hidden(section) for section in _sections(top, "hidden")),
        solutions=tuple(_solution(section) for section in _sections(top, "solution")),
        wrong_answers=tuple(_wrong(section, requirements) for section in _sections(top, "wrong")),
        source=str(path),
    )
    if exercise.task.id != path.stem:
        raise top.error(f"the id is not the file's name, {path.stem!r}", "id")
    if len(exercise.solutions) < MIN_SOLUTIONS:
        raise top.error(f"there are fewer than {MIN_SOLUTIONS} [[solution]] answers")
    _unique(top, "world", [world.name for world in exercise.task.worlds])
    _unique(top, "hidden", [world.name for world in exercise.hidden])
    return exercise


def _task(top: Section, requirements: tuple[Requirement, ...]) -> Task:
    hints = top.texts_of("hints")
    if len(hints) != HINTS or not all(hint.strip() for hint in hints):
        raise top.error(
            "there are three hints: where to look, which idea, first statement", "hints"
        )
    worlds = tuple(
        World(section.text_of("name"), section.text_of("title"), section.text_of("rows"))
        for section in _sections(top, "world")
    )
    if not worlds:
        raise top.error("there is no [[world]]")
    values = {key: top.text_of(key) for key in _TASK}
    return Task(**values, requirements=requirements, hints=hints, worlds=worlds)


def _requirements(top: Section) -> Iterator[Requirement]:
    seen: list[str] = []
    for section in _sections(top, "requirement"):
        requirement = _requirement(section)
        for need in requirement.needs:
            if need not in seen:
                raise section.error(f"{need!r} is no requirement that stands above", "needs")
        if requirement.id in seen:
            raise section.error(f"there are two requirements {requirement.id!r}", "id")
        if (requirement.kind == UP_RUNS) is not (not seen):
            raise section.error(
                f"the first requirement, and no other, is of kind {UP_RUNS}", "kind"
            )
        seen.append(requirement.id)
        yield requirement
    if not seen:
        raise top.error("there is no [[requirement]]")


def _requirement(section: Section) -> Requirement:
    name = section.text_of("kind")
    kind = KINDS.get(name)
    if kind is None:
        raise section.error(f"{name!r} is not one of the kinds {', '.join(KINDS)}", "kind")
    section.only((*_REQUIREMENT, *kind.parameters))
    parameters = {key: section.get(key, type_) for key, type_ in kind.parameters.items()}
    points = section.get("points", int)
    if points < 1:
        raise section.error("a requirement is worth at least 1 point", "points")
    fact = section.text_of("fact")
    if {field for _, field, _, _ in string.Formatter().parse(fact) if field is not None} - {"n"}:
        raise section.error("the only placeholder of a fact is {n}", "fact")
    texts = {key: section.text_of(key) for key in ("id", "title", "reason", "consequence", "where")}
    return Requirement(
        **texts,
        kind=name,
        points=points,
        needs=section.texts_of("needs"),
        parameters=parameters,
        fact=fact,
    )


def _hidden(section: Section) -> HiddenWorld:
    tables = []
    for name, options in section.get("table", dict).items():
        columns = {key: value for key, value in options.items() if key != "rows"}
        for column, how in columns.items():
            if not isinstance(how, dict) or how.get("draw") not in GENERATORS:
                names = ", ".join(GENERATORS)
                raise section.error(f"{name}.{column}: 'draw' has to be one of {names}")
        rows = options.get("rows")
        if not (isinstance(rows, list) and len(rows) == 2 and 0 <= rows[0] <= rows[1]):
            raise section.error(f"{name}: 'rows' has to be [least, most]")
        tables.append(HiddenTable(name, (rows[0], rows[1]), columns))
    return HiddenWorld(section.text_of("name"), section.text_of("title"), tuple(tables))


def _solution(section: Section) -> Solution:
    section.only(("name", "answer"))
    line = line_of(section.text, section.name, section.index, "answer")
    return Solution(section.text_of("name"), section.text_of("answer"), line)


def _wrong(section: Section, requirements: tuple[Requirement, ...]) -> WrongAnswer:
    section.only(("name", "answer", "fails", "phrase"))
    fails = section.text_of("fails")
    if fails not in (requirement.id for requirement in requirements):
        raise section.error(f"{fails!r} is no requirement of this exercise", "fails")
    line = line_of(section.text, section.name, section.index, "answer")
    name, answer, phrase = (section.text_of(key) for key in ("name", "answer", "phrase"))
    return WrongAnswer(name, answer, fails, phrase, line)


def _sections(top: Section, name: str) -> Iterator[Section]:
    found = top.values.get(name, [])
    if not isinstance(found, list):
        raise SpecError(top.file, line_of(top.text, name), f"{name} has to be [[{name}]]")
    for index, values in enumerate(found):
        yield Section(top.file, top.text, name, index, values)


def _unique(top: Section, table: str, names: list[str]) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            line = line_of(top.text, table, index, "name")
            raise SpecError(top.file, line, f"there are two worlds {name!r}")
