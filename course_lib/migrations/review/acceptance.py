"""Findings that somebody has looked at: `-- review: accept <rule> <reason>` in the file.

The comment stands above the statement, or behind it on its lines. One that accepts nothing, or
gives no reason, is told as a finding itself, so that none outlives what it was written for.
"""

from __future__ import annotations

import contextlib
import io
import re
import tokenize
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .finding import Finding

ACCEPT = "acceptance"

_COMMENT = re.compile(r"(?:--|#)[ \t]*review:[ \t]*accept\b[ \t]*(?P<rest>.*?)[ \t]*$")
# Strings of all kinds and comments between signs may hold what looks like a comment to the end of
# the line. A string that does not end goes to the end of the text.
_SQL = re.compile(
    r"[eE]'(?:[^'\\]|''|\\.)*(?:'|\Z)|'(?:[^']|'')*(?:'|\Z)|\"(?:[^\"]|\"\")*(?:\"|\Z)"
    r"|\$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|\Z)|(?P<open>/\*)|(?P<comment>--[^\n]*)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Acceptance:
    """One comment: the rule, the reason, its line, and whether it has the line to itself."""

    rule: str
    reason: str
    line: int
    alone: bool


def read_acceptances(text: str, *, python: bool = False) -> tuple[Acceptance, ...]:
    """The comments of a file's text; what stands in a string is none."""
    text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    found = []
    for number, column, words in _python_comments(text) if python else _sql_comments(text):
        comment = _COMMENT.match(words)
        if comment:
            rule, _, reason = comment["rest"].partition(" ")
            alone = not lines[number - 1][:column].strip()
            found.append(Acceptance(rule, reason.strip(), number, alone))
    return tuple(found)


def _sql_comments(text: str) -> Iterator[tuple[int, int, str]]:
    """The line, the column and the text of every comment to the end of a line."""
    at = 0
    while met := _SQL.search(text, at):
        at = met.end()
        if met["open"]:
            at = _end_of_comment(text, at)
        elif met["comment"]:
            start = met.start()
            line = text.count("\n", 0, start) + 1
            yield line, start - (text.rfind("\n", 0, start) + 1), met["comment"]


def _end_of_comment(text: str, at: int) -> int:
    """Where a comment between signs ends, which may hold others; at the end of the text at last."""
    depth = 1
    for sign in re.finditer(r"/\*|\*/", text[at:]):
        depth += 1 if sign[0] == "/*" else -1
        if depth == 0:
            return at + sign.end()
    return len(text)


def _python_comments(text: str) -> Iterator[tuple[int, int, str]]:
    # A text that Python cannot read is told as that, and has no comments.
    with contextlib.suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield *token.start, token.string


def without_accepted(
    findings: Sequence[Finding], starts: dict[str, list[int]], rules: Sequence[str]
) -> Iterator[Finding]:
    """The findings that nobody has accepted, and the comments that are no good.

    `starts` holds, for each file, the lines where its statements begin.
    """
    left = list(findings)
    for file, lines in starts.items():
        for one in read_acceptances(_text(file), python=file.endswith(".py")):
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
