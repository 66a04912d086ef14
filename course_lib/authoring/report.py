"""Every lesson in numbers, and what lies outside its bounds: what `updown course report` prints."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course_lib.authoring.bounds import bounds_of
from course_lib.authoring.found import is_draft, lesson_name
from course_lib.authoring.lesson import LessonProblem
from course_lib.authoring.measure import Measured, measure_lesson
from course_lib.authoring.outside import Outside, find_outside
from course_lib.authoring.runtime import Ran, run_lesson


@dataclass(frozen=True)
class LessonReport:
    """One lesson: its numbers, or the problems for which it has none.

    A draft is held to nothing, so what lies outside is what it lacks yet. `ran` is there only when
    a run was asked for.
    """

    lesson: str
    draft: bool
    measured: Measured | None
    outside: tuple[Outside, ...] = ()
    problems: tuple[LessonProblem, ...] = ()
    ran: Ran | None = None

    @property
    def holds(self) -> bool:
        """Whether there is nothing to mend before the lesson can stay as it is."""
        failed = self.ran is not None and bool(self.ran.faults)
        return not (self.problems or failed or (self.outside and not self.draft))


def report_lessons(
    texts: Sequence[Path], root: Path, *, run: bool = False
) -> tuple[LessonReport, ...]:
    """Measure the lessons with these texts below `root`; with `run`, run each of them too."""
    return tuple(_report(text, root, run) for text in texts)


def _report(text: Path, root: Path, run: bool) -> LessonReport:
    lesson, draft = lesson_name(text), is_draft(text)
    measured = measure_lesson(text, root)
    if not isinstance(measured, Measured):
        return LessonReport(lesson, draft, None, problems=measured)
    bounds = bounds_of(lesson)
    outside = find_outside(measured, bounds) if bounds else ()
    if not run:
        return LessonReport(lesson, draft, measured, outside)
    with tempfile.TemporaryDirectory(prefix="updown-report-") as folder:
        ran = run_lesson(text, root, Path(folder))
    if isinstance(ran, Ran):
        return LessonReport(lesson, draft, measured, outside, ran=ran)
    return LessonReport(lesson, draft, measured, outside, problems=ran)
