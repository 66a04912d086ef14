"""The text of a file: bounded in size and UTF-8, or one problem."""

from __future__ import annotations

from pathlib import Path

from ..errors import Problem, place

MAX_BYTES = 4_000_000


def read_text(path: Path) -> str | Problem:
    """The text of a migration file, a byte order mark and the ends of lines as they are."""
    try:
        # Opening a pipe would wait for whoever writes into it.
        if path.exists() and not path.is_file() and not path.is_dir():
            raise OSError(0, "it is no plain file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        return Problem(
            "unreadable",
            str(path),
            f"the file cannot be read ({error.strerror})",
            "make it a readable file or move it out of the folder",
        )
    if len(content) > MAX_BYTES:
        return Problem(
            "too-large",
            str(path),
            f"the file is larger than {MAX_BYTES // 1_000_000} MB",
            "load data from a file of its own instead of writing it into a migration",
        )
    return decode(content, str(path))


def decode(content: bytes, file: str) -> str | Problem:
    """The text of a file's bytes."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Problem(
            "encoding",
            place(file, line),
            f"byte {error.start + 1} of the file is not UTF-8",
            "save the file as UTF-8",
        )


def with_line_feeds(text: str) -> str:
    """The text without a byte order mark, and with LF at the end of each line."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
