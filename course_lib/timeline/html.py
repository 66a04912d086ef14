"""A picture as plain HTML without style, script or identifier, safe wherever it is pasted."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from .picture import Picture, StageView, StateView
from .sides import TableView
from .stops import Stop
from .text import SIGNS, STEP_SIGNS, codes, line_in_words, rows_in_words, short


def picture_to_html(picture: Picture) -> str:
    """The same as the text, as headings, lists and tables."""
    left, right = picture["sides"]
    parts = [
        f"<p><strong>Timeline of {escape(picture['database'])}</strong></p>",
        _list("ol", map(_stop, picture["stops"])),
        _list("ol", map(_stage, picture["stages"])),
        f"<p>{escape(picture['advice'])}</p>",
        f"<p>{_code(picture['code'])} {escape(picture['said'])}</p>",
        _list("ul", map(escape, picture["notes"])),
    ]
    if picture["problems"]:
        parts.append("<p>What is not as the history says:</p>")
        parts.append(_list("ul", map(escape, picture["problems"])))
    if steps := picture["steps"]:
        parts.append(f"<p>{escape(steps['title'])} ({escape(steps['where'])}):</p>")
        parts.append(_list("ol", map(_step, steps["steps"])))
    parts.append(f"<p>Tables, from {escape(left)} to {escape(right)}: + new, − gone, ~ changed</p>")
    parts += map(_table, picture["tables"])
    ledger = picture["ledger"]
    parts.append("<p>The ledger:</p>")
    parts.append(_grid(ledger["columns"], ledger["rows"]))
    parts.append(f"<p>States reached; {escape(picture['name'])}.look(1) shows the first:</p>")
    parts.append(
        _list(
            "ul",
            (
                f"<strong>{label}</strong>" if place == picture["state"] else label
                for place, label in enumerate(map(_state, picture["states"]))
            ),
        )
    )
    parts.append(f"<p>What you can do: {', '.join(map(_code, codes(picture)))}.</p>")
    return "".join(parts)


def _stop(stop: Stop) -> str:
    here = " <strong>(here)</strong>" if stop["here"] else ""
    return (
        f"{stop['sign']} {stop['letter']} <strong>{escape(stop['name'])}</strong>"
        f" {stop['state']}{here}: {escape(stop['words'])}"
    )


def _state(state: StateView) -> str:
    return f"State {state['number']}: {escape(state['label'])}"


def _stage(stage: StageView) -> str:
    name = f"<strong>{stage['name']} (here)</strong>" if stage["lit"] else stage["name"]
    return f"{stage['sign']} {name}: {escape(stage['words'])}"


def _step(step: dict[str, str]) -> str:
    note = f": {escape(step['note'])}" if step["note"] else ""
    sign, mark = STEP_SIGNS[step["mark"]], step["mark"]
    return f"{sign} {_code(step['sql'])}<br>{mark}{note} ({escape(step['words'])})"


def _table(table: TableView) -> str:
    rows = rows_in_words(table)
    lines = (
        f"{SIGNS[line['mark']]} {_code(line['name'])} {escape(line_in_words(line))}"
        for line in table["lines"]
    )
    title = f"{SIGNS[table['mark']]} <strong>{escape(table['name'])}</strong>"
    html = f"<p>{title} {rows}</p>{_list('ul', lines)}"
    if sample := table["sample"]:
        marked = zip(sample["columns"], sample["marks"], strict=True)
        head = [f"{SIGNS[mark]} {name}".strip() for name, mark in marked]
        html += _grid(head, [[short(value) for value in row] for row in sample["rows"]])
    return html


def _grid(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(value)}</td>' for value in row)}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _list(tag: str, items: Iterable[str]) -> str:
    rows = "".join(f"<li>{item}</li>" for item in items)
    return f"<{tag}>{rows}</{tag}>" if rows else ""


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>" if text else ""
