"""What Binder makes of this repository, asked of repo2docker itself (no image is built)."""

from __future__ import annotations

import contextlib
import os
import subprocess
from pathlib import Path

import pytest
from repo2docker.app import Repo2Docker
from repo2docker.buildpacks.base import BuildPack

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def picked() -> BuildPack:
    app = Repo2Docker()
    with contextlib.chdir(ROOT):
        for kind in [*app.buildpacks, app.default_buildpack]:
            pack = kind(base_image=app.base_image)
            pack.platform = "linux/amd64"
            if pack.detect():
                # These are read from the files, so they have to be asked for in this folder.
                pack.found = (type(pack).__name__, pack.python_version)
                pack.dockerfile = pack.render()
                return pack
    raise AssertionError("repo2docker picked nothing")


def test_binder_takes_the_conda_environment_with_python_3_12(picked: BuildPack) -> None:
    assert picked.found == ("CondaBuildPack", "3.12")
    assert picked.binder_dir == "binder"


def test_binder_runs_the_two_scripts(picked: BuildPack) -> None:
    assert "RUN ./binder/postBuild" in picked.dockerfile
    assert "binder/start" in picked.dockerfile


def test_the_environment_stays_cached_between_commits(picked: BuildPack) -> None:
    # repo2docker copies the repository before it installs as soon as a pin is a local path.
    copied = picked.dockerfile.index("COPY --chown=1000:1000 src/ ${REPO_DIR}")
    assert picked.dockerfile.index("binder/environment.yml") < copied


@pytest.mark.parametrize("name", ["postBuild", "start"])
def test_the_scripts_can_be_run(name: str) -> None:
    assert os.access(ROOT / "binder" / name, os.X_OK)


def test_start_marks_binder_gives_the_course_settings_and_runs_what_it_is_given() -> None:
    show = 'printf "%s\\n" "$UPDOWN_ON_BINDER" "$JUPYTER_CONFIG_PATH" "$1"'
    done = subprocess.run(
        [ROOT / "binder" / "start", "bash", "-c", show, "name", "an argument with blanks"],
        env={**os.environ, "JUPYTER_CONFIG_PATH": "elsewhere"},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["1", f"{ROOT / 'etc'}:elsewhere", "an argument with blanks"]
