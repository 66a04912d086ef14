"""What a learner finds in place of a solution: a Python stub, or a SQL comment in a SQL cell."""

from __future__ import annotations

import re
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions  # type: ignore[import-untyped]

SQL_MAGICS = ("%%migration", "%%sql")
SAVING_MAGICS = ("%%migration", "%%answer")
"""Those that save their cell and hand it to nothing that runs it; the check does, boxed."""

CODE_STUBS = {
    "python": "# YOUR CODE HERE\nraise NotImplementedError()",
    "sql": "-- YOUR SQL HERE",
    "operations": "# YOUR OPERATIONS HERE",
}
_LISTED = re.compile(r"%%migration\s+\S+\.py\s*")


class SqlClearSolutions(ClearSolutions):  # type: ignore[misc]
    """nbgrader's ClearSolutions; the stub is chosen by a cell's magic, not the kernel's language.

    `%%answer` has Python's, a `%%migration` whose file ends in `.py` one for a list of operations.

    The magic line stays, and so do all lines outside the solution markers. The stub of a SQL cell
    is a comment, since DuckDB would answer the Python stub with a syntax error.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Replace the solutions of one cell by stubs."""
        magic_line, _, body = cell.source.partition("\n")
        if cell.cell_type != "code" or not magic_line.startswith(SQL_MAGICS):
            result: tuple[NotebookNode, dict[str, Any]] = super().preprocess_cell(
                cell, resources, cell_index
            )
            return result
        is_list = _LISTED.fullmatch(magic_line) is not None
        language = resources["language"]
        resources["language"] = "operations" if is_list else "sql"
        try:
            cell.source = body
            cell, resources = super().preprocess_cell(cell, resources, cell_index)
        finally:
            resources["language"] = language
        cell.source = f"{magic_line}\n{cell.source}"
        return cell, resources
