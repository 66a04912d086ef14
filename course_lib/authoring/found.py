"""Where the lessons of a course are: those that are published, and drafts."""

from __future__ import annotations

from pathlib import Path

START_PAGE = "00-start"
DRAFTS = "drafts"


def find_lessons(lessons: Path) -> tuple[Path, ...]:
    """The texts of what the build publishes, in order: the start page, then each lesson."""
    start = lessons / f"{START_PAGE}.md"
    return (*([start] if start.exists() else []), *sorted(lessons.glob("*/lesson.md")))


def find_drafts(lessons: Path) -> tuple[Path, ...]:
    """The texts of lessons that are being written: `lessons/drafts/<lesson>/lesson.md`."""
    return tuple(sorted(lessons.glob(f"{DRAFTS}/*/lesson.md")))


def lesson_name(text: Path) -> str:
    """The name of a lesson by its text: that of its folder, or of the page itself."""
    return text.parent.name if text.name == "lesson.md" else text.stem


def is_draft(text: Path) -> bool:
    """Whether this is the text of a draft."""
    return text.name == "lesson.md" and text.parent.parent.name == DRAFTS
