"""What a kind of requirement is: its keys in a spec, what it tries, and how it judges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..exercise import Task
from ..findings import Evidence, Finding
from ..trial import Trial

Parameters = Mapping[str, Any]

# A key of the spec and what is wrong with its value; the key is "" for the requirement as a whole.
Complaint = tuple[str, str]


@dataclass(frozen=True)
class Key:
    """A key that a requirement of some kind has in a spec.

    A list holds texts. One that is not needed is `default` where it is left out; `one_of` are the
    values that it may have, anything where there are none.
    """

    type: type
    needed: bool = True
    default: Any = None
    one_of: tuple[str, ...] = ()


def _nothing_tried(task: Task, parameters: Parameters) -> Iterable[Trial]:
    return ()


def _nothing_wrong(task: Task, parameters: Parameters) -> Iterable[Complaint]:
    return ()


@dataclass(frozen=True)
class Kind:
    """How a requirement of this kind is judged in one world: no finding means that it holds.

    `keys` is what the spec gives it; `complaints` says what is wrong with these values in this
    exercise, and `trials` what has to be tried on the way. A kind with `when_stopped` also has
    something to say about the state in which a failing up stopped. One that `needs_down` judges the
    way back, so it has no place where nothing is taken down.
    """

    judge: Callable[[Evidence, Parameters], Iterator[Finding]]
    keys: Mapping[str, Key] = field(default_factory=dict)
    trials: Callable[[Task, Parameters], Iterable[Trial]] = _nothing_tried
    complaints: Callable[[Task, Parameters], Iterable[Complaint]] = _nothing_wrong
    when_stopped: bool = False
    needs_down: bool = False


TEXT = Key(str)
TEXTS = Key(list)
TABLE = {"table": TEXT}
COLUMN = {"table": TEXT, "column": TEXT}


def last_station(task: Task) -> str:
    """Where the whole up has run."""
    return task.migrations[-1].name
