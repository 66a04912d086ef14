"""`lesson.timeline()`: the lesson's database made visible, through the notebook's own connection.

The picture follows whatever a cell does to the database, so that `%migrate up` moves it as well.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython

from course_lib.migrations import Problem
from course_lib.timeline import Source, Timeline

from .database import DATABASE, LessonDatabase
from .folder import shown_path

if TYPE_CHECKING:
    from .lesson import Lesson

_timelines: dict[Path, Timeline] = {}


def timeline_of(lesson: Lesson) -> Timeline:
    """The lesson's timeline; there is one, so that a cell run twice goes on where it was."""
    if lesson.folder not in _timelines:
        _timelines[lesson.folder] = _make(lesson)
    return _timelines[lesson.folder]


def _make(lesson: Lesson) -> Timeline:
    database = lesson.database

    def put_back() -> Problem | None:
        kept = database.put_aside(with_migrations=False)
        return kept if isinstance(kept, Problem) else None

    source = Source(
        DATABASE, lambda: contextlib.nullcontext(database.open()), put_back, files_may_come=True
    )
    timeline = Timeline(source, Path(shown_path(lesson.migrations)))
    shell: Any = get_ipython()
    if shell is not None:
        _follow(shell, timeline, database)
    return timeline


def _follow(shell: Any, timeline: Timeline, database: LessonDatabase) -> None:
    def look(_: object = None) -> None:
        # A file that was let go of stays so.
        if database.is_open:
            timeline.look_again()

    shell.events.register("post_run_cell", look)
    shell.display_formatter.mimebundle_formatter.for_type(Timeline, _as_widget)


def _as_widget(timeline: Timeline, **how: Any) -> Any:
    from course_lib.widgets import show_timeline  # not before it is needed: widgets load slowly

    return show_timeline(timeline)._repr_mimebundle_(**how)
