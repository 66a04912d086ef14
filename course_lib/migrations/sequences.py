"""Sequences: the value that each gave last, the one that comes next, and how one is made."""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

from .listing import Row, read_listings
from .names import object_name

_OPTIONS = re.compile(
    r"(?P<first> INCREMENT BY -?\d+ MINVALUE -?\d+ MAXVALUE -?\d+ START )(?P<next>-?\d+)"
    r"(?P<last>( NO)? CYCLE);$"
)


@dataclass(frozen=True)
class SequenceValue:
    """The value that a sequence gave last, None before the first, and the one that comes next."""

    last: int | None
    next: int


def read_sequence_values(con: duckdb.DuckDBPyConnection) -> dict[str, SequenceValue]:
    """Where every sequence stands, by key (`sequence s`). Writes nothing."""
    return values_of(read_listings(con, ("sequence",)))


def values_of(sequences: list[Row]) -> dict[str, SequenceValue]:
    """Where these sequences stand, by key (`sequence s`)."""
    return {
        f"sequence {object_name(row.schema, row.name)}": SequenceValue(
            row.last, int(_options(row)["next"])
        )
        for row in sequences
    }


def options_of(sequence: Row) -> str:
    """The options that make such a sequence, with the START that it was made with."""
    found = _options(sequence)
    return f"{found['first']}{sequence.start}{found['last']}"


def _options(sequence: Row) -> re.Match[str]:
    # DuckDB's own SQL text leaves out the quotes and the schema, and gives the next value as START.
    found = _OPTIONS.search(sequence.text or "")
    if found is None:
        raise RuntimeError(f"DuckDB writes a sequence in an unknown way: {sequence.text}")
    return found
