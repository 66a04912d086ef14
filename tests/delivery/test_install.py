"""Set-up: what it installs, when it does nothing, and what it leaves when it is cut short.

A program named `uv` that these tests write stands for the installer, so that no network is needed;
tests/delivery/test_clean_clone.py runs the real ones.
"""

from __future__ import annotations

import ast
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from delivery.checkout import Checkout

ROOT = Path(__file__).resolve().parents[2]
# It notes its arguments, and makes the environment that it is asked for.
UV = f"""#!/bin/sh
echo "$*" >> "$(dirname "$0")/calls"
if [ "$1" = venv ]; then {sys.executable} -m venv --without-pip "$4"; fi
if [ "$2" = install ]; then eval "$UV_DOES"; fi
"""


class Machine:
    """A checkout of the delivery files alone, a home folder, and an installer that obeys."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "course"
        self.home = folder / "home"
        self.bin = folder / "bin"
        for path in (self.root, self.home, self.bin):
            path.mkdir()
        for name in ("bootstrap.py", "pyproject.toml", "Makefile"):
            shutil.copy(ROOT / name, self.root)
        for name in ("delivery", "requirements"):
            shutil.copytree(ROOT / name, self.root / name)
        uv = self.bin / "uv"
        uv.write_text(UV)
        uv.chmod(0o755)
        self.checkout = Checkout(self.root)

    def start(self, *arguments: str, uv_does: str = "true", **extra: str) -> subprocess.Popen[str]:
        path = os.pathsep.join([str(self.bin), "/usr/bin", "/bin"])
        environment = {"PATH": path, "HOME": str(self.home), "UV_DOES": uv_does, **extra}
        return subprocess.Popen(
            [sys.executable, "bootstrap.py", *arguments],
            cwd=self.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, uv_does: str = "true", **extra: str) -> tuple[int, str, str]:
        process = self.start(*arguments, uv_does=uv_does, **extra)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def calls(self) -> list[str]:
        noted = self.bin / "calls"
        return noted.read_text().splitlines() if noted.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def wait_for(condition: Path, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition.exists():
        assert time.monotonic() < end, f"{condition} did not appear"
        time.sleep(0.05)


def test_a_second_set_up_installs_nothing(machine: Machine) -> None:
    code, _, err = machine.run("setup")
    assert (code, err) == (0, "")
    before = machine.calls()
    assert any("-r requirements/course.txt" in call for call in before)
    code, out, _ = machine.run("setup")
    assert (code, out) == (0, "The course was installed already.\n")
    assert machine.calls() == before
    assert list(machine.home.iterdir()) == []


def test_the_test_tools_come_on_top_and_leave_the_course_installed(machine: Machine) -> None:
    machine.run("setup", "--test")
    assert any("-r requirements/test.txt" in call for call in machine.calls())
    assert machine.checkout.is_installed("test")


@pytest.mark.parametrize("name", ["requirements/course.txt", "pyproject.toml"])
def test_changed_pins_are_installed_again(machine: Machine, name: str) -> None:
    machine.run("setup")
    with (machine.root / name).open("a") as file:
        file.write("# changed\n")
    assert not machine.checkout.is_installed("course")
    before = len(machine.calls())
    machine.run("setup")
    again = machine.calls()[before:]
    assert any("-r requirements/course.txt" in call for call in again)
    assert not any(call.startswith("venv") for call in again), "the environment was still good"


def test_a_checkout_that_was_moved_gets_a_new_environment(machine: Machine) -> None:
    machine.run("setup")
    moved = machine.root.rename(machine.root.with_name("elsewhere"))
    machine.root, machine.checkout = moved, Checkout(moved)
    assert not machine.checkout.is_installed("course")
    code, _, err = machine.run("setup")
    assert (code, err) == (0, "")
    assert f"venv --python {sys.executable} {moved / '.venv'}" in machine.calls()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_set_up_cut_short_leaves_no_stamp_and_the_next_starts_afresh(
    machine: Machine, how: signal.Signals, tmp_path: Path
) -> None:
    reached = tmp_path / "reached"
    process = machine.start("setup", uv_does=f"touch {reached}; exec sleep 3")
    wait_for(reached)
    process.send_signal(how)
    _, err = process.communicate(timeout=30)
    assert process.returncode != 0
    assert "Traceback" not in err
    assert list(machine.checkout.venv.glob("installed-*")) == []
    leftover = machine.checkout.venv / "written-halfway"
    leftover.touch()
    time.sleep(3.2 if how == signal.SIGKILL else 0)  # until the orphaned installer has ended
    code, _, err = machine.run("setup")
    assert (code, err) == (0, "")
    assert machine.checkout.is_installed("course")
    assert not leftover.exists()


def test_two_set_ups_at_once_do_not_meet(machine: Machine, tmp_path: Path) -> None:
    reached = tmp_path / "reached"
    first = machine.start("setup", uv_does=f"touch {reached}; sleep 2")
    wait_for(reached)
    code, _, err = machine.run("setup")
    assert code == 1
    assert err.startswith("Another set-up of this checkout is still running")
    first.communicate(timeout=30)
    assert first.returncode == 0


def test_an_installer_that_refuses_is_quoted_and_leaves_the_environment(machine: Machine) -> None:
    code, _, err = machine.run("setup", uv_does="echo 'no space left'; exit 2")
    assert code == 1
    assert err.startswith("no space left\nThe course's packages could not be installed;")
    assert not machine.checkout.is_installed("course")
    before = len(machine.calls())
    assert machine.run("setup")[0] == 0
    assert not any(call.startswith("venv") for call in machine.calls()[before:])


def test_without_network_pip_ends_in_one_sentence(machine: Machine) -> None:
    (machine.bin / "uv").unlink()
    # A port on which nothing listens; the environment has the last word over pip's own settings.
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}
    code, _, err = machine.run("lab", PIP_CONFIG_FILE=os.devnull, **nowhere)
    assert code == 1
    assert err.startswith("The course's packages could not be installed, because the package index")
    assert err.count("\n") == 1
    assert "run the same command again" in err


def test_bootstrap_is_read_by_old_pythons_and_gives_them_one_sentence() -> None:
    text = (ROOT / "bootstrap.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 4))
    old = f"import sys; sys.version_info = (3, 10, 4); exec({text!r})"
    done = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("Up & Down needs Python 3.11 or newer; this is Python ")
    assert done.stderr.count("\n") == 1


def test_make_names_the_same_commands_as_bootstrap(machine: Machine) -> None:
    listed = subprocess.run(
        [
            "make",
            "--dry-run",
            "--no-print-directory",
            "lab",
            "test",
            "test-long",
            "lint",
            "pins",
            "ARGS=--no-browser",
        ],
        cwd=machine.root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line.split(maxsplit=1)[1] for line in listed.stdout.splitlines()] == [
        "bootstrap.py lab -- --no-browser",
        "bootstrap.py test",
        "bootstrap.py test-long",
        "bootstrap.py lint",
        "bootstrap.py pins --no-browser",
    ]
