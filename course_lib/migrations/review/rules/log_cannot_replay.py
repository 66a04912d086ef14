"""A default or USING that DuckDB works out again after a crash: other values, or a lost file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...crash_safety import is_replayable
from ..finding import Rule, Told
from ..unit import Unit


def _look(unit: Unit) -> Iterator[Told]:
    for at, step in enumerate(unit.steps):
        if is_replayable(step):
            continue
        text = unit.texts[at]
        without = re.sub(r"\bIF NOT EXISTS ", "", text, count=1, flags=re.IGNORECASE)
        yield Told(
            at,
            "DuckDB's log keeps how the values are made and not the values, so after a crash the"
            " file has others or cannot be opened; the engine copies the database to be safe",
            f"{without};" if without != text else "",
        )


RULE = Rule(
    "log-cannot-replay",
    "ADD COLUMN IF NOT EXISTS or TYPE ... USING with values that are worked out",
    _look,
)
