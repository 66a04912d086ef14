"""A picture as plain HTML, safe wherever it is pasted."""

from __future__ import annotations

from html import escape

from course_lib.code_words import words_to_html

from .picture import Picture, StageView, StateView
from .plain_html import code, grid, items
from .sides import TableView
from .stops import Stop
from .text import SIGNS, STEP_SIGNS, codes, line_in_words, rows_in_words, short


def picture_to_html(picture: Picture) -> str:
    """The same as the text, as headings, lists and tables."""
    left, right = picture["sides"]
    parts = [
        f"<p><strong>Timeline of {escape(picture['database'])}</strong></p>",
        items("ol", map(_stop, picture["stops"])),
        "<p>The workflow, repeated for every change:</p>",
        items("ol", map(_stage, picture["stages"])),
        f"<p>{words_to_html(picture['advice'])}</p>",
        f"<p>{code(picture['code'])} {words_to_html(picture['said'])}</p>",
        items("ul", map(words_to_html, picture["notes"])),
    ]
    if picture["problems"]:
        parts.append("<p>What is not as the history says:</p>")
        parts.append(items("ul", map(words_to_html, picture["problems"])))
    if steps := picture["steps"]:
        parts.append(f"<p>{escape(steps['title'])} ({escape(steps['where'])}):</p>")
        parts.append(items("ol", map(_step, steps["steps"])))
    parts.append(f"<p>Tables, from {escape(left)} to {escape(right)}: + new, − gone, ~ changed</p>")
    parts += map(_table, picture["tables"])
    ledger = picture["ledger"]
    if ledger["rows"]:
        parts.append(f"<p>The ledger:</p>{grid(ledger['columns'], ledger['rows'])}")
    else:
        parts.append("<p>The ledger has no row: no migration is applied.</p>")
    parts.append(f"<p>States reached; {escape(picture['name'])}.look(1) shows the first:</p>")
    parts.append(
        items(
            "ul",
            (
                f"<strong>{label}</strong>" if place == picture["state"] else label
                for place, label in enumerate(map(_state, picture["states"]))
            ),
        )
    )
    parts.append(f"<p>What you can do: {', '.join(map(code, codes(picture)))}.</p>")
    return "".join(parts)


def _stop(stop: Stop) -> str:
    here = " <strong>(here)</strong>" if stop["here"] else ""
    return (
        f"{stop['sign']} {stop['letter']} <strong>{escape(stop['name'])}</strong>"
        f" {stop['state']}{here}: {words_to_html(stop['words'])}"
    )


def _state(state: StateView) -> str:
    return f"State {state['number']}: {escape(state['label'])}"


def _stage(stage: StageView) -> str:
    name = f"<strong>{stage['name']} (here)</strong>" if stage["lit"] else stage["name"]
    return f"{stage['sign']} {name}: {words_to_html(stage['words'])}"


def _step(step: dict[str, str]) -> str:
    note = f": {words_to_html(step['note'])}" if step["note"] else ""
    sign, mark = STEP_SIGNS[step["mark"]], step["mark"]
    return f"{sign} {code(step['sql'])}<br>{mark}{note} ({words_to_html(step['words'])})"


def _table(table: TableView) -> str:
    rows = rows_in_words(table)
    lines = (
        f"{SIGNS[line['mark']]} {code(line['name'])} {escape(line_in_words(line))}"
        for line in table["lines"]
    )
    title = f"{SIGNS[table['mark']]} <strong>{escape(table['name'])}</strong>"
    html = f"<p>{title} {rows}</p>{items('ul', lines)}"
    if sample := table["sample"]:
        marked = zip(sample["columns"], sample["marks"], strict=True)
        head = [f"{SIGNS[mark]} {name}".strip() for name, mark in marked]
        html += grid(head, [[short(value) for value in row] for row in sample["rows"]])
    return html
