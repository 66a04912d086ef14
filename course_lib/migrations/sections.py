"""The sections of a migration file: dbmate's markers, `-- migrate:up` and `-- migrate:down`.

Ours beside them is `-- migrate:irreversible`, with the reason, in place of the down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import Problem, place
from .statements import SyntaxProblem, split_statements

# With a blank beside the colon it looks like a marker and would be a comment, and its section would
# be lost without a word: so it is found here, in order to be refused.
_MARKER = re.compile(r"^[ \t]*--[ \t]*(migrate[ \t]*:[ \t]*(\w+))[ \t]*(.*?)[ \t]*$", re.IGNORECASE)
_KNOWN = ("migrate:up", "migrate:down", "migrate:irreversible")


@dataclass(frozen=True)
class Section:
    """One section of a file: its direction, the line of its marker, the text below it."""

    direction: str
    line: int
    transaction: bool
    text: str


@dataclass(frozen=True)
class Sections:
    """The sections of a file, up first, and why there is no down, where the file says so."""

    sections: tuple[Section, ...]
    irreversible: str | None


def has_markers(text: str) -> bool:
    """Whether any line of a text is a marker, right or not."""
    return any(_MARKER.match(line) for line in text.split("\n"))


def split_sections(text: str, file: str) -> Sections | Problem:
    """The sections of a file's text, or the first problem that the markers have."""
    lines = text.split("\n")
    found: list[tuple[int, str, bool]] = []
    reason = None
    for index, line in enumerate(lines):
        marker = _MARKER.match(line)
        if not marker:
            continue
        wrong = _unknown(marker) or _without_reason(marker)
        # The reason why there is no down stands in the place of the down.
        direction = "up" if marker[2].lower() == "up" else "down"
        if not wrong and any(direction == other for _, other, _ in found):
            has = f"the file has a second `-- migrate:{direction}` section"
            if reason is not None or marker[2].lower() == "irreversible":
                has = "the file has a down and says that it is irreversible"
            wrong = has, "put all statements of a direction in one section"
        if wrong:
            return Problem("marker", place(file, index + 1), *wrong)
        if marker[2].lower() == "irreversible":
            reason = marker[3]
        found.append((index, direction, "transaction:false" not in marker[3].lower().split()))
    if not found or found[0][1] != "up":
        line_number = found[0][0] + 1 if found else 1
        return Problem(
            "no-up",
            place(file, line_number),
            "the file does not begin with a `-- migrate:up` section",
            "write `-- migrate:up` on a line above the statements that make the change",
        )
    outside = _first_statement("\n".join(lines[: found[0][0]]), 1)
    if outside is not None:
        return Problem(
            "outside",
            place(file, outside),
            "there is SQL above `-- migrate:up`, which no direction would run",
            "move it under a marker",
        )
    ends = [index for index, _, _ in found[1:]] + [len(lines)]
    sections = tuple(
        Section(word, index + 1, transaction, "\n".join(lines[index + 1 : end]))
        for (index, word, transaction), end in zip(found, ends, strict=True)
    )
    if reason is None:
        return Sections(sections, None)
    below = _first_statement(sections[-1].text, sections[-1].line + 1)
    if below is not None:
        return Problem(
            "outside",
            place(file, below),
            "there is SQL below `-- migrate:irreversible`, which no direction would run",
            "remove it, or write `-- migrate:down` above it in place of the reason",
        )
    return Sections(sections[:-1], reason)


def _unknown(marker: re.Match[str]) -> tuple[str, str] | None:
    known = marker[1].lower() in _KNOWN
    if known and (marker[2].lower() == "irreversible" or _are_options(marker[3])):
        return None
    return (
        f"{marker[0].strip()!r} is not a marker that the engine knows",
        "write `-- migrate:up` or `-- migrate:down`, with `transaction:false` if need be",
    )


def _without_reason(marker: re.Match[str]) -> tuple[str, str] | None:
    if marker[2].lower() != "irreversible" or marker[3]:
        return None
    return (
        "`-- migrate:irreversible` gives no reason",
        "write the reason on the same line: `-- migrate:irreversible the old prices are not kept`",
    )


def _are_options(text: str) -> bool:
    return all(one in ("transaction:true", "transaction:false") for one in text.lower().split())


def _first_statement(text: str, first_line: int) -> int | None:
    """The line of the first statement of a text, readable or not; None where there is none."""
    split = split_statements(text, first_line)
    if isinstance(split, SyntaxProblem):
        return split.line
    return split[0].line if split else None
