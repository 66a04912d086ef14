"""What a plan would lose or change, in numbers, before anything runs.

A number is told only where it is sure: where no step above it, in the whole plan, can have changed
what it counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import duckdb

from .describe import Target, read_target
from .matching import Matched, read_matched, read_type
from .migration import Step
from .plan import Plan
from .quoting import quote
from .steps import own_cursor

# After these a table still has its rows, and every column that it had has its values.
_KEEP_ALL = frozenset(
    {"add column", "set not null", "drop not null", "set default", "drop default"}
    | {"create index", "drop index", "create view", "drop view"}
)
# After these a table still has its rows, and the columns that they do not name have their values.
_KEEP_ROWS = frozenset({"update", "drop column", "change type", "rename column"})
_CLOCK = re.compile(r"\b(?:current_\w+|local\w*|now|today|tomorrow|yesterday)\b", re.IGNORECASE)


@dataclass
class _Above:
    """What the steps above can have changed: tables, and columns by the texts that name them."""

    everything: bool = False
    steps: int = 0
    tables: set[str] = field(default_factory=set)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def kept_rows(self, target: Target) -> bool:
        return not self.everything and target.table[-1].lower() not in self.tables

    def kept_values(self, target: Target) -> bool:
        return self.kept_rows(target) and target.table[-1].lower() not in self.texts

    def kept_column(self, target: Target) -> bool:
        name = re.escape(target.column or "")
        named = re.compile(rf'(?<!\w)"?{name}"?\s*[=,)]', re.IGNORECASE)
        texts = self.texts.get(target.table[-1].lower(), [])
        return self.kept_rows(target) and not any(named.search(text) for text in texts)

    def add(self, step: Step, target: Target | None, *, triggers: bool) -> None:
        self.steps += 1
        # A trigger may write anywhere, and so may a step whose target is not known.
        if target is None or (triggers and target.action in ("insert", "update", "delete")):
            self.everything = True
            return
        table = target.table[-1].lower()
        if target.action == "update":
            matched = read_matched(step, target.table)
            if matched is None:
                self.tables.add(table)
            else:
                self.texts.setdefault(table, []).append(matched.assigned)
        elif target.action in _KEEP_ROWS:
            names = " ".join(f"{word} =" for word in re.findall(r"\w+", step.sql))
            self.texts.setdefault(table, []).append(names)
        elif target.action not in _KEEP_ALL:
            self.tables |= {table, (target.column or "").lower()}


def read_risks(con: duckdb.DuckDBPyConnection, plan: Plan) -> tuple[str, ...]:
    """Sentences such as `001_add_email down: drops users.email, 1,204 values`. Writes nothing.

    What a step of the plan itself makes does not exist yet and has nothing to lose.
    """
    sentences = []
    above = _Above()
    with own_cursor(con) as cursor:
        triggers = bool(_count(cursor, "SELECT count(*) FROM duckdb_triggers()"))
        for item in plan.items:
            for step in item.steps:
                target = read_target(step)
                risk = _risk(cursor, step, target, above) if target is not None else None
                if risk is not None:
                    sentences.append(f"{item.migration.name} {item.direction}: {risk}")
                above.add(step, target, triggers=triggers)
    return tuple(sentences)


def _risk(con: duckdb.DuckDBPyConnection, step: Step, target: Target, above: _Above) -> str | None:
    table, name = quote(*target.table), ".".join(target.table)
    if target.action == "drop column" and target.column and above.kept_column(target):
        values = _count(con, f"SELECT count({quote(target.column)}) FROM {table}")
        return f"drops {name}.{target.column}, {_many(values, 'value')}" if values else None
    if target.action == "drop table" and above.kept_rows(target):
        rows = _count(con, f"SELECT count(*) FROM {table}")
        return f"drops {name}, {_many(rows, 'row')}" if rows else None
    if target.action == "change type" and target.column and above.kept_values(target):
        return _cast(con, step, target)
    if target.action in ("update", "delete") and above.kept_rows(target):
        rows = _count(con, f"SELECT count(*) FROM {table}")
        return _changed(con, step, target, above, rows) if rows else None
    return None


def _changed(
    con: duckdb.DuckDBPyConnection, step: Step, target: Target, above: _Above, rows: int
) -> str | None:
    verb = "changes" if target.action == "update" else "deletes"
    name = ".".join(target.table)
    matched = read_matched(step, target.table)
    number = None
    if matched is not None and not matched.condition:
        number = rows
    elif matched is not None and _is_sure(con, matched, above, target):
        number = _count(con, f"SELECT count(*) FROM {matched.source}")
    if number is None:
        return f"deletes from {name}, which has {_many(rows, 'row')}" if verb == "deletes" else None
    if number == 0:
        return None
    if number == rows:
        return f"{verb} {'the only row' if rows == 1 else f'all {rows:,} rows'} of {name}"
    return f"{verb} {number:,} of the {rows:,} rows of {name}"


def _cast(con: duckdb.DuckDBPyConnection, step: Step, target: Target) -> str | None:
    table, column = quote(*target.table), quote(target.column or "")
    name, wanted = f"{'.'.join(target.table)}.{target.column}", read_type(step)
    if wanted is None:
        values = _count(con, f"SELECT count({column}) FROM {table}")
        return f"makes {name} anew, {_many(values, 'value')}" if values else None
    rows = f"FROM {table} WHERE typeof({column}) <> typeof(NULL::{wanted})"
    values = _count(con, f"SELECT count({column}) {rows}")
    if not values:
        return None
    cast = f"count({column}) FILTER (TRY_CAST({column} AS {wanted}) IS NULL)"
    refused = _count(con, f"SELECT {cast} {rows}")
    lost = f", of which DuckDB cannot cast {refused:,}" if refused else ""
    return f"casts {name} to {wanted}, {_many(values, 'value')}{lost}"


def _is_sure(
    con: duckdb.DuckDBPyConnection, matched: Matched, above: _Above, target: Target
) -> bool:
    """Whether the condition will mean the same rows that it means now."""
    # A condition that reads other tables is sure only before all other steps.
    if not above.kept_values(target) or (matched.reads_others and above.steps):
        return False
    words = {word.lower() for word in re.findall(r"\w+", matched.condition)}
    changing = con.execute(
        "SELECT DISTINCT lower(function_name) FROM duckdb_functions()"
        " WHERE stability <> 'CONSISTENT' OR (stability IS NULL AND NOT internal)"
    ).fetchall()
    clock = _CLOCK.search(matched.condition)
    return not clock and words.isdisjoint(name for (name,) in changing)


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int | None:
    """The number that a query gives, None where DuckDB refuses it or where it would write."""
    con.execute("BEGIN TRANSACTION READ ONLY")
    try:
        number: int = con.execute(query).fetchall()[0][0]
    except duckdb.Error:
        return None
    finally:
        con.execute("ROLLBACK")
    return number


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
