"""The end of what a program writes to stderr, and a program that does not end."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.notebook.frameworks import project
from course_lib.notebook.frameworks.project import run_python, without_traceback


def test_of_chained_tracebacks_the_last_words_are_kept() -> None:
    first = (
        'Traceback (most recent call last):\n  File "a", line 1\nKeyError: 1\n\nThe above ...\n\n'
    )
    second = 'Traceback (most recent call last):\n  File "b", line 2\n    f()\nError: no\n[SQL: x]'
    assert without_traceback(first + second) == ("Error: no\n[SQL: x]", 9)
    assert without_traceback("a warning\n") == ("a warning", 0)
    assert without_traceback("") == ("", 0)


def test_a_program_that_waits_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "SECONDS", 1)
    assert run_python(tmp_path, "-c", "import time; time.sleep(60)").code is None
    assert run_python(tmp_path, "-c", "input()").error.endswith(
        "EOFError: EOF when reading a line\n"
    )
