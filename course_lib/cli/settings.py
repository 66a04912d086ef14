"""Settings: from the environment, and from `[tool.updown]` in the nearest `pyproject.toml`.

A flag on the command line comes first, then the environment, then the file, then the default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from course_lib.migrations import FORMATS, Format

from .answer import UsageError

FILE = "pyproject.toml"
VARIABLES = {"database": "UPDOWN_DATABASE", "migrations": "UPDOWN_MIGRATIONS"}
FORMAT = "format"
KEYS = (*VARIABLES, FORMAT)


def read_setting(name: str) -> Path | None:
    """The path that is set for `database` or `migrations`, or None.

    A path in the file counts from the file's folder. Raises `UsageError` for a file that cannot be
    read, and for a key or a value that is none of ours.
    """
    # The file is read first, so that a mistake in it is told whatever the environment says.
    file = _find_file(Path.cwd())
    in_file = _read_file(file).get(name)
    in_environment = os.environ.get(VARIABLES[name])
    if in_environment:
        return Path(in_environment)
    return None if file is None or in_file is None else _shown(file).parent / in_file


def read_format() -> Format | None:
    """The format of new migrations, or None. Raises `UsageError` as `read_setting` does."""
    named = _read_file(_find_file(Path.cwd())).get(FORMAT)
    return next((one for one in FORMATS if one == named), None)


def _find_file(folder: Path) -> Path | None:
    for candidate in (folder, *folder.parents):
        if (candidate / FILE).is_file():
            return candidate / FILE
    return None


def _shown(file: Path) -> Path:
    return Path(os.path.relpath(file))


def _read_file(file: Path | None) -> Mapping[str, str]:
    if file is None:
        return {}
    shown = _shown(file)
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
        if key not in KEYS:
            known = f"{', '.join(KEYS[:-1])} and {KEYS[-1]}"
            raise UsageError(f"{place}: there is no setting {key!r}; the settings are {known}.")
        if key == FORMAT and value not in FORMATS:
            told = ", ".join(FORMATS)
            raise UsageError(f"{place}: format is {value!r}; the formats are {told}.")
        if not isinstance(value, str) or not value:
            raise UsageError(f"{place}: {key} is {value!r}; it has to be a path between quotes.")
    return dict(table)
