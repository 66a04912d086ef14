"""The requirement that each migration has a down, or says honestly that there can be none."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Evidence, Finding
from .kind import Kind, Parameters


def judge_reversible(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """What can be taken back has a down, and what cannot declares it, with a reason.

    Which is which the spec says, in `irreversible` of each `[[migration]]`.
    """
    irreversible = {one.name for one in evidence.task.migrations if one.irreversible}
    for migration in evidence.answer.migrations:
        declared = migration.irreversible is not None
        if migration.name in irreversible and not declared:
            yield Finding(
                migration.name,
                "it has no down and does not say why"
                if migration.down is None
                else "it has a down, which cannot bring back what the up removes",
                "a line `-- migrate:irreversible` with the reason, in the place of the down",
            )
        elif migration.name not in irreversible and migration.down is None:
            yield Finding(
                migration.name,
                f"it says that it is irreversible ({migration.irreversible})"
                if declared
                else "it has no down",
                "statements under `-- migrate:down`, since this change can be taken back",
            )


REVERSIBLE = Kind(judge_reversible)
