"""What a cell was meant to be that Python or IPython did not understand, in one sentence below it.

SQL without its magic is a syntax error of Python, and a magic with a letter too few is unknown:
neither message of theirs says what to write.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from IPython.core.error import UsageError
from IPython.core.interactiveshell import ExecutionResult

from .display import panel, show

_SQL = re.compile(
    r"(--[^\n]*\n|\s)*(select|insert|update|delete|alter|create|drop|describe|with|begin)\s", re.I
)
_SECTION = re.compile(r"^--\s*migrate:", re.M)
_MAGIC = re.compile(r"(%%?)(\w+)")
_NAMES = {"%": ("migrate", "clients"), "%%": ("sql", "migration", "migrate", "answer", "clients")}


def advise_on_cell(result: ExecutionResult) -> None:
    """Say below a cell that failed what it was probably meant to be. Says nothing otherwise."""
    error = result.error_before_exec or result.error_in_exec
    if error is None or result.info is None:
        return
    advice = find_advice(str(result.info.raw_cell), error)
    if advice:
        show(panel(advice, tone="note"))


def find_advice(source: str, error: BaseException) -> str:
    """The sentence for a cell's text and the error that it ended with; empty where none helps."""
    magic = _MAGIC.match(source.lstrip())
    if isinstance(error, UsageError) and magic:
        near = get_close_matches(magic[2].lower(), _NAMES[magic[1]], n=1)
        wrong = near and near[0] != magic[2]
        return f"Did you mean `{magic[1]}{near[0]}`? Nothing was run." if wrong else ""
    if not isinstance(error, SyntaxError):
        return ""
    if _SECTION.search(source):
        return "This reads like a migration. Write `%%migration` and its name in the first line."
    if _SQL.match(source):
        return "This reads like SQL. Write `%%sql` in the first line, above it."
    return ""
