"""Hidden worlds: rows drawn from a secret, the same for the same secret on every machine."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from .exercise import HiddenTable, HiddenWorld, World

Draw = Callable[[str, int], int]  # (what for, how many possibilities) -> a number below that


def draw_world(hidden: HiddenWorld, exercise: str, secret: str) -> World:
    """The world with the rows that this secret gives. KeyError for an unknown generator."""

    def draw(what: str, below: int) -> int:
        message = "\0".join((exercise, hidden.name, what)).encode()
        digest = hmac.new(secret.encode(), message, hashlib.sha256).digest()
        return int.from_bytes(digest[:8], "big") % below

    rows = "\n".join(_insert(table, draw) for table in hidden.tables)
    return World(hidden.name, hidden.title, rows)


def _insert(table: HiddenTable, draw: Draw) -> str:
    least, most = table.rows
    number = least + draw(f"{table.name} rows", most - least + 1)
    if number == 0:
        return ""
    columns = [
        GENERATORS[str(options["draw"])](f"{table.name}.{name}", number, options, draw)
        for name, options in table.columns.items()
    ]
    names = ", ".join(table.columns)
    lines = ",\n  ".join(f"({', '.join(row)})" for row in zip(*columns, strict=True))
    return f"INSERT INTO {table.name} ({names}) VALUES\n  {lines};"


def _keys(what: str, number: int, options: Mapping[str, Any], draw: Draw) -> list[str]:
    """Different whole numbers from `from` to `to`, in no order."""
    least, most = int(options["from"]), int(options["to"])
    if most - least + 1 < number:
        raise ValueError(f"{what}: {most - least + 1} keys are too few for {number} rows")
    found: dict[int, None] = {}
    turn = 0
    while len(found) < number:
        found[least + draw(f"{what} {turn}", most - least + 1)] = None
        turn += 1
    return [str(key) for key in found]


def _texts(what: str, number: int, options: Mapping[str, Any], draw: Draw) -> list[str]:
    """One of the texts `of`, or NULL in `null_percent` rows of a hundred."""
    texts, nulls = list(options["of"]), int(options.get("null_percent", 0))
    return [
        "NULL"
        if draw(f"{what} null {row}", 100) < nulls
        else _quoted(texts[draw(f"{what} {row}", len(texts))])
        for row in range(number)
    ]


def _dates(what: str, number: int, options: Mapping[str, Any], draw: Draw) -> list[str]:
    """Days from `from` to `to`, both included."""
    first, last = date.fromisoformat(str(options["from"])), date.fromisoformat(str(options["to"]))
    days = (last - first).days + 1
    return [_quoted(str(first + timedelta(draw(f"{what} {row}", days)))) for row in range(number)]


def _amounts(what: str, number: int, options: Mapping[str, Any], draw: Draw) -> list[str]:
    """Amounts with two decimals from `from` to `to` (whole numbers), or NULL as for texts."""
    least, most = int(options["from"]) * 100, int(options["to"]) * 100
    nulls = int(options.get("null_percent", 0))
    cents = [least + draw(f"{what} {row}", most - least + 1) for row in range(number)]
    return [
        "NULL" if draw(f"{what} null {row}", 100) < nulls else f"{one // 100}.{one % 100:02}"
        for row, one in enumerate(cents)
    ]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


GENERATORS: Mapping[str, Callable[[str, int, Mapping[str, Any], Draw], list[str]]] = {
    "key": _keys,
    "text": _texts,
    "date": _dates,
    "amount": _amounts,
}
