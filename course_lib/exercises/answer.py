"""An answer's text, read into a migration, or the first thing that keeps it from being run."""

from __future__ import annotations

import re

import duckdb

from course_lib.migrations import Migration, Problem, Step, one_line, parse_migration
from course_lib.migrations.source import place

from .exercise import Task

# What changes or reads tables. Everything else reaches outside the database or changes settings.
# MULTI is DuckDB's name for one statement that it runs as several: ADD COLUMN .. NOT NULL is one.
ALLOWED = frozenset(
    {"ALTER", "CREATE", "DROP", "INSERT", "UPDATE", "DELETE", "MERGE_INTO", "SELECT", "MULTI"}
)

_WORDS_OF_CREATE = re.compile(
    r"CREATE\s+(OR\s+REPLACE\s+)?((TEMP|TEMPORARY|PERSISTENT)\s+)?(MACRO|FUNCTION)\b", re.IGNORECASE
)

_DOES = {
    "ATTACH": "opens another database",
    "DETACH": "lets go of a database",
    "COPY": "reads or writes a file",
    "EXPORT": "writes files",
    "LOAD": "loads an extension",
    "SET": "changes a setting",
    "PRAGMA": "changes a setting",
    "CALL": "calls a procedure of the database system",
}

EXPECTED = {
    "syntax": "SQL that DuckDB can read",
    "own-transaction": "no BEGIN, COMMIT or ROLLBACK: a migration is one transaction already",
    "encoding": "a file in UTF-8",
    "empty": "at least one statement under `-- migrate:up`",
    "statement": "statements that change tables",
}


def read_answer(task: Task, text: str | bytes) -> Migration | Problem:
    """The migration of an answer. A down that is missing is no problem here: a requirement asks
    for it. Lines count from 1 in the answer's text."""
    parsed = parse_migration(text, f"{task.migration}.sql")
    problems = [problem for problem in parsed.problems if problem.kind != "no-down"]
    if problems:
        return problems[0]
    migration = parsed.migration
    assert migration is not None, "a file without problems is a migration"
    for step in (*migration.up, *(migration.down or ())):
        does = _out_of_place(step)
        if does:
            return Problem(
                "statement",
                place(migration.file, step.line),
                f"{one_line(step.sql, 60)} {does}, which this migration has no need of",
                "remove the statement; ALTER, CREATE, DROP, INSERT, UPDATE and DELETE are enough",
            )
    return migration


def what_was_expected(problem: Problem) -> str:
    """The other half of a problem: what the file should have been."""
    return EXPECTED.get(problem.kind, "a file with `-- migrate:up` and `-- migrate:down`")


def _out_of_place(step: Step) -> str:
    """What a statement does that has no place in an answer; empty for one that has."""
    if step.kind not in ALLOWED:
        return _DOES.get(step.kind, "is not a change of a table")
    # A macro can hide one of DuckDB's own functions, and then nothing that is read can be trusted.
    words = _WORDS_OF_CREATE.match(_without_comments(step.sql))
    return "makes a macro" if words else ""


def _without_comments(sql: str) -> str:
    raw = sql.encode()
    tokens = duckdb.tokenize(sql)
    ends = [offset for offset, _ in tokens[1:]] + [len(raw)]
    return " ".join(
        raw[start:end].decode().strip()
        for (start, kind), end in zip(tokens, ends, strict=True)
        if kind is not duckdb.token_type.comment
    )
