"""The learner's part of an exercise: made from the spec, written as JSON, read back."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .asked_function import AskedFunction, Call
from .calls import CALL_KINDS
from .exercise import (
    FORMAT,
    AskedMigration,
    EarlierMigration,
    Exercise,
    Expected,
    PublicExercise,
    Requirement,
    SpecError,
    Task,
)
from .kinds import KINDS
from .prepared import prepare
from .state import State
from .trial import Outcome, Trial
from .world import World


def publish(exercise: Exercise) -> dict[str, Any]:
    """The public JSON: the task and the expected states of the visible worlds, or the results of
    the visible calls, computed by running model solutions. No solution, no wrong answer, no
    generator, nothing that is hidden.

    Raises SpecError when a model solution does not run.
    """
    prepared = prepare(exercise)
    expected: dict[str, Any] = {
        one.world.name: [_to_json(expected) for expected in one.expected] for one in prepared.worlds
    }
    expected |= {one.call.name: one.result for one in prepared.calls}
    task = asdict(exercise.task)
    if exercise.task.language == "sql":  # which is what a copy without the word asks for
        del task["language"]
    if exercise.task.function is None:
        del task["function"]
    return {
        "format": FORMAT,
        "task": task,
        "expected": expected,
        "further_databases": prepared.further_databases,
    }


def read_public(data: dict[str, Any]) -> PublicExercise:
    """The exercise that `publish` wrote. KeyError or TypeError for data of another shape."""
    task = dict(data["task"])
    requirements = tuple(
        Requirement(**{**one, "needs": tuple(one["needs"])}) for one in task.pop("requirements")
    )
    worlds = tuple(World(**one) for one in task.pop("worlds"))
    hints = tuple(task.pop("hints"))
    migrations = tuple(AskedMigration(**one) for one in task.pop("migrations"))
    earlier = tuple(EarlierMigration(**one) for one in task.pop("earlier"))
    function = _function(task.pop("function", None))
    found = data["expected"]
    results = {one.name: found[one.name] for one in function.calls} if function else {}
    expected = (
        {}
        if function
        else {name: tuple(_from_json(one) for one in states) for name, states in found.items()}
    )
    missing = [world.name for world in worlds if not expected.get(world.name)]
    kinds = CALL_KINDS if function else KINDS
    unknown = [one.kind for one in requirements if one.kind not in kinds]
    if missing or unknown:
        raise KeyError(*missing, *unknown)
    return PublicExercise(
        Task(
            **task,
            function=function,
            migrations=migrations,
            earlier=earlier,
            requirements=requirements,
            hints=hints,
            worlds=worlds,
        ),
        expected,
        int(data["further_databases"]),
        results,
    )


def _function(data: dict[str, Any] | None) -> AskedFunction | None:
    if data is None:
        return None
    calls = tuple(Call(**{**one, "arguments": tuple(one["arguments"])}) for one in data["calls"])
    return AskedFunction(data["name"], data["stub"], calls, data.get("schema", ""))


def _to_json(expected: Expected) -> dict[str, Any]:
    down = expected.after_down
    return {
        "after_up": expected.after_up.to_json(),
        "after_down": None if down is None else down.to_json(),
        "trials": [
            {"at": trial.at, "script": list(trial.script), **outcome.to_json()}
            for trial, outcome in sorted(expected.trials.items(), key=lambda one: _order(one[0]))
        ],
    }


def _from_json(data: dict[str, Any]) -> Expected:
    down = data["after_down"]
    return Expected(
        State.from_json(data["after_up"]),
        None if down is None else State.from_json(down),
        {Trial(one["at"], tuple(one["script"])): Outcome.from_json(one) for one in data["trials"]},
    )


def _order(trial: Trial) -> tuple[str, tuple[str, ...]]:
    return (trial.at, trial.script)


def load_public(path: Path) -> PublicExercise:
    """Read the learner's copy of an exercise. Raises SpecError for a file that is not one (it has
    been edited, or written by another version); OSError for one that cannot be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise SpecError(path, error.lineno, f"the file is not JSON: {error.msg}") from None
    except UnicodeDecodeError:
        raise SpecError(path, 1, "the file is not UTF-8") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise SpecError(path, 1, f"the file is not an exercise of format {FORMAT}")
    try:
        return read_public(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SpecError(path, 1, f"the exercise is not whole ({error})") from None
