"""Run the project's checks: lint, types, the floors of the library, and the tests."""

from __future__ import annotations

import os
import subprocess
import time

from delivery.checkout import Checkout
from delivery.lab import course_environment

LINT: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)
NO_TESTS_COLLECTED = 5
# Files of tests run side by side, each whole in one process, since their tests share what is slow
# to make.
SIDE_BY_SIDE = ("--numprocesses", "auto", "--maxprocesses", "4", "--dist", "loadfile")


def lint(checkout: Checkout) -> list[str]:
    """Run every linter, even after one has failed; gives those that failed."""
    return [
        " ".join(command)
        for command in LINT
        if _run(checkout, (str(checkout.scripts / command[0]), *command[1:]), " ".join(command))
    ]


def run_tests(checkout: Checkout, *, long: bool) -> int:
    """Run the short tests, or the long ones alone. Gives pytest's exit code."""
    choice = ("-m", "long") if long else ()
    command = (str(checkout.python), "-m", "pytest", *SIDE_BY_SIDE, *choice)
    code = _run(checkout, command, "pytest")
    return 0 if code == NO_TESTS_COLLECTED and long else code


def _run(checkout: Checkout, command: tuple[str, ...], title: str) -> int:
    print(f"\n== {title}", flush=True)
    begin = time.monotonic()
    environment = course_environment(checkout, os.environ)
    code = subprocess.run(command, cwd=checkout.root, env=environment).returncode
    if title != "pytest":
        print(f"   {time.monotonic() - begin:.1f} s, exit code {code}", flush=True)
    return code
