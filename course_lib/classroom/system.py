"""What the machine has to offer: Python, the packages at their pins, and limits on programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import course_lib
from course_lib.classroom.finding import Finding, note, stops

OLDEST_PYTHON = (3, 11)
CHECKOUT = Path(course_lib.__file__).parents[1]
_SETUP = "run `python3 bootstrap.py setup` in the checkout"
_TRY_LIMITS = """\
import dataclasses, json, sys
from course_lib.exercises.limits import Limits, apply_limits
print(json.dumps(apply_limits(Limits(**json.loads(sys.argv[1])))))
"""


def look_at_python(python: tuple[int, ...] = tuple(sys.version_info[:3])) -> Iterator[Finding]:
    """Whether the program that runs this is one that the course runs with, on such a system."""
    shown = ".".join(map(str, python))
    if python < OLDEST_PYTHON:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        yield stops("python", sys.executable, f"it is Python {shown}", f"use {oldest} or newer")
    if os.name != "posix":
        what = "grading needs a POSIX system, and this one is not"
        yield stops("system", "", what, "grade on Linux, macOS or WSL")


def read_pins(checkout: Path = CHECKOUT) -> tuple[str, ...]:
    """The packages that grading needs, as requirements: those of a checkout at their pins, else
    those of the installed package, with the versions that it allows."""
    pins = checkout / "requirements" / "course.txt"
    if pins.is_file():
        lines = pins.read_text(encoding="utf-8").splitlines()
        return tuple(line for line in lines if line.strip() and not line.startswith("#"))
    asked = requires("up-and-down") or []
    return tuple(one for one in asked if 'extra == "test"' not in one)


def look_at_packages(pins: Iterable[str]) -> Iterator[Finding]:
    """Each package that is missing, and in one finding those that have another version."""
    try:
        from packaging.requirements import Requirement
    except ModuleNotFoundError:
        yield stops("packages", "packaging", "this package is not installed", _SETUP)
        return
    others = []
    for pin in map(Requirement, pins):
        if pin.marker is not None and not any(
            pin.marker.evaluate({"extra": extra}) for extra in ("", "notebook", "class")
        ):
            continue
        try:
            there = version(pin.name)
        except PackageNotFoundError:
            yield stops("packages", pin.name, "this package is not installed", _SETUP)
            continue
        if not pin.specifier.contains(there, prereleases=True):
            others.append(f"{pin.name} {there} (tested with {pin.specifier})")
    if others:
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        what = f"other versions than the tested ones: {', '.join(others[:5])}{more}"
        yield note("packages", "", what, f"{_SETUP} for the tested ones")


def look_at_limits() -> Iterator[Finding]:
    """Which bounds on a program this system lacks: tried in a process, since they stay."""
    from course_lib.exercises.box import missing_walls
    from course_lib.grading.worker_process import LIMITS

    done = subprocess.run(
        [sys.executable, "-c", _TRY_LIMITS, json.dumps(asdict(LIMITS))],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )
    step = "grade in a container or under an account of its own, or know that it is so"
    if done.returncode:
        what = "a program with limits did not come to its end"
        yield stops("limits", "", what, "grade on a system that has setrlimit")
    elif lacking := json.loads(done.stdout):
        yield note("limits", "", f"this system sets no limit on {', '.join(lacking)}", step)
    for sentence in missing_walls():
        text = sentence.rstrip(".")
        yield note("limits", "", text[0].lower() + text[1:], step)
