"""Bars as inline SVG. Each stands in a table whose row says the same in numbers, so it is hidden
from those who hear the page; `share_bar` alone can stand elsewhere, beside its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 1000, 10
GAP = 4
"""Between the parts of a bar, so that they are told apart without colours."""


def stacked_bar(parts: Sequence[tuple[str, int]]) -> str:
    """Parts of a whole, side by side: (class, number). Empty where there is nothing."""
    total = sum(number for _, number in parts)
    if not total:
        return ""
    shapes, at = [], 0.0
    for name, number in parts:
        width = WIDTH * number / total
        if number:
            shapes.append(_rect(name, at, max(width - GAP, 1)))
        at += width
    return _svg(shapes)


def share_bar(number: float, of: float, name: str = "failed") -> str:
    """One number of a whole, on a track."""
    share = number / of if of else 0.0
    return _svg([_rect("track", 0, WIDTH), _rect(name, 0, WIDTH * share)])


def quartile_bar(low: float, middle: float, high: float) -> str:
    """The middle half of shares from 0 to 1, and a stroke at their median."""
    x = WIDTH * middle
    stroke = f'<line class="mark" x1="{x:.1f}" y1="-1" x2="{x:.1f}" y2="{HEIGHT + 1}"/>'
    box = _rect("passed", WIDTH * low, max(WIDTH * (high - low), 2))
    return _svg([_rect("track", 0, WIDTH), box, stroke])


def _rect(name: str, x: float, width: float) -> str:
    return f'<rect class="{name}" x="{x:.1f}" y="0" width="{width:.1f}" height="{HEIGHT}"/>'


def _svg(shapes: Iterable[str]) -> str:
    box = f"0 0 {WIDTH} {HEIGHT}"
    return (
        f'<svg class="bar" viewBox="{box}" preserveAspectRatio="none" aria-hidden="true"'
        f' focusable="false">{"".join(shapes)}</svg>'
    )
