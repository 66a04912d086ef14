"""`%migrate round-trip`: up, what people write meanwhile, and down, on a copy that is thrown away.

Written as `%%migrate round-trip`, the statements below it are what people write in between.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from course_lib.migrations import (
    Folder,
    Plan,
    Refused,
    RoundTrip,
    Step,
    SyntaxProblem,
    round_trip,
    split_statements,
)

from .display import Shown, bullets, panel, sentence, soft
from .problem_words import in_lesson
from .progress import shown_progress

_WRITES = "the SQL below `%%migrate`"
_COPY = "This ran on a copy, which is gone now. Your database was not touched."


def show_round_trip(
    connection: duckdb.DuckDBPyConnection, folder: Folder, plan: Plan, written: str
) -> Shown:
    """Take the plan up and down on a copy, with the SQL `written` in between, and compare.

    `plan` is an up plan with at least one migration. KeyboardInterrupt goes through.
    """
    writes = split_statements(written)
    if isinstance(writes, SyntaxProblem):
        return panel(
            f"DuckDB cannot read line {writes.line} of {_WRITES}; nothing was run.",
            sentence(f"DuckDB says: {writes.message}."),
            tone="refused",
        )
    with shown_progress("round-trip") as tell:
        trip = round_trip(
            connection, folder, plan, writes=writes, writes_file=_WRITES, on_progress=tell
        )
    if isinstance(trip, Refused):
        return _show_refused(trip)
    return _show(trip, writes)


def _show(trip: RoundTrip, writes: tuple[Step, ...]) -> Shown:
    names = " and ".join(f"`{name}`" for name in trip.migrations)
    lost = list(_lost(trip))
    ends = (*_came(trip), soft(_COPY), *_next(writes))
    if not lost:
        return panel(f"{names}: schema and rows came back.", *ends, tone="done")
    told = sentence(f"After the down of {names}:")
    return panel("Not everything came back.", told, bullets(lost), *ends, tone="refused")


def _show_refused(refused: Refused) -> Shown:
    """Where the trip ended before its end: a step, a statement of the people, or no way back."""
    told = (" ".join(str(in_lesson(problem)).split()) for problem in refused.problems)
    return panel(
        "The round trip did not come to its end.", bullets(told), soft(_COPY), tone="refused"
    )


def _lost(trip: RoundTrip) -> Iterator[str]:
    for found in trip.differences:
        yield f"{found.object} is now: {found.is_}. Before: {found.expected}."
    for table in trip.tables:
        if not table.came_back:
            said = table.values.problems if table.values else table.sentences()
            yield from (f"`{table.name}`: {one.removesuffix(', ...')}." for one in said)


def _came(trip: RoundTrip) -> Iterator[Shown]:
    """The tables that people wrote to, each with what became of it; the others in one line."""
    back = [table for table in trip.tables if table.came_back]
    written = [f"`{table.name}`: {table.values}." for table in back if table.values]
    if written:
        yield bullets(written)
    others = [f"`{table.name}`" for table in back if not table.values]
    if others:
        yield sentence(f"The rows are the same as before in {', '.join(others)}.")


def _next(writes: tuple[Step, ...]) -> tuple[Shown, ...]:
    if writes:
        return ()
    return (
        soft(
            "Nobody wrote anything in between. To try that, begin the cell with"
            " `%%migrate round-trip` and put `INSERT`, `UPDATE` or `DELETE` below it."
        ),
    )
