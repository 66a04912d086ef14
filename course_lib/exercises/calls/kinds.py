"""The kinds of requirement for a function: from the calls that were made to findings."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..box import Answered, Stopped
from ..findings import Finding
from ..kinds.kind import Key, Parameters
from .prepared import PreparedCall
from .values import same, shown, told_apart, type_of


@dataclass(frozen=True)
class Made:
    """A call that was made, and what came of it. `code` is the answer, `function` its name."""

    function: str
    code: str
    prepared: PreparedCall
    came: Answered | Stopped
    show: bool

    @property
    def name(self) -> str:
        """The call as the learner could write it, and what it is about."""
        arguments = ", ".join(shown(one) for one in self.prepared.call.arguments)
        return f"`{self.function}({arguments})`, {self.prepared.call.title}"


@dataclass(frozen=True)
class CallKind:
    """How a requirement of this kind is judged, from the calls that it is about.

    `keys` is what the spec gives it.
    """

    judge: Callable[[Sequence[Made], Parameters], Iterator[Finding]]
    keys: Mapping[str, Key] = field(default_factory=dict)


def in_scope(made: Sequence[Made], parameters: Parameters) -> list[Made]:
    """The calls that a requirement is about: those that it names, or all."""
    names = parameters["calls"]
    return [one for one in made if not names or one.prepared.call.name in names]


def judge_returns(made: Sequence[Made], parameters: Parameters) -> Iterator[Finding]:
    """Each call comes to a result, which is of the `type` that is asked for."""
    wanted = parameters["type"]

    def wrong(one: Made) -> tuple[str, str] | None:
        if isinstance(one.came, Stopped):
            return _stopped(one, one.came), "a result"
        is_ = type_of(one.came.value)
        return (_printed(one, is_), wanted) if wanted not in ("anything", is_) else None

    yield from _findings(made, wrong, "no such result")


def judge_result(made: Sequence[Made], parameters: Parameters) -> Iterator[Finding]:
    """Each call returns what the model returns; with `any_order`, a list in any order."""

    def wrong(one: Made) -> tuple[str, str] | None:
        expected = one.prepared.expected
        if isinstance(one.came, Stopped):
            return _stopped(one, one.came), shown(expected)
        found = one.came.value
        if same(found, expected) or (parameters["any_order"] and _in_any_order(found, expected)):
            return None
        if found is None:
            return _printed(one, "None"), shown(expected)
        return shown(found) + told_apart(found, expected), shown(expected)

    yield from _findings(made, wrong, "another result")


def _findings(
    made: Sequence[Made], wrong: Callable[[Made], tuple[str, str] | None], in_short: str
) -> Iterator[Finding]:
    """A finding for each way in which visible calls go wrong, and one for each hidden group."""
    seen: dict[tuple[str, str], list[Made]] = {}
    hidden: dict[str, list[bool]] = {}
    reasons: dict[str, list[str]] = {}
    for one in made:
        found = wrong(one)
        if one.show and found is not None:
            seen.setdefault(found, []).append(one)
        if not one.show:
            title = one.prepared.call.title
            hidden.setdefault(title, []).append(found is not None)
            if found is not None:
                short = _stopped(one, one.came) if isinstance(one.came, Stopped) else in_short
                reasons.setdefault(title, []).append(short)
    for (is_, expected), calls in seen.items():
        others = f", and {len(calls) - 1} more" if len(calls) > 1 else ""
        yield Finding(calls[0].name + others, is_, expected, _line(calls[0]))
    for title, wrongs in hidden.items():
        if any(wrongs):
            first = reasons[title][0]
            said = f"{sum(wrongs)} of {len(wrongs)} calls: {first}"
            yield Finding(f"`{made[0].function}`, {title}", said, "the model's result in each")


def _stopped(one: Made, stopped: Stopped) -> str:
    """Why a call has no result. Of a hidden one nothing is told that the answer words itself."""
    if one.show or stopped.why not in ("raised", "unreadable"):
        return stopped.sentence.rstrip(".")
    if stopped.why == "unreadable":
        return "its result is none that the check can read"
    own = not isinstance(getattr(builtins, stopped.error, None), type)
    where = f" in line {stopped.line}" if stopped.line else ""
    return f"`{one.function}` ended with {'its own error' if own else stopped.error}{where}"


def _line(one: Made) -> str:
    """The line of the answer at which a call stopped, as the place to look."""
    number = one.came.line if isinstance(one.came, Stopped) else 0
    lines = one.code.splitlines()
    return f"Line {number}: {lines[number - 1].strip()[:100]}" if 0 < number <= len(lines) else ""


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


_CALLS = Key(list, needed=False, default=())
_TYPE = Key(
    str,
    needed=False,
    default="anything",
    one_of=("anything", "a list", "a dictionary", "a text", "a number", "a truth value", "None"),
)
FIRST_OF_CALLS = "returns"
CALL_KINDS: Mapping[str, CallKind] = {
    FIRST_OF_CALLS: CallKind(judge_returns, {"calls": _CALLS, "type": _TYPE}),
    "result": CallKind(
        judge_result, {"calls": _CALLS, "any_order": Key(bool, needed=False, default=False)}
    ),
}
