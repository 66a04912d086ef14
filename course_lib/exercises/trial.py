"""Statements that a check tries on a database along the way, and takes back at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from .state import MAX_ROWS, Rows, sorted_rows

# The first of the stations at which a trial can be made; the others are named for a migration.
START = "start"


@dataclass(frozen=True)
class Trial:
    """Statements that run one after the other, in a transaction that is rolled back.

    `at` is a station of the way: `start`, the name of the migration whose up has run, or
    `down` and the name of the one whose down has run.
    """

    at: str
    script: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of a trial: the rows of each statement that ran, and DuckDB's words for the one
    that did not. Both are empty where it does not apply."""

    results: tuple[Rows, ...]
    error: str = ""
    error_class: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain lists and strings; `from_json` reads them back."""
        return {
            "results": [
                {"columns": list(one.columns), "rows": [list(row) for row in one.rows]}
                for one in self.results
            ],
            "error": self.error,
            "error_class": self.error_class,
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> Outcome:
        """The outcome that `to_json` wrote. A missing key is a KeyError."""
        results = tuple(
            Rows(tuple(one["columns"]), tuple(tuple(row) for row in one["rows"]))
            for one in data["results"]
        )
        return Outcome(results, data["error"], data["error_class"])


def going_down(migration: str) -> str:
    """The station after the down of a migration."""
    return f"down {migration}"


def run_trial(trial: Trial, con: duckdb.DuckDBPyConnection) -> Outcome:
    """Run the script on a connection of its own, which must not be in a transaction.

    Nothing stays of it but the values that a sequence gave. At most `MAX_ROWS` rows of a query are
    read, and their order means nothing.
    """
    results: list[Rows] = []
    con.execute("BEGIN")
    try:
        for sql in trial.script:
            found = con.execute(_as_text(con, sql))
            columns = tuple(name for name, *_ in found.description or ())
            rows = found.fetchmany(MAX_ROWS + 1)
            # What is not a query gives the number of rows that it wrote.
            texts = [[None if one is None else str(one) for one in row] for row in rows]
            results.append(Rows(columns, sorted_rows(map(tuple, texts))))
    except duckdb.Error as error:
        words = str(error).split("\n\n", 1)[0]
        return Outcome(tuple(results), words, type(error).__name__)
    finally:
        con.execute("ROLLBACK")
    return Outcome(tuple(results))


def _as_text(con: duckdb.DuckDBPyConnection, sql: str) -> str:
    """A query whose values are DuckDB's own text; any other statement as it is."""
    (statement,) = con.extract_statements(sql)
    if statement.type is not duckdb.StatementType.SELECT:
        return sql
    return f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({statement.query.strip().rstrip(';')}\n)"
