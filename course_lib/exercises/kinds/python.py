"""The requirement that a function of the author's finds nothing, for what no other kind covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from types import CodeType
from typing import Any

from ..exercise import Task
from ..findings import Evidence, Finding
from .kind import TEXT, Complaint, Kind, Parameters

FUNCTION = "judge"


def judge_python(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The function `judge(seen)` in `code` yields no Finding. `seen` is the world's Evidence.

    The code comes from the spec and is trusted like it. An answer is never run by it.
    """
    names: dict[str, Any] = {"Finding": Finding}
    exec(_compiled(parameters["code"]), names)
    for finding in names[FUNCTION](evidence):
        if not isinstance(finding, Finding):
            raise TypeError(f"{FUNCTION} gave {finding!r}, which is no Finding")
        yield finding


@cache
def _compiled(code: str) -> CodeType:
    return compile(code, "code of a requirement", "exec")


def _wrong(task: Task, parameters: Parameters) -> Iterable[Complaint]:
    try:
        compiled = _compiled(parameters["code"])
    except SyntaxError as error:
        yield "code", f"Python cannot read the code: {error.msg} in its line {error.lineno}"
        return
    if FUNCTION not in compiled.co_names:
        yield "code", f"the code has no function {FUNCTION}(seen)"


PYTHON = Kind(judge_python, {"code": TEXT}, complaints=_wrong)
