"""The step in the place of nbgrader's `Execute`: a submission's cells, run in a worker.

Only the instructor's own cells run. The text of an answer is handed to its magic as data, and the
verdict is made where no code of a learner has been.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbgrader import utils  # type: ignore[import-untyped]
from nbgrader.preprocessors import NbGraderPreprocessor  # type: ignore[import-untyped]
from traitlets import Integer

from course_lib.grading.faults import fault_output, is_check
from course_lib.grading.graft import NOT_RUN
from course_lib.grading.worker_process import Cell, Death, play

SECONDS_PER_CELL = 60


class Replay(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs the grafted notebook and puts what its cells show where nbgrader looks for it."""

    seconds_per_cell = Integer(
        SECONDS_PER_CELL, help="Seconds that one cell may take before its process is ended."
    ).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the notebook with outputs. A worker that dies is no exception: the check that it
        was at gets a fault for its output, and the others run again without that cell."""
        names, folder = resources["nbgrader"], Path(resources["metadata"]["path"])
        left_out: set[int] = set()
        for index in {*range(len(nb.cells))} - {*_to_run(nb)}:
            # A check cell without an output would have full points.
            if is_check(nb.cells[index]):
                nb.cells[index].outputs = [fault_output("its cell is one that grading leaves out")]
        while (ended := self._run(nb, folder, left_out)) is not None:
            index, death = ended
            self.log.error(
                "%s of %s, cell %d: %s. Its checks wait for a person.\n%s",
                names["notebook"],
                names["student"],
                index + 1,
                death.why,
                death.log,
            )
            if not is_check(nb.cells[index]):
                # What the checks below need was not made, so they would judge something else.
                _fail_below(nb, index, death.why)
                break
            nb.cells[index].outputs = [fault_output(death.why)]
            left_out.add(index)
        return nb, resources

    def _run(self, nb: NotebookNode, folder: Path, left_out: set[int]) -> tuple[int, Death] | None:
        """Run all cells but those left out; the place of the one at which the worker died."""
        places = [index for index in _to_run(nb) if index not in left_out]
        cells = [_cell(nb.cells[index]) for index in places]
        played = play(cells, folder, seconds=self.seconds_per_cell, on_log=self.log.warning)
        # The worker first, so that it is heard to its end.
        for came, index in zip(played, places, strict=False):
            if isinstance(came, Death):
                return index, came
            nb.cells[index].outputs = from_dict(came.outputs)  # type: ignore[no-untyped-call]
            nb.cells[index].execution_count = came.number
        return None


def _to_run(nb: NotebookNode) -> list[int]:
    """Where the cells are that grading runs, by nbclient's rules."""
    return [
        index
        for index, cell in enumerate(nb.cells)
        if cell.cell_type == "code"
        and cell.source.strip()
        and NOT_RUN not in cell.metadata.get("tags", [])
    ]


def _cell(cell: NotebookNode) -> Cell:
    return Cell(cell.source, answer=bool(utils.is_solution(cell)))


def _fail_below(nb: NotebookNode, index: int, why: str) -> None:
    for cell in nb.cells[index:]:
        if is_check(cell):
            cell.outputs = [fault_output(why)]
