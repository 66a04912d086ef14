"""VARCHAR(n): DuckDB reads the length, forgets it, and holds nobody to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...quoting import spell
from ..finding import Rule, Told
from ..unit import Unit

_LENGTH = re.compile(
    r'(?P<column>"(?:[^"]|"")+"|\w+) (?:SET DATA TYPE |TYPE )?'
    r"(?P<type>VARCHAR|CHAR|BPCHAR|NVARCHAR|TEXT|STRING) ?\((?P<length>\d+)\)",
    re.IGNORECASE,
)
_STRING = re.compile(r"'(?:[^']|'')*'")


def _look(unit: Unit) -> Iterator[Told]:
    for at, target in unit.with_action("create table", "add column", "change type"):
        text = unit.texts[at]
        definition = re.split(r"\bAS (?:SELECT|FROM|WITH|VALUES)\b", text, flags=re.IGNORECASE)[0]
        found = _LENGTH.search(_STRING.sub("''", definition))
        if not found:
            continue
        column = target.column or found["column"].strip('"')
        told = (
            f"DuckDB forgets the length of {spell(column)} {found['type'].upper()}"
            f"({found['length']}) and takes longer values"
        )
        if target.action == "create table":
            yield Told(at, told, f"{_outside_strings(_LENGTH, _checked, text)};")
        else:
            length = re.compile(rf"({found['type']}) ?\(\d+\)", re.IGNORECASE)
            plain = _outside_strings(length, lambda type_: type_[1], text)
            yield Told(at, f"{told}; a CHECK needs the table to be made anew", f"{plain};")


def _outside_strings(
    pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], text: str
) -> str:
    """The text with what the pattern finds replaced, save where it stands in a string."""
    parts = re.split(rf"({_STRING.pattern})", text)
    return "".join(p if _STRING.fullmatch(p) else pattern.sub(replace, p) for p in parts)


def _checked(found: re.Match[str]) -> str:
    column = found["column"]
    return f"{column} {found['type']} CHECK (length({column}) <= {found['length']})"


RULE = Rule("length-not-enforced", "VARCHAR(n), whose length nobody is held to", _look)
