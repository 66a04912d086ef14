"""The program that replays one submission: reads cells from its input, writes what they show.

The input is one JSON object: `cells`, a list of [source, is_answer], `limits`, and `own`, a folder
for its own files. The output is a line of JSON for each cell, in their order: [outputs, number of
the cell]. A death says the rest.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from course_lib.exercises.box.walls import lacking_walls
from course_lib.exercises.limits import Limits, apply_limits


def main() -> None:
    """Run the cells of the input in the current folder."""
    job = json.load(sys.stdin)
    # What a cell or a library prints past Python must not get between the lines of the answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    missing = apply_limits(Limits(**job["limits"]))
    if missing:
        print(f"no limit on {', '.join(missing)} on this system", file=sys.stderr, flush=True)
    from course_lib.notebook.cell_runner import CellRunner  # under the limits already

    runner = CellRunner(Path(job["own"]))
    for source, is_answer in job["cells"]:
        outputs = runner.run_answer(source) if is_answer else runner.run(source)
        json.dump([outputs, runner.count], answers, default=str)
        answers.write("\n")
        answers.flush()
    for sentence in lacking_walls():
        print(sentence, file=sys.stderr)


if __name__ == "__main__":
    main()
