"""Calls made ready for answers: their arguments, and what a right function returns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..box import Answered, Stopped
from ..exercise import AskedFunction, Call, Exercise, HiddenCalls, PublicExercise, SpecError
from .dice import Dice
from .making import make_calls
from .spec import DRAW
from .values import same, shown


@dataclass(frozen=True)
class PreparedCall:
    """A call and its right result. Of a hidden one no message may hold a value."""

    call: Call
    expected: Any
    hidden: bool


def read_calls(exercise: PublicExercise, function: AskedFunction) -> tuple[PreparedCall, ...]:
    """The visible calls, with the results that the learner's copy has of them."""
    return tuple(PreparedCall(call, exercise.results[call.name], False) for call in function.calls)


def prepare_calls(
    exercise: Exercise, function: AskedFunction, secret: str | None
) -> tuple[PreparedCall, ...]:
    """The visible calls, and with a `secret` the hidden ones as well; the model is run for them.

    Raises SpecError where the model returns nothing, or something else than the spec says.
    """
    calls = [(call, False) for call in function.calls]
    for hidden in exercise.hidden_calls if secret is not None else ():
        calls += [(call, True) for call in _drawn(exercise, hidden, secret or "")]
    model = exercise.solutions[0]
    came = make_calls(str(model.answer), function, [call for call, _ in calls])
    prepared = []
    for (call, is_hidden), one in zip(calls, came, strict=True):
        kind = "hidden" if is_hidden else "call"
        if isinstance(one, Stopped):
            sentence = f"the solution {model.name!r} has no result for {call.name!r}"
            raise SpecError(exercise.source, model.line, f"{sentence}: {one.sentence}")
        said = exercise.returns.get(call.name, one.value) if not is_hidden else one.value
        if not same(one.value, said):
            raise SpecError(
                exercise.source,
                exercise.lines[kind, call.name],
                f"{call.name!r} is said to return {shown(said)}, and the solution {model.name!r}"
                f" returns {shown(one.value)}",
            )
        prepared.append(_prepared(call, one, is_hidden))
    return tuple(prepared)


def _prepared(call: Call, came: Answered, hidden: bool) -> PreparedCall:
    return PreparedCall(call, came.value, hidden)


def _drawn(exercise: Exercise, hidden: HiddenCalls, secret: str) -> Iterator[Call]:
    """The calls that this secret gives. The code comes from the spec and is trusted like it."""
    line = exercise.lines["hidden", hidden.name]
    names: dict[str, Any] = {}
    exec(compile(hidden.code, "code of hidden calls", "exec"), names)
    for number in range(hidden.number):
        dice = Dice(secret, f"{exercise.task.id}\0{hidden.name}\0{number}")
        try:
            arguments = names[DRAW](dice)
            plain = json.loads(json.dumps(arguments))
        except Exception as error:  # noqa: BLE001  the spec is wrong, whatever it raises
            words = f"{DRAW} of {hidden.name!r} ended with {type(error).__name__}: {error}"
            raise SpecError(exercise.source, line, words) from None
        if not isinstance(plain, list):
            sentence = f"{DRAW} of {hidden.name!r} gives no list of arguments"
            raise SpecError(exercise.source, line, sentence)
        yield Call(hidden.name, hidden.title, tuple(plain))
