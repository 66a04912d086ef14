"""Operations for migrations written in Python; each has a sentence and knows its own reverse."""

from collections.abc import Callable, Mapping

from .database import Database
from .operation import NoReverse, Operation
from .run import run_python, run_sql

# By the names that a migration file calls them by.
OPERATIONS: Mapping[str, Callable[..., Operation]] = {
    "run_sql": run_sql,
    "run_python": run_python,
}

__all__ = ["OPERATIONS", "Database", "NoReverse", "Operation", "run_python", "run_sql"]
