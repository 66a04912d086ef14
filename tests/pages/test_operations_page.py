"""docs/operations.md lists every operation with its arguments; its commands run with the others."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from course_lib.migrations.operations import OPERATIONS

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"


def test_every_operation_is_listed_with_its_arguments() -> None:
    listed = re.findall(r"^\| `(\w+)\((.*?)\)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    made = {
        name: ", ".join(
            f"*{one.name}" if one.kind is one.VAR_POSITIONAL else one.name
            for one in inspect.signature(operation).parameters.values()
        )
        for name, operation in OPERATIONS.items()
    }
    assert dict(listed) == made
