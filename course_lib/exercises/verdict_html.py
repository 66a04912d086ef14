"""A verdict as an HTML fragment: headings, tables and words first, colour only beside them.

It follows the theme of the page it lands in (`--jp-*`, then the system's colours), needs no script
and no style sheet, and escapes everything: an answer and its rows may hold any text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from .verdict_text import (
    STATES,
    all_met_sentence,
    fault_sentence,
    further_sentence,
    headline,
    more_sentence,
    waiting_sentence,
)

if TYPE_CHECKING:
    from .verdict import Difference, Result, Verdict

_INK = "var(--jp-ui-font-color1, CanvasText)"
_PALE = "var(--jp-ui-font-color2, CanvasText)"
_LINE = "var(--jp-border-color2, GrayText)"
_PAPER = "var(--jp-layout-color1, Canvas)"
_PANEL = "var(--jp-layout-color2, Canvas)"
_COLOURS = {
    "passed": "var(--jp-success-color1, #2e7d32)",
    "failed": "var(--jp-error-color1, #c62828)",
    "not_checked": "var(--jp-layout-color3, GrayText)",
}
_HINTS = ("where to look", "the idea", "the first statement")
_SIGNS = {"passed": "✓", "failed": "✗", "not_checked": "–"}

# Measured in em, as everywhere here where a width must hold: nbgrader's pages make a rem 10 pixels.
_BOX = (
    f"box-sizing:border-box;max-width:62em;margin:.5rem 0;padding:1rem 1.25rem;color:{_INK};"
    f"background:{_PAPER};border:1px solid {_LINE};border-radius:6px;line-height:1.5;"
    "font-family:var(--jp-ui-font-family, system-ui, sans-serif);"
    "font-size:var(--jp-content-font-size1, 14px);text-align:left"
)
_HEAD = f"margin:0;padding:0;border:0;font-size:1.2em;font-weight:600;line-height:1.3;color:{_INK}"
_SUBHEAD = f"margin:0 0 .25rem;padding:0;font-size:1.05em;font-weight:600;color:{_INK}"
_TEXT = f"margin:0;color:{_INK}"
_QUIET = f"margin:0;color:{_PALE}"
_TABLE = "width:100%;margin:0;border:0;border-collapse:collapse;table-layout:auto;font-size:1em"
_ROW = "background:transparent;vertical-align:top"
_CELL = (
    f"padding:.3rem .75rem .3rem 0;border:0;text-align:left;vertical-align:top;color:{_INK};"
    "white-space:pre-wrap;max-width:none;overflow-wrap:anywhere"
)
_TERM = _CELL + ";width:1%;white-space:nowrap;font-weight:400"
# `anywhere` would let a narrow page break the words of the sentences to give room to the rest.
_WHOLE_WORDS = "white-space:normal;overflow-wrap:break-word"
_CODE = (
    "font-family:var(--jp-code-font-family, monospace);font-size:.95em;background:none;padding:0;"
    "color:inherit"
)

# As a list item it has its arrow also where a page's own style sheet takes it away.
_SUMMARY = "display:list-item;cursor:pointer"

_BETWEEN_TICKS = re.compile("`([^`]+)`")


def verdict_html(verdict: Verdict) -> str:
    """The fragment: headline, first failure in words, then a table of all requirements."""
    body = [
        _header(verdict),
        _first(verdict),
        _hints(verdict),
        _requirements(verdict),
        _footer(verdict),
    ]
    return f'<div style="{_BOX}">{"".join(body)}</div>'


def _header(verdict: Verdict) -> str:
    bar = "".join(
        f'<span style="flex:{max(result.max_points, 1)};height:6px;border-radius:3px;'
        f'background:{_COLOURS[result.state]}"></span>'
        for result in verdict.results
    )
    return (
        '<div style="display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline;'
        'justify-content:space-between">'
        f'<h3 style="{_HEAD}">{_words(verdict.title)}</h3>'
        f'<p style="{_TEXT};font-weight:600">{_words(headline(verdict))}</p></div>'
        f'<div aria-hidden="true" style="display:flex;gap:3px;margin:.6rem 0 1rem">{bar}</div>'
    )


def _first(verdict: Verdict) -> str:
    if verdict.fault is not None:
        return _panel(
            "not_checked", "The check failed", f"<p>{_words(fault_sentence(verdict))}</p>"
        )
    first = verdict.first_failure
    if first is None:
        fact = f'<p style="{_TEXT}">{_words(verdict.results[-1].fact)}</p>'
        return _panel("passed", all_met_sentence(verdict), fact)
    reason = f'<p style="{_TEXT};margin-bottom:.5rem">{_words(first.reason)}</p>'
    return _panel("failed", f"Not yet: {first.title}", reason + _differences(first))


def _panel(state: str, title: str, body: str) -> str:
    return (
        f'<div style="margin:0 0 1rem;padding:.75rem 1rem;background:{_PANEL};'
        f'border-left:4px solid {_COLOURS[state]};border-radius:0 4px 4px 0">'
        f'<h4 style="{_SUBHEAD}">{_words(title)}</h4>{body}</div>'
    )


def _differences(result: Result) -> str:
    """Each difference is a small table; what follows from it stands once where it is the same."""
    ends = [(d.consequence, d.where) for d in result.differences]
    shown = [
        _difference(difference, same_end=end == after)
        for difference, end, after in zip(result.differences, ends, [*ends[1:], None], strict=True)
    ]
    more = more_sentence(result)
    if more:
        shown.append(f'<p style="{_QUIET};margin-top:.5rem">{_words(more)}</p>')
    return "".join(shown)


def _difference(difference: Difference, *, same_end: bool) -> str:
    parts = [("is", difference.is_), ("expected", difference.expected)]
    if not same_end:
        parts += [("so", difference.consequence), ("next", difference.where)]
    rows = "".join(
        f'<tr style="{_ROW}"><th scope="row" style="{_TERM}">{name}</th>'
        f'<td style="{_CELL}">{_words(text)}</td></tr>'
        for name, text in parts
    )
    caption = (
        f'<caption style="caption-side:top;padding:.4rem 0 .1rem;text-align:left;font-weight:600;'
        f'font-size:1em;color:{_INK}">{_words(difference.object)}</caption>'
    )
    return f'<table style="{_TABLE}">{caption}<tbody>{rows}</tbody></table>'


def _hints(verdict: Verdict) -> str:
    """The hints, closed one by one, while something is not as asked."""
    if verdict.first_failure is None or not verdict.hints:
        return ""
    closed = "".join(
        f'<details style="margin:.15rem 0"><summary style="{_SUMMARY}">Hint {number}: {name}'
        f'</summary><p style="{_TEXT};margin:0 0 .5rem 1.2em">{_words(hint)}</p></details>'
        for number, (name, hint) in enumerate(zip(_HINTS, verdict.hints, strict=False), start=1)
    )
    return f'<div style="margin:0 0 1rem">{closed}</div>'


def _requirements(verdict: Verdict) -> str:
    head = "".join(
        f'<th scope="col" style="{_CELL};font-weight:400;color:{_PALE}">{name}</th>'
        for name in ("State", "Requirement", "Points")
    )
    rows = "".join(_requirement(result, verdict) for result in verdict.results)
    return (
        f'<table style="{_TABLE}"><caption style="caption-side:top;padding:0;text-align:left;'
        f'font-style:normal">'
        f'<h4 style="{_SUBHEAD}">All requirements</h4></caption>'
        f'<thead style="border:0"><tr style="{_ROW}">{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _requirement(result: Result, verdict: Verdict) -> str:
    cell = f"{_CELL};border-top:1px solid {_LINE}"
    state = (
        f'<span aria-hidden="true" style="display:inline-block;width:1.2em;font-weight:700;'
        f'color:{_sign_colour(result)}">{_SIGNS[result.state]}</span>{STATES[result.state]}'
    )
    note = result.fact or waiting_sentence(result, verdict)
    more = f'<div style="{_QUIET}">{_words(note)}</div>' if note else ""
    if result.state == "failed" and result is not verdict.first_failure:
        more = (
            f'<details{_open(verdict)} style="margin:.15rem 0 0">'
            f'<summary style="{_SUMMARY};color:{_PALE}">What differs</summary>'
            f'<p style="{_TEXT}">{_words(result.reason)}</p>'
            f"{_differences(result)}</details>"
        )
    return (
        f'<tr style="{_ROW}"><td style="{cell};width:7.5em;{_WHOLE_WORDS}">{state}</td>'
        f'<td style="{cell};{_WHOLE_WORDS}">{_words(result.title)}{more}</td>'
        f'<td style="{cell};width:4em;{_WHOLE_WORDS}">{result.points} of {result.max_points}'
        "</td></tr>"
    )


def _sign_colour(result: Result) -> str:
    # The bar of what was not checked is pale on purpose; its sign stands in a line of text.
    return _PALE if result.state == "not_checked" else _COLOURS[result.state]


def _open(verdict: Verdict) -> str:
    """Two failures belong together more often than not, so the second is shown at once."""
    failed = sum(result.state == "failed" for result in verdict.results)
    return " open" if failed == 2 else ""


def _footer(verdict: Verdict) -> str:
    sentence = further_sentence(verdict) if verdict.fault is None else ""
    return f'<p style="{_QUIET};margin-top:.75rem">{_words(sentence)}</p>' if sentence else ""


def _words(text: str) -> str:
    """Text as HTML: escaped, then what stands between backticks set as code."""
    return _BETWEEN_TICKS.sub(rf'<code style="{_CODE}">\1</code>', html.escape(text))
