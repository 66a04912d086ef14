"""Reads the tables of a bank key by key, and keeps every fault with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from course_lib.quiz import places as place

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COMMON = {"id", "kind", "stem", "topic", "sql", "see", "idea", "was"}
"""The keys that every question may have."""


@dataclass(frozen=True)
class BankProblem:
    """One fault of a bank: the file, the line (from 1) and a sentence for its author."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.sentence}"


@dataclass(frozen=True)
class Reader:
    """One bank being read. It collects what is wrong, so that an author sees all at once."""

    file: str
    places: dict[place.Path, int]
    problems: list[BankProblem]

    def say(self, at: place.Path, sentence: str) -> None:
        """Keep a fault."""
        self.problems.append(BankProblem(self.file, place.line_of(self.places, at), sentence))

    def known(self, raw: dict[str, object], at: place.Path, keys: set[str]) -> None:
        """A fault for each key that is not one of these."""
        for key in raw.keys() - keys:
            expected = ", ".join(sorted(keys))
            self.say((*at, key), f"The key `{key}` is not known here; expected one of {expected}.")

    def common(self, raw: dict[str, object], at: place.Path, keys: set[str]) -> dict[str, Any]:
        """What every question has, as arguments of its class; `keys` are those of its kind."""
        self.known(raw, at, COMMON | keys)
        return {
            "id": self.id(raw, at),
            "stem": self.text(raw, at, "stem"),
            "topic": self.text(raw, at, "topic"),
            "sql": self.code(raw, at, "sql") if "sql" in raw else None,
            "see": self.text(raw, at, "see") if "see" in raw else None,
            "idea": self.id(raw, at, "idea") if "idea" in raw else None,
            "was": self.texts(raw, at, "was"),
        }

    def id(self, raw: dict[str, object], at: place.Path, key: str = "id") -> str:
        """A name of small letters, digits and hyphens."""
        value = self.text(raw, at, key)
        if value and not ID.fullmatch(value):
            self.say((*at, key), f"The id {value!r} is not usable; expected a-z, 0-9 and hyphens.")
        return value

    def text(self, raw: dict[str, object], at: place.Path, key: str) -> str:
        """A text that is not blank, on one line."""
        return " ".join(self.code(raw, at, key).split())

    def code(self, raw: dict[str, object], at: place.Path, key: str) -> str:
        """A text that is not blank, with its lines."""
        value = raw.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip("\n").rstrip()
        what = "is missing" if key not in raw else f"is {value!r}"
        self.say((*at, key), f"`{key}` {what}; expected a text.")
        return ""

    def texts(self, raw: dict[str, object], at: place.Path, key: str) -> tuple[str, ...]:
        """A list of texts; an absent one is empty."""
        value = raw.get(key, [])
        if isinstance(value, list) and all(isinstance(one, str) and one for one in value):
            return tuple(value)
        self.say((*at, key), f"`{key}` is {value!r}; expected a list of texts.")
        return ()

    def flag(self, raw: dict[str, object], at: place.Path, key: str) -> bool:
        """true or false; an absent one is false."""
        value = raw.get(key, False)
        if not isinstance(value, bool):
            self.say((*at, key), f"`{key}` is {value!r}; expected true or false.")
        return value is True

    def number(self, raw: dict[str, object], at: place.Path, key: str) -> float:
        """A number."""
        value = raw.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        what = "is missing" if key not in raw else f"is {value!r}"
        self.say((*at, key), f"`{key}` {what}; expected a number.")
        return 0

    def tables(
        self, raw: dict[str, object], at: place.Path, key: str
    ) -> list[tuple[place.Path, dict[str, object]]]:
        """A list of tables, each with its place."""
        found = raw.get(key, [])
        if isinstance(found, list) and all(isinstance(table, dict) for table in found):
            return [((*at, key, index), table) for index, table in enumerate(found)]
        header = ".".join(str(part) for part in (*at, key) if isinstance(part, str))
        self.say((*at, key), f"`{key}` is not a list of tables; expected [[{header}]].")
        return []
