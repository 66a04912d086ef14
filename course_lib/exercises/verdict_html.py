"""A verdict as an HTML fragment: headings, tables and words first, colour only beside them.

It follows the theme of the page it lands in (`--jp-*`, then the system's colours), needs no script
and no style sheet, and escapes everything: an answer and its rows may hold any text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.code_words import words_to_html

from .verdict_style import (
    BOX,
    CELL,
    CODE,
    COLOURS,
    HEAD,
    INK,
    LINE,
    PALE,
    PANEL,
    QUIET,
    ROW,
    SIGNS,
    SUBHEAD,
    SUMMARY,
    TABLE,
    TERM,
    TEXT,
    WHOLE_WORDS,
)
from .verdict_text import (
    STATES,
    all_met_sentence,
    fault_sentence,
    further_sentence,
    headline,
    hint_sentence,
    more_sentence,
    waiting_sentence,
)

if TYPE_CHECKING:
    from .verdict import Difference, Result, Verdict


def verdict_html(verdict: Verdict) -> str:
    """The fragment: headline, first failure in words, then a table of all requirements."""
    body = [
        _header(verdict),
        _first(verdict),
        _hint(verdict),
        _requirements(verdict),
        _footer(verdict),
    ]
    return f'<div style="{BOX}">{"".join(body)}</div>'


def _header(verdict: Verdict) -> str:
    bar = "".join(
        f'<span style="flex:{max(result.max_points, 1)};height:6px;border-radius:3px;'
        f'background:{COLOURS[result.state]}"></span>'
        for result in verdict.results
    )
    return (
        '<div style="display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline;'
        'justify-content:space-between">'
        f'<h3 style="{HEAD}">{_words(verdict.title)}</h3>'
        f'<p style="{TEXT};font-weight:600">{_words(headline(verdict))}</p></div>'
        f'<div aria-hidden="true" style="display:flex;gap:3px;margin:.6rem 0 1rem">{bar}</div>'
    )


def _first(verdict: Verdict) -> str:
    if verdict.fault is not None:
        return _panel(
            "not_checked", "The check failed", f"<p>{_words(fault_sentence(verdict))}</p>"
        )
    first = verdict.first_failure
    if first is None:
        fact = f'<p style="{TEXT}">{_words(verdict.results[-1].fact)}</p>'
        return _panel("passed", all_met_sentence(verdict), fact)
    reason = f'<p style="{TEXT};margin-bottom:.5rem">{_words(first.reason)}</p>'
    return _panel("failed", f"Not yet: {first.title}", reason + _differences(first))


def _panel(state: str, title: str, body: str) -> str:
    return (
        f'<div style="margin:0 0 1rem;padding:.75rem 1rem;background:{PANEL};'
        f'border-left:4px solid {COLOURS[state]};border-radius:0 4px 4px 0">'
        f'<h4 style="{SUBHEAD}">{_words(title)}</h4>{body}</div>'
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
        shown.append(f'<p style="{QUIET};margin-top:.5rem">{_words(more)}</p>')
    return "".join(shown)


def _difference(difference: Difference, *, same_end: bool) -> str:
    parts = [("is", difference.is_), ("expected", difference.expected)]
    if not same_end:
        parts += [("so", difference.consequence), ("next", difference.where)]
    rows = "".join(
        f'<tr style="{ROW}"><th scope="row" style="{TERM}">{name}</th>'
        f'<td style="{CELL}">{_words(text)}</td></tr>'
        for name, text in parts
    )
    caption = (
        f'<caption style="caption-side:top;padding:.4rem 0 .1rem;text-align:left;font-weight:600;'
        f'font-size:1em;color:{INK}">{_words(difference.object)}</caption>'
    )
    return f'<table style="{TABLE}">{caption}<tbody>{rows}</tbody></table>'


def _hint(verdict: Verdict) -> str:
    sentence = hint_sentence(verdict)
    return f'<p style="{TEXT};margin:0 0 1rem">{_words(sentence)}</p>' if sentence else ""


def _requirements(verdict: Verdict) -> str:
    head = "".join(
        f'<th scope="col" style="{CELL};{WHOLE_WORDS};font-weight:400;color:{PALE}">{name}</th>'
        for name in ("State", "Requirement", "Points")
    )
    rows = "".join(_requirement(result, verdict) for result in verdict.results)
    return (
        f'<table style="{TABLE}"><caption style="caption-side:top;padding:0;text-align:left;'
        f'font-style:normal">'
        f'<h4 style="{SUBHEAD}">All requirements</h4></caption>'
        f'<thead style="border:0"><tr style="{ROW}">{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _requirement(result: Result, verdict: Verdict) -> str:
    cell = f"{CELL};border-top:1px solid {LINE}"
    state = (
        f'<span aria-hidden="true" style="display:inline-block;width:1.2em;font-weight:700;'
        f'color:{_sign_colour(result)}">{SIGNS[result.state]}</span>{STATES[result.state]}'
    )
    note = result.fact or waiting_sentence(result, verdict)
    more = f'<div style="{QUIET}">{_words(note)}</div>' if note else ""
    if result.state == "failed" and result is not verdict.first_failure:
        more = (
            f'<details{_open(verdict)} style="margin:.15rem 0 0">'
            f'<summary style="{SUMMARY};color:{PALE}">What differs</summary>'
            f'<p style="{TEXT}">{_words(result.reason)}</p>'
            f"{_differences(result)}</details>"
        )
    return (
        f'<tr style="{ROW}"><td style="{cell};width:1%;white-space:nowrap">{state}</td>'
        f'<td style="{cell};{WHOLE_WORDS}">{_words(result.title)}{more}</td>'
        f'<td style="{cell};width:4em;{WHOLE_WORDS}">{result.points} of {result.max_points}'
        "</td></tr>"
    )


def _sign_colour(result: Result) -> str:
    # The bar of what was not checked is pale on purpose; its sign stands in a line of text.
    return PALE if result.state == "not_checked" else COLOURS[result.state]


def _open(verdict: Verdict) -> str:
    """Two failures belong together more often than not, so the second is shown at once."""
    failed = sum(result.state == "failed" for result in verdict.results)
    return " open" if failed == 2 else ""


def _footer(verdict: Verdict) -> str:
    sentence = further_sentence(verdict) if verdict.fault is None else ""
    return f'<p style="{QUIET};margin-top:.75rem">{_words(sentence)}</p>' if sentence else ""


def _words(text: str) -> str:
    """Text as HTML: escaped, then what stands between backticks set as code."""
    return words_to_html(text, style=CODE)
