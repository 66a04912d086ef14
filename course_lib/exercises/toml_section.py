"""The tables of a TOML file with their places: tomllib reads values and forgets their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .exercise import SpecError

_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class Section:
    """One table of the file, with what it takes to say where a mistake is."""

    file: Path
    text: str
    name: str
    index: int
    values: Mapping[str, Any]

    def error(self, sentence: str, key: str = "") -> SpecError:
        """A mistake at this key, or at the head of the table."""
        return SpecError(self.file, line_of(self.text, self.name, self.index, key), sentence)

    def error_below(self, head: str, sentence: str, key: str = "") -> SpecError:
        """A mistake in a table below this one, such as `hidden.table.users`, at this key of it."""
        lines = self.text.split("\n")
        own = line_of(self.text, self.name, self.index)
        for number in range(own, len(lines)):
            if _is_head(lines[number], head):
                rest = "\n".join(lines[number + 1 :])
                line = number + 1 + (line_of(rest, "", 0, key) if key and _has(rest, key) else 0)
                return SpecError(self.file, line, sentence)
            if _is_head(lines[number], self.name):
                break
        return SpecError(self.file, own, sentence)

    def get(self, key: str, kind: type) -> Any:
        """The value of a key that must be there, of this type."""
        found = self.values.get(key)
        if found is None:
            raise self.error(f"{self.name or 'the exercise'} has no {key!r}")
        if not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool):
            raise self.error(f"{key!r} has to be of the type {kind.__name__}", key)
        if isinstance(found, list) and not all(isinstance(one, str) for one in found):
            raise self.error(f"{key!r} has to be a list of texts", key)
        return found

    def flag(self, key: str) -> bool:
        """A key that is true or false, and false where it is left out."""
        return bool(self.get(key, bool)) if key in self.values else False

    def text_of(self, key: str) -> str:
        """The text of a key that must be there."""
        found: str = self.get(key, str)
        return found

    def texts_of(self, key: str) -> tuple[str, ...]:
        """The list of texts of a key that must be there."""
        return tuple(self.get(key, list))

    def only(self, allowed: tuple[str, ...]) -> None:
        """Raise SpecError for a key that means nothing here."""
        for key in self.values:
            if key not in allowed:
                raise self.error(f"{key!r} is not a key of {self.name or 'an exercise'}", key)


def line_of(text: str, table: str = "", index: int = 0, key: str = "") -> int:
    """The line (from 1) of a key in the `index`-th table of that name, else of the table's head.

    An empty `table` means the top of the file. What is not found is on the line of its table.

    >>> line_of("a = 1\\n[[world]]\\nname = 'x'", "world", 0, "name")
    3
    """
    lines = text.split("\n")
    start = 0
    if table:
        heads = [i for i, line in enumerate(lines) if _is_head(line, table)]
        if index >= len(heads):
            return 1
        start = heads[index]
    if not key:
        return start + 1
    for number in range(start if not table else start + 1, len(lines)):
        if lines[number].startswith("["):
            break
        if re.match(rf"{re.escape(key)}\s*=", lines[number]):
            return number + 1
    return start + 1


def sections(top: Section, name: str) -> Iterator[Section]:
    """The tables `[[name]]` of a file, in their order."""
    found = top.values.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise SpecError(top.file, line_of(top.text, "", 0, name), f"{name} has to be [[{name}]]")
    for index, values in enumerate(found):
        yield Section(top.file, top.text, name, index, values)


def line_of_syntax_error(message: str) -> tuple[int, str]:
    """The line and the sentence of a message of tomllib's."""
    found = _PLACE.search(message)
    return (int(found[1]) if found else 1), _PLACE.sub("", message).strip()


def _has(text: str, key: str) -> bool:
    before_the_next_table = re.split(r"^\[", text, maxsplit=1, flags=re.MULTILINE)[0]
    return re.search(rf"^{re.escape(key)}\s*=", before_the_next_table, re.MULTILINE) is not None


def _is_head(line: str, table: str) -> bool:
    return line.strip() in (f"[{table}]", f"[[{table}]]")
