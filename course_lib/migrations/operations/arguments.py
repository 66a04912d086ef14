"""The arguments of operations, checked when a file is read: a mistake is told before anything runs.

Names are plain text: `Full Name` needs no quotes. Types, conditions and values are SQL.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from ..sql_text import inside
from ..statements import SyntaxProblem, split_statements
from .whole_table import split_name


def table_name(value: object) -> str:
    """A table's name, `users` or `shop.users`. Raises ValueError for anything else."""
    text = named("the table", value)
    split_name(text)
    return text


def named(what: str, value: object) -> str:
    """A name as text. Raises ValueError where it is none, or cannot be one."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{what} is named by text, and {value!r} is none")
    return _readable(what, value)


def names(what: str, value: object) -> tuple[str, ...]:
    """One name or several. Raises ValueError where there is none, or one stands twice."""
    several = (value,) if isinstance(value, str) else value
    if not isinstance(several, Iterable) or isinstance(several, bytes | dict):
        raise ValueError(f"{what} are named by text or a list of it, and {value!r} is neither")
    found = tuple(named(what, one) for one in several)
    if not found:
        raise ValueError(f"{what}: there is none")
    if len({one.lower() for one in found}) < len(found):
        raise ValueError(f"{what}: one stands twice in {', '.join(found)}")
    return found


def type_name(value: object) -> str:
    """A type as SQL. Raises ValueError where DuckDB cannot read it as one."""
    text = named("the type", value)
    return _parsed("the type", text, f"SELECT CAST(NULL AS {text})")


def expression(what: str, value: object) -> str:
    """A value or condition as SQL; a number or a boolean of Python is written as SQL.

    Raises ValueError where DuckDB cannot read it.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = named(what, value)
    return _parsed(what, text, f"SELECT ({text})")


def optional_expression(what: str, value: object) -> str | None:
    """The same, or None where there is none."""
    return None if value is None else expression(what, value)


def optional_name(what: str, value: object) -> str | None:
    """A name, or None where there is none."""
    return None if value is None else named(what, value)


def flag(what: str, value: object) -> bool:
    """True or False. Raises ValueError for anything else."""
    if not isinstance(value, bool):
        raise ValueError(f"{what} is True or False, and {value!r} is neither")
    return value


def _parsed(what: str, text: str, statement: str) -> str:
    split = split_statements(statement)
    if isinstance(split, SyntaxProblem):
        raise ValueError(f"{what} is SQL, and DuckDB cannot read `{text}`: {split.message}")
    if any(kind == duckdb.token_type.comment for _, kind in duckdb.tokenize(text)):
        raise ValueError(f"{what} is SQL without a comment, and `{text}` has one")
    if len(split) != 1 or split[0].kind != "SELECT" or inside(f"({text})") != text:
        raise ValueError(f"{what} is SQL for one value, and `{text}` is more than that")
    return text


def _readable(what: str, text: str) -> str:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(f"{what} is named by text, and {text!r} holds what no text of SQL holds")
    return text
