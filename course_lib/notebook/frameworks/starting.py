"""The first files of a tool's project, and the command that makes its database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import LessonError
from .project import run_python, without_traceback


def started(folder: Path, files: Mapping[str, str], *words: str) -> None:
    """Write `files` below `folder`, then run Python with `words` there.

    Raises LessonError where that ends in an error, with its last words.
    """
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    ran = run_python(folder, *words)
    if ran.code != 0:
        said, _ = without_traceback(ran.error)
        raise LessonError(
            f"`python {' '.join(words)}` did not start ({said or 'it said nothing'}). Install the"
            " course's packages anew with `python3 bootstrap.py lab`, then run this cell again."
        )
