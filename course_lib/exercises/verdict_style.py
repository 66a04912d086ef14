"""How a verdict looks on a page: the theme's colours, then the system's, and sizes."""

from __future__ import annotations

INK = "var(--jp-ui-font-color1, CanvasText)"
PALE = "var(--jp-ui-font-color2, CanvasText)"
LINE = "var(--jp-border-color2, GrayText)"
PAPER = "var(--jp-layout-color1, Canvas)"
PANEL = "var(--jp-layout-color2, Canvas)"
COLOURS = {
    "passed": "var(--jp-success-color1, #2e7d32)",
    "failed": "var(--jp-error-color1, #c62828)",
    "not_checked": "var(--jp-layout-color3, GrayText)",
}
SIGNS = {"passed": "✓", "failed": "✗", "not_checked": "–"}

# Measured in em, as everywhere here where a width must hold: nbgrader's pages make a rem 10 pixels.
BOX = (
    f"box-sizing:border-box;max-width:62em;margin:.5rem 0;padding:1rem 1.25rem;color:{INK};"
    f"background:{PAPER};border:1px solid {LINE};border-radius:6px;line-height:1.5;"
    "font-family:var(--jp-ui-font-family, system-ui, sans-serif);"
    "font-size:var(--jp-content-font-size1, 14px);text-align:left"
)
HEAD = f"margin:0;padding:0;border:0;font-size:1.2em;font-weight:600;line-height:1.3;color:{INK}"
SUBHEAD = f"margin:0 0 .25rem;padding:0;font-size:1.05em;font-weight:600;color:{INK}"
TEXT = f"margin:0;color:{INK}"
QUIET = f"margin:0;color:{PALE}"
TABLE = "width:100%;margin:0;border:0;border-collapse:collapse;table-layout:auto;font-size:1em"
ROW = "background:transparent;vertical-align:top"
CELL = (
    f"padding:.3rem .75rem .3rem 0;border:0;text-align:left;vertical-align:top;color:{INK};"
    "white-space:pre-wrap;max-width:none;overflow-wrap:anywhere"
)
TERM = CELL + ";width:1%;white-space:nowrap;font-weight:400"
# `anywhere` would let a narrow page break the words of the sentences to give room to the rest.
WHOLE_WORDS = "white-space:normal;overflow-wrap:break-word"
CODE = (
    "font-family:var(--jp-code-font-family, monospace);font-size:.95em;background:none;padding:0;"
    "color:inherit"
)

# As a list item it has its arrow also where a page's own style sheet takes it away.
SUMMARY = "display:list-item;cursor:pointer"
