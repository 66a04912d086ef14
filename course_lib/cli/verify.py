"""`updown verify`: whether the files, the ledger and the database agree."""

from __future__ import annotations

import argparse

from course_lib.migrations import Verified, read_folder, verify

from .answer import add_json, answer
from .places import add_database, add_migrations, find_database, find_migrations, opened


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `updown verify` to its parser."""
    add_database(parser)
    add_migrations(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print one sentence a finding. 0: there is none. 1: there are some."""
    folder = read_folder(find_migrations(args))
    with opened(find_database(args), read_only=True) as con:
        found = verify(con, folder)
    data: dict[str, object] = {"drift": found.drift, "reason": found.reason}
    return answer(args, _lines(found), data, found.problems)


def _lines(found: Verified) -> list[str]:
    lines = []
    if found.reason is not None:
        lines.append(f"Drift was not looked for: {found.reason}")
    if not found.problems and found.drift == "none":
        lines.append("Files, ledger and schema agree.")
    elif not found.problems:
        lines.append("Files and ledger agree.")
    return lines
