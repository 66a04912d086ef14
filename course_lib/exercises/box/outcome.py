"""What came of one call in the box: a value, or why there is none, in words for the learner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

MIB = 2**20

Why = Literal["raised", "unreadable", "time", "memory", "output", "died", "not made"]

_READABLE = "a result is made of lists, dictionaries, texts, numbers, True, False and None"


@dataclass(frozen=True)
class BoxLimits:
    """`memory` in bytes, `cpu` and `seconds` (by the clock) in seconds, `output` in bytes of all
    that crosses the pipe, `printed` in characters that are kept."""

    memory: int = 512 * MIB
    cpu: int = 5
    seconds: float = 20.0
    output: int = 4 * MIB
    printed: int = 10_000


@dataclass(frozen=True)
class Answered:
    """What the function returned, as JSON has it (sets come sorted, tuples as lists), and what it
    printed. It is the learner's word: check it as you would a text that they typed."""

    value: Any
    printed: str


@dataclass(frozen=True)
class Stopped:
    """The function came to no value. `sentence` is for the learner; `line` is in the answer, or 0.

    `error` is the name of the exception that it raised, in the answer's own words like all else. It
    is about the answer, and no fault of ours: what the box lacks is told by `missing_walls`.
    """

    why: Why
    sentence: str
    line: int = 0
    printed: str = ""
    error: str = ""


def read_outcome(
    told: dict[str, Any], code: str, function: str, limits: BoxLimits
) -> Answered | Stopped:
    """What a line of the box says of the call of `function` in `code`."""
    printed = str(told.get("printed", ""))[: limits.printed]
    if "unreadable" in told:
        name = str(told["unreadable"])[:50]
        sentence = f"Its result holds a value of the type {name}, and {_READABLE}."
        return Stopped("unreadable", sentence, 0, printed)
    if "raised" in told:
        return _raised(told, printed, code, function, limits)
    return Answered(told.get("value"), printed)


def _raised(
    told: dict[str, Any], printed: str, code: str, function: str, limits: BoxLimits
) -> Stopped:
    lines = len(code.splitlines())
    name, words, line = str(told["raised"])[:50], str(told.get("words", "")), told.get("line")
    # The answer can write to the pipe, and any number into it: only one of its lines is a line.
    number = line if isinstance(line, int) and 0 < line <= lines else 0
    if name == "MemoryError":
        return Stopped("memory", "It needs more memory than there is here.", number, printed)
    if name == "OutOfTime":
        sentence = f"It needs more than {limits.cpu} seconds of computing."
        return Stopped("time", sentence, number, printed)
    if name == "NoFunctionError":
        return Stopped("raised", f"The answer has no function `{function}`.", 0, printed, name)
    where = f" in line {number}" if number else ""
    sentence = f"`{function}` ended with {name}{where}: {words}".removesuffix(": ")
    return Stopped("raised", sentence, number, printed, name)
