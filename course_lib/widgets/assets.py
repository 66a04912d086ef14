"""A widget's script and style, joined from files that have one job each. No bundler."""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static"

QUIZ = (
    "keys.js",
    "nodes.js",
    *(f"quiz/{name}.js" for name in ("frame", "choices", "order", "match", "typed", "quiz")),
)
QUIZ_STYLE = ("quiz/frame.css", "quiz/kinds.css")
TIMELINE = ("keys.js", "nodes.js", "parts.js", "timeline.js")
TIMELINE_STYLE = ("timeline.css",)
STAGE = ("keys.js", "nodes.js", "parts.js", "stage.js")
STAGE_STYLE = ("timeline.css", "stage.css")
"""The files of each widget, below `static/`, in the order in which they are joined."""

_COMMENT_LINES = re.compile(r"^\s*(//.*|/\*\*?[\s\S]*?\*/)\s*$", re.M)


def joined(names: tuple[str, ...]) -> str:
    """The files one after the other, without the lines that are comments and without indentation,
    since every widget on a page carries a copy."""
    texts = ((STATIC / name).read_text(encoding="utf-8") for name in names)
    lines = _COMMENT_LINES.sub("", "\n".join(texts)).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip()) + "\n"
