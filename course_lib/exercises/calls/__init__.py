"""Exercises that ask for a function: the calls that judge it, and what a right one returns.

The function runs in the box (`../box`). What is right is worked out and compared out here.
"""

from .check import check_calls
from .kinds import CALL_KINDS, FIRST_OF_CALLS
from .prepared import PreparedCall, prepare_calls, read_calls
from .spec import read_function, read_hidden_calls, read_returns

__all__ = [
    "CALL_KINDS",
    "FIRST_OF_CALLS",
    "PreparedCall",
    "check_calls",
    "prepare_calls",
    "read_calls",
    "read_function",
    "read_hidden_calls",
    "read_returns",
]
