"""The requirement that the migrations asked for are there, all of them, and no others."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Evidence, Finding
from .kind import Kind, Parameters


def judge_migrations(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """As many migrations as are asked for, under their names, in the order of their numbers."""
    asked = ", then ".join(one.name for one in evidence.task.migrations)
    for name in evidence.answer.missing:
        yield Finding(f"{name}.sql", "there is no statement in its up, or no such file", asked)
    for name in evidence.answer.unasked:
        yield Finding(f"{name}.sql", "a migration that nobody asked for", asked)


MIGRATIONS = Kind(judge_migrations)
