"""What DuckDB's own text of a table says: its keys, checks and foreign keys, and its collations.

`duckdb_tables().sql` is made anew from the catalog, so its spelling is regular: columns first, then
the constraints that stand at the end, parted by commas, with brackets around every expression.
`duckdb_columns()` leaves collations out, and `duckdb_constraints()` fails for a whole database that
has one CHECK on a field of a STRUCT; the text has both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

# Names in quotes, strings, words, blanks, brackets and commas alone, and runs of all other signs.
_TOKEN = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\w+|\s+|[^\w\s"\'()\[\]{},]+|.', re.DOTALL)
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True)
class Stated:
    """One constraint as the text states it: kind, columns, a CHECK's expression, the table and the
    columns that a foreign key points at. A CHECK has the columns that its expression names."""

    kind: str
    columns: tuple[str, ...]
    expression: str = ""
    referenced: str = ""
    referenced_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableText:
    """The columns in their order, each with its collation or None, and the constraints."""

    columns: tuple[tuple[str, str | None], ...]
    constraints: tuple[Stated, ...]


# A schema is read again and again while little of it changes.
@lru_cache(maxsize=2048)
def parse_create_table(sql: str) -> TableText:
    """Read the text that DuckDB gives of a table. A text of another make is a ValueError."""
    columns: dict[str, str | None] = {}
    constraints: list[Stated] = []
    for tokens in _items(sql):
        word = tokens[0]
        if word in ("CHECK", "PRIMARY", "UNIQUE", "FOREIGN"):
            constraints.append(_stated(word, tokens, columns))
            continue
        name = unquote(word)
        outer = list(_outside_brackets(tokens[1:]))
        columns[name] = _collation(outer)
        if "PRIMARY" in outer:
            constraints.append(Stated("PRIMARY KEY", (name,)))
        if "UNIQUE" in outer:
            constraints.append(Stated("UNIQUE", (name,)))
    return TableText(tuple(columns.items()), tuple(constraints))


def index_options(sql: str) -> str:
    """What an index's text has beside its expressions: `USING HNSW`, `WITH (metric = 'cosine')`."""
    tokens = _TOKEN.findall(sql)
    opened = _first(tokens, "(")
    before, after = tokens[:opened], tokens[_closing(tokens, opened) + 1 :]
    method = before[before.index("USING") :] if "USING" in before else []
    return " ".join("".join([*method, *after]).rstrip("; ").split())


def unquote(identifier: str) -> str:
    """The name that an identifier of SQL stands for.

    >>> unquote('"x""y"'), unquote("plain")
    ('x"y', 'plain')
    """
    if identifier.startswith('"'):
        return identifier[1:-1].replace('""', '"')
    return identifier


def _items(sql: str) -> Iterator[list[str]]:
    """What stands between the commas of the outermost brackets, each as its tokens."""
    tokens = _TOKEN.findall(sql)
    item: list[str] = []
    depth = 0
    for token in tokens[_first(tokens, "(") + 1 :]:
        depth += (token in _OPEN) - (token in _CLOSE)
        if depth < 0 or (depth == 0 and token == ","):
            yield item
            item = []
            if depth < 0:
                return
        elif item or not token.isspace():
            item.append(token)
    raise ValueError(f"a table's text that does not end: {sql}")


def _stated(word: str, tokens: list[str], columns: Iterable[str]) -> Stated:
    opened = _first(tokens, "(")
    closed = _closing(tokens, opened)
    inside = tokens[opened + 1 : closed]
    if word == "CHECK":
        # The columns stand before the constraints, so all are known by now.
        pairs = zip(inside, ["", *inside], strict=False)
        named = {unquote(token).lower() for token, before in pairs if before != "."}
        own = tuple(column for column in columns if column.lower() in named)
        return Stated(word, own, "".join(inside))
    if word != "FOREIGN":
        return Stated("UNIQUE" if word == "UNIQUE" else "PRIMARY KEY", _names(inside))
    # REFERENCES, the table with its schema if it has one, and the columns there.
    rest = [token for token in tokens[closed + 1 :] if not token.isspace()]
    at = _first(rest, "(")
    referenced = unquote(rest[at - 1])
    theirs = _names(rest[at + 1 : _closing(rest, at)])
    return Stated("FOREIGN KEY", _names(inside), "", referenced, theirs)


def _collation(tokens: list[str]) -> str | None:
    """What stands behind COLLATE up to a blank: `NOCASE.NOACCENT`."""
    if "COLLATE" not in tokens:
        return None
    return "".join(tokens[tokens.index("COLLATE") + 2 :]).split(maxsplit=1)[0]


def _names(tokens: list[str]) -> tuple[str, ...]:
    return tuple(unquote(token) for token in tokens if token != "," and not token.isspace())


def _outside_brackets(tokens: list[str]) -> Iterator[str]:
    depth = 0
    for token in tokens:
        depth -= token in _CLOSE
        if depth == 0 and token not in _OPEN:
            yield token
        depth += token in _OPEN


def _closing(tokens: list[str], opened: int) -> int:
    depth = 0
    for index in range(opened, len(tokens)):
        depth += (tokens[index] in _OPEN) - (tokens[index] in _CLOSE)
        if depth == 0:
            return index
    raise ValueError(f"a bracket that does not close: {''.join(tokens)}")


def _first(tokens: list[str], token: str) -> int:
    try:
        return tokens.index(token)
    except ValueError:
        raise ValueError(f"no bracket where one belongs: {''.join(tokens)}") from None
