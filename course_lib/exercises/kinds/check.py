"""The requirement that the database refuses some rows and takes others: a CHECK by its effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from course_lib.migrations import one_line

from ..exercise import Task
from ..findings import Evidence, Finding, refused
from ..trial import Outcome, Trial
from .kind import Complaint, Key, Kind, Parameters, last_station

_REFUSED = "ConstraintException"


def judge_check(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """Each statement of `refuses` breaks a rule of the database, and none of `accepts` does.

    However the rule is written, it is the same rule when it refuses the same rows.
    """
    at = last_station(evidence.task)
    for sql in parameters["accepts"]:
        outcome = evidence.outcome(Trial(at, (sql,)))
        if outcome.error:
            yield Finding(_name(sql), _said(evidence, outcome), "the database takes it")
    for sql in parameters["refuses"]:
        outcome = evidence.outcome(Trial(at, (sql,)))
        if not outcome.error:
            yield Finding(_name(sql), "the database takes it", "a rule of the database refuses it")
        elif outcome.error_class != _REFUSED:
            said = _said(evidence, outcome)
            yield Finding(_name(sql), said, "a rule of the database refuses it, and nothing else")


def _said(evidence: Evidence, outcome: Outcome) -> str:
    return refused(outcome, evidence.show_rows)


def _name(sql: str) -> str:
    return f"`{one_line(sql, 80)}`"


def _trials(task: Task, parameters: Parameters) -> Iterable[Trial]:
    for sql in (*parameters["accepts"], *parameters["refuses"]):
        yield Trial(last_station(task), (sql,))


def _wrong(task: Task, parameters: Parameters) -> Iterable[Complaint]:
    if not parameters["refuses"]:
        yield "refuses", "there has to be a statement that the rule refuses"


_STATEMENTS = Key(list, needed=False, default=())
CHECK = Kind(
    judge_check,
    {"refuses": Key(list), "accepts": _STATEMENTS},
    trials=_trials,
    complaints=_wrong,
)
