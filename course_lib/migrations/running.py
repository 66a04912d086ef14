"""The connections that the engine works on, so that what runs on them can be interrupted.

DuckDB sees a Ctrl-C soon, but then waits until its other threads have finished the statement, which
may take hours: nobody has told them. Its `interrupt()` tells them, on the very connection that runs
the statement, and the engine's connections are its own.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

import duckdb

_running: dict[object, duckdb.DuckDBPyConnection] = {}


@contextlib.contextmanager
def running(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """Let `interrupt` reach this connection until the end of the block.

    An interruption leaves the block as a `KeyboardInterrupt`, whatever shape DuckDB gave it.
    """
    outside = sys.exception()
    key = object()
    _running[key] = con
    try:
        yield con
    except Exception as error:
        if _began_with_interruption(error, outside):
            raise KeyboardInterrupt from error
        raise
    finally:
        _running.pop(key, None)


def interrupt() -> None:
    """Interrupt all statements that the engine runs in this process, from a handler or a thread.

    The run raises `KeyboardInterrupt`, and each migration is there whole or not at all; a `COMMIT`
    that was interrupted may have committed, so the ledger tells which. Between two statements there
    is nothing to interrupt: a thread calls it again until the run has ended.
    """
    for con in tuple(_running.values()):
        with contextlib.suppress(duckdb.Error):
            con.interrupt()


def is_interruption(error: BaseException) -> bool:
    """Whether an error is DuckDB's way of saying that somebody interrupted the statement."""
    said = str(error)
    if isinstance(error, duckdb.InterruptException):
        # Its other reason is `max_execution_time`.
        return "Interrupted!" in said
    if isinstance(error, duckdb.Error):
        # A Ctrl-C that hit the Python of DuckDB's progress bar.
        return "KeyboardInterrupt" in said
    return isinstance(error, RuntimeError) and said == "Query interrupted"


def _began_with_interruption(error: BaseException, outside: BaseException | None) -> bool:
    """Whether this error is one, or came while the engine tidied up after one.

    `outside` is what the caller was handling already when the engine was called.
    """
    now: BaseException | None = error
    while now is not None and now is not outside:
        if isinstance(now, KeyboardInterrupt) or is_interruption(now):
            return True
        now = now.__context__
    return False
