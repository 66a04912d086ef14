"""Every attack in Python, handed in: no point beyond the honest score, no class stopped, nothing
taken, written or left running."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from course_lib.exercises import check_answer
from tests.grading.class_folder import ClassFolder
from tests.grading.hostile_python import ATTACKS, HONEST, SLOW, PythonAttack, sleepers
from tests.grading.python_lesson import FUNCTION, LESSON, answers, open_python_class
from tests.grading.test_python_answers import RIGHT, SPECS
from tests.grading.test_tamper import fingerprints

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(5400),
]

QUICK = ("forged-value", "exit-at-once", "read-secret", "child", "hidden-in-words", "write-file")
FULL = sum(spec.task.max_points for spec in SPECS.values())


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(QUICK, id="six attacks"),
        pytest.param(tuple(one.name for one in ATTACKS), id="all", marks=pytest.mark.long),
    ],
)
def tried(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[ClassFolder, list[PythonAttack]]]:
    """A class in which each attack was handed in once, graded, and given its feedback."""
    attacks = [one for one in ATTACKS if one.name in request.param]
    with open_python_class(tmp_path_factory.mktemp("tamper")) as course:
        course.submit("zoe", answers(RIGHT[FUNCTION], RIGHT["rules-as-operations"]))
        for attack in attacks:
            course.submit(attack.name, answers(attack.function))
        before = fingerprints(course.folder)
        course.autograde()
        course.give_feedback()
        assert fingerprints(course.folder) == before
        yield course, attacks


def test_no_attack_gains_a_point(tried: tuple[ClassFolder, list[PythonAttack]]) -> None:
    course, attacks = tried
    marks = course.marks()
    honest = check_answer(SPECS[FUNCTION], HONEST, secret=course.secret).points
    gained = {}
    for attack in attacks:
        points = marks[attack.name]
        if points is None:  # it waits for a person, and has nothing until then
            assert attack.name in SLOW and course.waits_for_a_human(attack.name, FUNCTION)
        elif points > (7 if attack.is_right else honest):
            gained[attack.name] = (points, honest)
    assert gained == {}
    assert marks["zoe"] == FULL
    assert marks.keys() == {"zoe", *(attack.name for attack in attacks)}


def test_nothing_is_readable_that_should_not_be(
    tried: tuple[ClassFolder, list[PythonAttack]],
) -> None:
    course, _ = tried
    for place in ("autograded", "feedback"):
        for path in (course.folder / place).rglob("*"):
            if path.is_file():
                assert course.secret.encode() not in path.read_bytes()
    for path in (course.folder / "feedback").rglob("*.html"):
        assert path.name == f"{LESSON}.html" and b"def draw" not in path.read_bytes()


def test_nothing_is_left_running(tried: tuple[ClassFolder, list[PythonAttack]]) -> None:
    assert sleepers() == []
