"""The requirement that a query gives what it gives on the model's result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from course_lib.migrations import one_line

from ..exercise import Task
from ..findings import Evidence, Finding, refused
from ..row_differences import compare_rows
from ..trial import Trial
from .kind import TEXT, Key, Kind, Parameters, last_station


def judge_values(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The rows of `query` are the model's, in any order; `key` are the columns that name a row."""
    query = parameters["query"]
    trial = Trial(last_station(evidence.task), (query,))
    found, model = evidence.outcome(trial), evidence.expected.trials[trial]
    if model.error:
        raise LookupError(f"the query {query!r} fails on the model answer: {model.error}")
    name = f"`{one_line(query, 80)}`"
    if found.error:
        yield Finding(name, refused(found, evidence.show_rows), "a query that runs")
    elif sorted(found.results[0].columns) != sorted(model.results[0].columns):
        columns = [f"the columns {', '.join(one.results[0].columns)}" for one in (found, model)]
        yield Finding(name, *columns)
    else:
        yield from compare_rows(
            name,
            tuple(parameters["key"]),
            found.results[0],
            model.results[0],
            evidence.show_rows,
            before=False,
        )


def _trials(task: Task, parameters: Parameters) -> Iterable[Trial]:
    yield Trial(last_station(task), (parameters["query"],))


VALUES = Kind(
    judge_values, {"query": TEXT, "key": Key(list, needed=False, default=())}, trials=_trials
)
