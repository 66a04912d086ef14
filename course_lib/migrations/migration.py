"""What the file says: a migration and its steps."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import duckdb

Direction = Literal["up", "down"]

CHECKSUM_VERSION = "v1"

# What the words of a name are made of. Python's \w lacks the signs that some scripts set on or
# behind a letter; what is left out of the rest cannot be seen, or turns the direction of a text.
WORDS = r"(?:\w|[^\x00-\x9f\s\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff])+"
NAME = re.compile(rf"(\d{{1,18}})_({WORDS})\.sql")


@dataclass(frozen=True)
class Step:
    """One SQL statement of a migration. `kind` is DuckDB's statement type, `line` counts from 1.

    A step of a Python migration has `run`, which does the work on the connection that it is given,
    and `words` for people; its `sql` is what it comes to in SQL, as far as that can be told ahead.
    """

    sql: str
    kind: str
    line: int
    words: str = ""
    run: Callable[[duckdb.DuckDBPyConnection], None] | None = field(
        default=None, compare=False, repr=False
    )


@dataclass(frozen=True)
class Migration:
    """One migration file. `down` is None where the file has no down.

    `irreversible` is then the reason that the file or its format gives, None where none is given.
    `down_file` is set where the down has a file of its own. `up_transaction` and
    `down_transaction` are False where the file says `transaction:false`, that is: run statement
    by statement on a shadow.
    """

    number: int
    name: str
    file: str
    up: tuple[Step, ...]
    down: tuple[Step, ...] | None
    up_transaction: bool
    down_transaction: bool
    checksum: str
    irreversible: str | None = None
    down_file: str | None = None

    def steps(self, direction: Direction) -> tuple[Step, ...]:
        """The steps of one direction; no steps where there is no down."""
        return self.up if direction == "up" else self.down or ()

    def file_of(self, direction: Direction) -> str:
        """The file that holds the steps of one direction."""
        return self.down_file or self.file if direction == "down" else self.file

    def in_transaction(self, direction: Direction) -> bool:
        """Whether the file lets this direction run as one transaction."""
        return self.up_transaction if direction == "up" else self.down_transaction


def number_of(name: str) -> int | None:
    """The number of a migration by its name, None where the name is none of a migration."""
    named = NAME.fullmatch(f"{name}.sql")
    return int(named[1]) if named else None


def same_number(text: str, number: int | None) -> bool:
    """Whether what a person wrote is this number, with zeros before it or without."""
    return text.isascii() and text.isdigit() and int(text) == number


def one_form(name: str) -> str:
    """A name in one form: some systems write an accent apart from its letter.

    >>> one_form("001_cafe\u0301") == "001_caf\u00e9"
    True
    """
    return unicodedata.normalize("NFC", name)


def normalise(text: str) -> str:
    """The text that a checksum is taken of: LF, no byte order mark, no trailing blanks."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def checksum(text: str, down: str | None = None) -> str:
    """A checksum of a migration's text, up and down both, with the version of how it is taken.

    A down of its own file follows the up after a NUL, which no text of SQL holds.

    >>> checksum("SELECT 1;\\r\\n") == checksum("SELECT 1;  ")
    True
    """
    whole = normalise(text) + ("" if down is None else "\0" + normalise(down))
    return f"{CHECKSUM_VERSION}:{hashlib.sha256(whole.encode()).hexdigest()}"
