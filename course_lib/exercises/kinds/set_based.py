"""The requirement that work is done in sets: no statement for each row. Decided without a clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from course_lib.counted import counted

from ..exercise import Task
from ..findings import Evidence, Finding
from .kind import Complaint, Key, Kind, Parameters

# What writes rows. Statements that change the schema do not grow with them.
_WRITES = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE_INTO"})


def judge_set_based(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The ups together have at most `most` statements that write rows, however many rows there are.

    A file is the same for every database, so one that takes a statement a row is found by its
    number of statements, on any machine, quick or slow.
    """
    steps = [step for m in evidence.answer.migrations for step in m.up if step.kind in _WRITES]
    if len(steps) > parameters["most"]:
        yield Finding(
            "the up",
            f"{counted(len(steps), 'statement')} that write rows,"
            f" the last in line {steps[-1].line}",
            f"at most {parameters['most']}, each for all the rows that it is about",
        )


def _wrong(task: Task, parameters: Parameters) -> Iterable[Complaint]:
    if parameters["most"] < 0:
        yield "most", "'most' is a number of statements, from 0"


SET_BASED = Kind(judge_set_based, {"most": Key(int)}, complaints=_wrong, when_stopped=True)
