"""A due date and more time for a learner: told by collect, counted by nbgrader's late penalty,
promised before the work comes as well as after."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from course_lib.grading.extensions import EXTENSIONS, read_extensions, write_extensions
from tests.classroom.class_course import updown_class
from tests.classroom.graded_class import (
    LESSON,
    RIGHT,
    grade,
    hand_in,
    open_short_class,
    points_of,
)
from tests.grading.class_folder import ClassFolder

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]
ZERO_WHEN_LATE = "get_config().LateSubmissionPlugin.penalty_method = 'zero'"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassFolder]:
    """A class whose lesson was due an hour ago, and three learners."""
    with open_short_class(tmp_path_factory.mktemp("extend"), ZERO_WHEN_LATE) as course:
        for student in ("ada", "grace", "lin"):
            course.terminal.run(f"nbgrader db student add {student}")
        due = datetime.now(UTC) - timedelta(hours=1)
        said = course.terminal.run(f"updown class release {LESSON} --due {due:%Y-%m-%dT%H:%M%z}")
        assert f"Due: {due:%Y-%m-%d %H:%M} UTC." in said
        yield course


def hand_in_now(course: ClassFolder, student: str) -> None:
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f} UTC"
    hand_in(course, student, RIGHT).with_name("timestamp.txt").write_text(now)


def late(course: ClassFolder, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Whom collect tells to be late."""
    capsys.readouterr()
    updown_class(course.folder, "collect", LESSON, "--json")
    found: list[str] = json.loads(capsys.readouterr().out)["lessons"][0]["late"]
    return sorted(found)


def test_more_time_before_or_after_the_work_came_takes_the_penalty_away(
    course: ClassFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = points_of(course, RIGHT)
    assert updown_class(course.folder, "extend", LESSON, "ada", "--days", "1") == 0
    assert f"ada: {LESSON} until " in capsys.readouterr().out
    for student in ("ada", "grace", "lin"):
        hand_in_now(course, student)
    assert late(course, capsys) == ["grace", "lin"]
    grade(course)
    assert course.marks() == {"ada": whole, "grace": 0, "lin": 0}

    assert updown_class(course.folder, "extend", LESSON, "grace", "--hours", "3") == 0
    assert late(course, capsys) == ["lin"]
    told = {one["student"]: one["outcome"] for one in grade(course)["submissions"]}
    assert told == {"ada": "unchanged", "grace": "graded", "lin": "unchanged"}
    assert course.marks() == {"ada": whole, "grace": whole, "lin": 0}

    # nbgrader's own command counts it too, and what is taken back is gone.
    course.autograde("--force")
    assert course.marks() == {"ada": whole, "grace": whole, "lin": 0}
    assert updown_class(course.folder, "extend", LESSON, "ada", "--days", "0") == 0
    grade(course)
    assert course.marks() == {"ada": 0, "grace": whole, "lin": 0}
    assert read_extensions(course.folder) == {(LESSON, "grace"): timedelta(hours=3)}


def test_everybody_gets_time_until_a_date_and_who_has_more_keeps_it(
    course: ClassFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_extensions(course.folder)
    try:
        assert updown_class(course.folder, "extend", LESSON, "lin", "--days", "9") == 0
        until = (datetime.now(UTC) + timedelta(days=2)).replace(second=0, microsecond=0)
        time = f"{until:%Y-%m-%dT%H:%M%z}"
        capsys.readouterr()
        assert updown_class(course.folder, "extend", LESSON, "--all", "--until", time) == 0
        said = capsys.readouterr().out
        assert f"ada, grace: {LESSON} until {until:%Y-%m-%d %H:%M} UTC." in said
        assert "keep it: lin." in said
        there = read_extensions(course.folder)
        assert there[LESSON, "lin"] == timedelta(days=9)
        # The due date was set an hour before the class was made, without its seconds.
        assert there[LESSON, "ada"] == there[LESSON, "grace"] > timedelta(days=2)
        # One learner by name gets what is said, also where it is less.
        assert updown_class(course.folder, "extend", LESSON, "lin", "--until", time) == 0
        assert read_extensions(course.folder)[LESSON, "lin"] == there[LESSON, "ada"]
        assert updown_class(course.folder, "extend", LESSON, "--all", "--days", "0") == 0
        assert read_extensions(course.folder) == {}
    finally:
        write_extensions(course.folder, before)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ada",), "Say how much longer"),
        (("ada", "--days", "1", "--until", "2030-01-01T00:00"), "Say how much longer"),
        (("--days", "1"), "Name learners"),
        (("ada", "--all", "--days", "1"), "Name learners"),
    ],
)
def test_who_and_how_much_have_to_be_said_once(
    course: ClassFolder, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert updown_class(course.folder, "extend", LESSON, *words) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((LESSON, "nobody", "--days", "1"), "there is no such learner"),
        ((LESSON, "ada", "--until", "2020-01-01T00:00"), "not after its due date"),
        (("77-none", "ada", "--days", "1"), "the class has no such lesson"),
    ],
)
def test_what_cannot_be_is_told(
    course: ClassFolder, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    before = read_extensions(course.folder)
    capsys.readouterr()
    assert updown_class(course.folder, "extend", *words) == 1
    assert said in capsys.readouterr().err
    assert read_extensions(course.folder) == before


@pytest.mark.parametrize("time", ["2026-12-31", "2026-W53", "soon", "2026-12-31T25:00"])
def test_a_due_date_without_a_time_is_refused(
    course: ClassFolder, capsys: pytest.CaptureFixture[str], time: str
) -> None:
    """A day alone would be its first minute."""
    capsys.readouterr()
    with pytest.raises(SystemExit, match="2"):
        updown_class(course.folder, "release", LESSON, "--due", time)
    assert "a time is asked for" in capsys.readouterr().err


def test_a_file_that_a_hand_has_spoilt_is_named_with_its_line(
    course: ClassFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_extensions(course.folder)
    (course.folder / EXTENSIONS).write_text(f"lesson,learner,hours\n{LESSON},ada,soon\n")
    try:
        for command in (("grade", LESSON), ("collect", LESSON), ("extend", LESSON, "ada")):
            more = ("--days", "1") if command[0] == "extend" else ()
            capsys.readouterr()
            assert updown_class(course.folder, *command, *more) == 1
            assert "line 2 is no extension" in capsys.readouterr().err
    finally:
        write_extensions(course.folder, before)
