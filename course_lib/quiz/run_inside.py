"""The program that runs a question's SQL: a job of JSON on its input, a line of JSON for each text.

Each text has a DuckDB in memory of its own, without files and network, its settings locked.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

import duckdb

from course_lib.migrations import (
    Step,
    SyntaxProblem,
    digest_tables,
    read_schema,
    run_one_by_one,
    split_statements,
)
from course_lib.quiz.run import SET_UP_FAILED

LIMITS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "256MB",
    "threads": "1",
    "temp_directory": "",
    "max_execution_time": "2000",
}
LOCK = "SET enable_external_access = false; SET lock_configuration = true"
MOST_ROWS, MOST_COLUMNS, LONGEST = 12, 8, 80
COMPARED_ROWS = 10_000
_TAKEN = {1: "DuckDB takes it.", 2: "DuckDB takes both statements."}


def main() -> None:
    """Run the job of the input."""
    job = json.load(sys.stdin)
    for text in job["texts"]:
        json.dump(_run(job["setup"], text, job["look"]), sys.stdout)
        sys.stdout.write("\n")
        sys.stdout.flush()


def _run(setup: str, text: str, look: str | None) -> dict[str, Any]:
    con = duckdb.connect(":memory:", config=LIMITS)
    con.execute(LOCK)
    try:
        if setup.strip():
            con.execute(setup)
    except duckdb.Error as error:
        print(str(error).split("\n\n", 1)[0].replace("\n", " "), file=sys.stderr)
        sys.exit(SET_UP_FAILED)
    steps = split_statements(text)
    if isinstance(steps, SyntaxProblem):
        return _refused(f"DuckDB cannot read it: {steps.message}")
    if not steps:
        return _refused("There is no statement in it.")
    failure = run_one_by_one(con, steps[:-1]) if len(steps) > 1 else None
    if failure is not None:
        return _refused(_told(failure.error, failure.index, steps), con, look)
    last = steps[-1]
    try:
        result = con.execute(last.sql)
        columns = [column[0] for column in result.description or []]
        rows = result.fetchmany(COMPARED_ROWS)
    except duckdb.Error as error:
        return _refused(_told(str(error).split("\n\n", 1)[0], len(steps) - 1, steps), con, look)
    if last.kind != "SELECT":
        columns, rows = [], []
    parts = [repr(read_schema(con)), repr(sorted(digest_tables(con).items()))]
    parts += sorted(repr(row) for row in rows)
    printed = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    sentence = _TAKEN.get(len(steps), f"DuckDB takes all {len(steps)} statements.")
    if look:
        columns, rows = _look(con, look)
    return _outcome(sentence, columns, rows, printed, refused=False)


def _told(message: str, index: int, steps: tuple[Step, ...]) -> str:
    where = "it" if len(steps) == 1 else f"statement {index + 1} of {len(steps)}"
    return f"DuckDB refuses {where}: {message}"


def _refused(
    sentence: str, con: duckdb.DuckDBPyConnection | None = None, look: str | None = None
) -> dict[str, Any]:
    columns, rows = _look(con, look) if con is not None and look else ([], [])
    return _outcome(sentence, columns, rows, f"refused: {sentence}", refused=True)


def _look(con: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], list[Any]]:
    """The rows of the author's query; none where the database is no longer fit for it."""
    try:
        result = con.execute(query)
        return [column[0] for column in result.description or []], result.fetchmany(MOST_ROWS + 1)
    except duckdb.Error as error:
        return ["not there"], [[str(error).split("\n", 1)[0]]]


def _outcome(
    sentence: str, columns: list[str], rows: list[Any], printed: str, *, refused: bool
) -> dict[str, Any]:
    shown = [[_text(value) for value in row[:MOST_COLUMNS]] for row in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        shown.append(["…"] * len(columns[:MOST_COLUMNS]))
    return {
        "sentence": sentence[:500],
        "columns": [_text(name) for name in columns[:MOST_COLUMNS]],
        "rows": shown,
        "print": printed,
        "refused": refused,
    }


def _text(value: Any) -> str:
    text = "NULL" if value is None else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


if __name__ == "__main__":
    main()
