"""The timeline on the page."""

from __future__ import annotations

from functools import partial

from course_lib.timeline import Timeline, picture_to_html, picture_to_text
from course_lib.widgets.assets import TIMELINE, TIMELINE_STYLE, joined
from course_lib.widgets.played import Act, PlayedWidget, unknown


class TimelineWidget(PlayedWidget):
    """One view of a timeline; its picture is course_lib.timeline.picture's."""

    _esm = joined(TIMELINE)
    _css = joined(TIMELINE_STYLE)

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        failed = (
            "The timeline could not do this ({error}). Run this cell again; the database shows what"
            " was done."
        )
        super().__init__(timeline, partial(_act_of, timeline), failed)

    def twin(self) -> dict[str, object]:
        """Its picture, as text and as HTML."""
        picture = self.timeline.picture
        return {"text/plain": picture_to_text(picture), "text/html": picture_to_html(picture)}


def show_timeline(timeline: Timeline) -> TimelineWidget:
    """The widget of a timeline; each call gives a view of its own on the same one."""
    return TimelineWidget(timeline)


def _act_of(timeline: Timeline, action: object, value: object) -> Act:
    plain: dict[object, Act] = {
        "up": timeline.up,
        "down": timeline.down,
        "reset": timeline.reset,
        "step": timeline.step,
        "review": timeline.review,
        "refresh": timeline.refresh,
    }
    if action in plain and value is None:
        return plain[action]
    if action == "to" and isinstance(value, str):
        return lambda: timeline.to(value)
    if action == "compare" and value in ("before", "goal"):
        return lambda: timeline.compare("goal" if value == "goal" else "before")
    if action in ("look", "break_at") and isinstance(value, int):
        return lambda: timeline.look(value) if action == "look" else timeline.break_at(value)
    raise unknown(action, value)
