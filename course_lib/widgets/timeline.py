"""The timeline on the page. The kernel owns the state; the page draws and sends intents."""

from __future__ import annotations

from collections.abc import Callable

import anywidget
import traitlets

from course_lib.timeline import Deed, Timeline, picture_to_html, picture_to_text
from course_lib.widgets.assets import TIMELINE, TIMELINE_STYLE, joined


class TimelineWidget(anywidget.AnyWidget):
    """One view of a timeline. Actions by code show here as well, in every open view.

    Traits the page draws: `page` (see course_lib.timeline.picture), `status` (a sentence when the
    page itself needs attention, else empty).
    Intents it takes: {"type": "act", "action": name, "value": what the action is given, or None}.
    """

    _esm = joined(TIMELINE)
    _css = joined(TIMELINE_STYLE)

    page = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode("").tag(sync=True)

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        timeline.look_again()
        super().__init__(page=dict(timeline.picture))
        timeline.watch(self._draw)
        self.on_msg(self._take_intent)

    def _draw(self) -> None:
        self.page = dict(self.timeline.picture)

    def _take_intent(self, _widget: object, content: object, _buffers: object) -> None:
        # Jupyter drops what a callback raises, so the learner would see a button that does nothing.
        try:
            act = _act_of(self.timeline, content)
            with self.hold_sync():
                self.status = ""
                act()
        except Exception as error:  # noqa: BLE001
            self.status = (
                f"The timeline could not do this ({type(error).__name__}: {error}). Run this cell"
                " again; the database shows what was done."
            )

    def _repr_mimebundle_(
        self, **kwargs: dict[str, object]
    ) -> tuple[dict[str, object], dict[str, object]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        picture = self.timeline.picture
        twin = {"text/plain": picture_to_text(picture), "text/html": picture_to_html(picture)}
        return {**data, **twin}, metadata


def show_timeline(timeline: Timeline) -> TimelineWidget:
    """The widget of a timeline; each call gives a view of its own on the same one."""
    return TimelineWidget(timeline)


def _act_of(timeline: Timeline, content: object) -> Callable[[], Deed]:
    """The action that an intent asks for. Raises ValueError for one that makes no sense."""
    if not isinstance(content, dict) or content.get("type") != "act":
        raise ValueError(f"unknown intent {content!r}")
    action, value = content.get("action"), content.get("value")
    plain: dict[object, Callable[[], Deed]] = {
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
    raise ValueError(f"unknown intent {content!r}")
