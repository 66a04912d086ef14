"""`updown review`: what to look at before migrations are run; needs no database."""

from __future__ import annotations

import argparse
from pathlib import Path

from course_lib.migrations import Finding, read_folder, review

from .answer import Stopped, add_json, wants_json
from .answer import print_json as print_one
from .places import add_migrations, find_migrations


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
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the findings. 0: there is none. 1: there are some."""
    base = None
    if args.base is not None:
        base = read_folder(args.base)
        if not args.base.is_dir():
            raise Stopped(*base.problems)
    findings = review(read_folder(find_migrations(args)), base)
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
