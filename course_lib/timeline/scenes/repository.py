"""The files that a team shares, as one folder beside a folder for each database.

As with a version control system, files of two people come together without a word as long as their
names differ: that two of them have one number, only the engine sees.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from course_lib.migrations import Problem


@dataclass
class Repository:
    """`folder` is shared; `own` names, for each database, the files that it has not pushed yet."""

    folder: Path
    own: dict[str, set[str]] = field(default_factory=dict)

    def names(self) -> list[str]:
        """The shared migrations."""
        return sorted(path.stem for path in self.folder.glob("*.sql"))

    def write(self, place: str, files: Path, name: str, text: str) -> Problem | None:
        """A new file in somebody's folder."""
        path = files / f"{name}.sql"
        if path.exists():
            return Problem("there", name, "there is such a file already", "give it another name")
        path.write_text(text, encoding="utf-8")
        self.own.setdefault(place, set()).add(path.name)
        return None

    def push(self, place: str, files: Path) -> list[str] | Problem:
        """Share what somebody wrote; the names of the files, or why not."""
        mine = sorted(self.own.get(place, set()))
        for name in mine:
            shared = self.folder / name
            if shared.exists() and shared.read_bytes() != (files / name).read_bytes():
                what = "another file of this name is shared, with another text"
                return Problem("conflict", name, what, "pull, and give yours the next free number")
        for name in mine:
            shutil.copy(files / name, self.folder / name)
        self.own[place] = set()
        return [Path(name).stem for name in mine]

    def pull(self, place: str, files: Path) -> list[str]:
        """Bring somebody's folder to what is shared; their own unpushed files stay."""
        before = {path.name for path in files.glob("*.sql")}
        shared = {path.name for path in self.folder.glob("*.sql")}
        for gone in before - shared - self.own.get(place, set()):
            (files / gone).unlink()
        for name in shared:
            shutil.copy(self.folder / name, files / name)
        return sorted(Path(name).stem for name in shared - before)

    def rename(self, place: str, files: Path, name: str, to: str) -> Problem | None:
        """Give a file another number, in somebody's folder and, once pushed, for everybody."""
        path = files / f"{name}.sql"
        if not path.exists():
            return Problem("no-file", name, "there is no such file here", "pull first")
        path.rename(files / f"{to}.sql")
        self.own.setdefault(place, set()).discard(path.name)
        self.own[place].add(f"{to}.sql")
        (self.folder / path.name).unlink(missing_ok=True)
        return None
