"""The sections of a migration file: dbmate's markers, `-- migrate:up` and `-- migrate:down`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import Problem, place
from .statements import SyntaxProblem, split_statements

# With a blank beside the colon it looks like a marker and would be a comment, and its section would
# be lost without a word: so it is found here, in order to be refused.
_MARKER = re.compile(r"^[ \t]*--[ \t]*(migrate[ \t]*:[ \t]*(\w+))[ \t]*(.*?)[ \t]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Section:
    """One section of a file: its direction, the line of its marker, the text below it."""

    direction: str
    line: int
    transaction: bool
    text: str


def split_sections(text: str, file: str) -> list[Section] | Problem:
    """The sections of a file's text, up first, or the first problem that the markers have."""
    lines = text.split("\n")
    found: list[tuple[int, str, bool]] = []
    for index, line in enumerate(lines):
        marker = _MARKER.match(line)
        if not marker:
            continue
        word, options = marker[2].lower(), marker[3].lower().split()
        where = place(file, index + 1)
        if marker[1].lower() not in ("migrate:up", "migrate:down") or not all(
            map(_is_option, options)
        ):
            return Problem(
                "marker",
                where,
                f"{line.strip()!r} is not a marker that the engine knows",
                "write `-- migrate:up` or `-- migrate:down`, with `transaction:false` if need be",
            )
        if word in (direction for _, direction, _ in found):
            return Problem(
                "marker",
                where,
                f"the file has a second `-- migrate:{word}` section",
                "put all its statements in one section",
            )
        found.append((index, word, "transaction:false" not in options))
    if not found or found[0][1] != "up":
        line_number = found[0][0] + 1 if found else 1
        return Problem(
            "no-up",
            place(file, line_number),
            "the file does not begin with a `-- migrate:up` section",
            "write `-- migrate:up` on a line above the statements that make the change",
        )
    before = split_statements("\n".join(lines[: found[0][0]]))
    if isinstance(before, SyntaxProblem) or before:
        number = before.line if isinstance(before, SyntaxProblem) else before[0].line
        return Problem(
            "outside",
            place(file, number),
            "there is SQL above `-- migrate:up`, which no direction would run",
            "move it under a marker",
        )
    ends = [index for index, _, _ in found[1:]] + [len(lines)]
    return [
        Section(word, index + 1, transaction, "\n".join(lines[index + 1 : end]))
        for (index, word, transaction), end in zip(found, ends, strict=True)
    ]


def _is_option(option: str) -> bool:
    return option in ("transaction:true", "transaction:false")
