"""A learner's check against the bare steps that it cannot do without. Prints ratios.

    python benchmarks/check.py

The peer makes each visible world, runs the up, the down and the up again on it, and looks at
nothing. It is measured in the same run; every number is the best of five. An answer that is a
function has no such peer: its calls run in a program of their own. The aim is 150 ms for a
check. Timings hang on the machine and decide no test.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from course_lib.exercises import AnswerText, check_prepared, load_spec, prepare
from course_lib.exercises.answer import Answer, read_answer
from course_lib.exercises.exercise import Task
from course_lib.exercises.public import publish, read_public
from course_lib.migrations import run_one_by_one

LESSONS = Path(__file__).resolve().parents[1] / "lessons"


def main() -> None:
    """Measure every exercise, drafts as well, with its first model solution as the answer."""
    took = []
    for path in sorted(LESSONS.glob("*/exercises/*.toml")):
        exercise = load_spec(path)
        public = read_public(publish(exercise))
        answer = exercise.solutions[0].answer
        prepared = prepare(public)
        check = best(partial(check_prepared, prepared, answer))
        took.append(check)
        said = f"{path.parent.parent.name}/{path.stem}: {check * 1000:.0f} ms"
        if exercise.task.function is None:
            bare = best(partial(run_bare, exercise.task, answer))
            said += f", {check / bare:.1f} times the bare steps ({bare * 1000:.0f} ms)"
        print(said)
    print(f"median: {statistics.median(took) * 1000:.0f} ms")


def run_bare(task: Task, text: AnswerText) -> None:
    """Up, down and up again on each visible world, and nothing is looked at."""
    answer = read_answer(task, text)
    assert isinstance(answer, Answer)
    ups = [migration.up for migration in answer.migrations]
    downs = [migration.down or () for migration in reversed(answer.migrations)]
    for world in task.worlds:
        with duckdb.connect() as con:
            con.execute(task.schema + world.rows)
            for steps in (*ups, *downs, *ups):
                run_one_by_one(con, steps)


def best(run: Callable[[], object]) -> float:
    """The shortest of five runs, in seconds."""
    took = []
    for _ in range(5):
        start = time.perf_counter()
        run()
        took.append(time.perf_counter() - start)
    return min(took)


if __name__ == "__main__":
    main()
