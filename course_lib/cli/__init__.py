"""The `updown` command."""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit code.

    Ctrl-C before the command has begun, while Python loads it, ends the process without a word.
    """
    here = threading.current_thread() is threading.main_thread()
    loading = here and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if loading:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        from .command_line import run

        return run(arguments)
    finally:
        if loading:
            signal.signal(signal.SIGINT, signal.default_int_handler)


__all__ = ["main"]
