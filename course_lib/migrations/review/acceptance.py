"""Findings that somebody has looked at: `-- review: accept <rule> <reason>` in the file.

The comment stands above the statement, or behind it on its lines. One that accepts nothing, or
gives no reason, is told as a finding itself, so that none outlives what it was written for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .finding import Finding

ACCEPT = "acceptance"

_COMMENT = re.compile(r"(?P<code>.*?)(?:--|#)[ \t]*review:[ \t]*accept\b[ \t]*(?P<rest>.*?)[ \t]*$")


@dataclass(frozen=True)
class Acceptance:
    """One comment: the rule, the reason, its line, and whether it has the line to itself."""

    rule: str
    reason: str
    line: int
    alone: bool


def read_acceptances(text: str) -> tuple[Acceptance, ...]:
    """The comments of a file's text."""
    found = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        comment = _COMMENT.match(line)
        # An odd quote before it: the comment stands in a string.
        if comment and comment["code"].count("'") % 2 == 0:
            rule, _, reason = comment["rest"].partition(" ")
            found.append(Acceptance(rule, reason.strip(), number, not comment["code"].strip()))
    return tuple(found)


def without_accepted(
    findings: Sequence[Finding], starts: dict[str, list[int]], rules: Sequence[str]
) -> Iterator[Finding]:
    """The findings that nobody has accepted, and the comments that are no good.

    `starts` holds, for each file, the lines where its statements begin.
    """
    left = list(findings)
    for file, lines in starts.items():
        for one in read_acceptances(_text(file)):
            line = _statement(one, sorted({*lines, *(f.line for f in left if f.file == file)}))
            met = [f for f in left if (f.file, f.rule, f.line) == (file, one.rule, line)]
            wrong = _wrong(one, met, rules)
            if wrong:
                left.append(Finding(ACCEPT, file, one.line, wrong))
            else:
                left = [finding for finding in left if finding not in met]
    yield from sorted(left, key=lambda finding: (finding.file, finding.line, finding.rule))


def _wrong(one: Acceptance, met: list[Finding], rules: Sequence[str]) -> str:
    if one.rule not in rules:
        return f"{one.rule or 'nothing'!r} is not one of the rules {', '.join(rules)}"
    if not met:
        return f"there is nothing here that {one.rule} finds; remove the comment"
    return "" if one.reason else f"it accepts {one.rule} and gives no reason; write it behind it"


def _statement(one: Acceptance, lines: list[int]) -> int | None:
    """The line of the statement that a comment is about."""
    if one.alone:
        index = bisect_left(lines, one.line)
        return lines[index] if index < len(lines) else None
    index = bisect_right(lines, one.line)
    return lines[index - 1] if index else None


def _text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
