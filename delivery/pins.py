"""The pins: `requirements/*.txt` are their one place; both environment.yml files are made of them.

Binder ignores the root folder as soon as `binder/` exists, and a link would not survive a checkout
on Windows, so `binder/environment.yml` is an equal copy.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from delivery.checkout import Checkout, SetupFailed

ENVIRONMENT_FILES = ("environment.yml", "binder/environment.yml")
CONDA_PYTHON = "3.12"
OLDEST_PYTHON = "3.11"


def environment_text(course_pins: str) -> str:
    """The conda environment for the text of requirements/course.txt: conda has Python and pip only.

    Every package comes from pip at its exact pin, so that conda, uv and pip give the same course.
    """
    lines = [
        "# Made from requirements/course.txt by `python3 bootstrap.py pins`; edit that file.",
        "name: up-and-down",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        f"  - python={CONDA_PYTHON}",
        "  - pip",
        "  - pip:",
    ]
    lines += [f'      - "{pin}"' for pin in course_pins.splitlines() if pin.strip()]
    return "\n".join(lines) + "\n"


def write_pins(checkout: Checkout, *, upgrade: bool) -> None:
    """Write both environment.yml files; with `upgrade`, choose new pins with uv before that."""
    if upgrade:
        _compile(checkout)
    course = (checkout.root / "requirements/course.txt").read_text(encoding="utf-8")
    for name in ENVIRONMENT_FILES:
        (checkout.root / name).write_text(environment_text(course), encoding="utf-8")


def _compile(checkout: Checkout) -> None:
    """Newest versions for the course; then, with those held, what the tests need on top."""
    uv = shutil.which("uv")
    if uv is None:
        raise SetupFailed(
            "New pins are chosen by uv, and there is no uv on the PATH, so the pins were left as "
            "they are. Install uv, then run `python3 bootstrap.py pins --upgrade` again."
        )
    requirements = checkout.root / "requirements"
    course = _resolve(uv, checkout.root, "notebook", "class")
    (requirements / "course.txt").write_text(course, encoding="utf-8")
    held = ("--constraint", "requirements/course.txt")
    extras = ("notebook", "class", "postgresql", "dask", "test")
    everything = _resolve(uv, checkout.root, *extras, options=held)
    in_course = set(course.splitlines())
    on_top = [pin for pin in everything.splitlines() if pin not in in_course]
    (requirements / "test.txt").write_text("\n".join(on_top) + "\n", encoding="utf-8")


def _resolve(uv: str, root: Path, *extras: str, options: tuple[str, ...] = ()) -> str:
    command = [uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--upgrade"]
    command += ["--no-header", "--no-annotate", "--python-version", OLDEST_PYTHON, *options]
    command += [part for extra in extras for part in ("--extra", extra)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if done.returncode:
        raise SetupFailed(
            f"{done.stderr.strip()}\nuv found no set of versions that fits pyproject.toml, so the "
            "pins were left as they are. Loosen what it names above, then run this again."
        )
    return done.stdout
