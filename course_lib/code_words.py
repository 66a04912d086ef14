"""Words between backticks are code: a sentence of ours as HTML."""

from __future__ import annotations

import re
from html import escape

_CODE = re.compile(r"`([^`]+)`")


def words_to_html(text: str, *, style: str = "") -> str:
    """Escaped text in which `code` is code; `style` is for places without a style sheet."""
    tag = f'<code style="{style}">' if style else "<code>"
    return _CODE.sub(lambda found: f"{tag}{found[1]}</code>", escape(text))
