"""What a statement of an answer does that no exercise needs, and that a check cannot let it do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import duckdb

from course_lib.migrations import Step

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


def out_of_place(step: Step) -> str:
    """What a statement does that has no place in an answer; empty for one that has."""
    if step.kind not in ALLOWED:
        return _DOES.get(step.kind, "is not a change of a table")
    # A macro can hide one of DuckDB's own functions, and then nothing that is read can be trusted.
    if _WORDS_OF_CREATE.match(_without_comments(step.sql)):
        return "makes a macro"
    name = next(asked(step.sql), None)
    return f"asks the database about itself ({name})" if name else ""


def asked(sql: str) -> Iterator[str]:
    """The names in a statement that tell where it runs."""
    tokens = [(text, kind) for text, kind in _tokens(sql) if kind is not _COMMENT]
    for (text, kind), (following, _) in zip(tokens, [*tokens[1:], ("", None)], strict=False):
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
    ends = [offset for offset, _ in tokens[1:]] + [len(raw)] * bool(tokens)
    return [
        (raw[start:end].decode().strip(), kind)
        for (start, kind), end in zip(tokens, ends, strict=True)
    ]
