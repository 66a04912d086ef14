"""What the timeline and the stage share on the page: one model, drawn by every open view.

The kernel owns the state; the page draws and sends intents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import traitlets

from course_lib.timeline import Deed
from course_lib.widgets.twinned import TwinnedWidget

Act = Callable[[], Deed]


class Model(Protocol):
    """What is drawn. Actions by code show as well, since the model tells of each."""

    @property
    def picture(self) -> Mapping[str, object]:
        """All that there is to see, as plain data."""

    def look_again(self) -> object:
        """Read the databases anew."""

    def watch(self, changed: Callable[[], None]) -> None:
        """Call this after each action."""


class PlayedWidget(TwinnedWidget):
    """One view of a model.

    Traits the page draws: `page`, the model's picture, and `status`, a sentence when the page
    itself needs attention, else empty.
    Intents it takes: {"type": "act", "action": name, "value": what the action is given, or None}.
    `act_of` gives the action, and raises ValueError for one that makes no sense; `failed` says what
    could not be done and what to do then, with `{error}` where the error stands.
    """

    page = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        model: Model,
        act_of: Callable[[object, object], Act],
        failed: str,
    ) -> None:
        self._model, self._act_of, self._failed = model, act_of, failed
        model.look_again()
        super().__init__(page=dict(model.picture))
        model.watch(self._draw)
        self.on_msg(self._take_intent)

    def _draw(self) -> None:
        self.page = dict(self._model.picture)

    def _take_intent(self, _widget: object, content: object, _buffers: object) -> None:
        # Jupyter drops what a callback raises, so the learner would see a button that does nothing.
        try:
            if not isinstance(content, dict) or content.get("type") != "act":
                raise ValueError(f"unknown intent {content!r}")
            act = self._act_of(content.get("action"), content.get("value"))
            with self.hold_sync():
                self.status = ""
                act()
        except Exception as error:  # noqa: BLE001
            self.status = self._failed.format(error=f"{type(error).__name__}: {error}")


def unknown(action: object, value: object) -> ValueError:
    """The error for an intent that makes no sense."""
    return ValueError(f"unknown intent {action!r} with {value!r}")
