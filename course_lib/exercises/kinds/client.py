"""The requirement that a program which uses the database works at every state in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from course_lib.migrations import one_line

from ..exercise import Task
from ..findings import Evidence, Finding, refused
from ..row_differences import compare_rows
from ..trial import START, Outcome, Trial, going_down
from .kind import TEXTS, Complaint, Key, Kind, Parameters


def judge_client(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """What the program `does` runs at each station of `at`, and its queries give the model's rows.

    `way` is `up`, `down`, or `both`: on the way back a station is reached by the down of the
    migration after it. What the program writes is rolled back at once.
    """
    for trial in _trials(evidence.task, parameters):
        found, model = evidence.outcome(trial), evidence.expected.trials[trial]
        if model.error:
            raise LookupError(f"a client fails on the model answer ({trial.at}): {model.error}")
        yield from _compare(evidence, trial, found, model)


def _compare(evidence: Evidence, trial: Trial, found: Outcome, model: Outcome) -> Iterator[Finding]:
    for sql, is_, should in zip(trial.script, found.results, model.results, strict=False):
        name = f"`{one_line(sql, 80)}` {_when(trial.at)}"
        if sorted(is_.columns) != sorted(should.columns):
            columns = [f"the columns {', '.join(one.columns)}" for one in (is_, should)]
            yield Finding(name, *columns)
            return
        key = is_.columns[:1]
        different = tuple(compare_rows(name, key, is_, should, evidence.show_rows, before=False))
        if different:
            yield from different
            return
    if found.error:
        sql = trial.script[min(len(found.results), len(trial.script) - 1)]
        yield Finding(
            f"`{one_line(sql, 80)}` {_when(trial.at)}",
            refused(found, evidence.show_rows),
            "it works, as it did before",
        )


def _when(station: str) -> str:
    if station == START:
        return "before the first migration"
    down, _, name = station.rpartition(" ")
    return f"after the down of {name}" if down else f"after {name}"


def _trials(task: Task, parameters: Parameters) -> Iterable[Trial]:
    script = tuple(parameters["does"])
    names = [one.name for one in task.migrations]
    stations = [START, *names]
    for at in parameters["at"]:
        if parameters["way"] != "down":
            yield Trial(at, script)
        place = stations.index(at)
        if parameters["way"] != "up" and place < len(task.reversible):
            yield Trial(going_down(names[place]), script)


def _wrong(task: Task, parameters: Parameters) -> Iterable[Complaint]:
    stations = [START, *(one.name for one in task.migrations)]
    for at in parameters["at"]:
        if at not in stations:
            yield "at", f"{at!r} is none of the stations {', '.join(stations)}"
    for key in ("does", "at"):
        if not parameters[key]:
            yield key, f"{key!r} is empty, so nothing would be tried"


CLIENT = Kind(
    judge_client,
    {
        "does": TEXTS,
        "at": TEXTS,
        "way": Key(str, needed=False, default="both", one_of=("up", "down", "both")),
        # What people call it, for `%clients`; see `programs.py`. It is not judged.
        "program": Key(str, needed=False, default=""),
    },
    trials=_trials,
    complaints=_wrong,
)
