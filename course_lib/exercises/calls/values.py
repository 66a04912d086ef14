"""Values that crossed a pipe as JSON: whether two are the same, and how one is shown."""

from __future__ import annotations

import itertools
import reprlib
from collections import Counter
from typing import Any

LONGEST = 160

_TYPES = {list: "a list", dict: "a dictionary", str: "a text", bool: "a truth value"}


def same(found: Any, expected: Any) -> bool:
    """Whether two values are equal, as Python has it, save that True is not 1.

    >>> same([1, 2.0], [1.0, 2]), same(True, 1)
    (True, False)
    """
    if isinstance(expected, list) and isinstance(found, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(expected, dict) and isinstance(found, dict):
        return found.keys() == expected.keys() and all(
            same(found[key], one) for key, one in expected.items()
        )
    if isinstance(found, bool) is not isinstance(expected, bool):
        return False
    return bool(found == expected)


def shown(value: Any) -> str:
    """A value as Python writes it, cut where it is long or deep.

    >>> shown([None, "it's"])
    '[None, "it\\'s"]'
    """
    text = _short.repr(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def type_of(value: Any) -> str:
    """What kind of value it is, in words: `a list`, `None`."""
    if value is None:
        return "None"
    return _TYPES.get(type(value), "a number")


def told_apart(found: Any, expected: Any) -> str:
    """What is different in a list of texts or numbers, as the end of a sentence; else nothing."""
    if not (_is_plain_list(found) and _is_plain_list(expected)):
        return ""
    too_few, too_many = Counter(expected), Counter(found)
    missing = list((too_few - too_many).elements())
    extra = list((too_many - too_few).elements())
    if not missing and not extra:
        return ": the same in another order"
    parts = [("without", missing), ("too many", extra)]
    said = [f"{word} {shown(items)[1:-1]}" for word, items in parts if items and len(items) < 4]
    return f": {', '.join(said)}" if said else ""


def _is_plain_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str | int | float) for one in value)


class _Short(reprlib.Repr):
    def repr_dict(self, x: dict[Any, Any], level: int) -> str:
        """As for a list: in its own order, and so many of its pairs."""
        if level <= 0 and x:
            return "{...}"
        pairs = [
            f"{self.repr1(key, level - 1)}: {self.repr1(one, level - 1)}"
            for key, one in itertools.islice(x.items(), self.maxdict)
        ]
        return "{" + ", ".join(pairs + ["..."] * (len(x) > self.maxdict)) + "}"


_short = _Short()
_short.maxlist = _short.maxdict = 12
_short.maxlevel = 5
_short.maxstring = _short.maxother = 60
