"""Which lesson is being built, and of how many: a bar on a terminal, a line each elsewhere."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator

from .answer import wants_json
from .progress_line import bar, terminal_line


@contextlib.contextmanager
def building_progress(args: argparse.Namespace) -> Iterator[Callable[[str, int, int], None]]:
    """What `make_site` calls before each lesson; it says nothing with `--json`."""
    with terminal_line(args) as line:

        def tell(lesson: str, built: int, total: int) -> None:
            if line is not None:
                line.show(f"{bar(built, total)} {built} of {total} built, now {lesson}")
            elif not wants_json(args):
                print(f"Building {lesson} ({built + 1} of {total})", file=sys.stderr, flush=True)

        yield tell
