"""The requirement that nothing is left of some object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..exercise import Task
from ..findings import Evidence, Finding
from .kind import TEXT, Complaint, Kind, Parameters

_WORDS = ("table", "view", "index", "sequence", "type", "schema")


def judge_gone(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The `object`, such as `table users_old`, is not there after the up."""
    word, _, name = parameters["object"].partition(" ")
    name = name.strip().lower()
    schema = evidence.after_up.schema
    if word == "table":
        there = name in schema.tables
    elif word == "index":
        there = any(index.name == name for t in schema.tables.values() for index in t.indexes)
    else:
        there = f"{word} {name}" in schema.others
    if there:
        yield Finding(f"{word} {name}", "still there", "not there any more")


def _wrong(task: Task, parameters: Parameters) -> Iterable[Complaint]:
    word, _, name = parameters["object"].partition(" ")
    if word not in _WORDS or not name.strip():
        yield "object", f"{parameters['object']!r} is not one of {', '.join(_WORDS)} and a name"


GONE = Kind(judge_gone, {"object": TEXT}, complaints=_wrong)
