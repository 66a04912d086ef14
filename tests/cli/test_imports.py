"""A command loads what it uses: who migrates their own database starts nothing of the course."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .project import FIRST, make_project

LOADED = """
import sys
from course_lib.cli import main

code = main(sys.argv[1:])
of_ours = {".".join(name.split(".")[:2]) for name in sys.modules if name.startswith("course_lib.")}
print(code, *sorted(of_ours), file=sys.stderr)
"""


@pytest.mark.parametrize("command", ["status", "up", "plan", "verify", "log"])
def test_a_command_of_the_engine_loads_nothing_of_the_course(tmp_path: Path, command: str) -> None:
    project = make_project(tmp_path, ("001_make_users.sql", FIRST))
    done = subprocess.run(
        [sys.executable, "-c", LOADED, command], cwd=project, capture_output=True, text=True
    )
    code, *loaded = done.stderr.splitlines()[-1].split()
    assert code in ("0", "1"), done.stderr
    assert set(loaded) <= {"course_lib.cli", "course_lib.migrations", "course_lib.counted"}
