"""A lesson handed out: made by nbgrader's step, and put into the exchange where there is one."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]
from nbgrader.exchange.default import ExchangeReleaseAssignment  # type: ignore[import-untyped]
from nbgrader.exchange.exchange_factory import ExchangeFactory  # type: ignore[import-untyped]

from course_lib.classroom.course_folder import CourseFolder
from course_lib.classroom.nbgrader_api import StepError, do_step, open_api
from course_lib.grading.class_file import NONE
from course_lib.grading.exchange import chosen_exchange

MADE, SAME, ANEW = "released", "unchanged", "released anew"
ELSEWHERE = "given to the exchange that nbgrader_config.py names"

_FAILED = re.compile(r"^\[(?:WARNING|ERROR|CRITICAL)\] (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Released:
    """A lesson that can be handed out. `folder` holds its files; `exchange` is where learners fetch
    it, None in a class without one. `how` is `MADE`, `SAME` or `ANEW`; it is `ELSEWHERE`, without a
    folder, where the exchange is a plugin such as ngshare."""

    lesson: str
    folder: Path
    exchange: Path | None
    how: str


def has_exchange(course: CourseFolder) -> bool:
    """Whether the class hands out and collects through nbgrader's exchange."""
    return chosen_exchange(course.folder) != NONE


def lessons_to_release(course: CourseFolder) -> list[str]:
    """The lessons that the class's folder has, in their order."""
    places = CourseDirectory(config=course.config)
    return sorted(path.parent.name for path in course.folder.glob(_notebooks(places)))


def release_lesson(course: CourseFolder, lesson: str) -> Released:
    """Make a lesson's files, and put them into the exchange. Raises StepError.

    What is in the exchange already is replaced only where it differs. Learners who fetched it keep
    what they have.
    """
    places = CourseDirectory(config=course.config)
    folder = Path(places.format_path(places.release_directory, ".", lesson))
    before = _content(folder)
    config = deepcopy(course.config)
    config.ExchangeReleaseAssignment.force = True
    api = open_api(course, config)
    try:
        do_step(api.generate_assignment, lesson, force=True, create=True)
    except StepError:
        _put_back(folder, before)
        raise
    made = _content(folder)
    if not has_exchange(course):
        return Released(lesson, folder, None, _how(before, made))
    if not _is_of_folders(course):
        # A plugin may only log that it failed, and nothing of it can be looked at here.
        if failed := _FAILED.search(do_step(api.release_assignment, lesson)):
            raise StepError(failed[1])
        return Released(lesson, folder, None, ELSEWHERE)
    outbound = course.exchange / course.course_id / "outbound" / lesson
    there = _content(outbound)
    if there != made:
        do_step(api.release_assignment, lesson)
    return Released(lesson, folder, outbound, _how(there, made))


def _is_of_folders(course: CourseFolder) -> bool:
    """Whether the exchange is nbgrader's own, which is made of folders."""
    step = ExchangeFactory(config=course.config).release_assignment
    return issubclass(step, ExchangeReleaseAssignment)


def _put_back(folder: Path, content: dict[str, bytes]) -> None:
    """What was released before; nbgrader removes it where it fails."""
    for name, text in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)


def _how(before: dict[str, bytes], now: dict[str, bytes]) -> str:
    if not before:
        return MADE
    return SAME if before == now else ANEW


def _notebooks(places: CourseDirectory) -> str:
    return f"{places.source_directory}/*/*.ipynb"


def _content(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
