"""How far the grading of a class is: a bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator

from .answer import wants_json
from .progress_line import bar, terminal_line

EVERY = 5.0
"""Seconds from one line to the next where there is no terminal."""

_RECENT = 30.0
"""Seconds over which the rate is measured."""


@contextlib.contextmanager
def grading_progress(args: argparse.Namespace, total: int) -> Iterator[Callable[[], None]]:
    """What to call before the first submission and after each; it says nothing with `--json`."""
    if wants_json(args):
        yield lambda: None
        return
    pace, said = Pace(total), time.monotonic()
    with terminal_line(args) as line:

        def one_more() -> None:
            nonlocal said
            now = time.monotonic()
            pace.count(now)
            if line is not None:
                line.show(f"{bar(pace.done, total)} {pace}")
            elif now - said >= EVERY:
                said = now
                print(pace, file=sys.stderr, flush=True)

        yield one_more


class Pace:
    """How many of `total` are done, how fast it goes, and how long it will take."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, -1
        self._times: deque[float] = deque()

    def count(self, now: float) -> None:
        """One more is done at this time; the first call is the beginning."""
        self.done += 1
        self._times.append(now)
        while len(self._times) > 2 and now - self._times[0] > _RECENT:
            self._times.popleft()

    def __str__(self) -> str:
        said = f"{self.done:,} of {self.total:,} graded"
        took = self._times[-1] - self._times[0]
        if len(self._times) < 2 or not took:
            return said
        rate = (len(self._times) - 1) / took
        left = (self.total - self.done) / rate
        return f"{said}, {rate:.1f} a second, {time_words(left)} left"


def time_words(seconds: float) -> str:
    """A time that is read at a glance: 7 s, 3 min 20 s, 1 h 05 min."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"
