"""Which statements DuckDB could not do again from its log, if the process died right after them.

Found by killing processes: the log keeps the expression of `ADD COLUMN IF NOT EXISTS ... DEFAULT`
and of `ALTER ... TYPE ... USING`, not the values. When the file is opened after a crash they are
worked out again, before extensions are there, the built-in ones too. With `random()`, `now()` or a
list the file cannot be opened any more; with `nextval` the rows get other values. What the shadow
lands is rows, which the log keeps as they are.
"""

from __future__ import annotations

import re

from .describe import plain
from .migration import Step

_NAME = r'(?:"(?:[^"]|"")+"|\w+)'
_LITERAL = rf"(?:-? ?[\d.]+(?:e[+-]?\d+)?|(?:{_NAME} )?'(?:[^']|'')*'|NULL|TRUE|FALSE)"
_TYPE = r"[\w ]+(?:\([\d, ]+\))?"
_CAST = rf"(?:{_NAME}|CAST ?\( ?{_NAME} AS {_TYPE}\)|{_NAME} ?:: ?{_TYPE}|{_LITERAL})"

_ADDED_IF_MISSING = re.compile(r"\bADD (?:COLUMN )?IF NOT EXISTS\b", re.IGNORECASE)
_DEFAULT = re.compile(r"\bDEFAULT (?P<value>.+)$", re.IGNORECASE)
_TYPE_CHANGED = re.compile(r"\b(?:SET DATA )?TYPE (?P<type>.+?)(?: USING (?P<using>.+))?$", re.I)


def is_replayable(step: Step) -> bool:
    """Whether a crash right after this step leaves a file that opens, and the same values in it."""
    if step.kind != "ALTER":
        return True
    text = plain(step.sql)
    if _ADDED_IF_MISSING.search(text):
        default = _DEFAULT.search(text)
        return default is None or _is(_LITERAL, default["value"])
    changed = _TYPE_CHANGED.search(text)
    if changed is None:
        return True
    if re.search(r"\bJSON\b", changed["type"], re.IGNORECASE):
        return False
    return changed["using"] is None or _is(_CAST, changed["using"])


def is_literal(text: str) -> bool:
    """Whether the text is one value as it stands, and nothing that is worked out."""
    return _is(_LITERAL, text)


def _is(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text.strip(), re.IGNORECASE) is not None
