"""`updown review`: what to look at before migrations are run; on nothing, or on a database."""

from __future__ import annotations

import argparse
from pathlib import Path

from course_lib.migrations import Finding, read_folder, read_starting_schema, review

from .answer import Stopped, add_json, wants_json
from .answer import print_json as print_one
from .places import add_migrations, find_migrations, opened


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `updown review` to its parser."""
    add_migrations(parser)
    parser.add_argument(
        "--base",
        metavar="DIR",
        type=Path,
        help="the migrations that others have: only new ones are reviewed, and an edited, a gone"
        " and a late one is told",
    )
    parser.add_argument(
        "--database",
        metavar="FILE",
        type=Path,
        help="a database whose schema from before the first migration the history begins on;"
        " without one it begins on nothing",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the findings. 0: there is none. 1: there are some."""
    base = None
    if args.base is not None:
        base = read_folder(args.base)
        if not args.base.is_dir():
            raise Stopped(*base.problems)
    start: tuple[str, ...] = ()
    if args.database is not None:
        with opened(args.database, read_only=True) as con:
            start = read_starting_schema(con)
    findings = review(read_folder(find_migrations(args)), base, start=start)
    if wants_json(args):
        print_one({"findings": [_json(finding) for finding in findings], "problems": []})
    else:
        for finding in findings:
            print(f"{finding.where}: {finding.rule}: {finding.sentence}.")
            for line in finding.rewrite.splitlines():
                print(f"    {line}")
        print(_summary(findings))
    return 1 if findings else 0


def _summary(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "Nothing to look at."
    number = len(findings)
    return (
        f"{number} finding{'' if number == 1 else 's'}. Change the migration, or accept one above"
        " its statement: -- review: accept RULE REASON"
    )


def _json(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "file": finding.file,
        "line": finding.line,
        "sentence": finding.sentence,
        "rewrite": finding.rewrite,
    }
