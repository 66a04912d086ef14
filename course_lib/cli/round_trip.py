"""`updown round-trip`: up, write rows, down on a copy; what came back and what did not."""

from __future__ import annotations

import argparse
from pathlib import Path

from course_lib.migrations import (
    Problem,
    Refused,
    RoundTrip,
    Step,
    SyntaxProblem,
    make_plan,
    nothing_to_do,
    read_applied,
    read_folder,
    round_trip,
    split_statements,
)

from .answer import Stopped, UsageError, add_json, answer
from .as_json import difference_json
from .places import add_database, add_migrations, find_database, find_migrations, opened
from .progress_line import shown_progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `updown round-trip` to its parser."""
    parser.add_argument(
        "--writes", metavar="FILE.sql", type=Path, help="statements to run between up and down"
    )
    add_database(parser)
    add_migrations(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print what came back. 0: everything. 1: not everything, or a step was refused."""
    writes = _read(args.writes) if args.writes else ()
    folder = read_folder(find_migrations(args))
    database = find_database(args)
    with opened(database, read_only=True) as con:
        plan = make_plan(folder, read_applied(con), "up")
        if isinstance(plan, Refused):
            raise Stopped(*plan.problems)
        with shown_progress(args) as tell:
            trip = round_trip(
                con, folder, plan, writes=writes, writes_file=str(args.writes), on_progress=tell
            )
    if isinstance(trip, Refused):
        raise Stopped(*trip.problems)
    return answer(args, _lines(trip, database), _json(trip), trip.problems())


def _read(path: Path) -> tuple[Step, ...]:
    try:
        text = path.read_bytes().decode()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8; save it as UTF-8.") from None
    steps = split_statements(text)
    if isinstance(steps, SyntaxProblem):
        what = f"DuckDB cannot read the SQL: {steps.message}"
        raise Stopped(
            Problem("syntax", f"{path}, line {steps.line}", what, "correct the statement")
        )
    return steps


def _lines(trip: RoundTrip, database: Path) -> list[str]:
    if not trip.migrations:
        return [nothing_to_do("up")]
    lines = [f"Up and down on a copy of {database}, now thrown away: {', '.join(trip.migrations)}."]
    for table in trip.tables:
        if table.came_back:
            lines.extend(f"rows of {table.name}: {told}" for told in table.sentences())
    if not trip.problems():
        lines.append("Schema and rows came back.")
    return lines


def _json(trip: RoundTrip) -> dict[str, object]:
    tables: list[dict[str, object]] = [
        {
            "name": table.name,
            "rows_before": table.before.rows if table.before else None,
            "rows_written": table.written,
            "rows_after": table.after.rows if table.after else None,
            "came_back": table.came_back,
            "not_back": list(table.values.problems) if table.values else [],
        }
        for table in trip.tables
    ]
    differences = [difference_json(found) for found in trip.differences]
    return {"migrations": list(trip.migrations), "tables": tables, "differences": differences}
