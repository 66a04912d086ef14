"""Operations for migrations written in Python; each has a sentence and knows its own reverse."""

from collections.abc import Callable, Mapping

from .operation import NoReverse, Operation
from .run import run_sql

# By the names that a migration file calls them by; all arguments are literals.
OPERATIONS: Mapping[str, Callable[..., Operation]] = {"run_sql": run_sql}

__all__ = ["OPERATIONS", "NoReverse", "Operation", "run_sql"]
