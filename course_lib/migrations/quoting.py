"""Names as SQL reads them: always in quotes, or only where they need them."""

from __future__ import annotations

import functools
import re

from .statements import SyntaxProblem, split_statements


def quote(*parts: str) -> str:
    """A name that SQL reads as this very name, whatever is in it.

    >>> quote("main", 'a"b')
    '"main"."a""b"'
    """
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def spell(*parts: str) -> str:
    """A name as people write it: in quotes only where it needs them.

    >>> spell("shop", "users"), spell("order lines"), spell("select")
    ('shop.users', '"order lines"', '"select"')
    """
    return ".".join(part if _is_plain(part) else quote(part) for part in parts)


def literal(text: str) -> str:
    """A string literal of SQL.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


@functools.lru_cache(maxsize=1000)
def _is_plain(name: str) -> bool:
    if not re.fullmatch(r"[a-zA-Z_]\w*", name, re.ASCII):
        return False
    # SQL's own words are no names, and only its parser knows them all.
    split = split_statements(f"SELECT t.{name} FROM {name} AS t")
    return not isinstance(split, SyntaxProblem)
