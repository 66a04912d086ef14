"""Settings: from the environment, and from `[tool.updown]` in the nearest `pyproject.toml`.

A flag on the command line comes first, then the environment, then the file, then the default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from .answer import UsageError

FILE = "pyproject.toml"
VARIABLES = {"database": "UPDOWN_DATABASE", "migrations": "UPDOWN_MIGRATIONS"}


def read_setting(name: str) -> Path | None:
    """The path that is set for `database` or `migrations`, or None.

    A path in the file counts from the file's folder. Raises `UsageError` for a file that cannot be
    read, and for a key or a value that is none of ours.
    """
    # The file is read first, so that a mistake in it is told whatever the environment says.
    in_file = _read_file(_find_file(Path.cwd())).get(name)
    in_environment = os.environ.get(VARIABLES[name])
    return Path(in_environment) if in_environment else in_file


def _find_file(folder: Path) -> Path | None:
    for candidate in (folder, *folder.parents):
        if (candidate / FILE).is_file():
            return candidate / FILE
    return None


def _read_file(file: Path | None) -> Mapping[str, Path]:
    if file is None:
        return {}
    shown = Path(os.path.relpath(file))
    try:
        with file.open("rb") as opened:
            tool = tomllib.load(opened).get("tool", {})
    except OSError as error:
        raise UsageError(f"{shown} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{shown} is not TOML: {error}.") from None
    table = tool.get("updown", {}) if isinstance(tool, dict) else {}
    place = f"{shown}, [tool.updown]"
    if not isinstance(table, dict):
        raise UsageError(f"{place} is not a table; write it as a section of its own.")
    for key, value in table.items():
        if key not in VARIABLES:
            known = " and ".join(VARIABLES)
            raise UsageError(f"{place}: there is no setting {key!r}; the settings are {known}.")
        if not isinstance(value, str) or not value:
            raise UsageError(f"{place}: {key} is {value!r}; it has to be a path between quotes.")
    return {key: shown.parent / value for key, value in table.items()}
