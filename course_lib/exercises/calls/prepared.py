"""Calls made ready for answers: their arguments, and what a right function returns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..asked_function import AskedFunction, Call, HiddenCalls
from ..box import Stopped
from ..exercise import Exercise, PublicExercise, SpecError
from ..findings import error_line
from ..sandbox import SetUpRefused
from ..state import State
from .dice import Dice
from .making import Came, make_calls
from .spec import DRAW
from .values import same, shown


@dataclass(frozen=True)
class Ending:
    """How a call with a database ends when it is right: whether it lets an error out, and what it
    leaves."""

    raises: bool
    after: State


@dataclass(frozen=True)
class PreparedCall:
    """A call and its right result. Of a hidden one no message may hold a value.

    `expected` is what it returns; with a database `ending` counts, and it is None.
    """

    call: Call
    expected: Any
    hidden: bool
    ending: Ending | None = None

    @property
    def result(self) -> Any:
        """What is right, as the learner's copy keeps it."""
        if self.ending is None:
            return self.expected
        return {"raises": self.ending.raises, "after": self.ending.after.to_json()}


def read_calls(exercise: PublicExercise, function: AskedFunction) -> tuple[PreparedCall, ...]:
    """The visible calls, with the results that the learner's copy has of them."""
    return tuple(_read(call, exercise.results[call.name], function) for call in function.calls)


def _read(call: Call, result: Any, function: AskedFunction) -> PreparedCall:
    if not function.schema:
        return PreparedCall(call, result, False)
    ending = Ending(bool(result["raises"]), State.from_json(result["after"]))
    return PreparedCall(call, None, False, ending)


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
    try:
        came = make_calls(str(model.answer), function, [call for call, _ in calls])
    except SetUpRefused as refused:
        what = "a [[call]]'s 'before'" if refused.part else "the schema"
        sentence = f"DuckDB refuses {what}: {error_line(str(refused))}"
        raise SpecError(exercise.source, exercise.lines["schema"], sentence) from None
    prepared = []
    for (call, is_hidden), one in zip(calls, came, strict=True):
        line = exercise.lines["hidden" if is_hidden else "call", call.name]
        ending = _ending(one)
        if ending is not None:
            prepared.append(PreparedCall(call, None, is_hidden, ending))
            continue
        if isinstance(one.result, Stopped):
            sentence = f"the solution {model.name!r} has no result for {call.name!r}"
            raise SpecError(exercise.source, model.line, f"{sentence}: {one.result.sentence}")
        value = one.result.value
        said = exercise.returns.get(call.name, value) if not is_hidden else value
        if not same(value, said):
            raise SpecError(
                exercise.source,
                line,
                f"{call.name!r} is said to return {shown(said)}, and the solution {model.name!r}"
                f" returns {shown(value)}",
            )
        prepared.append(PreparedCall(call, value, is_hidden))
    return tuple(prepared)


def _ending(came: Came) -> Ending | None:
    """How the model ends a call that has a database; None where it has none, or comes to no end."""
    if came.left is None or (isinstance(came.result, Stopped) and came.result.why != "raised"):
        return None
    return Ending(isinstance(came.result, Stopped), came.left.moments[-1])


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
        yield Call(hidden.name, hidden.title, tuple(plain), hidden.function, hidden.before)
