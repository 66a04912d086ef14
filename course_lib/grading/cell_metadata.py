"""nbgrader's check of its cells' metadata, made once for each notebook that was released."""

from __future__ import annotations

import json
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import CheckCellMetadata  # type: ignore[import-untyped]

_MOST = 64
_seen: dict[str, None] = {}
"""What was found in order, as text: the metadata of all cells of a notebook, and their types."""


class CheckMetadata(CheckCellMetadata):  # type: ignore[misc]
    """nbgrader's step. After the graft all of a class have the same metadata, and nbgrader looks
    through its JSON schema for each cell anew."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook as it is; raises ValidationError where its metadata is damaged."""
        cells = json.dumps(
            [[cell.cell_type, cell.metadata.get("nbgrader")] for cell in nb.cells], sort_keys=True
        )
        if cells not in _seen:
            super().preprocess(nb, resources)
            while len(_seen) >= _MOST:
                _seen.pop(next(iter(_seen)))
            _seen[cells] = None
        return nb, resources
