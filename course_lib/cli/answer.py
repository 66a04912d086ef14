"""How a command answers: lines for people, or one JSON object for programs.

With `--json`, standard output holds one object and nothing else, also when the command is refused:
then its `problems` say why. Without it, reasons go to standard error.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterable

from course_lib.migrations import Problem

from .as_json import problem_json


class Stopped(Exception):
    """The command is refused before it did anything: exit code 1 with these problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class UsageError(Exception):
    """One sentence about the command line or the settings: exit code 2."""


def print_any_name() -> None:
    """Let every text be printed: the name of a file may hold what a terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")


def answer(
    args: argparse.Namespace,
    lines: Iterable[str],
    data: dict[str, object],
    problems: Iterable[Problem] = (),
) -> int:
    """Print what a command found, and what is wrong. Gives the exit code: 1 where there is that.

    The code stands in `args.code` from then on. `lines` are for people and `data` says the same for
    programs, without the problems.
    """
    found = list(problems)
    args.code = 1 if found else 0
    if wants_json(args):
        print_json({**data, "problems": [problem_json(problem) for problem in found]})
    else:
        for line in lines:
            print(line)
        sys.stdout.flush()
        for problem in found:
            print(problem, file=sys.stderr)
    return int(args.code)


def wants_json(args: argparse.Namespace) -> bool:
    """Whether the command was called with `--json`."""
    return bool(getattr(args, "json", False))


def print_json(data: dict[str, object]) -> None:
    """One object on one line."""
    print(json.dumps(data, ensure_ascii=False))
