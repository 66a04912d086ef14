"""`class.toml` of a course folder: where its instructor chose to exchange work and keep marks."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLASS_FILE = "class.toml"
INSIDE = "exchange"
NONE = ""
IN_FOLDER = ""
"""For the gradebook: a file of the course folder."""


class ClassFileError(Exception):
    """`class.toml` cannot be read. The text is one sentence with the next step."""


@dataclass(frozen=True)
class Choices:
    """`exchange` is a path, relative to the course folder or absolute, or `NONE`; `gradebook` is a
    URL without a password, or `IN_FOLDER`."""

    exchange: str = INSIDE
    gradebook: str = IN_FOLDER


def read_choices(folder: Path) -> Choices:
    """What the course folder says; the defaults where it has no such file. Raises
    ClassFileError."""
    path = folder / CLASS_FILE
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Choices()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ClassFileError(
            f"{path} is no TOML: {error}. Mend it, or run `updown class new` with --exchange."
        ) from None
    return Choices(
        _text(path, said, "exchange", INSIDE, "the path of a folder", "for none"),
        _text(path, said, "gradebook", IN_FOLDER, "the URL of a database", "for a file here"),
    )


def _text(path: Path, said: dict[str, Any], name: str, default: str, what: str, empty: str) -> str:
    chosen = said.get(name, default)
    if not isinstance(chosen, str):
        example = f'Write {name} = "{default}", {what}' if default else f"Write {what}"
        raise ClassFileError(f'{path}: {name} has to be a text. {example}, or "" {empty}.')
    return chosen
