"""A widget with twins for places that draw no widgets: text, and plain HTML."""

from __future__ import annotations

import anywidget


class TwinnedWidget(anywidget.AnyWidget):
    """Shows `twin()` wherever its script does not run."""

    def twin(self) -> dict[str, object]:
        """The same as `text/plain` and `text/html`."""
        raise NotImplementedError

    def _repr_mimebundle_(
        self, **kwargs: dict[str, object]
    ) -> tuple[dict[str, object], dict[str, object]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        return {**data, **self.twin()}, metadata
