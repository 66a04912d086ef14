"""The parser of `updown`, and what holds for every command: exit codes and interruptions.

Exit codes: 0 done, 1 refused with a reason, 2 usage, 130 interrupted by Ctrl-C (143 by SIGTERM).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

import duckdb

from course_lib.migrations import Problem, is_interruption

from . import (
    accept,
    baseline,
    build,
    check,
    class_collect,
    class_doctor,
    class_export,
    class_extend,
    class_feedback,
    class_forget,
    class_grade,
    class_insight,
    class_new,
    class_release,
    content,
    diff,
    hint,
    log,
    migrate,
    new,
    new_lesson,
    pack,
    preview,
    report,
    review,
    round_trip,
    scene,
    status,
    unpack,
    verify,
)
from .answer import Stopped, UsageError, answer, print_any_name
from .interrupted import Interrupted, not_finished
from .signals import stoppable

DESCRIPTION = "Database migrations for DuckDB: all or nothing, planned first, told in words."
EXIT_CODES = "Exit codes: 0 done, 1 refused with a reason, 2 usage, 130 interrupted."


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit code."""
    print_any_name()
    parser = make_parser()
    args = parser.parse_args(arguments, argparse.Namespace(code=None, run=None))
    if args.run is None:
        parser.print_help(sys.stderr)
        return 2
    with stoppable() as stop:
        try:
            return _run(args)
        except KeyboardInterrupt as error:
            if args.code is not None:
                # All was done and told; what was left is closing the database.
                return int(args.code)
            told = error.problem if isinstance(error, Interrupted) else not_finished(args.command)
        answer(args, (), {}, [told])
        return stop.exit_code


def _run(args: argparse.Namespace) -> int:
    try:
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except UsageError as problem:
        print(problem, file=sys.stderr)
        return 2
    except Stopped as refused:
        return answer(args, (), {}, refused.problems)
    except (duckdb.Error, RuntimeError) as error:
        if is_interruption(error):
            raise KeyboardInterrupt from error
        if not isinstance(error, duckdb.Error):
            raise
        return answer(args, (), {}, [_refused_by_duckdb(error)])
    except OSError as error:
        return _refused_by_system(args, error)


def _refused_by_system(args: argparse.Namespace, error: OSError) -> int:
    if error.filename is None:
        # The answer itself cannot be written, and Python would try once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # A reader that goes away, as `head` does, is no news.
        if not isinstance(error, BrokenPipeError):
            print(f"The answer cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    said = error.strerror or str(error)
    told = Problem("system", str(error.filename), said, "make it possible, then try again")
    return answer(args, (), {}, [told])


def _refused_by_duckdb(error: duckdb.Error) -> Problem:
    """What DuckDB does not do for the engine itself: no step of a migration is at fault."""
    text = str(error).split("\n", 1)[0]
    return Problem(
        "duckdb",
        "",
        f"DuckDB refused what the engine asked of it: {text}",
        "what was running was not applied; docs/engine.md names what is known, else report it",
    )


def _versions() -> str:
    try:
        own = version("up-and-down")
    except PackageNotFoundError:
        own = "(not installed)"
    return f"updown {own}, DuckDB {duckdb.__version__}"


def make_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(prog="updown", description=DESCRIPTION, epilog=EXIT_CODES)
    parser.add_argument(
        "--version",
        action="version",
        version=_versions(),
        help="print the versions of updown and of DuckDB",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, text in migrate.COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text, epilog=EXIT_CODES)
        migrate.add_arguments(command, name)
        command.set_defaults(run=migrate.run, command=name)
    _add(commands, "status", status, "tell the state of every migration; changes nothing")
    _add(commands, "verify", verify, "tell whether files, ledger and schema agree; changes nothing")
    _add(commands, "diff", diff, "compare two databases, or a database with its history")
    _add(commands, "round-trip", round_trip, "up and down on a copy: what comes back")
    _add(commands, "baseline", baseline, "adopt a database that has no history")
    _add(commands, "accept", accept, "take a file that was changed after it was applied")
    _add(commands, "log", log, "tell what happened to the database, oldest first")
    _add(commands, "review", review, "tell what to look at before migrations are run")
    _add(commands, "new", new, "write an empty migration with the next free number")
    _add(commands, "pack", pack, "pack a learner's work into a zip")
    _add(commands, "unpack", unpack, "bring the work in a zip back")
    course = commands.add_parser("course", help="for authors: lessons and exercises")
    parts = course.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add(parts, "build", build, "make the notebooks and the course folder from the lessons")
    _add(parts, "report", report, "tell every lesson in numbers, and what is outside its bounds")
    _add(parts, "new-lesson", new_lesson, "write the draft of a lesson, whole in form")
    _add(parts, "preview", preview, "show a lesson as a learner would see it")
    _add(parts, "check", check, "grade one answer as the notebook does")
    _add(parts, "hint", hint, "give a hint for an exercise")
    _add(parts, "verify", content, "test the content of exercises from their own specs")
    _add(parts, "scene", scene, "play scenes, and tell what is not as they say")
    classes = commands.add_parser("class", help="for instructors: a class and its week")
    steps = classes.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add(steps, "new", class_new, "make a class's course folder, or bring one up to date")
    _add(steps, "doctor", class_doctor, "look whether a class can be graded, and say what to do")
    _add(steps, "release", class_release, "hand lessons out, through the exchange or by yourself")
    _add(steps, "collect", class_collect, "take what learners handed in, and tell what lacks")
    _add(steps, "extend", class_extend, "give a learner more time than the due date says")
    _add(steps, "grade", class_grade, "grade what was handed in, and again only what changed")
    _add(steps, "feedback", class_feedback, "make learners' pages where something changed")
    _add(steps, "export", class_export, "write the marks as CSV, also for Canvas and Moodle")
    _add(steps, "insight", class_insight, "tell what a class has not understood, as a page and CSV")
    _add(steps, "forget", class_forget, "delete all that a class keeps of one learner")
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    module: object,
    text: str,
) -> None:
    command = commands.add_parser(name, help=text, description=text, epilog=EXIT_CODES)
    module.add_arguments(command)  # type: ignore[attr-defined]
    command.set_defaults(run=module.run, command=name)  # type: ignore[attr-defined]
