"""Whether a submission has to be graded again: what its grading depended on, kept with its result.

The stamp lies in the graded folder, and goes with it when nbgrader's own commands grade anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import course_lib
from course_lib.classroom.marks_kept import Marks
from course_lib.grading.autograde import taken_along
from course_lib.grading.configuration import STAMP
from course_lib.grading.submission import read_whole
from course_lib.whole_file import write_whole

_NOT_GRADING = ("cli", "classroom", "authoring", "insight")
"""Rooms of the library that neither marks nor feedback depend on."""


@dataclass(frozen=True)
class Stamp:
    """`inputs` is the hash of all that the marks depend on, `run` names the run that graded.

    `automatic` are the marks as they were saved, by cell; `unreadable` and `why` (by cell) are what
    grading noted.
    """

    inputs: str
    run: str
    automatic: Mapping[str, float | None]
    due: str
    unreadable: str
    why: Mapping[str, str]

    def holds(self, inputs: str, marks: Marks | None) -> bool:
        """Whether grading again would give the marks that the gradebook has."""
        return (
            marks is not None
            and self.inputs == inputs
            and self.automatic == marks.automatic
            and self.due == str(marks.due)
        )


def read_stamp(graded: Path) -> Stamp | None:
    """The stamp of a graded folder; None where there is none that can be read."""
    try:
        return Stamp(**json.loads((graded / STAMP).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_stamp(graded: Path, stamp: Stamp) -> None:
    """Write it whole or not at all."""
    write_whole(graded / STAMP, json.dumps(asdict(stamp)))


def hash_inputs(course: Path, submitted: Path, lesson: str, notebooks: Sequence[str]) -> str:
    """A hash of the files that the marks of a submission depend on, and of the programs' versions.

    `submitted` is the submission's folder, below that of all; `notebooks` are the lesson's.
    """
    found = sha256()
    for name, content in _inputs(course, submitted, lesson, notebooks):
        found.update(f"{len(name)} {name} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()


def _inputs(
    course: Path, submitted: Path, lesson: str, notebooks: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    everybodys = submitted.parents[1]
    for name in notebooks:
        yield f"submitted {name}", read_whole(submitted / f"{name}.ipynb", everybodys)
    for path in taken_along(submitted, everybodys):
        yield f"beside {path.relative_to(submitted)}", path.read_bytes()
    yield "versions", _versions().encode()
    for folder in ("source", "release", "specs"):
        for path in sorted((course / folder / lesson).rglob("*")):
            if path.is_file():
                yield path.relative_to(course).as_posix(), path.read_bytes()
    for name in ("secret.txt", "nbgrader_config.py"):
        path = course / name
        yield name, path.read_bytes() if path.is_file() else b""


@cache
def _versions() -> str:
    """The versions of DuckDB and nbgrader, and a hash of the code that grades."""
    own = sha256()
    root = Path(course_lib.__file__).parent
    for path in sorted(root.rglob("*.py")):
        room = path.relative_to(root).parts[0]
        if room not in _NOT_GRADING:
            own.update(path.read_bytes())
    return f"{version('duckdb')} {version('nbgrader')} {own.hexdigest()}"
