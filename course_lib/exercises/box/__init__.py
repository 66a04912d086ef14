"""Answers in Python: run in a program of its own that can compute and do nothing else.

`call_boxed` calls one function of the answer, `call_each` calls it several times. What crosses the
pipe is JSON, and SQL where the function is given a database; what comes back is as little to be
trusted as the answer itself.
"""

from .call import BoxCall, OnSql, call_boxed, call_each
from .outcome import Answered, BoxLimits, Stopped
from .walls import missing_walls

__all__ = [
    "Answered",
    "BoxCall",
    "BoxLimits",
    "OnSql",
    "Stopped",
    "call_boxed",
    "call_each",
    "missing_walls",
]
