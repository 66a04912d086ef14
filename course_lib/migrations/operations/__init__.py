"""Operations for migrations written in Python; each has a sentence and knows its own reverse."""

from collections.abc import Callable, Mapping

from .add_column import add_column
from .change_type import change_type
from .checks import add_check, drop_check
from .database import Database
from .default import drop_default, set_default
from .drop_column import drop_column
from .foreign_keys import add_foreign_key, drop_foreign_key
from .indexes import add_index, drop_index
from .keys import add_primary_key, add_unique, drop_primary_key, drop_unique
from .not_null import drop_not_null, set_not_null
from .operation import NoReverse, Operation
from .rename_column import rename_column
from .run import run_python, run_sql
from .tables import create_table, drop_table, rename_table

_MAKERS: tuple[Callable[..., Operation], ...] = (
    create_table,
    drop_table,
    rename_table,
    add_column,
    drop_column,
    rename_column,
    change_type,
    set_not_null,
    drop_not_null,
    set_default,
    drop_default,
    add_index,
    drop_index,
    add_unique,
    drop_unique,
    add_primary_key,
    drop_primary_key,
    add_check,
    drop_check,
    add_foreign_key,
    drop_foreign_key,
    run_sql,
    run_python,
)

OPERATIONS: Mapping[str, Callable[..., Operation]] = {one.__name__: one for one in _MAKERS}
"""Every operation, by the name that a migration file calls it by."""

__all__ = [
    "OPERATIONS",
    "Database",
    "NoReverse",
    "Operation",
    "add_check",
    "add_column",
    "add_foreign_key",
    "add_index",
    "add_primary_key",
    "add_unique",
    "change_type",
    "create_table",
    "drop_check",
    "drop_column",
    "drop_default",
    "drop_foreign_key",
    "drop_index",
    "drop_not_null",
    "drop_primary_key",
    "drop_table",
    "drop_unique",
    "rename_column",
    "rename_table",
    "run_python",
    "run_sql",
    "set_default",
    "set_not_null",
]
