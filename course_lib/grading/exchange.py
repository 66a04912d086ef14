"""Where a class exchanges work: `class.toml` of its course folder, and nbgrader's folder."""

from __future__ import annotations

import tomllib
from pathlib import Path

CLASS_FILE = "class.toml"
INSIDE = "exchange"
NONE = ""
_NO_EXCHANGE = "no-exchange"
"""A folder that is never made: nbgrader's listings find nothing there."""


class ClassFileError(Exception):
    """`class.toml` cannot be read. The text is one sentence with the next step."""


def chosen_exchange(folder: Path) -> str:
    """What the course folder says: a path, relative to it or absolute, or `NONE`.

    Without the file it is `INSIDE`. Raises ClassFileError.
    """
    path = folder / CLASS_FILE
    try:
        chosen = tomllib.loads(path.read_text(encoding="utf-8")).get("exchange", INSIDE)
    except FileNotFoundError:
        return INSIDE
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ClassFileError(
            f"{path} is no TOML: {error}. Mend it, or run `updown class new` with --exchange."
        ) from None
    if not isinstance(chosen, str):
        raise ClassFileError(
            f'{path}: exchange has to be a text. Write exchange = "exchange", the path of a folder,'
            ' or "" for none.'
        )
    return chosen


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
