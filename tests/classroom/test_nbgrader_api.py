"""What nbgrader says when it does not do a step: its own sentence, and no traceback."""

from __future__ import annotations

import pytest

from course_lib.classroom.nbgrader_api import StepError, do_step


def refuse(log: str, error: str) -> dict[str, object]:
    return {"success": False, "log": log, "error": error}


def test_the_sentence_is_that_of_the_last_exception_in_the_log() -> None:
    log = (
        "[ERROR] Traceback (most recent call last):\n"
        "    nbgrader.converters.base.NbGraderException: source holds a run. Delete it.\n"
        "[ERROR] Please see the the above traceback for details.\n"
    )
    with pytest.raises(StepError, match=r"^source holds a run\. Delete it\.$"):
        do_step(refuse, log, "Traceback")


def test_without_one_it_is_the_last_line_of_the_log() -> None:
    with pytest.raises(StepError, match=r"^Destination already exists$"):
        do_step(refuse, "[INFO] Source\n[ERROR] Destination already exists\n", "Traceback")


def test_an_interruption_is_no_fault_of_the_step() -> None:
    with pytest.raises(KeyboardInterrupt):
        do_step(refuse, "", "Traceback (most recent call last):\nKeyboardInterrupt\n")
