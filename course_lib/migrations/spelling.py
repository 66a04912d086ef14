"""One spelling for SQL that means the same: the case of names, and the ways to write a default."""

from __future__ import annotations

import re

import duckdb

_LITERAL = r"'(?:[^']|'')*'|-?\d+(?:\.\d+)?|NULL|true|false"
_CAST = re.compile(rf"CAST\(({_LITERAL}) AS (.+)\)", re.IGNORECASE)
_SEQUENCE = re.compile(r"(?<=nextval\()'(?:[^']|'')*'")
# Names that DuckDB gives to one and the same function.
_ALIASES = {
    "now()": "now()",
    "current_timestamp": "now()",
    "get_current_timestamp()": "now()",
    "transaction_timestamp()": "now()",
    "today()": "current_date",
    "current_date()": "current_date",
}


def same_case(sql: str) -> str:
    """The text with its names in lower case; strings and SQL's own words stay as they are.

    >>> same_case("CHECK (Kind <> 'Ant' AND LOWER(\\"Full Name\\") <> 'X')")
    'CHECK (kind <> \\'Ant\\' AND lower("full name") <> \\'X\\')'
    """
    if sql == sql.lower():
        return sql
    # DuckDB counts in bytes.
    raw = sql.encode()
    tokens = duckdb.tokenize(sql)
    ends = [*(start for start, _ in tokens[1:]), len(raw)]
    parts = [raw[: tokens[0][0]].decode() if tokens else sql]
    for (start, kind), end in zip(tokens, ends, strict=True):
        text = raw[start:end].decode()
        parts.append(text.lower() if kind == duckdb.token_type.identifier else text)
    return _SEQUENCE.sub(lambda name: name[0].lower(), "".join(parts))


def one_default(text: str | None, type_: str) -> str | None:
    """The default of a column of that type in one spelling; None where it comes to NULL."""
    if text is None:
        return None
    text = same_case(text)
    cast = _CAST.fullmatch(text)
    # DuckDB casts a default to its column's type in any case.
    if cast is not None and _is_type(cast[2], type_):
        text = cast[1]
    text = _ALIASES.get(text.lower(), text)
    return None if text.upper() == "NULL" else text


def _is_type(name: str, type_: str) -> bool:
    if name.upper() == type_.upper():
        return True
    # `INT4` is INTEGER. Asking the parser alone cannot spoil an open transaction.
    try:
        return str(duckdb.sqltype(name)).upper() == type_.upper()
    except duckdb.Error:
        return False
