"""Where a class exchanges work: nbgrader's folder, as `class.toml` says."""

from __future__ import annotations

from pathlib import Path

from course_lib.grading.class_file import INSIDE, NONE, read_choices

_NO_EXCHANGE = "no-exchange"
"""A folder that is never made: nbgrader's listings find nothing there."""


def chosen_exchange(folder: Path) -> str:
    """What the course folder says: see `Choices`. Raises ClassFileError."""
    return read_choices(folder).exchange


def exchange_root(folder: Path) -> Path:
    """nbgrader's `Exchange.root` for a course folder. Raises ClassFileError.

    The one inside the folder is made here; one elsewhere is not, and where a class has none it is
    a folder that does not exist.
    """
    chosen = chosen_exchange(folder)
    if chosen == NONE:
        return folder / _NO_EXCHANGE
    root = folder / Path(chosen).expanduser()
    if chosen == INSIDE:
        open_exchange(root)
    return root


def open_exchange(root: Path) -> None:
    """Make an exchange that every account of the machine can write to, as nbgrader asks. One that
    is there already stays as it is."""
    if not root.exists():
        root.mkdir(parents=True)
        root.chmod(0o777)
