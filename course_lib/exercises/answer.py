"""An answer's text, read into a migration, or the first thing that keeps it from being run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from course_lib.migrations import Migration, Problem, Step, one_line, parse_migration
from course_lib.migrations.source import place

from .exercise import AnswerText, Task

# What changes or reads tables. Everything else reaches outside the database or changes settings.
# MULTI is DuckDB's name for one statement that it runs as several: ADD COLUMN .. NOT NULL is one.
ALLOWED = frozenset(
    {"ALTER", "CREATE", "DROP", "INSERT", "UPDATE", "DELETE", "MERGE_INTO", "SELECT", "MULTI"}
)

_COMMENT = duckdb.token_type.comment

_WORDS_OF_CREATE = re.compile(
    r"CREATE\s+(OR\s+REPLACE\s+)?((TEMP|TEMPORARY|PERSISTENT)\s+)?(MACRO|FUNCTION)\b", re.IGNORECASE
)

# What tells a migration where it runs. One that asks can do right in the check and wrong elsewhere.
_ASKS = re.compile(
    r"(duckdb|pragma|pg)_\w+|information_schema|sqlite_(temp_)?(master|schema)"
    r"|current_(setting|database|catalog|schemas?|connection_id|query(_id)?)|getvariable|getenv"
    r"|in_search_path|which_secret"
)
_ASKS_WHEN_CALLED = frozenset({"query", "query_table"})
_ASKING_WORDS = frozenset({"show", "describe", "summarize"})

LONGEST = 100_000
"""Characters of an answer; a right one has a few hundred."""

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
    "length": "a migration of a few statements",
    "empty": "at least one statement under `-- migrate:up`",
    "statement": "statements that change tables",
    "operation": "`operations = [...]`, a list of operations with plain values",
    "function": "the function",
}


@dataclass(frozen=True)
class Answer:
    """An answer that can be run: its migrations, in the order in which they are asked for.

    `missing` are those asked for that hold no statement, `unasked` the files that nobody asked for.
    `earlier` are the migrations that were applied before, as the answer has them.
    """

    migrations: tuple[Migration, ...]
    missing: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    earlier: tuple[Migration, ...] = ()


def read_answer(task: Task, text: AnswerText) -> Answer | Problem:
    """The migrations of an answer. A down that is missing is no problem here: a requirement asks
    for it. Lines count from 1 in the text of each file.

    Of several migrations some may still be without a statement, and then the first of these ends
    the answer: what follows cannot be run before it.
    """
    texts = {task.migrations[0].name: text} if isinstance(text, str | bytes) else dict(text)
    read: list[Migration] = []
    missing: list[str] = []
    unwritten: Problem | None = None
    for asked in task.migrations:
        migration, problem = _read(asked.name, texts.pop(asked.name, ""))
        if problem is not None and problem.kind != "empty":
            return problem
        if problem is not None:
            unwritten = unwritten or problem
            missing.append(asked.name)
        elif migration is not None and not missing:
            read.append(migration)
    if not read:
        assert unwritten is not None, "an exercise asks for a migration"
        return unwritten
    earlier = tuple(
        parse_migration(texts.pop(one.name, one.text), f"{one.name}.sql").migration
        for one in task.earlier
    )
    return Answer(tuple(read), tuple(missing), tuple(texts), tuple(m for m in earlier if m))


def _read(name: str, text: str | bytes) -> tuple[Migration | None, Problem | None]:
    """One migration of an answer, or what keeps it from being run: `empty` where nothing is
    written yet."""
    if len(text) > LONGEST:
        return None, Problem(
            "length",
            f"{name}.sql",
            f"the file has {len(text):,} characters, and {LONGEST:,} are the most",
            "write what changes tables, and no more",
        )
    parsed = parse_migration(text, f"{name}.sql")
    for problem in parsed.problems:
        if problem.kind != "no-down":
            return None, problem if text.strip() else replace(problem, kind="empty")
    migration = parsed.migration
    assert migration is not None, "a file without problems is a migration"
    for step in (*migration.up, *(migration.down or ())):
        does = _out_of_place(step)
        if does:
            return None, Problem(
                "statement",
                place(migration.file, step.line),
                f"{one_line(step.sql, 60)} {does}, which this migration has no need of",
                "remove the statement; ALTER, CREATE, DROP, INSERT, UPDATE and DELETE are enough",
            )
    return migration, None


def what_was_expected(problem: Problem) -> str:
    """The other half of a problem: what the file should have been."""
    return EXPECTED.get(problem.kind, "a file with `-- migrate:up` and `-- migrate:down`")


def _out_of_place(step: Step) -> str:
    """What a statement does that has no place in an answer; empty for one that has."""
    if step.kind not in ALLOWED:
        return _DOES.get(step.kind, "is not a change of a table")
    # A macro can hide one of DuckDB's own functions, and then nothing that is read can be trusted.
    if _WORDS_OF_CREATE.match(_without_comments(step.sql)):
        return "makes a macro"
    name = next(_asked(step.sql), None)
    return f"asks the database about itself ({name})" if name else ""


def _asked(sql: str) -> Iterator[str]:
    """The names in a statement that tell where it runs."""
    tokens = [(text, kind) for text, kind in _tokens(sql) if kind is not _COMMENT]
    for (text, kind), (following, _) in zip(tokens, [*tokens[1:], ("", None)], strict=True):
        name = text.strip('"').lower()
        if kind is duckdb.token_type.string_const and not text.startswith('"'):
            continue
        called = following.startswith("(") and name in _ASKS_WHEN_CALLED
        asking = kind is duckdb.token_type.keyword and name in _ASKING_WORDS
        if called or asking or _ASKS.fullmatch(name):
            yield name


def _without_comments(sql: str) -> str:
    return " ".join(text for text, kind in _tokens(sql) if kind is not _COMMENT)


def _tokens(sql: str) -> list[tuple[str, Any]]:
    """The tokens of a statement with their kind, without the space around them."""
    raw = sql.encode()
    tokens = duckdb.tokenize(sql)
    ends = [offset for offset, _ in tokens[1:]] + [len(raw)]
    return [
        (raw[start:end].decode().strip(), kind)
        for (start, kind), end in zip(tokens, ends, strict=True)
    ]
