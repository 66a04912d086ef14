"""`updown status`: the state of every migration."""

from __future__ import annotations

import argparse

from course_lib.migrations import read_folder, read_status, status_lines

from .answer import add_json, answer
from .as_json import status_json
from .places import add_database, add_migrations, find_database, find_migrations, opened


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `updown status` to its parser."""
    add_database(parser)
    add_migrations(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print one line a migration. 0: done. 1: a file has a problem, which is told too."""
    folder = read_folder(find_migrations(args))
    with opened(find_database(args), read_only=True) as con:
        statuses = read_status(con, folder)
    data: dict[str, object] = {"migrations": [status_json(status) for status in statuses]}
    applied = {status.name for status in statuses if status.state == "applied"}
    files = {migration.file for migration in folder.migrations if migration.name in applied}
    # An applied file stays as it is, so that it has no down is nothing to correct.
    problems = [p for p in folder.problems if p.kind != "no-down" or p.file not in files]
    return answer(args, status_lines(statuses), data, problems)
