"""Hidden worlds: rows drawn from a secret, the same for the same secret on every machine."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from .world import DrawnWorld, HiddenTable, HiddenWorld

Draw = Callable[[str, int], int]  # (what for, how many possibilities) -> a number below that
Options = Mapping[str, Any]

_BETWEEN, _NULL = "\x1f", "\x1e"


@dataclass(frozen=True)
class Generator:
    """How the values of a column are drawn: `make(what, rows, options, draw)` gives SQL values.

    `needed` and `free` are the keys that it has in a spec.
    """

    make: Callable[[str, int, Options, Draw], list[str]]
    needed: tuple[str, ...]
    free: tuple[str, ...] = ()


def draw_world(hidden: HiddenWorld, exercise: str, secret: str) -> DrawnWorld:
    """The world with the rows that this secret gives. KeyError for an unknown generator."""

    def draw(what: str, below: int) -> int:
        message = "\0".join((exercise, hidden.name, what)).encode()
        digest = hmac.new(secret.encode(), message, hashlib.sha256).digest()
        return int.from_bytes(digest[:8], "big") % below

    drawn: dict[str, list[str]] = {}
    inserts = [_insert(table, draw, drawn) for table in hidden.tables]
    rows = "\n".join(insert.text for insert in inserts)
    quick = "\n".join(insert.quick for insert in inserts)
    written = {}
    for station, tables in hidden.written.items():
        at = partial(_drawn_at, f"{station} written ", draw)
        written[station] = "\n".join(_insert(table, at, drawn).text for table in tables)
    return DrawnWorld(hidden.name, hidden.title, rows, written, quick)


def _drawn_at(station: str, draw: Draw, what: str, below: int) -> int:
    """Other numbers than for the rows of the same table that are there at the start."""
    return draw(station + what, below)


@dataclass(frozen=True)
class _Insert:
    """The statement that fills a table, and the same with all values of a column in one text."""

    text: str = ""
    quick: str = ""


def _insert(table: HiddenTable, draw: Draw, drawn: dict[str, list[str]]) -> _Insert:
    """The statement that fills a table; `drawn` are the values of the columns so far."""
    least, most = table.rows
    number = least + draw(f"{table.name} rows", most - least + 1)
    for name, options in table.columns.items():
        what = f"{table.name}.{name}"
        if options["draw"] == "key-of":
            options = {**options, "of": drawn[options["of"]]}
        drawn[what] = GENERATORS[str(options["draw"])].make(what, number, options, draw)
    if number == 0:
        return _Insert()
    columns = [drawn[f"{table.name}.{name}"] for name in table.columns]
    names = ", ".join(table.columns)
    lines = ",\n  ".join(f"({', '.join(row)})" for row in zip(*columns, strict=True))
    into = f"INSERT INTO {table.name} ({names})"
    text = f"{into} VALUES\n  {lines};"
    if any(_BETWEEN in one or _NULL in one for column in columns for one in column):
        return _Insert(text, text)
    selected = ", ".join(map(_at_once, columns))
    return _Insert(text, f"{into} SELECT {selected};")


def _at_once(values: list[str]) -> str:
    """A column as SQL that DuckDB reads in a tenth of the time that it needs for each value alone.

    The values are NULL, numbers, and quoted texts, whose inside stays quoted.
    """
    inside = (_NULL if one == "NULL" else one.removeprefix("'").removesuffix("'") for one in values)
    listed = f"string_split('{_BETWEEN.join(inside)}', '{_BETWEEN}')"
    return f"nullif(unnest({listed}), '{_NULL}')"


def _keys(what: str, number: int, options: Options, draw: Draw) -> list[str]:
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


def _texts(what: str, number: int, options: Options, draw: Draw) -> list[str]:
    """One of the texts `of`, or NULL in `null_percent` rows of a hundred."""
    texts, nulls = list(options["of"]), int(options.get("null_percent", 0))
    return [
        "NULL"
        if draw(f"{what} null {row}", 100) < nulls
        else _quoted(texts[draw(f"{what} {row}", len(texts))])
        for row in range(number)
    ]


def _keys_of(what: str, number: int, options: Options, draw: Draw) -> list[str]:
    """A value of the column `of`, NULL in `null_percent` rows of a hundred, and in
    `orphan_percent` one of the numbers from `orphans`, which are nobody's."""
    values, nulls = list(options["of"]), int(options.get("null_percent", 0))
    orphans, first = int(options.get("orphan_percent", 0)), int(options.get("orphans", 0))
    found = []
    for row in range(number):
        chance = draw(f"{what} chance {row}", 100)
        if chance < nulls or not values:
            found.append("NULL")
        elif chance < nulls + orphans:
            found.append(str(first + draw(f"{what} orphan {row}", 9)))
        else:
            found.append(values[draw(f"{what} {row}", len(values))])
    return found


def _dates(what: str, number: int, options: Options, draw: Draw) -> list[str]:
    """Days from `from` to `to`, both included."""
    first, last = date.fromisoformat(str(options["from"])), date.fromisoformat(str(options["to"]))
    days = (last - first).days + 1
    return [_quoted(str(first + timedelta(draw(f"{what} {row}", days)))) for row in range(number)]


def _amounts(what: str, number: int, options: Options, draw: Draw) -> list[str]:
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


GENERATORS: Mapping[str, Generator] = {
    "key": Generator(_keys, ("from", "to")),
    "text": Generator(_texts, ("of",), ("null_percent",)),
    "date": Generator(_dates, ("from", "to")),
    "amount": Generator(_amounts, ("from", "to"), ("null_percent",)),
    "key-of": Generator(_keys_of, ("of",), ("null_percent", "orphan_percent", "orphans")),
}
