"""A scene on the page: several databases, a story in beats."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from course_lib.timeline import Deed
from course_lib.timeline.scenes import Stage, stage_to_html, stage_to_text
from course_lib.widgets.assets import STAGE, STAGE_STYLE, joined
from course_lib.widgets.played import Act, PlayedWidget, unknown


class StageWidget(PlayedWidget):
    """One view of a stage; its picture is course_lib.timeline.scenes.picture's."""

    _esm = joined(STAGE)
    _css = joined(STAGE_STYLE)

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        failed = (
            "The scene could not do this ({error}). Run this cell again; the scene then starts from"
            " the beginning."
        )
        super().__init__(stage, partial(_act_of, stage), failed)

    def twin(self) -> dict[str, object]:
        """Its picture, as text and as HTML."""
        picture = self.stage.picture
        return {"text/plain": stage_to_text(picture), "text/html": stage_to_html(picture)}


def show_stage(stage: Stage) -> StageWidget:
    """The widget of a stage; each call gives a view of its own on the same one."""
    return StageWidget(stage)


def _act_of(stage: Stage, action: object, value: object) -> Act:
    whole: dict[object, Act] = {"next": stage.next, "reset": stage.reset}
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
    raise unknown(action, value)
