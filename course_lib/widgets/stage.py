"""A scene on the page: several databases, a story in beats. The kernel plays it; the page draws."""

from __future__ import annotations

from collections.abc import Callable

import anywidget
import traitlets

from course_lib.timeline import Deed
from course_lib.timeline.scenes import Stage, stage_to_html, stage_to_text
from course_lib.widgets.assets import STAGE, STAGE_STYLE, joined


class StageWidget(anywidget.AnyWidget):
    """One view of a stage. Actions by code show here as well, in every open view.

    Traits the page draws: `page` (see course_lib.timeline.scenes.picture), `status` (a sentence
    when the page itself needs attention, else empty).
    Intents it takes: {"type": "act", "action": name, "value": the id of a database, or None}.
    """

    _esm = joined(STAGE)
    _css = joined(STAGE_STYLE)

    page = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode("").tag(sync=True)

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        stage.look_again()
        super().__init__(page=dict(stage.picture))
        stage.watch(self._draw)
        self.on_msg(self._take_intent)

    def _draw(self) -> None:
        self.page = dict(self.stage.picture)

    def _take_intent(self, _widget: object, content: object, _buffers: object) -> None:
        # Jupyter drops what a callback raises, so the learner would see a button that does nothing.
        try:
            act = _act_of(self.stage, content)
            with self.hold_sync():
                self.status = ""
                act()
        except Exception as error:  # noqa: BLE001
            self.status = (
                f"The scene could not do this ({type(error).__name__}: {error}). Run this cell"
                " again; the scene then starts from the beginning."
            )

    def _repr_mimebundle_(
        self, **kwargs: dict[str, object]
    ) -> tuple[dict[str, object], dict[str, object]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        picture = self.stage.picture
        twin = {"text/plain": stage_to_text(picture), "text/html": stage_to_html(picture)}
        return {**data, **twin}, metadata


def show_stage(stage: Stage) -> StageWidget:
    """The widget of a stage; each call gives a view of its own on the same one."""
    return StageWidget(stage)


def _act_of(stage: Stage, content: object) -> Callable[[], Deed]:
    """The action that an intent asks for. Raises ValueError for one that makes no sense."""
    if not isinstance(content, dict) or content.get("type") != "act":
        raise ValueError(f"unknown intent {content!r}")
    action, value = content.get("action"), content.get("value")
    whole: dict[object, Callable[[], Deed]] = {"next": stage.next, "reset": stage.reset}
    if action in whole and value is None:
        return whole[action]
    at: dict[object, Callable[[str], Deed]] = {
        "catch_up": stage.catch_up,
        "up": stage.up,
        "down": stage.down,
        "push": stage.push,
        "pull": stage.pull,
    }
    if action in at and isinstance(value, str):
        return lambda: at[action](value)
    raise ValueError(f"unknown intent {content!r}")
