"""Pieces of the page's HTML: words, tables, places to jump to. Everything is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from course_lib.code_words import words_to_html

words = words_to_html
"""A sentence as HTML; what stands between backticks is code."""


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, how it stands, and the class of its colour where it is a part
    of the bars beside it."""

    name: str
    kind: Literal["text", "number", "wide", "date"] = "text"
    swatch: str = ""


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    under_its_title: bool = False,
    small: bool = False,
) -> str:
    """A table of HTML cells; the first of each row is its heading.

    Narrow pages show a row as a block, which takes the meaning from the elements of a table. So
    their roles are written down. One that stands `under_its_title` has its caption for those alone
    who hear the page; a `small` one has its numbers near its words.
    """
    head = "".join(
        f'<th role="columnheader" scope="col" class="{one.kind}">{_swatch(one)}'
        f"{escape(one.name)}</th>"
        for one in columns
    )
    body = "".join(f'<tr role="row">{_row(columns, row)}</tr>' for row in rows)
    heard = ' class="heard"' if under_its_title else ""
    return (
        f'<table role="table"{" class=small" * small}><caption{heard}>{words(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def paragraph(text: str, name: str = "") -> str:
    """A paragraph of words."""
    return f'<p class="{name}">{words(text)}</p>' if name else f"<p>{words(text)}</p>"


def heading(level: int, text: str, place: str = "") -> str:
    """A heading, to which `#place` leads."""
    at = f' id="{place}"' if place else ""
    return f"<h{level}{at}>{words(text)}</h{level}>"


def link(place: str, text: str) -> str:
    """A link to a heading of this page."""
    return f'<a href="#{place}">{words(text)}</a>'


def place_of(*names: str) -> str:
    """The id of a heading, of the names of what stands below it."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(names).lower()).strip("-")


def percent(number: float, of: float) -> str:
    """A share in whole percent; a dash where there is nothing."""
    return f"{round(100 * number / of)} %" if of else "–"


def amount(value: float | None, unit: str = "") -> str:
    """A number as short as it can be, such as a median; a dash for None."""
    return "–" if value is None else f"{round(value, 1):g}{unit}"


def _row(columns: Sequence[Column], cells: Sequence[str]) -> str:
    first, *rest = cells
    shown = f'<th role="rowheader" scope="row" class="{columns[0].kind}">{first}</th>'
    for column, cell in zip(columns[1:], rest, strict=True):
        label = escape(column.name)
        shown += f'<td role="cell" class="{column.kind}" data-label="{label}">{cell}</td>'
    return shown


def _swatch(column: Column) -> str:
    if not column.swatch:
        return ""
    return f'<span class="swatch {column.swatch}" aria-hidden="true"></span>'
