"""A clean clone, an empty home folder, one command: the page is served, and nothing else changed.

It downloads every package: with pip, and with uv where that is on the PATH.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.lab_server import QUIET, LabServer, serve

ROOT = Path(__file__).resolve().parents[2]
FOREIGN = ("JUPYTER", "IPYTHON", "VIRTUAL_ENV", "PIP_CACHE_DIR", "UV_CACHE_DIR", "XDG_")
# Much more than Jupyter's own start takes on a busy machine, much less than an installation.

pytestmark = [pytest.mark.long, pytest.mark.timeout(1200)]


def hide_uv(path: str) -> str:
    folders = path.split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if not shutil.which("uv", path=folder))


@pytest.mark.parametrize("installer", ["pip", "uv"])
def test_make_lab_serves_the_page_and_leaves_the_home_folder_empty(
    tmp_path: Path, installer: str
) -> None:
    if installer == "uv" and shutil.which("uv") is None:
        pytest.skip("uv is not on the PATH")
    clone, home = tmp_path / "course", tmp_path / "home"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    home.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)}
    environment["HOME"] = str(home)
    if installer == "pip":
        environment["PATH"] = hide_uv(environment["PATH"])
    command = ["make", "lab", f"ARGS={' '.join(QUIET)}"]

    with serve(command, clone, environment, seconds=600) as lab:
        assert "Installing the course's packages" in lab.said
        assert_the_start_page_is_served(lab)
    with serve(command, clone, environment) as lab:
        assert "Installing" not in lab.said
        assert_the_start_page_is_served(lab)

    assert [str(path) for path in home.rglob("*")] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course", "home"]
    changed = ["git", "status", "--porcelain"]
    assert subprocess.run(changed, cwd=clone, capture_output=True, text=True).stdout == ""


def assert_the_start_page_is_served(lab: LabServer) -> None:
    with urllib.request.urlopen(lab.start, timeout=60) as answer:
        assert answer.status == 200
        assert "/lab/tree/notebooks/00-start.ipynb" in answer.url
    with urllib.request.urlopen(lab.url("/api/contents/notebooks/00-start.ipynb")) as answer:
        assert answer.status == 200
