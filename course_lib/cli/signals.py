"""Ctrl-C and a request to end (SIGTERM, SIGHUP), told to the main thread and to DuckDB at once.

The handler runs in the main thread once Python or DuckDB looks for a signal there. Some statements
never look. But Python writes a byte to a socket as soon as the signal comes (`set_wakeup_fd`), and
a thread that waits for it interrupts DuckDB, and ends the process where that is no use either. It
costs a command one sleeping thread, and nothing a statement.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType

from course_lib.migrations import interrupt

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
# Programs that start others may pass on a Ctrl-C that the terminal has sent to both.
SAME_SECONDS = 1.0
WAITING = (
    "Stopping: DuckDB cannot leave what it is doing yet. Ctrl-C again ends the command at once;"
    " a migration is whole or not there then too."
)


class Stop:
    """Whether the command was told to stop: `number` is the signal that said so, 0 if none did."""

    def __init__(self) -> None:
        self.number = 0
        self.over = False
        self._lock = threading.RLock()

    def handle(self, number: int, _frame: FrameType | None) -> None:
        """Raise `KeyboardInterrupt` at the first signal, so that what follows can tidy up."""
        with self._lock:
            if self.number or self.over:
                return
            self.number = number
            # DuckDB would wait for its other threads, which do not know of it.
            interrupt()
        raise KeyboardInterrupt

    def interrupt_unhandled(self) -> None:
        """Interrupt DuckDB unless the handler did: what tidies up is not to be interrupted."""
        with self._lock:
            if not self.number and not self.over:
                interrupt()

    @property
    def exit_code(self) -> int:
        """What a shell makes of a process that the signal ended: 130 for Ctrl-C."""
        return 128 + (self.number or signal.SIGINT)


@contextlib.contextmanager
def stoppable() -> Iterator[Stop]:
    """In the block, a signal raises `KeyboardInterrupt`, also out of a long statement.

    A later signal, a second or more after the first, ends the process at once. A signal that the
    command was started to ignore stays ignored. Nothing is changed outside of the main thread,
    where Python lets nobody handle signals.
    """
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    heard, told = socket.socketpair()
    told.setblocking(False)
    numbers = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
    watcher = threading.Thread(target=_watch, args=(heard, stop, numbers), daemon=True)
    watcher.start()
    before = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    handlers = {
        number: signal.signal(number, stop.handle)
        for number in numbers
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield stop
    finally:
        stop.over = True
        signal.set_wakeup_fd(before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        told.close()
        watcher.join()
        heard.close()


def _watch(heard: socket.socket, stop: Stop, numbers: list[int]) -> None:
    """Interrupt DuckDB until the handler has run; a later signal ends the process."""
    first, said = 0.0, False
    while True:
        # A statement that begins this very moment does not see an interruption from before it.
        heard.settimeout(0.02 if first and not stop.number else None)
        try:
            byte = heard.recv(1)
        except TimeoutError:
            byte = b"\0"
        if not byte:
            return
        now = time.monotonic()
        if byte[0] in numbers:
            if first and now - first > SAME_SECONDS:
                os._exit(128 + byte[0])
            first = first or now
        if first:
            stop.interrupt_unhandled()
        if first and not stop.number and not said and now - first > SAME_SECONDS:
            said = True
            if sys.stderr.isatty():
                print(f"\n{WAITING}", file=sys.stderr)
