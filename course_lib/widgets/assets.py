"""A widget's script and style, joined from files that have one job each. No bundler."""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static"

_PAGE = ("keys.js", "nodes.js")
_PARTS = (*_PAGE, "parts.js")
QUIZ = (
    *_PAGE,
    *(f"quiz/{name}.js" for name in ("frame", "choices", "order", "match", "review", "typed")),
    *(f"quiz/{name}.js" for name in ("mirror", "look_again", "quiz")),
)
QUIZ_STYLE = ("host.css", "quiz/frame.css", "quiz/kinds.css")
TIMELINE = (
    *_PARTS,
    *(f"timeline/{name}.js" for name in ("page", "loop", "stops", "controls")),
    *(f"timeline/{name}.js" for name in ("statements", "tables", "timeline")),
)
TIMELINE_STYLE = (
    "host.css",
    *(f"timeline/{name}.css" for name in ("frame", "loop", "stops", "controls")),
    *(f"timeline/{name}.css" for name in ("statements", "tables", "media")),
)
STAGE = (*_PARTS, "stage/stage.js")
STAGE_STYLE = (*TIMELINE_STYLE, "stage/stage.css")
"""The files of each widget, below `static/`, in the order in which they are joined."""

_COMMENT_LINES = re.compile(r"^\s*(//.*|/\*\*?[\s\S]*?\*/)\s*$", re.M)


def joined(names: tuple[str, ...]) -> str:
    """The files one after the other, without the lines that are comments and without indentation,
    since every widget on a page carries a copy."""
    texts = ((STATIC / name).read_text(encoding="utf-8") for name in names)
    lines = _COMMENT_LINES.sub("", "\n".join(texts)).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip()) + "\n"
