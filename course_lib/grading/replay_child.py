"""The replay of one submission, in a process of its own: reads cells, writes what they show.

The input is one JSON object: `cells`, a list of [source, is_answer], `limits`, `folder`, where the
cells run, and `own`, a folder for files of this process. The output is a line of JSON for each
cell, in their order: [outputs, number of the cell]. A death says the rest.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager

from course_lib.exercises.box.walls import lacking_walls
from course_lib.exercises.limits import Limits, apply_limits
from course_lib.migrations import Step, describe

LOADED = (
    "course_lib.notebook",
    "course_lib.notebook.cell_runner",
    "course_lib.quiz",
    "course_lib.notebook.timeline_cell",
    "course_lib.widgets",
    "IPython.core.application",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.crashhandler",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "encodings.utf_8_sig",
    "bdb",
)
"""What cells of lessons import, and IPython only when a shell is made."""


def load() -> None:
    """Import what a replay needs, so that a fork has it. Opens nothing."""
    for name in LOADED:
        import_module(name)
    # Python keeps each pattern that it has read: those that describe a step, and take a cell apart.
    describe(Step("SELECT 1", "SELECT", 1))
    TransformerManager().transform_cell("1")  # type: ignore[no-untyped-call]


def replay() -> None:
    """Run the cells that the standard input names."""
    job = json.load(sys.stdin)
    # What a cell or a library prints past Python must not get between the lines of the answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.chdir(job["folder"])
    os.environ["TMPDIR"], tempfile.tempdir = job["own"], None
    missing = apply_limits(Limits(**job["limits"]))
    if missing:
        print(f"no limit on {', '.join(missing)} on this system", file=sys.stderr, flush=True)
    from course_lib.notebook.cell_runner import CellRunner

    runner = CellRunner(Path(job["own"]))
    for source, is_answer in job["cells"]:
        outputs = runner.run_answer(source) if is_answer else runner.run(source)
        answers.write(json.dumps([outputs, runner.count], default=str) + "\n")
        answers.flush()
    for sentence in lacking_walls():
        print(sentence, file=sys.stderr)
    answers.close()
