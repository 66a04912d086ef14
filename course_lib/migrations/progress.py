"""How far a long run is, told a few times a second while DuckDB works.

A thread asks the connection that runs the statement; DuckDB tells a percentage where it knows one,
and only while its progress bar is on. The bar itself is never printed.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import duckdb

from .cost import read_shadow_cost, size_in_words
from .describe import describe, read_target
from .migration import Direction, Migration, Step

Phase = Literal["transaction", "copying", "shadow", "landing"]

# Seconds: nothing is told of a run that is over sooner, and then this often.
BEGINS = 0.5
EVERY = 0.2


@dataclass(frozen=True)
class Progress:
    """Where a run is: `number` of `migrations`, and `step` of `steps`, both from 1.

    `phase` is where its steps run (`transaction`, `shadow`), or `copying` the database and
    `landing` what changed, which have no step: then `step` is 0. `fraction` (0 to 1) is how much of
    the statement is done, `rows` of about `total` rows of the table that it goes through; None
    where DuckDB does not tell. `seconds` count from the beginning of the run.
    """

    migration: str
    direction: Direction
    number: int
    migrations: int
    phase: Phase
    step: int
    steps: int
    words: str
    rows: int | None
    total: int | None
    fraction: float | None
    seconds: float


OnProgress = Callable[[Progress], None]
OnPhase = Callable[[Phase, duckdb.DuckDBPyConnection], None]


class Watch:
    """What a run tells about itself as it goes, and what its thread makes of that."""

    def __init__(self, look: duckdb.DuckDBPyConnection) -> None:
        self._look = look
        self._began = time.monotonic()
        self._con: duckdb.DuckDBPyConnection | None = None
        self._migration: tuple[str, Direction, int, int, int] = ("", "up", 0, 0, 0)
        self._phase: Phase = "transaction"
        self._step: tuple[int, Step] | None = None
        self._words = ""
        self._counted: tuple[Step | None, int | None] = (None, None)

    def migration(self, one: Migration, direction: Direction, number: int, of: int) -> None:
        """A migration begins."""
        self._migration = (one.name, direction, number, of, len(one.steps(direction)))

    def phase(self, phase: Phase, con: duckdb.DuckDBPyConnection) -> None:
        """A phase begins, and this connection works for it; it must be in no transaction."""
        con.execute("SET enable_progress_bar_print = false; SET enable_progress_bar = true")
        self._con, self._phase, self._step = con, phase, None
        if phase == "copying":
            self._words = f"copies {size_in_words(read_shadow_cost(con).bytes)} to a shadow"
        else:
            self._words = "puts back what changed"

    def step(self, index: int, step: Step) -> None:
        """A step begins."""
        self._step = (index, step)

    def now(self) -> Progress:
        """Where the run is; for the thread."""
        fraction = self._fraction()
        at = self._step
        total = self._total(at[1]) if at and fraction is not None else None
        rows = None if total is None or fraction is None else int(total * fraction)
        name, direction, number, of, steps = self._migration
        return Progress(
            *(name, direction, number, of, self._phase, at[0] + 1 if at else 0, steps),
            describe(at[1]) if at else self._words,
            *(rows, total, fraction, self.seconds),
        )

    @property
    def seconds(self) -> float:
        """How long the run takes so far."""
        return time.monotonic() - self._began

    def _fraction(self) -> float | None:
        try:
            percent = self._con.query_progress() if self._con else -1.0
        except duckdb.Error:  # it was closed a moment ago
            return None
        return None if percent < 0 else min(percent / 100, 1.0)

    def _total(self, step: Step) -> int | None:
        """About how many rows the table of a step has, if the step goes through a table."""
        if self._counted[0] is not step:
            self._counted = (step, _rows_of(self._look, step))
        return self._counted[1]


@contextlib.contextmanager
def watched(con: duckdb.DuckDBPyConnection, tell: OnProgress | None) -> Iterator[Watch | None]:
    """Call `tell` from a thread of its own until the end of the block; None where nobody listens.

    What goes wrong in `tell` ends the telling, and not the run.
    """
    if tell is None:
        yield None
        return
    look = con.cursor()
    watch, over = Watch(look), threading.Event()

    def tick() -> None:
        with contextlib.suppress(Exception):
            while not over.wait(EVERY):
                if watch.seconds >= BEGINS:
                    tell(watch.now())

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()
        look.close()


def _rows_of(con: duckdb.DuckDBPyConnection, step: Step) -> int | None:
    target = read_target(step)
    if target is None or step.kind not in ("UPDATE", "DELETE", "ALTER", "CREATE"):
        return None
    try:
        found = con.execute(
            "SELECT estimated_size FROM duckdb_tables() WHERE lower(table_name) = lower(?)"
            " AND database_name = current_database() AND lower(schema_name) = lower(?)",
            [target.table[-1], target.table[-2] if len(target.table) > 1 else "main"],
        ).fetchall()
    except duckdb.Error:
        return None
    return int(found[0][0]) if found else None
