"""`updown up|down|status|plan|rehearse`: the engine's commands on one database file."""

from __future__ import annotations

import argparse
import sys

import duckdb

from course_lib.migrations import (
    Direction,
    Folder,
    Plan,
    Problem,
    make_plan,
    outcome_lines,
    own_cursor,
    plan_lines,
    read_applied,
    read_folder,
    read_risks,
    read_shadow_cost,
    read_status,
    rehearse_plan,
    run_plan,
    status_lines,
)

from .places import add_database, add_migrations, find_database, find_migrations, opened

COMMANDS = {
    "up": "apply what is pending, each migration all or nothing",
    "down": "take the newest migration back",
    "status": "tell the state of every migration; changes nothing",
    "plan": "tell what `up` or `down` would do, and what it would lose; changes nothing",
    "rehearse": "run what is pending on a copy of the real data and throw the copy away",
}


def add_arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Add the options that one of `COMMANDS` takes."""
    add_database(parser)
    add_migrations(parser)
    if command in ("plan", "rehearse"):
        parser.add_argument(
            "--direction", choices=("up", "down"), default="up", help="which way (default: up)"
        )
    if command != "status":
        parser.add_argument(
            "--count", metavar="N", type=_count, help="at most N migrations (down takes one)"
        )
        parser.add_argument(
            "--to",
            metavar="NAME",
            help="up: end with this one; down: leave this one applied (0: take all back)",
        )
    if command == "up":
        parser.add_argument(
            "--create", action="store_true", help="make the database file if there is none"
        )


def run(args: argparse.Namespace) -> int:
    """Run one of `COMMANDS`. 0 done, 1 refused, 2 no database named."""
    database = find_database(args)
    folder = read_folder(find_migrations(args))
    if getattr(args, "create", False) and not database.exists() and not folder.problems:
        duckdb.connect(database).close()
    reads = args.command in ("status", "plan", "rehearse")
    with opened(database, read_only=reads) as con:
        return _status(con, folder) if args.command == "status" else _planned(con, folder, args)


def _status(con: duckdb.DuckDBPyConnection, folder: Folder) -> int:
    _print(status_lines(read_status(con, folder)))
    return _refuse(*folder.problems) if folder.problems else 0


def _planned(con: duckdb.DuckDBPyConnection, folder: Folder, args: argparse.Namespace) -> int:
    direction: Direction = "down" if args.command == "down" else getattr(args, "direction", "up")
    with own_cursor(con) as cursor:
        applied = read_applied(cursor)
    plan = make_plan(folder, applied, direction, count=args.count, to=args.to)
    if not isinstance(plan, Plan):
        return _refuse(*plan.problems)
    if args.command == "plan":
        _print(plan_lines(plan, read_risks(con, plan), read_shadow_cost(con)))
        return 0
    if args.command == "rehearse":
        outcome = rehearse_plan(con, plan)
        if plan.items:
            print(f"Rehearsed on a copy of {args.database or 'the database'}, now thrown away:")
    else:
        outcome = run_plan(con, plan)
    lines = outcome_lines(outcome, direction)
    if outcome.failure is None:
        _print(lines)
        return 0
    _print(lines[:-1])
    print(lines[-1], file=sys.stderr)
    return 1


def _print(lines: list[str]) -> None:
    for line in lines:
        print(line)


def _refuse(*problems: Problem) -> int:
    sys.stdout.flush()
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1


def _count(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of migrations, from 1 up")
    return number
