"""One gradebook that stays open for many submissions, for as long as a block lasts.

nbgrader opens it for each of its steps, nine times a notebook, and commits each cell by itself.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from importlib import import_module
from typing import Any
from unittest import mock

from nbgrader.api import Gradebook  # type: ignore[import-untyped]
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, scoped_session, sessionmaker

_STEPS = (
    "nbgrader.converters.autograde",
    "nbgrader.preprocessors.overwritekernelspec",
    "nbgrader.preprocessors.overwritecells",
    "nbgrader.preprocessors.saveautogrades",
    "nbgrader.preprocessors.latesubmissions",
    "course_lib.grading.autograde",
    "course_lib.grading.marks",
)
"""The modules whose steps open the gradebook when a submission is graded."""

PATIENCE = 60
"""Seconds that a write waits for another process to end its own; SQLite gives up after 5."""


class KeptGradebook(Gradebook):  # type: ignore[misc]
    """A gradebook whose `with` blocks are transactions: its end commits, an exception rolls back.

    `close` ends the session and keeps the connection; `leave` closes that as well.
    """

    def __init__(self, database: str, course_id: str) -> None:
        super().__init__(_patient(database), course_id)
        self.db.remove()
        self.db: scoped_session[_Whole] = scoped_session(
            sessionmaker(class_=_Whole, bind=self.engine)
        )

    def __exit__(self, failed: type[BaseException] | None, *about: object) -> None:
        try:
            if failed is None:
                self.db().commit_whole()
        finally:
            self.close()

    def close(self) -> None:
        """End the session: what was not committed is gone."""
        self.db.remove()

    def leave(self) -> None:
        """Close the connection."""
        super().close()


@contextlib.contextmanager
def used_by_nbgrader(kept: KeptGradebook, database: str) -> Iterator[None]:
    """In the block, nbgrader's steps that open the gradebook with this URL get the kept one."""

    def opened(url: str, *about: Any, **more: Any) -> Gradebook:
        return kept if url == database else Gradebook(url, *about, **more)

    with contextlib.ExitStack() as stack:
        for name in _STEPS:
            stack.enter_context(mock.patch.object(import_module(name), "Gradebook", opened))
        yield


class _Whole(Session):
    """What nbgrader commits piece by piece is sent at once, and committed at the end of the block:
    a process that dies meanwhile leaves all of a step or nothing."""

    def commit(self) -> None:
        self.flush()

    def commit_whole(self) -> None:
        super().commit()


def _patient(database: str) -> str:
    url = make_url(database)
    if url.get_backend_name() == "sqlite" and "timeout" not in url.query:
        url = url.update_query_dict({"timeout": str(PATIENCE)})
    return url.render_as_string(hide_password=False)
