"""`updown log`: all that happened to a database, oldest first."""

from __future__ import annotations

import argparse

from course_lib.migrations import log_lines, read_events

from .answer import add_json, answer
from .as_json import event_json
from .places import add_database, find_database, opened


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `updown log` to its parser."""
    add_database(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the events. 0: done, also where there is none yet."""
    with opened(find_database(args), read_only=True) as con:
        events = read_events(con)
    return answer(args, log_lines(events), {"events": [event_json(event) for event in events]})
