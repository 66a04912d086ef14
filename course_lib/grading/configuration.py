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
from nbgrader.preprocessors import GetGrades  # type: ignore[import-untyped]

from course_lib.grading.feedback import ClearCheckCells, ClearWidgets
from course_lib.grading.graft import NOT_RUN, GraftAnswers
from course_lib.grading.marks import ExportMarks, forget_marks
from course_lib.grading.release import RefuseMadeByRunning, release_steps
from course_lib.grading.stubs import CODE_STUBS

COURSE_ID = "up-and-down"
SECONDS_PER_CELL = 60


def configure(c: Any, folder: Path) -> None:
    """Set nbgrader up for the course in `folder`.

    `c` is traitlets' configuration object, as in any `nbgrader_config.py`; `folder` holds
    `source/`, `specs/` and `secret.txt`. Makes the folder's exchange, and sets `UPDOWN_COURSE`,
    `PATH` and `PYTHONSAFEPATH` in this process's environment, for the programs that nbgrader
    starts. Where the platform has no POSIX permissions it ends the program with one sentence.
    """
    if os.name != "posix":
        sys.exit(
            "Grading needs a POSIX system (Linux, macOS, or WSL on Windows), and this one is not:"
            " nothing was graded. The course itself runs here."
        )
    folder = folder.resolve()
    os.environ["UPDOWN_COURSE"] = str(folder)
    _find_programs()
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
    ]
    c.Exchange.root = str(_make_exchange(folder))

    c.ClearSolutions.code_stub = CODE_STUBS
    c.GenerateAssignment.preprocessors = [RefuseMadeByRunning, *release_steps()]

    c.Autograde.pre_convert_hook = _forget_marks(c)
    c.Autograde.sanitize_preprocessors = [
        GraftAnswers,
        *Autograde.sanitize_preprocessors.default_args[0],
    ]
    run, *afterwards = Autograde.autograde_preprocessors.default_args[0]
    c.Autograde.autograde_preprocessors = [run, ClearWidgets, *afterwards]
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
    c.GenerateFeedback.preprocessors = [GetGrades, ClearCheckCells, CSSHTMLHeaderPreprocessor]


def _forget_marks(c: Any) -> Callable[..., None]:
    def hook(*, assignment: str, notebooks: list[str], **_: object) -> None:
        # Asked for only now: the course's own lines may name another gradebook after `configure`.
        forget_marks(CourseDirectory(config=c).db_url, assignment, notebooks)

    return hook


def _find_programs() -> None:
    """Put this environment's programs on the path: nbgrader runs `alembic` for a new gradebook, and
    an environment that is not activated has it nowhere."""
    scripts = sysconfig.get_path("scripts")
    path = os.environ.get("PATH", os.defpath)
    if scripts not in path.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, path])


def _make_exchange(folder: Path) -> Path:
    """The folder's own exchange, open to every account of the machine as nbgrader asks."""
    exchange = folder / "exchange"
    if not exchange.exists():
        exchange.mkdir()
        exchange.chmod(0o777)
    return exchange
