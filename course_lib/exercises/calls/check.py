"""The check of one answer that is a function: every call, every requirement."""

from __future__ import annotations

from collections.abc import Mapping

from course_lib.migrations import Problem

from ..answer import LONGEST
from ..asked_function import AskedFunction
from ..exercise import AnswerText, Requirement
from ..findings import Finding
from ..judging import in_order, refuse
from ..verdict import Result
from .kinds import CALL_KINDS
from .made import Made, in_scope
from .making import make_calls
from .prepared import PreparedCall


def check_calls(
    requirements: tuple[Requirement, ...],
    function: AskedFunction,
    calls: tuple[PreparedCall, ...],
    answer: AnswerText,
    reveal: bool,
) -> tuple[list[Result], int]:
    """Every requirement, and the number of calls that were made for it.

    The box sees the arguments of a call and nothing else: what is right stays out here.
    """
    code = _read(function.name, answer)
    if isinstance(code, Problem):
        return refuse(requirements, code), 0
    came = make_calls(code, function, [one.call for one in calls])
    made = [
        Made(
            one.call.function or function.name,
            code,
            one,
            result.result,
            show=reveal or not one.hidden,
            left=result.left,
        )
        for one, result in zip(calls, came, strict=True)
    ]

    def scope(requirement: Requirement) -> list[Made]:
        return in_scope(made, requirement.parameters)

    def find(requirement: Requirement) -> list[tuple[str, Finding]]:
        judge = CALL_KINDS[requirement.kind].judge
        return [("", finding) for finding in judge(scope(requirement), requirement.parameters)]

    results = in_order(requirements, find, lambda requirement: len(scope(requirement)))
    return results, len(made)


def _read(name: str, answer: AnswerText) -> str | Problem:
    """The text of the answer, or what keeps it from being run."""
    text = answer.get(name, "") if isinstance(answer, Mapping) else answer
    file = f"{name}.py"
    if len(text) > LONGEST:
        return Problem(
            "length",
            file,
            f"the file has {len(text):,} characters, and {LONGEST:,} are the most",
            "write the function, and no more",
        )
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            return Problem("encoding", f"{file}, line {line}", "not UTF-8", "save it as UTF-8")
    if not text.strip():
        return Problem("function", file, "there is nothing in it", f"write `def {name}(`")
    return text.replace("\r\n", "\n")
