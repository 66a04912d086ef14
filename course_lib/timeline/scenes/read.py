"""A scene's TOML text to a scene, or every fault in it with file and line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, cast

from course_lib.migrations import parse_migration
from course_lib.migrations.migration import NAME

from .lines import Lines
from .scene import ACTS, Act, Beat, Place, Scene, SceneError, SceneProblem, Written

FORMAT = 1
"""The format of a scene: its first key, `format`."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_TOP = {"format", "id", "title", "text", "alike", "database", "migration", "beat"}
_BEAT = {"say", "do", "at", "expect", "phrase"}


def read_scene(path: Path) -> Scene:
    """The scene of a file, checked. Raises SceneError; OSError when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problem = SceneProblem(str(path), 1, "The file is not UTF-8; save it as UTF-8.")
        raise SceneError((problem,)) from None
    return parse_scene(text, str(path))


def parse_scene(text: str, file: str) -> Scene:
    """The scene in a text. Raises SceneError with every fault that was found."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        said = _LINE.sub("", str(error)).strip().rstrip(".")
        raise SceneError((SceneProblem(file, line, f"This is not TOML: {said}."),)) from None
    reader = _Reader(file, Lines(text))
    scene = reader.scene(raw)
    if reader.problems:
        raise SceneError(tuple(sorted(reader.problems, key=lambda problem: problem.line)))
    return scene


class _Reader:
    """Reads on after a fault, so that an author hears of all of them at once."""

    def __init__(self, file: str, lines: Lines) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[SceneProblem] = []

    def scene(self, raw: dict[str, Any]) -> Scene:
        if raw.get("format") != FORMAT:
            self.fault(self.lines.of(key="format"), f"`format` has to be {FORMAT}.")
        for key in raw.keys() - _TOP:
            self.fault(self.lines.of(key=key), f"A scene has no key `{key}`.")
        if not _ID.fullmatch(str(raw.get("id", ""))):
            self.fault(self.lines.of(key="id"), "`id` is words in lower case with hyphens between.")
        places = tuple(self.place(*one) for one in self.entries(raw, "database"))
        known = [place.id for place in places]
        for place in places:
            if known.count(place.id) > 1:
                self.fault(place.line, f"Two databases have the id {place.id!r}.")
        alike = raw.get("alike", [])
        for name in alike if isinstance(alike, list) else ["?"]:
            if name not in known:
                self.fault(self.lines.of(key="alike"), f"There is no database {name!r}.")
        return Scene(
            str(raw.get("id", "")),
            self.text(raw, "title"),
            self.text(raw, "text"),
            self.file,
            places,
            tuple(self.migration(*one) for one in self.entries(raw, "migration")),
            tuple(self.beat(entry, index, known) for entry, index in self.entries(raw, "beat")),
            tuple(map(str, alike)) if isinstance(alike, list) else (),
        )

    def place(self, entry: dict[str, Any], index: int) -> Place:
        for key in entry.keys() - {"id", "title", "up", "joins"}:
            self.fault(self.at("database", index, key), f"A database has no key `{key}`.")
        name = str(entry.get("id", ""))
        if not _ID.fullmatch(name):
            sentence = "`id` is words in lower case with hyphens between."
            self.fault(self.at("database", index, "id"), sentence)
        up = None if entry.get("joins") is True else str(entry.get("up", "0"))
        title = self.text(entry, "title", "database", index)
        return Place(name, title, up, self.at("database", index))

    def migration(self, entry: dict[str, Any], index: int) -> Written:
        for key in entry.keys() - {"name", "text"}:
            self.fault(self.at("migration", index, key), f"A migration has no key `{key}`.")
        name = self.text(entry, "name", "migration", index)
        line = self.at("migration", index, "text")
        text = self.text(entry, "text", "migration", index)
        self.sql(name, text, self.at("migration", index, "name"), line)
        return Written(name, text, line)

    def beat(self, entry: dict[str, Any], index: int, known: list[str]) -> Beat:
        act = str(entry.get("do", "look"))
        if act not in ACTS:
            acts = ", ".join(ACTS)
            self.fault(self.at("beat", index, "do"), f"There is no {act!r}; there are {acts}.")
            act = "look"
        needs = ACTS[cast(Act, act)]
        for key in entry.keys() - _BEAT - set(needs):
            self.fault(self.at("beat", index, key), f"A beat that does `{act}` has no key `{key}`.")
        values = {key: self.text(entry, key, "beat", index) for key in needs}
        if act == "write" and all(values.values()):
            places = (self.at("beat", index, key) for key in ("migration", "text"))
            self.sql(values["migration"], values["text"], *places)
        at = str(entry.get("at", ""))
        if at not in known and not (act == "look" and not at):
            names = ", ".join(known)
            sentence = f"`at` names a database, and there is no {at!r}; there are {names}."
            self.fault(self.at("beat", index, "at"), sentence)
        expect = entry.get("expect", "done")
        if expect not in ("done", "refused"):
            self.fault(self.at("beat", index, "expect"), '`expect` is "done" or "refused".')
        say = self.text(entry, "say", "beat", index)
        phrase, line = str(entry.get("phrase", "")), self.at("beat", index)
        return Beat(say, cast(Act, act), at, values, expect, phrase, line)

    def sql(self, name: str, text: str, name_line: int, text_line: int) -> None:
        """A file's name and text: what does not parse is told with the line in the scene."""
        if name and not NAME.fullmatch(f"{name}.sql"):
            sentence = f"{name!r} is no migration's name; one is 001_add_email_to_users."
            self.fault(name_line, sentence)
        for problem in parse_migration(text, f"{name}.sql").problems if text else ():
            found = re.search(r"line (\d+)$", problem.where)
            # A text in three quotes begins on the line below its key.
            line = text_line + (int(found[1]) if found else 0)
            self.fault(line, f"{name}: {problem.what}; {problem.next_step}.")

    def entries(self, raw: dict[str, Any], key: str) -> list[tuple[dict[str, Any], int]]:
        found = raw.get(key, [])
        if not isinstance(found, list) or not found:
            self.fault(self.lines.of(key=key), f"A scene has at least one `[[{key}]]`.")
            return []
        return [(entry, index) for index, entry in enumerate(found)]

    def text(self, entry: dict[str, Any], key: str, section: str = "", index: int = 0) -> str:
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fault(self.lines.of(section, index, key), f"`{key}` is missing; write a text.")
            return ""
        return value if "\n" in value else value.strip()

    def at(self, section: str, index: int, key: str = "") -> int:
        return self.lines.of(section, index, key)

    def fault(self, line: int, sentence: str) -> None:
        self.problems.append(SceneProblem(self.file, line, sentence))
