"""The kinds of requirement for a function that returns something, and the table of all kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..box import Stopped
from ..findings import Finding
from ..kinds.kind import Key, Parameters
from .database_kinds import judge_all_or_nothing, judge_leaves, judge_raises
from .made import CALLS, CallKind, Made, findings, stopped
from .values import same, shown, told_apart, type_of


def judge_returns(made: Sequence[Made], parameters: Parameters) -> Iterator[Finding]:
    """Each call comes to a result, which is of the `type` that is asked for."""
    wanted = parameters["type"]

    def wrong(one: Made) -> tuple[str, str] | None:
        if isinstance(one.came, Stopped):
            return stopped(one, one.came), "a result"
        is_ = type_of(one.came.value)
        return (_printed(one, is_), wanted) if wanted not in ("anything", is_) else None

    yield from findings(made, wrong, "no such result")


def judge_result(made: Sequence[Made], parameters: Parameters) -> Iterator[Finding]:
    """Each call returns what the model returns; with `any_order`, a list in any order."""

    def wrong(one: Made) -> tuple[str, str] | None:
        expected = one.prepared.expected
        if isinstance(one.came, Stopped):
            return stopped(one, one.came), shown(expected)
        found = one.came.value
        if same(found, expected) or (parameters["any_order"] and _in_any_order(found, expected)):
            return None
        if found is None:
            return _printed(one, "None"), shown(expected)
        return shown(found) + told_apart(found, expected), shown(expected)

    yield from findings(made, wrong, "another result")


def _printed(one: Made, is_: str) -> str:
    """The value, and that something was printed where a result may be missing for that."""
    printed = one.came.printed.strip()
    if is_ != "None" or not printed or not one.show:
        return is_
    return f"None, and it printed {shown(printed)}: a result is returned, not printed"


def _in_any_order(found: Any, expected: Any) -> bool:
    if not isinstance(found, list) or not isinstance(expected, list):
        return False
    left = list(found)
    for one in expected:
        place = next((n for n, other in enumerate(left) if same(other, one)), None)
        if place is None:
            return False
        del left[place]
    return not left


_TYPE = Key(
    str,
    needed=False,
    default="anything",
    one_of=("anything", "a list", "a dictionary", "a text", "a number", "a truth value", "None"),
)
FIRST_OF_CALLS = "returns"
CALL_KINDS: Mapping[str, CallKind] = {
    FIRST_OF_CALLS: CallKind(judge_returns, {"calls": CALLS, "type": _TYPE}),
    "result": CallKind(
        judge_result, {"calls": CALLS, "any_order": Key(bool, needed=False, default=False)}
    ),
    "leaves": CallKind(judge_leaves, {"calls": CALLS}, database=True),
    "all-or-nothing": CallKind(judge_all_or_nothing, {"calls": CALLS}, database=True),
    "raises": CallKind(judge_raises, {"calls": CALLS}, database=True),
}
