"""The learner's part of an exercise: made from the spec, written as JSON, read back."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .evidence import expect
from .exercise import (
    FORMAT,
    Exercise,
    Expected,
    PublicExercise,
    Requirement,
    SpecError,
    Task,
    World,
)
from .kinds import KINDS
from .sandbox import Sandbox
from .state import State


def publish(exercise: Exercise) -> dict[str, Any]:
    """The public JSON: the task and the expected states of the visible worlds, computed by running
    the first model solution. No solution, no wrong answer, no generator, no hidden row.

    Raises SpecError when the model solution does not run.
    """
    with Sandbox(exercise.task.database) as sandbox:
        expected = {world.name: expect(sandbox, exercise, world) for world in exercise.task.worlds}
    return {
        "format": FORMAT,
        "task": asdict(exercise.task),
        "expected": {
            name: {"after_up": one.after_up.to_json(), "after_down": one.after_down.to_json()}
            for name, one in expected.items()
        },
        "further_databases": len(exercise.hidden),
    }


def read_public(data: dict[str, Any]) -> PublicExercise:
    """The exercise that `publish` wrote. KeyError or TypeError for data of another shape."""
    task = dict(data["task"])
    requirements = tuple(
        Requirement(**{**one, "needs": tuple(one["needs"])}) for one in task.pop("requirements")
    )
    worlds = tuple(World(**one) for one in task.pop("worlds"))
    hints = tuple(task.pop("hints"))
    expected = {
        name: Expected(State.from_json(one["after_up"]), State.from_json(one["after_down"]))
        for name, one in data["expected"].items()
    }
    missing = [world.name for world in worlds if world.name not in expected]
    unknown = [one.kind for one in requirements if one.kind not in KINDS]
    if missing or unknown:
        raise KeyError(*missing, *unknown)
    return PublicExercise(
        Task(**task, requirements=requirements, hints=hints, worlds=worlds),
        expected,
        int(data["further_databases"]),
    )


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
