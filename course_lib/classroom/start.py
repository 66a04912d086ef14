"""A class's folder: made once, and brought up to date without losing what is in it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from course_lib.authoring import Site, find_replaced, write_course
from course_lib.authoring.write import SECRET
from course_lib.classroom.course_folder import CONFIGURATION, ConfigurationError, open_course
from course_lib.classroom.gradebook_url import find_server_problem, find_url_problem
from course_lib.classroom.roster import EMPTY, ROSTER, Learner, read_roster
from course_lib.classroom.students import Entered, enter_students
from course_lib.grading.class_file import (
    CLASS_FILE,
    INSIDE,
    NONE,
    Choices,
    ClassFileError,
    read_choices,
)
from course_lib.grading.exchange import open_exchange
from course_lib.migrations import Problem, Refused
from course_lib.whole_file import write_whole

EARLIER = "earlier"
_CLASS_TEXT = """\
# The choices of this class; `updown class new` writes them, and you may.
# exchange: the folder where nbgrader hands out and collects, relative to this one or absolute;
# "" where the class has none.
exchange = {exchange}
# gradebook: the URL of a PostgreSQL database, without a password; "" for gradebook.db in here.
gradebook = {gradebook}
"""


@dataclass(frozen=True)
class Made:
    """What was done in `folder`. `exchange` is None where the class has none; `kept` is the folder
    in `earlier/` with the files that were written over, None where none were."""

    folder: Path
    lessons: tuple[str, ...]
    is_new: bool
    exchange: Path | None
    students: Entered
    kept: Path | None


@dataclass(frozen=True)
class Plan:
    """What a class's folder is to be, with nothing wrong in it. `exchange` is a path, `NONE`, or
    None for what the folder says already, and so is `gradebook`, which is a URL or `IN_FOLDER`;
    `roster` takes the place of the folder's roster.csv."""

    folder: Path
    exchange: str | None
    gradebook: str | None
    roster: Path | None
    learners: tuple[Learner, ...]

    @property
    def is_new(self) -> bool:
        return not (self.folder / SECRET).exists()


def plan_class(
    checkout: Path,
    folder: Path,
    *,
    exchange: str | None = None,
    gradebook: str | None = None,
    roster: Path | None = None,
) -> Plan | Refused:
    """Look at all that was named before a file is written. Relative paths are the caller's."""
    folder = folder.expanduser().resolve()
    if exchange is not None and exchange != NONE:
        exchange = str(Path(exchange).expanduser().resolve())
    read = read_roster(roster or folder / ROSTER)
    problems = [*_find_problems(checkout.resolve(), folder, exchange, roster), *read.problems]
    if gradebook and (found := find_url_problem(gradebook) or find_server_problem(gradebook)):
        problems.append(found)
    if problems:
        return Refused(tuple(problems))
    return Plan(folder, exchange, gradebook, roster, read.learners)


def make_class(site: Site, plan: Plan) -> Made | Refused:
    """Make the class's folder of a built site, or bring it up to date, and enter its learners.

    Refused where the folder's own configuration cannot be read, or the gradebook's server does not
    answer; then the files are written and the gradebook is as it was.
    """
    folder, is_new, choices = plan.folder, plan.is_new, _choices(plan)
    exchange = plan.exchange if choices is None else choices.exchange
    # Who goes to an exchange inside passes through the folder; else nobody has to.
    folder.mkdir(parents=True, exist_ok=True, mode=0o755 if exchange == INSIDE else 0o700)
    kept = _Kept(folder)
    for path in find_replaced(site, folder):
        kept.keep(path)
    write_course(site, folder)
    if choices is not None:
        kept.write(CLASS_FILE, _class_text(choices).encode())
    if plan.roster is not None:
        kept.write(ROSTER, plan.roster.read_bytes())
    elif not (folder / ROSTER).exists():
        kept.write(ROSTER, EMPTY.encode())
    try:
        course = open_course(folder)
    except ConfigurationError as error:
        place, what = str(folder / CONFIGURATION), f"it cannot be read: {error}"
        step = "mend that, then run this again, so that the roster gets into the gradebook"
        return Refused((Problem("configuration", place, what, step),))
    if exchange not in (None, INSIDE, NONE):
        open_exchange(course.exchange)
    problem = find_server_problem(course.database)
    if problem is not None:
        return Refused((problem,))
    students = enter_students(course, plan.learners)
    shown = course.exchange if course.exchange.is_dir() else None
    return Made(folder, site.lessons, is_new, shown, students, kept.folder)


def _find_problems(
    checkout: Path, folder: Path, exchange: str | None, roster: Path | None
) -> list[Problem]:
    found = []
    places = [folder]
    if exchange:
        places.append(Path(exchange))
    for place in places:
        if place.is_relative_to(checkout):
            what = "it is in the checkout, and learners' work does not belong into a repository"
            step = f"name a folder beside it, such as {checkout.parent / 'my-class'}"
            found.append(Problem("place", str(place), what, step))
        elif not str(place).isprintable():
            what = "its name holds characters that cannot be shown"
            found.append(Problem("place", repr(str(place)), what, "choose another name"))
        elif place.exists() and not place.is_dir():
            found.append(Problem("place", str(place), "it is a file", "name a folder"))
    if folder.is_dir() and any(folder.iterdir()) and not (folder / SECRET).exists():
        what = f"it holds files, and no {SECRET}, so it is no class of this course"
        found.append(Problem("place", str(folder), what, "name a new folder or an empty one"))
    if roster is not None and not roster.is_file():
        found.append(Problem("roster", str(roster), "there is no such file", "name a CSV file"))
    return found


def _choices(plan: Plan) -> Choices | None:
    """What class.toml is to say; None where it stays as it is."""
    if not plan.is_new and plan.exchange is None and plan.gradebook is None:
        return None
    try:
        said = read_choices(plan.folder)
    except ClassFileError:
        said = Choices()
    return Choices(
        said.exchange if plan.exchange is None else plan.exchange,
        said.gradebook if plan.gradebook is None else plan.gradebook,
    )


def _class_text(choices: Choices) -> str:
    return _CLASS_TEXT.format(
        exchange=json.dumps(choices.exchange, ensure_ascii=False),
        gradebook=json.dumps(choices.gradebook, ensure_ascii=False),
    )


class _Kept:
    """The copies of what is about to be written over, all in one folder of `earlier/`."""

    def __init__(self, course: Path) -> None:
        self._course = course
        self._stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
        self.folder: Path | None = None

    def keep(self, path: Path) -> None:
        """Copy a file of the course folder."""
        self.folder = self._course / EARLIER / self._stamp
        copy = self.folder / path.relative_to(self._course)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)

    def write(self, name: str, content: bytes) -> None:
        """Write a file of the course folder whole or not at all; what it held is kept."""
        path = self._course / name
        if path.exists():
            if path.read_bytes() == content:
                return
            self.keep(path)
        write_whole(path, content)
