"""What learners send, and what `updown class collect` tells of it."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.classroom.class_course import LESSON, names_below, updown_class

NOTEBOOK = f"{LESSON}.ipynb"
RECORD = f"{LESSON}/answers/quiz-adding-a-column.jsonl"


def collect(
    folder: Path, capsys: pytest.CaptureFixture[str], *places: Path, code: int = 0
) -> dict[str, Any]:
    """`updown class collect` of the lesson from these places; what it tells."""
    named = [word for place in places for word in ("--from", str(place))]
    capsys.readouterr()
    arguments = ["collect", LESSON, "--course", folder, "--json", *named]
    assert updown_class(folder.parent, *arguments) == code
    told: dict[str, Any]
    (told,) = json.loads(capsys.readouterr().out)["lessons"]
    assert not [*folder.glob(".collect-*")]
    return told


def zipped(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def submitted(folder: Path) -> dict[str, bytes]:
    return names_below(folder / "submitted")


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry
