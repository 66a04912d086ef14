"""A review of a folder: every rule on every unit, less what was accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import Problem
from ..migration import Migration
from ..source import Folder
from ..statements import one_line
from .acceptance import ACCEPT, without_accepted
from .base import ABOUT as BASE_RULES
from .base import compare, new_ones
from .finding import Finding
from .history import read_units
from .rules import RULES
from .unit import Unit

UNREADABLE, OWN_TRANSACTION, IRREVERSIBLE = "unreadable", "own-transaction", "irreversible"
NOT_RUN = "not-run-in-memory"

ABOUT: dict[str, str] = {
    **{rule.id: rule.about for rule in RULES},
    OWN_TRANSACTION: "BEGIN, COMMIT or ROLLBACK in a migration",
    IRREVERSIBLE: "a migration that nothing takes back",
    NOT_RUN: "a step after which rules that need the schema are silent",
    UNREADABLE: "a file that gives no migration",
    ACCEPT: "a comment that accepts nothing, or gives no reason",
    **BASE_RULES,
}
"""Every id that a finding can have, with what it is about."""

_ACCEPTABLE = [*(rule.id for rule in RULES), IRREVERSIBLE, NOT_RUN]


def review(
    folder: Folder, base: Folder | None = None, *, start: tuple[str, ...] = ()
) -> tuple[Finding, ...]:
    """What to look at in a folder's migrations, by file and line. Runs their SQL in memory only.

    With a `base`, the folder that others have, only the migrations that it does not have are held
    to the rules, and what was done to the others is told. `start` is the schema from before the
    first migration, as `read_starting_schema` gives it.
    """
    if any(problem.kind == "no-folder" for problem in folder.problems):
        return tuple(_of_problem(problem) for problem in folder.problems)
    looked_at = new_ones(folder, base) if base else folder.migrations
    names = {migration.name for migration in looked_at}
    findings = [_of_problem(p) for p in folder.problems if p.kind != "no-down"]
    findings += compare(folder, base) if base else ()
    for unit in read_units(folder.migrations, start):
        if unit.migration.name in names:
            findings += _of_unit(unit)
    for migration in looked_at:
        findings += _irreversible(migration, folder)
    starts = {file: lines for migration in looked_at for file, lines in _starts(migration)}
    return tuple(without_accepted(findings, starts, _ACCEPTABLE))


def _of_unit(unit: Unit) -> Iterator[Finding]:
    file = unit.migration.file_of(unit.direction)
    if unit.stopped is not None:
        error = one_line(unit.stopped.error, 120)
        sentence = (
            f"run in memory after the migrations before it, it was refused: {error};"
            " rules that need the schema are silent from here on"
        )
        yield Finding(NOT_RUN, file, unit.stopped.step.line, sentence)
    for rule in RULES:
        for told in rule.look(unit):
            line = unit.steps[told.step].line
            yield Finding(rule.id, file, line, told.sentence, told.rewrite)


def _of_problem(problem: Problem) -> Finding:
    line = re.search(r", line (\d+)$", problem.where)
    rule = OWN_TRANSACTION if problem.kind == OWN_TRANSACTION else UNREADABLE
    told = f"{problem.what}; {problem.next_step}"
    return Finding(rule, problem.file, int(line[1]) if line else 1, told)


def _irreversible(migration: Migration, folder: Folder) -> Iterator[Finding]:
    line = migration.up[0].line if migration.up else 1
    if migration.irreversible is not None:
        told = f"nothing takes this migration back: {migration.irreversible}"
        yield Finding(IRREVERSIBLE, migration.file, line, told)
    for problem in folder.problems:
        if problem.kind == "no-down" and problem.file == migration.file:
            told = f"nothing takes this migration back: {problem.what}; {problem.next_step}"
            yield Finding(IRREVERSIBLE, migration.file, line, told)


def _starts(migration: Migration) -> Iterator[tuple[str, list[int]]]:
    up = [step.line for step in migration.up]
    down = [step.line for step in migration.down or ()]
    if migration.down_file:
        yield migration.down_file, down
        yield migration.file, up
    else:
        yield migration.file, up + down
