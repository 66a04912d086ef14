"""A rename or a drop that leaves a view behind which cannot be read any more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...describe import Target
from ...quoting import spell
from ..finding import Rule, Told
from ..unit import BrokenView, Unit

_BREAKS = ("rename column", "rename table", "drop column", "drop table")
_NEW_NAME = re.compile(r'\bTO (?P<name>"(?:[^"]|"")+"|\w+)$', re.IGNORECASE)


def _look(unit: Unit) -> Iterator[Told]:
    breaking = unit.with_action(*_BREAKS)
    for view in unit.broken_views:
        words = {word.lower() for word in re.findall(r"\w+", view.sql)}
        named = [(i, t) for i, t in breaking if (t.column or t.table[-1]).lower() in words]
        for at, target in (named or breaking)[-1:]:
            yield Told(
                at,
                f"the view {view.name} cannot be read after it; DuckDB says so only to whoever"
                " reads the view",
                _rewrite(unit, at, target, view),
            )


def _rewrite(unit: Unit, at: int, target: Target, view: BrokenView) -> str:
    text, name = f"{unit.texts[at]};", spell(view.name)
    renamed = _NEW_NAME.search(unit.texts[at])
    old = target.column or target.table[-1]
    if not renamed or not re.search(rf'(?<!\w)"?{re.escape(old)}"?(?!\w)', view.sql, re.I):
        return f"DROP VIEW {name};\n{text}"
    if target.column and re.search(
        r"\bJOIN\b|\bFROM\b[^()]*,|\bSELECT\b.*\bSELECT\b", view.sql, re.I
    ):
        # Another table may have a column of that name, and the text does not tell them apart.
        return f"DROP VIEW {name};\n{text}\n-- make the view again, with the new name"
    new = renamed["name"]
    sql = re.sub(rf'(?<!\w)"?{re.escape(old)}"?(?!\w)', lambda _: new, view.sql, flags=re.I)
    sql = re.sub(r"^CREATE VIEW", "CREATE OR REPLACE VIEW", sql, flags=re.IGNORECASE)
    return f"{text}\n{sql};"


RULE = Rule("broken-view", "a rename or a drop that leaves a view broken", _look)
