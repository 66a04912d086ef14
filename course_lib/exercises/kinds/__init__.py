"""The kinds of requirement: functions from evidence to findings, one file a kind."""

from __future__ import annotations

from collections.abc import Mapping

from .check import CHECK
from .client import CLIENT
from .column import COLUMN_DEFAULT, COLUMN_GONE, COLUMN_NULLABLE, COLUMN_TYPE
from .column_values import COLUMN_VALUES
from .foreign_key import FOREIGN_KEY
from .gone import GONE
from .index import INDEX
from .key import KEY
from .kind import Key, Kind
from .ledger import LEDGER
from .migrations import MIGRATIONS
from .python import PYTHON
from .reversible import REVERSIBLE
from .round_trip import ROUND_TRIP, ROUND_TRIP_ROWS, ROUND_TRIP_SCHEMA
from .rows_kept import ROWS_KEPT
from .running import DOWN_RUNS, UP_RUNS
from .set_based import SET_BASED
from .statements import STATEMENTS
from .table import TABLE_SHAPE
from .unchanged import UNCHANGED
from .unique import UNIQUE
from .values import VALUES
from .view import VIEW

# The kind that every exercise begins with: what does not run cannot be judged.
FIRST = "up-runs"
SEVERAL = "migrations"

KINDS: Mapping[str, Kind] = {
    FIRST: UP_RUNS,
    "down-runs": DOWN_RUNS,
    "column-type": COLUMN_TYPE,
    "column-nullable": COLUMN_NULLABLE,
    "column-default": COLUMN_DEFAULT,
    "column-gone": COLUMN_GONE,
    "column-values": COLUMN_VALUES,
    "key": KEY,
    "unique": UNIQUE,
    "index": INDEX,
    "check": CHECK,
    "foreign-key": FOREIGN_KEY,
    "table": TABLE_SHAPE,
    "view": VIEW,
    "gone": GONE,
    "rows-kept": ROWS_KEPT,
    "values": VALUES,
    "unchanged": UNCHANGED,
    "round-trip": ROUND_TRIP,
    "round-trip-schema": ROUND_TRIP_SCHEMA,
    "round-trip-rows": ROUND_TRIP_ROWS,
    "reversible": REVERSIBLE,
    SEVERAL: MIGRATIONS,
    "ledger": LEDGER,
    "client": CLIENT,
    "statements": STATEMENTS,
    "set-based": SET_BASED,
    "python": PYTHON,
}

__all__ = ["FIRST", "KINDS", "SEVERAL", "Key", "Kind"]
