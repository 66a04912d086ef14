"""The engine and its command run where DuckDB is the only package."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def only_duckdb(tmp_path: Path) -> Path:
    """A folder of packages that holds DuckDB and this library, and nothing else."""
    for name in ("duckdb", "_duckdb"):
        found = importlib.util.find_spec(name)
        assert found is not None and found.origin is not None
        origin = Path(found.origin)
        source = origin.parent if origin.name == "__init__.py" else origin
        (tmp_path / source.name).symlink_to(source)
        for metadata in source.parent.glob("duckdb-*.dist-info"):
            # DuckDB reads its own version from here.
            if not (tmp_path / metadata.name).exists():
                (tmp_path / metadata.name).symlink_to(metadata)
    (tmp_path / "course_lib").symlink_to(ROOT / "course_lib")
    return tmp_path


def run_alone(packages: Path, code: str) -> subprocess.CompletedProcess[str]:
    start = f"import sys; sys.path.append({str(packages)!r}); "
    # -S leaves the installed packages out, -I the current folder and the environment.
    command = [sys.executable, "-I", "-S", "-c", start + code]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_engine_imports_without_any_other_package(only_duckdb: Path) -> None:
    done = run_alone(only_duckdb, "import course_lib.migrations")
    assert done.returncode == 0, done.stderr


def test_the_updown_command_starts_without_any_other_package(only_duckdb: Path) -> None:
    code = "sys.argv = ['updown', '--help']; from course_lib.cli import main; sys.exit(main())"
    done = run_alone(only_duckdb, code)
    assert done.returncode == 0, done.stderr
    assert "rehearse" in done.stdout


def test_jupyter_really_is_out_of_reach_in_these_tests(only_duckdb: Path) -> None:
    assert "No module named 'ipywidgets'" in run_alone(only_duckdb, "import ipywidgets").stderr
