"""Stopping what a connection runs when its time is over, also between two short statements."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

import duckdb

_AGAIN = 0.1


class Watch:
    """From `end` on (a time of `time.monotonic`), interrupts whatever runs in a block of `over`.

    One thread for all blocks, since a check has forty of them. DuckDB looks for an interrupt
    between pieces of its work. An expression in ALTER .. TYPE .. USING can be one piece of minutes:
    only the end of the process stops that.
    """

    def __init__(self, end: float) -> None:
        self._end = end
        self._closed = threading.Event()
        # Held while interrupting: whoever has left a block is not interrupted any more.
        self._lock = threading.Lock()
        self._con: duckdb.DuckDBPyConnection | None = None
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def over(self, con: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Watch what this connection runs inside the block; one block at a time."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._wait, daemon=True)
            self._thread.start()
        with self._lock:
            self._con = con
        try:
            yield
        finally:
            with self._lock:
                self._con = None

    def close(self) -> None:
        """End the thread."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join()

    def _wait(self) -> None:
        while not self._closed.wait(max(self._end - time.monotonic(), _AGAIN)):
            with self._lock:
                if self._con is not None:
                    self._con.interrupt()
