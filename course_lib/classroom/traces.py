"""What a class keeps of one learner, and where. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry  # type: ignore[import-untyped]
from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]
from nbgrader.utils import notebook_hash  # type: ignore[import-untyped]

from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.csv_lines import lines_of
from course_lib.classroom.roster import COLUMNS, ROSTER, Learner, read_roster
from course_lib.classroom.start import EARLIER
from course_lib.classroom.worker_pool import LOG
from course_lib.grading.extensions import EXTENSIONS
from course_lib.grading.lock import OWN_FOLDER
from course_lib.whole_file import unfinished

_MADE = (
    *("marks-*.csv", "grades.csv", "insight/*.html", "insight/*.csv"),
    f"{OWN_FOLDER}/{LOG}",
    *(f".ipynb_checkpoints/{name}-checkpoint.*" for name in ("roster", "extensions", "grades")),
    ".ipynb_checkpoints/marks-*-checkpoint.csv",
    *(
        unfinished(Path(name)).as_posix()
        for name in ("marks-*.csv", "grades.csv", "insight/*", ROSTER, EXTENSIONS)
    ),
    ".collect-*",
)
"""Files about many learners: made anew by a command, a copy, or what a killed command left."""

_NAMED = (".ipynb", ".html")
"""Files whose name nbgrader calls a page in the exchange by, together with the secret."""


@dataclass(frozen=True)
class Rows:
    """What the gradebook has of a learner, in numbers."""

    submissions: int
    marks: int
    comments: int


@dataclass(frozen=True)
class Traces:
    """`rows` is None for who is not in the gradebook.

    `own` are folders and files of the learner alone. `lists` are CSV files with lines of theirs,
    each with the name of the column that has the id, and how many lines; `damaged` are old copies
    of such files that cannot be read. `made` are files of many learners, to be deleted whole.
    """

    learner: Learner
    rows: Rows | None
    own: tuple[Path, ...]
    lists: tuple[tuple[Path, str, int], ...]
    damaged: tuple[Path, ...]
    made: tuple[Path, ...]

    @property
    def is_known(self) -> bool:
        """Whether the class has such a learner at all."""
        return bool(self.rows or self.own or self.lists)


def find_traces(course: CourseFolder, student: str) -> Traces:
    """Look at all places. Raises ValueError where roster.csv cannot be read."""
    learner, rows = _look_up(course, student)
    lists, damaged = _find_lists(course.folder, student)
    made = (path for pattern in _MADE for path in sorted(course.folder.glob(pattern)))
    own = tuple(_find_own(course, student)) if _is_name(student) else ()
    return Traces(learner, rows, own, lists, damaged, tuple(made))


def _look_up(course: CourseFolder, student: str) -> tuple[Learner, Rows | None]:
    """The learner as roster and gradebook know them, and their rows."""
    on_roster = [one for one in read_roster(course.folder / ROSTER).learners if one.id == student]
    listed = on_roster[0] if on_roster else Learner(student)
    with Gradebook(course.database, course.course_id) as gradebook:
        try:
            found = gradebook.find_student(student)
        except MissingEntry:
            return listed, None
        about = [getattr(listed, name) or getattr(found, name) or "" for name in COLUMNS[1:]]
        notebooks = [one for work in found.submissions for one in work.notebooks]
        rows = Rows(
            len(found.submissions),
            sum(len(one.grades) for one in notebooks),
            # A comment without words is a place for one.
            sum(bool(each.comment) for one in notebooks for each in one.comments),
        )
        return Learner(student, *about), rows


def _find_lists(
    folder: Path, student: str
) -> tuple[tuple[tuple[Path, str, int], ...], tuple[Path, ...]]:
    found, damaged = [], []
    for path, column in (
        *((path, "id") for path in sorted(folder.glob(f"{EARLIER}/*/{ROSTER}"))),
        (folder / EXTENSIONS, "learner"),
        (folder / ROSTER, "id"),
    ):
        try:
            if number := lines_of(path, column, student):
                found.append((path, column, number))
        except ValueError:
            if path.parent == folder:
                raise
            damaged.append(path)
    return tuple(found), tuple(damaged)


def _find_own(course: CourseFolder, student: str) -> Iterator[Path]:
    """What came back through the exchange first: its names are found by what comes after it."""
    folder, places = course.folder, CourseDirectory(config=course.config)
    steps = (places.submitted_directory, places.autograded_directory, places.feedback_directory)
    mine = [folder / step / student for step in steps]
    mine += sorted(path / student for path in folder.glob(f"{EARLIER}/*/submitted"))
    mine += sorted(path / student for path in folder.glob(f"{OWN_FOLDER}/locks/*"))
    mine += sorted(path / student for path in folder.glob(f"{OWN_FOLDER}/unfinished/*"))
    exchange = course.exchange / course.course_id
    inbound = [
        path
        for path in sorted(exchange.glob("inbound/*"))
        if path.name.partition("+")[0] == student
    ]
    there = [path for path in (*mine, *inbound) if path.exists() or path.is_symlink()]
    yield from sorted(set(_returned_pages(exchange / "feedback", there)))
    yield from inbound
    yield from (path for path in there if path not in inbound)


def _returned_pages(feedback: Path, work: list[Path]) -> Iterator[Path]:
    """A page in the exchange has no name in it: it is called after the secret of a submission."""
    for place in work:
        for secret in place.rglob("submission_secret.txt"):
            if secret.is_symlink() or not secret.is_file():
                continue
            text = secret.read_text(encoding="utf-8", errors="replace")
            names = {one.stem for one in secret.parent.iterdir() if one.suffix in _NAMED}
            for name in names if text else ():
                page = feedback / f"{notebook_hash(secret=text, notebook_id=name)}.html"
                if page.exists():
                    yield page


def _is_name(student: str) -> bool:
    """Whether it is the name of one folder, below where it is looked for."""
    return bool(student) and student == Path(student).name and not student.startswith(".")
