"""nbgrader's configuration for this course; the course folder's `nbgrader_config.py` calls it."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.converters import Autograde  # type: ignore[import-untyped]
from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]
from nbgrader.preprocessors import CheckCellMetadata, SaveAutoGrades  # type: ignore[import-untyped]

from course_lib.grading.autograde import use_for_autograde
from course_lib.grading.cell_metadata import CheckMetadata
from course_lib.grading.class_file import NONE, ClassFileError, read_choices
from course_lib.grading.exchange import exchange_root
from course_lib.grading.exchange_steps import use_exchange
from course_lib.grading.feedback import ClearCheckCells, ClearWidgets
from course_lib.grading.feedback_page import FeedbackPage, GetMarks
from course_lib.grading.graft import NOT_RUN, GraftAnswers
from course_lib.grading.marks import ExportMarks, SaveMarks, forget_marks
from course_lib.grading.release import RefuseMadeByRunning, release_steps
from course_lib.grading.replay import SECONDS_PER_CELL, Replay
from course_lib.grading.stubs import CODE_STUBS
from course_lib.grading.submission_exporter import SubmissionExporter

COURSE_ID = "up-and-down"
STAMP = ".updown-graded.json"
"""A file of a graded folder that says of which inputs it is the result; no learner gets it."""


def configure(c: Any, folder: Path) -> None:
    """Set nbgrader up for the course in `folder`.

    `c` is traitlets' configuration object, as in any `nbgrader_config.py`; `folder` holds
    `source/`, `specs/` and `secret.txt`, and may hold `class.toml`. Makes the folder's exchange,
    and sets `UPDOWN_COURSE`, `PATH` and `PYTHONSAFEPATH` in this process's environment, for the
    programs that nbgrader starts. Where the platform has no POSIX permissions, or `class.toml`
    cannot be read, it ends the program with one sentence.
    """
    if os.name != "posix":
        sys.exit(
            "Grading needs a POSIX system (Linux, macOS, or WSL on Windows), and this one is not:"
            " nothing was graded. The course itself runs here."
        )
    folder = folder.resolve()
    os.environ["UPDOWN_COURSE"] = str(folder)
    find_programs()
    c.CourseDirectory.root = str(folder)
    c.CourseDirectory.course_id = COURSE_ID
    # Databases are made anew from world.sql, so that grading never depends on a submitted one.
    c.CourseDirectory.ignore = [
        ".ipynb_checkpoints",
        "*.pyc",
        "__pycache__",
        "feedback",
        "earlier",
        "*.duckdb*",
        ".updown-shadow-*",
        STAMP,
    ]
    try:
        choices = read_choices(folder)
        c.Exchange.root = str(exchange_root(folder))
        use_exchange(c, exists=choices.exchange != NONE)
        if choices.gradebook:
            c.CourseDirectory.db_url = choices.gradebook
    except ClassFileError as error:
        sys.exit(str(error))

    c.ClearSolutions.code_stub = CODE_STUBS
    c.GenerateAssignment.preprocessors = [RefuseMadeByRunning, *release_steps()]

    use_for_autograde()
    c.Autograde.exporter_class = SubmissionExporter
    c.Autograde.pre_convert_hook = _forget_marks(c)
    sanitize = Autograde.sanitize_preprocessors.default_args[0]
    c.Autograde.sanitize_preprocessors = [GraftAnswers, *_ours(sanitize)]
    c.Autograde.autograde_preprocessors = grading_steps(Replay)
    # For who puts nbgrader's own `Execute` back in the place of the replay.
    c.Execute.timeout = SECONDS_PER_CELL
    # A submitted duckdb.py or ipykernel_launcher.py would run in place of the installed one.
    os.environ["PYTHONSAFEPATH"] = "1"
    c.Execute.extra_arguments = [
        "--InteractiveShellApp.ignore_cwd=True",
        "--IPKernelApp.log_level=ERROR",
    ]
    # Only tags of the released notebook are left when cells run; a learner's are not.
    c.NotebookClient.skip_cells_with_tag = NOT_RUN
    c.NotebookClient.store_widget_state = False
    c.ExportApp.plugin_class = ExportMarks
    c.GenerateFeedback.exporter_class = FeedbackPage
    c.GenerateFeedback.preprocessors = [GetMarks, ClearCheckCells, CSSHTMLHeaderPreprocessor]


def grading_steps(run: type) -> list[type]:
    """The steps after the graft: `run` is the one that runs the notebook, `Replay` or nbgrader's
    `Execute`. Both give the same marks."""
    _, *stock = Autograde.autograde_preprocessors.default_args[0]
    return [run, ClearWidgets, *_ours(stock)]


def _ours(stock: list[type]) -> list[type]:
    """nbgrader's steps, with ours in the place of two of them."""
    return [{SaveAutoGrades: SaveMarks, CheckCellMetadata: CheckMetadata}.get(s, s) for s in stock]


def _forget_marks(c: Any) -> Callable[..., None]:
    def hook(*, assignment: str, notebooks: list[str], **_: object) -> None:
        # Asked for only now: the course's own lines may name another gradebook after `configure`.
        forget_marks(CourseDirectory(config=c).db_url, assignment, notebooks)

    return hook


def find_programs() -> None:
    """Put this environment's programs on the path: nbgrader runs `alembic` for a new gradebook, and
    an environment that is not activated has it nowhere."""
    scripts = sysconfig.get_path("scripts")
    path = os.environ.get("PATH", os.defpath)
    if scripts not in path.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, path])
