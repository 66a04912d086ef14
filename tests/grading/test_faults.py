"""A check that fails itself: no zero, no full points, no old points; a person looks at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course_lib.exercises import load_spec
from tests.grading.class_folder import SPEC, ClassFolder, open_class
from tests.grading.submissions import CHECK, LESSON, answer

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]

RIGHT = load_spec(SPEC).solutions[0].answer
FAULTS = {
    "raises": "raise LookupError('row of a hidden world')",
    "segfault": "os.kill(os.getpid(), signal.SIGSEGV)",
    "killed": "os.kill(os.getpid(), signal.SIGKILL)",
    "exits": "os._exit(0)",
    "memory": "hog = bytearray(1 << 40)",
    "hangs": "time.sleep(1000)",
    "loud": "[sys.__stdout__.buffer.write(bytes(1 << 20)) for _ in range(99)]; os._exit(3)",
}
"""What happens inside the check of an answer that holds the name as a comment."""

BREAKS_THE_CHECK = """
import os, signal, sys, time
if "course_lib.grading.worker" in sys.orig_argv:
    from course_lib.exercises import check
    faults = {faults!r}
    stock = check.read_answer
    def read_answer(task, text):
        for name, code in faults.items():
            if ("-- fault " + name).encode() in text:
                exec(code)
        return stock(task, text)
    check.read_answer = read_answer
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassFolder]:
    """A class graded twice: all well the first time, then with a check that breaks."""
    base = tmp_path_factory.mktemp("faults")
    with open_class(base / "course", "get_config().Replay.seconds_per_cell = 15") as course:
        for name in FAULTS:
            course.submit(name, answer(RIGHT))
        course.submit("zoe", answer(RIGHT))
        course.autograde()
        assert {*course.marks().values()} == {10.0}
        for name in FAULTS:
            shutil.rmtree(course.handed_in(name))
            course.submit(name, answer(f"-- fault {name}\n{RIGHT}"))
        (base / "sitecustomize.py").write_text(BREAKS_THE_CHECK.format(faults=FAULTS))
        course.terminal.run(f"export PYTHONPATH={base}")
        (base / "said.txt").write_text(course.autograde("--force"))
        course.give_feedback()
        yield course


@pytest.mark.parametrize("fault", FAULTS)
def test_there_is_no_mark_and_a_person_is_asked(course: ClassFolder, fault: str) -> None:
    assert course.waits_for_a_human(fault)
    assert course.marks()[fault] is None
    said = (course.folder.parents[1] / "said.txt").read_text()
    assert f"add-email of {fault} gave no verdict" in said


@pytest.mark.parametrize("fault", FAULTS)
def test_the_page_says_that_the_check_failed_and_shows_no_zero(
    course: ClassFolder, fault: str
) -> None:
    words = course.feedback_words(fault)
    assert "The check failed" in words
    assert "no score yet, of 20.0" in words
    # The quiz has its own two points.
    assert "Score: 0.0 / 1" not in words and "nan" not in words
    assert "row of a hidden world" not in words
    assert "Traceback" not in words


def test_the_others_are_graded(course: ClassFolder) -> None:
    assert course.marks()["zoe"] == 10.0
    assert "Score: 10.0 / 20.0" in course.feedback_words("zoe")


def test_a_person_gives_the_mark_and_it_is_exported(course: ClassFolder) -> None:
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        gradebook.find_grade(CHECK, LESSON, LESSON, "hangs").manual_score = 7
        gradebook.db.commit()
    assert course.marks()["hangs"] == 7.0


def test_nothing_is_left_running(course: ClassFolder) -> None:
    own = Path("/proc")
    if own.is_dir():
        for process in own.glob("[0-9]*/cmdline"):
            try:
                command = process.read_bytes()
                place = (process.parent / "cwd").readlink()
            except OSError:
                continue
            if b"course_lib.grading.worker" in command:
                assert not place.is_relative_to(course.folder)
