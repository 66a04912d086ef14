"""Reading what was handed in: a notebook's cells, or why there are none."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook

MAX_BYTES = 16 * 2**20
MAX_CELLS = 5_000
"""Far more than a lesson's notebook with all its outputs, and little enough to read for a class."""

UNREADABLE = "updown_unreadable"
"""The key of a notebook's metadata under which it says why nothing of it could be read."""


_READ, _COUNTS = " could not be read: ", ". It counts as handed in empty"


class _Unreadable(Exception):
    """Its text ends the sentence `It could not be read: ...`."""


def read_submission(path: Path, submitted: Path) -> NotebookNode:
    """The cells of a submitted notebook: their type, source and nbgrader id, and nothing else.

    A file that is no notebook never raises: it gives a notebook without cells, which says why in
    its metadata. A link anywhere below the folder `submitted` is not followed.
    """
    # Cells have ids from the next minor format on; those of a submission are of no use.
    notebook: NotebookNode = new_notebook(nbformat_minor=4)  # type: ignore[no-untyped-call]
    try:
        notebook.cells = [_cell(cell) for cell in _cells(_bytes(path, submitted))]
    except _Unreadable as error:
        notebook.metadata[UNREADABLE] = str(error)
    return notebook


def read_whole(path: Path, submitted: Path) -> bytes:
    """What a submitted notebook's file holds, read with the same care; where it is not read, the
    reason. Equal bytes are graded equally."""
    try:
        return _bytes(path, submitted)
    except _Unreadable as error:
        return str(error).encode()


def why_unreadable(notebook: NotebookNode) -> str | None:
    """Why nothing of a notebook could be read; None for one that was."""
    found = notebook.metadata.get(UNREADABLE)
    return found if isinstance(found, str) else None


def unreadable_note(name: str, why: str) -> str:
    """What the learner and the instructor read about it."""
    return (
        f"{name}.ipynb{_READ}{why}{_COUNTS}. Save the notebook"
        " in Jupyter under this name, open it once more to see that it is whole, and ask your"
        " instructor whether you may hand it in again."
    )


def reason_in(note: str) -> str:
    """The reason alone, of such a note."""
    return note.partition(_READ)[2].partition(_COUNTS)[0]


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path lies below a folder with no link on the way."""
    steps = (path, *path.parents)
    return path.is_relative_to(folder) and not any(
        step.is_symlink() for step in steps if folder in step.parents
    )


def _bytes(path: Path, submitted: Path) -> bytes:
    if not is_inside(path, submitted):
        raise _Unreadable("it is a link to another place")
    try:
        # A pipe would keep us waiting for ever, were it opened in the usual way.
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except (FileNotFoundError, NotADirectoryError):
        raise _Unreadable(f"there is no such file{_others(path)}") from None
    except OSError as error:
        raise _Unreadable(f"it cannot be opened ({error.strerror})") from None
    about = os.fstat(file)
    if not stat.S_ISREG(about.st_mode):
        os.close(file)
        folder = stat.S_ISDIR(about.st_mode)
        raise _Unreadable("it is a folder" if folder else "it is not a file of bytes")
    with os.fdopen(file, "rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        size = about.st_size / 2**20
        raise _Unreadable(f"it has {size:,.0f} MB, and {MAX_BYTES >> 20} MB is the most")
    if not content.strip():
        raise _Unreadable("it is empty")
    return content


def _others(path: Path) -> str:
    """The notebooks that are there under another name."""
    try:
        names = sorted(one.name for one in path.parent.glob("*.ipynb"))
    except OSError:
        names = []
    return f" (but {', '.join(names[:3])})" if names else ""


def _cells(content: bytes) -> list[dict[str, Any]]:
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _Unreadable("it is not text in UTF-8, so no notebook") from None
    except (ValueError, RecursionError):
        raise _Unreadable("it is not JSON, so no notebook") from None
    if not isinstance(data, dict) or not isinstance(data.get("nbformat"), int):
        raise _Unreadable("it is JSON, but no notebook")
    if data["nbformat"] != 4:
        raise _Unreadable(f"it is in notebook format {data['nbformat']}, and 4 is asked for")
    cells = data.get("cells")
    if not isinstance(cells, list):
        raise _Unreadable("it has no list of cells")
    if len(cells) > MAX_CELLS:
        raise _Unreadable(f"it has {len(cells):,} cells, and {MAX_CELLS:,} is the most")
    return [cell for cell in cells if isinstance(cell, dict)]


def _cell(cell: dict[str, Any]) -> NotebookNode:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = about.get("grade_id") if isinstance(about, dict) else None
    read: NotebookNode = from_dict(  # type: ignore[no-untyped-call]
        {
            "cell_type": str(cell.get("cell_type")),
            # Half of a surrogate pair is a character of JSON, and of no file.
            "source": source.encode("utf-8", "replace").decode() if isinstance(source, str) else "",
            "metadata": {"nbgrader": {"grade_id": name}} if isinstance(name, str) else {},
        }
    )
    return read
