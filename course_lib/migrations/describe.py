"""A step in words: what it will do, for the review of a migration."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .migration import Step

_QUOTED = r"""'(?:[^']|'')*'|"(?:[^"]|"")*\""""
_ID = r'((?:"(?:[^"]|"")+"|\w+)(?:\.(?:"(?:[^"]|"")+"|\w+))*)'
_ALTER = rf"ALTER TABLE (?:IF EXISTS )?+{_ID} "
_COLUMN = rf"ALTER (?:COLUMN )?+{_ID} "


@dataclass(frozen=True)
class Target:
    """What a step is about, read from its text: an action, a table, and perhaps a column."""

    action: str
    table: tuple[str, ...]
    column: str | None = None


def describe(step: Step) -> str:
    """What the step will do, without a full stop: `drops the table users and every row in it`."""
    if step.words:
        return step.words
    text = plain(step.sql)
    for pattern, say, _ in _RULES:
        found = re.match(pattern, text, re.IGNORECASE)
        if found:
            return say(found)
    return f"runs {_KINDS.get(step.kind, step.kind)}"


def read_target(step: Step) -> Target | None:
    """The action, table and column of a step that DuckDB's grammar names up front, else None."""
    text = plain(step.sql)
    for pattern, _, action in _RULES:
        found = re.match(pattern, text, re.IGNORECASE)
        if found:
            groups = [_parts(group) for group in found.groups() if group]
            return Target(action, groups[0], groups[1][-1] if len(groups) > 1 else None)
    return None


def plain(sql: str) -> str:
    """The statement on one line and without comments; strings and quoted names stay as they are."""
    kept = re.compile(rf"({_QUOTED})|--[^\n]*|/\*.*?\*/|\s+", re.DOTALL)
    text = kept.sub(lambda found: found[1] or " ", sql)
    return re.sub(rf"({_QUOTED})| +", lambda found: found[1] or " ", text).strip()


def condition_of(text: str) -> str | None:
    """The condition of a statement: what follows the WHERE that is in no string and no bracket."""
    depth = 0
    for found in re.finditer(rf"{_QUOTED}|[()]|\bWHERE\b", text, re.IGNORECASE):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0 and found[0].upper() == "WHERE":
            return text[found.end() :].strip()
    return None


def _parts(identifier: str) -> tuple[str, ...]:
    return tuple(
        part[1:-1].replace('""', '"') if part.startswith('"') else part
        for part in re.findall(r'"(?:[^"]|"")+"|[^."]+', identifier)
    )


def _name(identifier: str) -> str:
    return ".".join(_parts(identifier))


def _say(template: str) -> Callable[[re.Match[str]], str]:
    return lambda found: template.format(*(_name(group or "") for group in found.groups()))


def _added(found: re.Match[str]) -> str:
    table, column = _name(found[1]), _name(found[2])
    sentence = f"adds the column {column} to {table}"
    if re.search(r"\bDEFAULT\b", found[3], re.IGNORECASE):
        return f"{sentence} and fills it with its default in every row that exists"
    if re.search(r"\bNOT NULL\b", found[3], re.IGNORECASE):
        return f"{sentence} and requires a value, which only an empty table can satisfy"
    return f"{sentence}; the rows that exist have no value in it yet"


def _updated(found: re.Match[str]) -> str:
    condition = condition_of(found[2])
    rows = "every row of" if condition is None else "the rows of"
    return f"changes values in {rows} {_name(found[1])}{_if(condition)}"


def _deleted(found: re.Match[str]) -> str:
    condition = condition_of(found[2])
    rows = "every row of" if condition is None else "the rows of"
    return f"deletes {rows} {_name(found[1])}{_if(condition)}"


def _if(condition: str | None) -> str:
    return "" if condition is None else f" where {condition}"


_RULES: tuple[tuple[str, Callable[[re.Match[str]], str], str], ...] = (
    (
        rf"{_ALTER}ADD (?:COLUMN )?+IF NOT EXISTS {_ID}",
        _say("adds the column {1} to {0}, and does nothing where there is one of that name"),
        "add column",
    ),
    (
        rf"{_ALTER}ADD (?:COLUMN )?+"
        rf"(?!(?:CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN)\b){_ID} (.+)$",
        _added,
        "add column",
    ),
    (
        rf"{_ALTER}DROP (?:COLUMN )?+(?:IF EXISTS )?+{_ID}",
        _say("drops the column {1} of {0} and every value in it"),
        "drop column",
    ),
    (
        rf"{_ALTER}{_COLUMN}SET NOT NULL",
        _say("requires a value in {0}.{1}; refused while any row has none"),
        "set not null",
    ),
    (rf"{_ALTER}{_COLUMN}DROP NOT NULL", _say("lets {0}.{1} be empty again"), "drop not null"),
    (
        rf"{_ALTER}{_COLUMN}SET DEFAULT (.+)$",
        _say("sets the default of {0}.{1} to {2}, for rows to come"),
        "set default",
    ),
    (rf"{_ALTER}{_COLUMN}DROP DEFAULT", _say("removes the default of {0}.{1}"), "drop default"),
    (
        rf"{_ALTER}{_COLUMN}(?:SET DATA )?TYPE (.+)$",
        _say("changes the type of {0}.{1} to {2}"),
        "change type",
    ),
    (
        rf"{_ALTER}RENAME (?:COLUMN )?+{_ID} TO {_ID}",
        _say("renames the column {1} of {0} to {2}; whoever asks for {1} is refused from then on"),
        "rename column",
    ),
    (
        rf"{_ALTER}RENAME TO {_ID}",
        _say("renames the table {0} to {1}; whoever asks for {0} is refused from then on"),
        "rename table",
    ),
    (
        rf"CREATE (?:OR REPLACE )?(?:TEMP(?:ORARY)? )?TABLE (?:IF NOT EXISTS )?+{_ID}",
        _say("makes the table {0}"),
        "create table",
    ),
    (
        rf"DROP TABLE (?:IF EXISTS )?+{_ID}",
        _say("drops the table {0} and every row in it"),
        "drop table",
    ),
    (
        rf"CREATE (?:OR REPLACE )?VIEW (?:IF NOT EXISTS )?+{_ID}",
        _say("makes the view {0}"),
        "create view",
    ),
    (rf"DROP VIEW (?:IF EXISTS )?+{_ID}", _say("drops the view {0}"), "drop view"),
    (
        rf"CREATE UNIQUE INDEX (?:IF NOT EXISTS )?+{_ID} ON {_ID}",
        _say("makes the unique index {0} on {1}; refused while any value stands twice"),
        "create index",
    ),
    (
        rf"CREATE INDEX (?:IF NOT EXISTS )?+{_ID} ON {_ID}",
        _say("makes the index {0} on {1}"),
        "create index",
    ),
    (rf"DROP INDEX (?:IF EXISTS )?+{_ID}", _say("drops the index {0}"), "drop index"),
    (rf"UPDATE {_ID} (.+)$", _updated, "update"),
    (rf"DELETE FROM {_ID}(.*)$", _deleted, "delete"),
    (rf"TRUNCATE (?:TABLE )?{_ID}", _say("deletes every row of {0}"), "delete"),
    (rf"INSERT (?:OR \w+ )?INTO {_ID}", _say("adds rows to {0}"), "insert"),
)

_KINDS = {
    "SELECT": "a query",
    "CREATE": "a CREATE statement",
    "ALTER": "an ALTER statement",
    "DROP": "a DROP statement",
    "SET": "a SET statement",
}
