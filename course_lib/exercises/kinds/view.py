"""The requirement that a view can be read and gives what it should give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from course_lib.migrations import quote

from ..exercise import Task
from ..findings import Evidence, Finding, refused
from ..row_differences import compare_rows
from ..trial import Outcome, Trial
from .kind import TEXT, Key, Kind, Parameters, last_station


def judge_view(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The view has the model's columns and rows, however it is written; `key` names its rows."""
    view = parameters["view"]
    trial = _trial(evidence.task, view)
    found, model = evidence.outcome(trial), evidence.expected.trials[trial]
    if model.error:
        raise LookupError(f"the view {view} of the model answer fails: {model.error}")
    if f"view {view.lower()}" not in evidence.after_up.schema.others:
        yield Finding(f"view {view}", "not there", "a view of this name")
    elif found.error:
        yield Finding(f"view {view}", refused(found, evidence.show_rows), "a view that can be read")
    elif found.results[0] != model.results[0]:
        yield Finding(f"columns of view {view}", *map(_columns, (found, model)))
    else:
        key = tuple(parameters["key"])
        rows, should = found.results[1], model.results[1]
        yield from compare_rows(
            f"rows of view {view}", key, rows, should, evidence.show_rows, before=False
        )


def _columns(outcome: Outcome) -> str:
    rows = outcome.results[0].rows
    return ", ".join(f"{name} {type_}" for name, type_ in rows)


def _trial(task: Task, view: str) -> Trial:
    name = quote(view)
    columns = f"SELECT column_name, column_type FROM (DESCRIBE {name})"
    return Trial(last_station(task), (columns, f"SELECT * FROM {name}"))


def _trials(task: Task, parameters: Parameters) -> Iterable[Trial]:
    yield _trial(task, parameters["view"])


VIEW = Kind(judge_view, {"view": TEXT, "key": Key(list, needed=False, default=())}, trials=_trials)
