"""Feedback pages: made by nbgrader's step where something changed, and given back through the
exchange to those whose work came through it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry  # type: ignore[import-untyped]
from nbgrader.apps.api import NbGraderAPI  # type: ignore[import-untyped]
from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]

from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.nbgrader_api import StepError, do_step, open_api
from course_lib.classroom.release import has_exchange
from course_lib.grading.lock import submission_lock

PAGE_STAMP = ".updown-page"
"""A file beside the page: the hash of what it was made of. nbgrader gives back pages only."""

_FROM_EXCHANGE = ("submission_secret.txt", "timestamp.txt")
"""What nbgrader's own collect leaves beside a submission, and asks for to give its page back."""

NOT_GRADED = "it is not graded yet"


@dataclass(frozen=True)
class GivenBack:
    """A learner's page of a lesson. `fault` says why there is none, else it is empty.

    `made` is whether it was made anew, `returned` whether the learner gets it from the exchange,
    and `waits` whether a cell of it has no mark yet.
    """

    lesson: str
    student: str
    page: Path
    made: bool = False
    returned: bool = False
    waits: bool = False
    fault: str = ""


def who_handed_in(course: CourseFolder, lesson: str, students: Sequence[str]) -> list[str]:
    """The learners with work of a lesson, submitted or graded; only `students` where named."""
    places = CourseDirectory(config=course.config)
    found = {
        path.parent.name
        for step in (places.submitted_directory, places.autograded_directory)
        for path in course.folder.glob(f"{step}/*/{lesson}")
    }
    left_out = places.student_id_exclude.split(",")
    meant = set(students) if students else found
    return sorted(one for one in found & meant if one not in left_out and not one.startswith("."))


def give_back(
    course: CourseFolder, lesson: str, students: Sequence[str], *, anew: bool = False
) -> Iterator[GivenBack]:
    """Make and return the pages, one learner after the other; with `anew` also unchanged ones."""
    api, places = open_api(course), CourseDirectory(config=course.config)
    for student in students:
        folder = Path(places.format_path(places.feedback_directory, student, lesson))
        graded = Path(places.format_path(places.autograded_directory, student, lesson))
        page = folder / f"{lesson}.html"
        with submission_lock(course.folder, lesson, student):
            if not (graded / f"{lesson}.ipynb").is_file():
                yield GivenBack(lesson, student, page, fault=NOT_GRADED)
                continue
            try:
                yield _one(api, course, lesson, student, graded, page, anew)
            except StepError as error:
                yield GivenBack(lesson, student, page, fault=str(error).rstrip("."))


def _one(
    api: NbGraderAPI,
    course: CourseFolder,
    lesson: str,
    student: str,
    graded: Path,
    page: Path,
    anew: bool,
) -> GivenBack:
    marks, waits = _read_marks(course, lesson, student)
    if marks is None:
        raise StepError("the gradebook has no marks of it; grade it again")
    inputs = sha256((graded / f"{lesson}.ipynb").read_bytes() + marks)
    stamp = page.with_name(PAGE_STAMP)
    made = anew or not page.is_file() or not stamp.is_file()
    made = made or stamp.read_text(encoding="utf-8") != _hash(inputs.digest(), page)
    if made:
        do_step(api.generate_feedback, lesson, student, force=True)
        stamp.write_text(_hash(inputs.digest(), page), encoding="utf-8")
    returned = has_exchange(course) and all((page.parent / one).is_file() for one in _FROM_EXCHANGE)
    if returned:
        do_step(api.release_feedback, lesson, student)
    return GivenBack(lesson, student, page, made, returned, waits)


def _hash(inputs: bytes, page: Path) -> str:
    return sha256(inputs + page.read_bytes()).hexdigest()


def _read_marks(course: CourseFolder, lesson: str, student: str) -> tuple[bytes | None, bool]:
    """All that the page shows of the gradebook, and whether a cell has no mark; None where the
    gradebook has no such submission."""
    with Gradebook(course.database, course.course_id) as gradebook:
        try:
            submission = gradebook.find_submission(lesson, student)
        except MissingEntry:
            return None, False
        grades = [one for notebook in submission.notebooks for one in notebook.grades]
        comments = [one for notebook in submission.notebooks for one in notebook.comments]
        shown = sorted(
            (one.name, str((one.auto_score, one.manual_score, one.extra_credit, one.max_score)))
            for one in grades
        ) + sorted((one.name, str((one.auto_comment, one.manual_comment))) for one in comments)
        waits = any(one.auto_score is None and one.manual_score is None for one in grades)
        return repr((shown, submission.late_submission_penalty)).encode(), waits
