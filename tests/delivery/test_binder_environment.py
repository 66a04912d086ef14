"""Binder's image without docker: its list of packages in a clean environment, then its two scripts.

It downloads every package, with pip, as Binder does.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import yaml

from tests.lab_server import QUIET, serve

ROOT = Path(__file__).resolve().parents[2]
LESSON = "04-adding-a-column"
FOREIGN = ("JUPYTER", "IPYTHON", "VIRTUAL_ENV", "PYTHON", "UPDOWN", "CONDA")

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]


def binder_python() -> tuple[str, list[str]]:
    """The Python that binder/environment.yml names, else the one that runs this; its pip list."""
    wanted = yaml.safe_load((ROOT / "binder" / "environment.yml").read_text(encoding="utf-8"))
    [python] = [one for one in wanted["dependencies"] if str(one).startswith("python=")]
    [pins] = [one["pip"] for one in wanted["dependencies"] if isinstance(one, dict)]
    found = shutil.which(f"python{python.removeprefix('python=')}")
    # A shim of a version manager is found too, and may have no such Python behind it.
    starts = found and subprocess.run([found, "-c", ""], capture_output=True).returncode == 0
    return found if found and starts else sys.executable, pins


def run(command: list[str | Path], folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_list_installs_and_the_scripts_make_a_course_that_runs(tmp_path: Path) -> None:
    python, pins = binder_python()
    home, image, clone = tmp_path / "home", tmp_path / "image", tmp_path / "clone"
    home.mkdir()
    outer = {name: text for name, text in os.environ.items() if not name.startswith(FOREIGN)}
    run([python, "-m", "venv", image], tmp_path, outer)
    environment = {
        **outer,
        "HOME": str(home),
        "PATH": os.pathsep.join([str(image / "bin"), outer["PATH"]]),
    }
    (tmp_path / "list.txt").write_text("\n".join(pins) + "\n", encoding="utf-8")
    # The index that this machine is set up for is named in the outer home folder.
    run(["pip", "install", "--no-input", "-r", "list.txt"], tmp_path, {**environment, **_home()})
    assert "No broken requirements found." in run(["pip", "check"], tmp_path, environment)

    run(["git", "clone", "--quiet", ROOT, clone], tmp_path, outer)
    run([clone / "binder" / "postBuild"], clone, {**environment, **_home()})
    assert run(["updown", "--version"], clone, environment).startswith("updown ")

    lab = [str(clone / "binder" / "start"), "jupyter", "lab", "--allow-root", *QUIET]
    with serve(lab, clone, environment, seconds=300) as server:
        assert "/lab/tree/notebooks/00-start.ipynb" in server.start
        page = server.url("/api/contents/notebooks/00-start.ipynb")
        with urllib.request.urlopen(page, timeout=60) as answer:
            assert json.load(answer)["type"] == "notebook"

    notebook = clone / "notebooks" / LESSON / f"{LESSON}.ipynb"
    execute = ["jupyter", "nbconvert", "--to", "notebook", "--execute", "--stdout", str(notebook)]
    told = run([clone / "binder" / "start", *execute], clone, environment)
    kinds = {
        output["output_type"]
        for cell in json.loads(told)["cells"]
        for output in cell.get("outputs", [])
    }
    assert kinds and "error" not in kinds


def _home() -> dict[str, str]:
    return {"HOME": os.environ["HOME"]} if "HOME" in os.environ else {}
