"""`updown up|down|redo|plan|rehearse`: the commands that make a plan, and tell or do it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import AbstractContextManager

import duckdb

from course_lib.migrations import (
    Direction,
    Folder,
    Outcome,
    Plan,
    Problem,
    Refused,
    make_database,
    make_plan,
    outcome_lines,
    own_cursor,
    plan_lines,
    read_applied,
    read_folder,
    read_risks,
    read_shadow_cost,
    rehearse_plan,
    run_plan,
)

from .answer import Stopped, add_json, answer
from .as_json import outcome_json, plan_json
from .interrupted import Interrupted, how_far
from .places import add_database, add_migrations, find_database, find_migrations, opened
from .progress_line import shown_progress

COMMANDS = {
    "up": "apply what is pending, each migration all or nothing",
    "down": "take the newest migration back",
    "redo": "take the newest migration back and apply it again",
    "plan": "tell what `up` or `down` would do, and what it would lose; changes nothing",
    "rehearse": "run what is pending on a copy of the real data and throw the copy away",
}

# What `--count` and NAME mean.
_UP = ("at most N migrations", "the last one to apply")
_DOWN = ("the newest N (default: 1)", "the one that stays applied (0: none does)")
_TARGETS = {"up": _UP, "down": _DOWN, "redo": _DOWN}


def add_arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Add the options that one of `COMMANDS` takes."""
    add_database(parser)
    add_migrations(parser)
    if command in ("plan", "rehearse"):
        parser.add_argument(
            "--direction", choices=("up", "down"), default="up", help="which way (default: up)"
        )
    count, to = _TARGETS.get(
        command, (f"up: {_UP[0]}; down: {_DOWN[0]}", f"up: {_UP[1]}; down: {_DOWN[1]}")
    )
    parser.add_argument("--count", metavar="N", type=_count, help=count)
    target = parser.add_mutually_exclusive_group()
    target.add_argument("to", metavar="NAME", nargs="?", help=f"{to}; a name or a number")
    target.add_argument("--to", metavar="NAME", dest="named", help="the same as NAME")
    if command == "up":
        parser.add_argument(
            "--create", action="store_true", help="make the database file if there is none"
        )
    if command in ("up", "down", "redo"):
        parser.add_argument(
            "--dry-run", action="store_true", help="print the plan and change nothing"
        )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Run one of `COMMANDS`. 0 done, 1 refused or failed."""
    args.to = args.to or args.named
    folder = read_folder(find_migrations(args))
    with _opened(args, folder) as con:
        plans = tuple(_plans(con, folder, args))
        if args.command == "plan" or getattr(args, "dry_run", False):
            return _tell(con, plans, args)
        return _do(con, plans, args)


def _opened(
    args: argparse.Namespace, folder: Folder
) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    database = find_database(args)
    dry = args.command in ("plan", "rehearse") or args.dry_run
    if getattr(args, "create", False) and not database.exists():
        # A file is made for a plan that can be done, and not for a dry run.
        _planned(make_plan(folder, (), "up", count=args.count, to=args.to))
        if dry:
            return duckdb.connect(":memory:")
        problem = make_database(database)
        if problem is not None:
            raise Stopped(problem)
    return opened(database, read_only=dry)


def _plans(
    con: duckdb.DuckDBPyConnection, folder: Folder, args: argparse.Namespace
) -> Iterator[Plan]:
    """The plan of the command; two for a redo. Raises `Stopped` before anything is run."""
    direction: Direction = getattr(args, "direction", "up")
    if args.command in ("down", "redo"):
        direction = "down"
    with own_cursor(con) as cursor:
        applied = read_applied(cursor)
    plan = _planned(make_plan(folder, applied, direction, count=args.count, to=args.to))
    yield plan
    if args.command == "redo" and plan.items:
        gone = {item.migration.number for item in plan.items}
        left = tuple(row for row in applied if row.number not in gone)
        yield _planned(make_plan(folder, left, "up", count=len(gone)))


def _planned(plan: Plan | Refused) -> Plan:
    if isinstance(plan, Refused):
        raise Stopped(*plan.problems)
    return plan


def _tell(con: duckdb.DuckDBPyConnection, plans: tuple[Plan, ...], args: argparse.Namespace) -> int:
    cost = read_shadow_cost(con)
    risks = [read_risks(con, plan) for plan in plans]
    told = [plan_json(plan, risk, cost) for plan, risk in zip(plans, risks, strict=True)]
    lines = [
        line
        for plan, risk in zip(plans, risks, strict=True)
        for line in plan_lines(plan, risk, cost if plan is plans[-1] else None)
    ]
    return answer(args, lines, {"plans": told} if args.command == "redo" else told[0])


def _do(con: duckdb.DuckDBPyConnection, plans: tuple[Plan, ...], args: argparse.Namespace) -> int:
    rehearsal = args.command == "rehearse"
    outcome = Outcome((), None)
    plan = plans[0]
    try:
        for plan in plans:
            run_one = rehearse_plan if rehearsal else run_plan
            with shown_progress(args) as tell:
                ran = run_one(con, plan, on_progress=tell)
            outcome = Outcome((*outcome.done, *ran.done), ran.failure)
            if ran.failure is not None:
                break
    except KeyboardInterrupt:
        if rehearsal:
            raise
        raise Interrupted(how_far(con, plan)) from None
    problems = [outcome.failure.to_problem()] if outcome.failure is not None else []
    if args.command == "redo" and outcome.failure is not None:
        problems.extend(_left_out(outcome))
    lines = outcome_lines(Outcome(outcome.done, None), plans[0].direction)
    if problems and not outcome.done:
        lines = []
    if rehearsal and plans[0].items:
        lines.insert(0, f"Rehearsed on a copy of {find_database(args)}, now thrown away:")
    return answer(args, lines, outcome_json(outcome), problems)


def _left_out(outcome: Outcome) -> Iterator[Problem]:
    """What a redo took back and did not apply again."""
    back = {done.name for done in outcome.done if done.direction == "down"}
    back -= {done.name for done in outcome.done if done.direction == "up"}
    if back:
        yield Problem(
            "taken-back",
            ", ".join(sorted(back)),
            "taken back and not applied again",
            "`updown up` applies what is not, once the file is right",
        )


def _count(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of migrations, from 1 up")
    return number
