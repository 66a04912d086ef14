"""Which rows an UPDATE or DELETE is about, as the FROM clause of a query, read from its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .describe import condition_of, plain
from .migration import Step
from .quoting import quote

_HEAD = re.compile(
    r'(?:UPDATE|DELETE FROM) (?:"(?:[^"]|"")+"|[\w.])+(?P<alias>(?: AS)? (?!SET\b|WHERE\b)\w+)?'
    r"(?P<set> SET .*)?$",
    re.IGNORECASE | re.DOTALL,
)
_TYPE = re.compile(
    r"\b(?:SET DATA )?TYPE (?P<type>[\w ]+(?:\([\d, ]+\))?(?:\[\])*)$", re.IGNORECASE
)
# Strings in which a quote or a WHERE need not be what it looks like.
_ODD_STRING = re.compile(r"\$\w*\$|\b[eE]'")
_QUERY = re.compile(r"\b(?:SELECT|FROM)\b", re.IGNORECASE)
_OTHER_TABLES = re.compile(r"\b(?:FROM|USING|RETURNING)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Matched:
    """What stands after FROM in a query for the rows; whether their number hangs on other tables.

    `assigned` is the text of the SET clause, "" for a DELETE.
    """

    source: str
    condition: str
    reads_others: bool
    assigned: str


def read_matched(step: Step, table: tuple[str, ...]) -> Matched | None:
    """The rows of `table` that an UPDATE or DELETE is about; None where the text is not plain."""
    text = plain(step.sql)
    if _ODD_STRING.search(text):
        return None
    if text.upper().startswith("TRUNCATE"):
        return Matched(quote(*table), "", False, "")
    condition = condition_of(text)
    head = text if condition is None else text[: len(text) - len(condition)].rstrip()
    if condition is not None:
        head = re.sub(r"\s*WHERE$", "", head, flags=re.IGNORECASE)
    found = _HEAD.fullmatch(head)
    if found is None:
        return None
    assigned = found["set"] or ""
    # UPDATE ... FROM and DELETE ... USING match rows of two tables.
    if _OTHER_TABLES.search(assigned):
        return None
    source = f"{quote(*table)}{found['alias'] or ''}"
    if condition is not None:
        source += f" WHERE ({condition})"
    reads_others = condition is not None and bool(_QUERY.search(condition))
    return Matched(source, condition or "", reads_others, assigned)


def read_type(step: Step) -> str | None:
    """The type of `ALTER COLUMN ... TYPE`; None where a USING says how each value is made."""
    found = _TYPE.search(plain(step.sql))
    if found is None or re.search(r"\b(?:USING|COLLATE)\b", found["type"], re.IGNORECASE):
        return None
    return found["type"].strip()
