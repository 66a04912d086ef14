"""A function that an exercise asks for, and the calls that judge it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Call:
    """One call of a function: its `arguments`, values that JSON knows, and what they are.

    `function` is another function of the answer, where it is not the one that is asked for;
    `before` is SQL that has run in its database, where it is given one.
    """

    name: str
    title: str
    arguments: tuple[Any, ...]
    function: str = ""
    before: str = ""


@dataclass(frozen=True)
class AskedFunction:
    """The function that an exercise asks for in place of migrations, and the calls that learners
    can see. What is right is what the first model solution returns.

    With a `schema` (SQL: tables and rows) the first argument of each call is a database of its own
    that holds it, and what is right is what the model does to that.
    """

    name: str
    stub: str
    calls: tuple[Call, ...]
    schema: str = ""


@dataclass(frozen=True)
class HiddenCalls:
    """So many calls whose arguments come from a secret: `code` has a function `draw(dice)`.

    `function` and `before` as in a `Call`.
    """

    name: str
    title: str
    number: int
    code: str
    function: str = ""
    before: str = ""
