"""The script and the style of the quiz's page, joined from files that have one job each."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "quiz"
SCRIPTS = ("frame.js", "choices.js", "order.js", "match.js", "typed.js", "quiz.js")
STYLES = ("frame.css", "kinds.css")
"""The files in the order in which they are joined."""

_COMMENT_LINES = re.compile(r"^\s*(//.*|/\*\*?[\s\S]*?\*/)\s*$", re.M)


def script() -> str:
    """The ES module of the quiz."""
    return _joined(SCRIPTS)


def style() -> str:
    """The style sheet of the quiz."""
    return _joined(STYLES)


def _joined(names: tuple[str, ...]) -> str:
    """The files one after the other, without the lines that are comments and without indentation,
    since every widget on a page carries a copy."""
    texts = ((FOLDER / name).read_text(encoding="utf-8") for name in names)
    lines = _COMMENT_LINES.sub("", "\n".join(texts)).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip()) + "\n"
