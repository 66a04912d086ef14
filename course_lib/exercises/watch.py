"""Stopping what a connection runs when its time is over, also between two short statements."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

import duckdb

_AGAIN = 0.1


@contextlib.contextmanager
def stopped_at(con: duckdb.DuckDBPyConnection, end: float) -> Iterator[None]:
    """From `end` on (a time of `time.monotonic`), interrupt whatever `con` runs inside the block.

    DuckDB looks for an interrupt between pieces of its work. An expression in ALTER .. TYPE ..
    USING can be one piece of minutes: only the end of the process stops that.
    """
    done = threading.Event()

    def watch() -> None:
        left = end - time.monotonic()
        while not done.wait(max(left, _AGAIN)):
            left = 0
            con.interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
