"""Where things are in one checkout, and whether what its pins ask for is installed."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Level = Literal["course", "test"]
"""What an environment is for: running the course, or testing it as well."""

PINS: dict[Level, tuple[str, ...]] = {
    "course": ("requirements/course.txt",),
    "test": ("requirements/course.txt", "requirements/test.txt"),
}


class SetupFailed(Exception):
    """Set-up cannot go on. The text is one sentence or two for the person at the terminal."""


@dataclass(frozen=True)
class Checkout:
    """A folder that holds the course. Everything that set-up writes stays inside it."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"

    @property
    def scripts(self) -> Path:
        return self.venv / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        return self.scripts / ("python.exe" if os.name == "nt" else "python")

    @property
    def unfinished(self) -> Path:
        """Exists while packages are being installed; left behind when that was cut short."""
        return self.cache / "setup-unfinished"

    def stamp(self, level: Level) -> Path:
        return self.venv / f"installed-{level}"

    def digest(self, level: Level) -> str:
        """What `level` has to be installed again for: the pins, the project, the Python, the place.

        The place counts because a virtual environment does not survive being moved.
        """
        digest = hashlib.sha256(f"{sys.version}\n{self.root}\n".encode())
        for name in (*PINS[level], "pyproject.toml"):
            digest.update((self.root / name).read_bytes())
        return digest.hexdigest()

    def is_installed(self, level: Level) -> bool:
        """Whether `level` is installed, as the pins are now. Reads two or three small files."""
        stamp = self.stamp(level)
        return (
            self.python.exists()
            and not self.unfinished.exists()
            and stamp.is_file()
            and stamp.read_text(encoding="ascii") == self.digest(level)
        )
