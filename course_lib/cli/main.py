"""The parser of `updown`, and what holds for every command: exit codes and interruptions.

Exit codes: 0 done, 1 refused with a reason, 2 usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

import duckdb

from course_lib.migrations import Problem

from . import (
    baseline,
    build,
    check,
    diff,
    log,
    migrate,
    new,
    pack,
    review,
    round_trip,
    status,
    unpack,
    verify,
)
from .answer import Stopped, UsageError, answer, print_any_name

DESCRIPTION = "Database migrations for DuckDB: all or nothing, planned first, told in words."
EXIT_CODES = "Exit codes: 0 done, 1 refused with a reason, 2 usage."
INTERRUPTED = Problem(
    "interrupted",
    "",
    "Interrupted: the migration that was running was not applied",
    "`updown status` tells what was",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit code."""
    print_any_name()
    parser = make_parser()
    args = parser.parse_args(arguments)
    try:
        return int(args.run(args))
    except UsageError as problem:
        print(problem, file=sys.stderr)
        return 2
    except Stopped as refused:
        return answer(args, (), {}, refused.problems)
    except duckdb.Error as error:
        return answer(args, (), {}, [_refused_by_duckdb(error)])
    except (KeyboardInterrupt, RuntimeError) as error:
        # Ctrl-C inside a statement comes from DuckDB as a RuntimeError with these words.
        if isinstance(error, RuntimeError) and str(error) != "Query interrupted":
            raise
        return answer(args, (), {}, [INTERRUPTED])
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _refused_by_duckdb(error: duckdb.Error) -> Problem:
    """What DuckDB does not do for the engine itself: no step of a migration is at fault."""
    text = str(error).split("\n", 1)[0]
    return Problem(
        "duckdb",
        "",
        f"DuckDB refused what the engine asked of it: {text}",
        "what was running was not applied; docs/engine.md names what is known, else report it",
    )


def make_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(prog="updown", description=DESCRIPTION, epilog=EXIT_CODES)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, text in migrate.COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text, epilog=EXIT_CODES)
        migrate.add_arguments(command, name)
        command.set_defaults(run=migrate.run, command=name)
    _add(commands, "status", status, "tell the state of every migration; changes nothing")
    _add(commands, "verify", verify, "tell whether files, ledger and schema agree; changes nothing")
    _add(commands, "diff", diff, "compare two databases, or a database with its history")
    _add(commands, "round-trip", round_trip, "up and down on a copy: what comes back")
    _add(commands, "baseline", baseline, "adopt a database that has no history")
    _add(commands, "log", log, "tell what happened to the database, oldest first")
    _add(commands, "review", review, "tell what to look at before migrations are run")
    _add(commands, "new", new, "write an empty migration with the next free number")
    _add(commands, "pack", pack, "pack a learner's work into a zip")
    _add(commands, "unpack", unpack, "bring the work in a zip back")
    course = commands.add_parser("course", help="for authors: build the lessons, check an answer")
    parts = course.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add(parts, "build", build, "make the notebooks and the course folder from the lessons")
    _add(parts, "check", check, "grade one answer file as the notebook does")
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    module: object,
    text: str,
) -> None:
    command = commands.add_parser(name, help=text, description=text, epilog=EXIT_CODES)
    module.add_arguments(command)  # type: ignore[attr-defined]
    command.set_defaults(run=module.run)  # type: ignore[attr-defined]
