"""Reading the author's spec (TOML) into an Exercise; every mistake in it has its file and line."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

from course_lib.migrations.migration import number_of

from .calls import read_function, read_hidden_calls, read_returns
from .exercise import (
    FORMAT,
    AskedMigration,
    EarlierMigration,
    Exercise,
    Language,
    Requirement,
    SpecError,
    Task,
)
from .spec_answers import read_solutions, read_wrong_answers
from .spec_hidden import read_hidden
from .spec_requirements import check_requirements, read_requirements
from .toml_section import Section, line_of, line_of_syntax_error, sections
from .world import World

_TEXTS = ("id", "lesson", "title", "task")
_ALL = ("format", "points", "hints", *_TEXTS, "requirement", "hidden", "solution", "wrong")
_OF_FUNCTIONS = ("function", "call")
_OF_MIGRATIONS = (
    *("database", "schema", "writes", "language"),
    *("migration", "stub", "earlier", "world"),
)
_LANGUAGES: tuple[Language, ...] = ("sql", "operations")

HINTS = 3


def load_spec(path: Path) -> Exercise:
    """Read and check one spec. Raises SpecError with file, line and sentence; OSError for a file
    that cannot be read. No SQL of it is run."""
    top = _read(path)
    is_function = "function" in top.values
    top.only((*_ALL, *(_OF_FUNCTIONS if is_function else _OF_MIGRATIONS)))
    if top.get("format", int) != FORMAT:
        raise top.error(f"the format of a spec is {FORMAT}", "format")
    requirements = read_requirements(top)
    task = _task(top, requirements)
    hidden_calls = read_hidden_calls(top) if is_function else ()
    check_requirements(top, task, tuple(one.name for one in hidden_calls))
    exercise = Exercise(
        task=task,
        hidden=() if is_function else read_hidden(top, [one.name for one in task.migrations]),
        solutions=read_solutions(top, task),
        wrong_answers=read_wrong_answers(top, task),
        source=str(path),
        lines=_lines(top),
        hidden_calls=hidden_calls,
        returns=read_returns(top),
    )
    if task.id != path.stem:
        raise top.error(f"the id is not the file's name, {path.stem!r}", "id")
    if top.get("points", int) != task.max_points:
        raise top.error(
            f"'points' is {top.values['points']}, and the requirements have {task.max_points}"
            " together",
            "points",
        )
    _unique(top, "world", [world.name for world in task.worlds])
    _unique(top, "hidden", [world.name for world in exercise.hidden])
    _unique(top, "hidden", [calls.name for calls in hidden_calls])
    return exercise


def _read(path: Path) -> Section:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
        return Section(path, text, "", 0, tomllib.loads(text))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SpecError(path, line, "the file is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        line, sentence = line_of_syntax_error(str(error))
        raise SpecError(path, line, f"TOML cannot read the file: {sentence}") from None


def _task(top: Section, requirements: tuple[Requirement, ...]) -> Task:
    hints = top.texts_of("hints")
    if len(hints) != HINTS or not all(hint.strip() for hint in hints):
        raise top.error(
            "there are three hints: where to look, which idea, first statement", "hints"
        )
    bare = Task(
        id=top.text_of("id"),
        lesson=top.text_of("lesson"),
        title=top.text_of("title"),
        task=top.text_of("task"),
        database="",
        schema="",
        writes="",
        migrations=(),
        earlier=(),
        requirements=requirements,
        hints=hints,
        worlds=(),
    )
    if "function" in top.values:
        return replace(bare, language="python", function=read_function(top))
    worlds = []
    for section in sections(top, "world"):
        section.only(("name", "title", "rows"))
        worlds.append(World(*(section.text_of(key) for key in ("name", "title", "rows"))))
    if not worlds:
        raise top.error("there is no [[world]]")
    earlier = []
    for section in sections(top, "earlier"):
        section.only(("name", "text"))
        earlier.append(EarlierMigration(_name(section), section.text_of("text")))
    return replace(
        bare,
        database=top.text_of("database"),
        schema=top.text_of("schema"),
        writes=top.text_of("writes"),
        migrations=_migrations(top),
        earlier=tuple(earlier),
        worlds=tuple(worlds),
        language=_language(top),
    )


def _language(top: Section) -> Language:
    """What the migrations are written in: SQL where the spec does not say."""
    said = top.get("language", str) if "language" in top.values else "sql"
    for language in _LANGUAGES:
        if language == said:
            return language
    raise top.error(f"'language' is {said!r}, not one of {', '.join(_LANGUAGES)}", "language")


def _lines(top: Section) -> dict[str | tuple[str, str], int]:
    """The places of the SQL that makes the databases."""
    table = "function" if "function" in top.values else ""
    found: dict[str | tuple[str, str], int] = {"schema": line_of(top.text, table, 0, "schema")}
    for kind, key in (("world", "rows"), ("hidden", ""), ("call", "returns")):
        for index, section in enumerate(sections(top, kind)):
            found[kind, section.text_of("name")] = line_of(top.text, kind, index, key)
    return found


def _migrations(top: Section) -> tuple[AskedMigration, ...]:
    """What is asked for: one, as `migration` and `stub`, or several, as [[migration]] tables."""
    if isinstance(top.values.get("migration"), str):
        return (AskedMigration(_name(top, "migration"), top.text_of("stub")),)
    asked: list[AskedMigration] = []
    for section in sections(top, "migration"):
        section.only(("name", "stub", "irreversible", "writes"))
        writes = section.text_of("writes") if "writes" in section.values else ""
        one = AskedMigration(
            _name(section), section.text_of("stub"), section.flag("irreversible"), writes
        )
        if asked and (number_of(one.name) or 0) <= (number_of(asked[-1].name) or 0):
            raise section.error("the numbers of the migrations have to grow", "name")
        if asked and asked[-1].irreversible and not one.irreversible:
            raise section.error("a migration after an irreversible one is irreversible as well")
        asked.append(one)
    if not asked:
        raise top.error("the exercise asks for no 'migration'")
    return tuple(asked)


def _name(section: Section, key: str = "name") -> str:
    name = section.text_of(key)
    if number_of(name) is None:
        raise section.error(f"{name!r} is not a number and words, such as 001_add_email", key)
    return name


def _unique(top: Section, table: str, names: list[str]) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            line = line_of(top.text, table, index, "name")
            raise SpecError(top.file, line, f"there are two worlds or calls {name!r}")
