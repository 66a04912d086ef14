"""Commands that need the course's notebooks, which the engine alone does not bring."""

from __future__ import annotations

import sys
from collections.abc import Callable


def run_with_notebooks(do: Callable[[], tuple[object, bool]]) -> int:
    """Print what `do` gives: what was done, and whether that is all that was asked for.

    `do` imports what it needs itself: the engine's commands run where Jupyter is not installed. 0:
    all was done. 1: a part was refused, or everything, or a package is missing; said in a sentence.
    """
    try:
        from course_lib.notebook.errors import LessonError

        try:
            done, whole = do()
        except LessonError as refusal:
            print(refusal, file=sys.stderr)
            return 1
    except ModuleNotFoundError as error:
        print(
            f"The course's notebooks need the package {error.name}, which is not installed. "
            'Install the course with its extra: pip install ".[notebook]".',
            file=sys.stderr,
        )
        return 1
    print(done)
    return 0 if whole else 1
