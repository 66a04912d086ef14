"""A course folder as nbgrader's own commands see it: its configuration, read in the same way."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.apps.baseapp import NbGrader  # type: ignore[import-untyped]
from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]
from nbgrader.exchange.default.exchange import Exchange  # type: ignore[import-untyped]

CONFIGURATION = "nbgrader_config.py"


class ConfigurationError(Exception):
    """The configuration ended with an error. The text ends the sentence `it cannot be read: `."""


@dataclass(frozen=True)
class CourseFolder:
    """`config` is traitlets' configuration, `database` the gradebook's URL, `exchange` the root of
    nbgrader's exchange."""

    folder: Path
    config: Any
    database: str
    course_id: str
    exchange: Path


def open_course(folder: Path) -> CourseFolder:
    """Read a course folder's configuration, from whatever folder it is called.

    Runs `nbgrader_config.py`, as nbgrader does. Raises ConfigurationError.
    """
    folder = folder.resolve()
    app = _Reader()
    try:
        with _search_path_kept():
            app.initialize([], root=str(folder))
    except SystemExit as end:
        raise ConfigurationError(str(end.code)) from None
    except Exception as error:  # noqa: BLE001  it is a program of the instructor's
        raise ConfigurationError(f"{type(error).__name__}: {error}") from None
    course = CourseDirectory(config=app.config)
    exchange = Path(Exchange(coursedir=course, config=app.config).root)
    return CourseFolder(folder, app.config, course.db_url, course.course_id, exchange)


class _Reader(NbGrader):  # type: ignore[misc]
    """nbgrader's application as far as the configuration, and without that of another folder."""

    name = "updown-class"
    load_cwd_config = False
    raise_config_file_errors = True

    def load_config_file(self, **kwargs: Any) -> None:
        self.log.setLevel(logging.ERROR)
        super().load_config_file(**kwargs)


@contextlib.contextmanager
def _search_path_kept() -> Iterator[None]:
    before = list(sys.path)
    try:
        yield
    finally:
        sys.path[:] = before
