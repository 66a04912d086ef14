"""A file that is written whole or not at all: who is stopped halfway leaves what was there."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, content: str | bytes, *, mode: int | None = None) -> None:
    """Put `content` in the place of what the file held; text as UTF-8, its line ends as they are.

    `mode` are the file's permissions from its first byte on, by default those of any new file.
    What a killed process leaves is `unfinished(path)`; the next write takes its place. Raises
    OSError.
    """
    raw = content.encode() if isinstance(content, str) else content
    half = unfinished(path)
    half.unlink(missing_ok=True)
    half.touch(mode=0o666 if mode is None else mode)
    if mode is not None:
        half.chmod(mode)  # what the umask has left out of it
    half.write_bytes(raw)
    half.replace(path)


def unfinished(path: Path) -> Path:
    """Where a file is written before it takes its place: beside it, and hidden."""
    return path.with_name(f".{path.name.removeprefix('.')}.unfinished")
