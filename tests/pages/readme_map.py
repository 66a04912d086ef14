"""README.md's map of the lessons, made of their texts.

python -m tests.pages.readme_map        writes it into README.md
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from course_lib.authoring import find_lessons
from course_lib.authoring.prose import promised_minutes
from tests.journeys.shown import find_shown

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
HEAD = "| | what you will do | minutes | |\n|---|---|---|---|\n"
_MAP = re.compile(re.escape(HEAD) + r"(?:\|.*\n)*")


def lesson_map() -> str:
    """The table: number, title with its link, promise, minutes, picture."""
    texts = [text for text in find_lessons(ROOT / "lessons") if text.name == "lesson.md"]
    return HEAD + "".join(map(_row, texts))


def read_map() -> str:
    """The table as README.md has it."""
    found = _MAP.search(README.read_text(encoding="utf-8"))
    return found[0] if found else ""


def picture_of(lesson: str) -> Path:
    """Where `tests/journeys/lesson_pictures.py` puts the picture of a lesson."""
    return ROOT / "docs" / "images" / "lessons" / f"{lesson[:2]}.png"


def _row(text: Path) -> str:
    lesson, said = text.parent.name, text.read_text(encoding="utf-8")
    title = re.sub(r"^Lesson \d+: ", "", said.splitlines()[0].removeprefix("# "))
    promise = re.search(r"\*\*(.+?)\*\*", said, re.DOTALL)
    promised = " ".join(promise[1].split()) if promise else ""
    link = f"[{title}](notebooks/{lesson}/{lesson}.ipynb)"
    picture = picture_of(lesson).relative_to(ROOT).as_posix()
    says = find_shown(ROOT / "notebooks", lesson)[0].says
    shown = f'<img src="{picture}" width="340" alt="{says}">'
    return f"| {lesson[:2]} | **{link}**<br>{promised} | {promised_minutes(said)} | {shown} |\n"


def main() -> int:
    """Put the table in place of the old one."""
    text = README.read_text(encoding="utf-8")
    README.write_text(_MAP.sub(lambda _: lesson_map(), text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
