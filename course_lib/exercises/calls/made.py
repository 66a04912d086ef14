"""Calls that were made, and how those that went wrong become findings."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..box import Answered, Stopped
from ..findings import Finding
from ..kinds.kind import Key, Parameters
from .database import Left
from .prepared import PreparedCall
from .values import shown

CALLS = Key(list, needed=False, default=())
"""The calls that a requirement is about; without it, all."""


@dataclass(frozen=True)
class Made:
    """A call that was made, and what came of it. `code` is the answer, `function` its name."""

    function: str
    code: str
    prepared: PreparedCall
    came: Answered | Stopped
    show: bool
    left: Left | None = None

    @property
    def name(self) -> str:
        """The call as the learner could write it, and what it is about."""
        given = [shown(one) for one in self.prepared.call.arguments]
        arguments = ", ".join(["db"] * (self.left is not None) + given)
        return f"`{self.function}({arguments})`, {self.prepared.call.title}"


@dataclass(frozen=True)
class CallKind:
    """How a requirement of this kind is judged, from the calls that it is about.

    `keys` is what the spec gives it. One for a `database` needs functions that are given one.
    """

    judge: Callable[[Sequence[Made], Parameters], Iterator[Finding]]
    keys: Mapping[str, Key] = field(default_factory=dict)
    database: bool = False


def in_scope(made: Sequence[Made], parameters: Parameters) -> list[Made]:
    """The calls that a requirement is about: those that it names, or all."""
    names = parameters["calls"]
    return [one for one in made if not names or one.prepared.call.name in names]


def findings(
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
                own = isinstance(one.came, Stopped) and found[0] == stopped(one, one.came)
                reasons.setdefault(title, []).append(found[0] if own else in_short)
    for (is_, expected), calls in seen.items():
        others = f", and {len(calls) - 1} more" if len(calls) > 1 else ""
        yield Finding(calls[0].name + others, is_, expected, _line(calls[0]))
    for title, wrongs in hidden.items():
        if any(wrongs):
            first = reasons[title][0]
            said = f"{sum(wrongs)} of {len(wrongs)} calls: {first}"
            yield Finding(f"`{made[0].function}`, {title}", said, "the model's result in each")


def stopped(one: Made, came: Stopped) -> str:
    """Why a call has no result. Of a hidden one nothing is told that the answer words itself."""
    if one.show or came.why not in ("raised", "unreadable"):
        return came.sentence.rstrip(".")
    if came.why == "unreadable":
        return "its result is none that the check can read"
    own = not isinstance(getattr(builtins, came.error, None), type)
    where = f" in line {came.line}" if came.line else ""
    return f"`{one.function}` ended with {'its own error' if own else came.error}{where}"


def _line(one: Made) -> str:
    """The line of the answer at which a call stopped, as the place to look."""
    number = one.came.line if isinstance(one.came, Stopped) else 0
    lines = one.code.splitlines()
    return f"Line {number}: {lines[number - 1].strip()[:100]}" if 0 < number <= len(lines) else ""
