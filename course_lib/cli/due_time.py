"""A time until which work is handed in, as it is written on the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import datetime


def due_time(text: str) -> datetime:
    """A day and a time, in this machine's zone where the text names none.

    Raises ArgumentTypeError, also for a day alone: that would be its first minute, where one means
    its last.
    """
    try:
        if "T" not in text and " " not in text:
            raise ValueError(text)
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        raise ArgumentTypeError("a time is asked for, such as 2026-12-31T18:00") from None
