"""What a learner finds in place of a solution: a Python stub, or a SQL comment in a SQL cell."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions  # type: ignore[import-untyped]

SQL_MAGICS = ("%%migration", "%%sql")
CODE_STUBS = {
    "python": "# YOUR CODE HERE\nraise NotImplementedError()",
    "sql": "-- YOUR SQL HERE",
}


class SqlClearSolutions(ClearSolutions):  # type: ignore[misc]
    """nbgrader's ClearSolutions; the stub is chosen by a cell's magic, not the kernel's language.

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
        language, resources["language"] = resources["language"], "sql"
        try:
            cell.source = body
            cell, resources = super().preprocess_cell(cell, resources, cell_index)
        finally:
            resources["language"] = language
        cell.source = f"{magic_line}\n{cell.source}"
        return cell, resources
