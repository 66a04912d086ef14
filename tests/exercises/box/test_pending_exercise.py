"""A small exercise whose answer is Python, judged through the box: `pending(files, applied)`."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence

import pytest

from course_lib.exercises.box import Answered, BoxLimits, call_boxed

pytestmark = pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system")

CASES: tuple[tuple[list[str], list[str]], ...] = (
    ([], []),
    (["001_a", "002_b", "003_c"], []),
    (["001_a", "002_b", "003_c"], ["001_a"]),
    (["003_c", "001_a", "002_b"], ["002_b"]),
    (["001_a"], ["001_a", "000_gone"]),
)


def hidden_cases(secret: str) -> list[tuple[list[str], list[str]]]:
    """Cases drawn here, of which the box sees one at a time and never the expected value."""
    draw = random.Random(secret)
    found = []
    for _ in range(4):
        files = [f"{number:03}_m" for number in range(1, draw.randrange(3, 12))]
        draw.shuffle(files)
        found.append((files, draw.sample(files, draw.randrange(0, len(files)))))
    return found


def judge(code: str, cases: Sequence[tuple[list[str], list[str]]]) -> list[str]:
    """What is not as asked, one sentence a case; what is right is computed out here."""
    differences = []
    for files, applied in cases:
        expected = sorted(set(files) - set(applied))
        came = call_boxed(code, "pending", [files, applied], limits=BoxLimits(cpu=1, seconds=9.0))
        if not isinstance(came, Answered):
            differences.append(came.sentence)
        elif came.value != expected:
            differences.append(f"pending({files}, {applied}) is {came.value}, not {expected}")
    return differences


MODELS = (
    "def pending(files, applied):\n    return sorted(set(files) - set(applied))",
    "def pending(files, applied):\n    done = {*applied}\n"
    "    return [name for name in sorted(files) if name not in done]",
)
WRONG = {
    "def pending(files, applied): pass": "is None, not []",
    "def pending(files, applied):\n    return files[len(applied):]": "['001_a'",
    "def pending(files, applied):\n    return [f for f in files if f not in applied]": "['003_c'",
    "def pending(files):\n    return []": "takes 1 positional argument but 2 were given",
    "def pending(files, applied):\n    while files: pass\n    return []": "1 seconds of computing",
    "import os\ndef pending(files, applied):\n    os._exit(0)": "ended before the function",
}


@pytest.mark.parametrize("code", MODELS)
def test_a_model_has_no_difference(code: str) -> None:
    assert judge(code, [*CASES, *hidden_cases("class")]) == []


@pytest.mark.parametrize("code", WRONG)
def test_a_wrong_answer_is_told_why(code: str) -> None:
    differences = judge(code, CASES)
    assert any(WRONG[code] in sentence for sentence in differences), differences


def test_an_answer_that_knows_the_visible_cases_fails_the_hidden_ones() -> None:
    known = {str((files, applied)): sorted(set(files) - set(applied)) for files, applied in CASES}
    code = f"def pending(files, applied):\n    return {known!r}.get(str((files, applied)), [])"
    assert judge(code, CASES) == []
    assert judge(code, hidden_cases("class"))
