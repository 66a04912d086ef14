"""A picture as plain text: everything that the page shows, for terminals and for every place where
no widget can run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from course_lib.migrations.report import table_lines

from .picture import Picture, StepsView
from .sides import Line, SampleView, TableView

SIGNS = {"same": " ", "new": "+", "gone": "−", "changed": "~"}
STEP_SIGNS = {
    "waits": "·",
    "next": "▸",
    "ran": "✓",
    "undone": "↩",
    "refused": "✕",
    "not run": "·",
}


def picture_to_text(picture: Picture) -> str:
    """The picture in lines."""
    lines = [f"Timeline of {picture['database']}", "", *_stops(picture), ""]
    lines += [_workflow(picture), picture["advice"], ""]
    lines += [f"{picture['code']}".strip() or "(no action yet)", picture["said"]]
    lines += [f"- {note}" for note in picture["notes"]]
    if picture["problems"]:
        lines += ["", "What is not as the history says:"]
        lines += [f"- {problem}" for problem in picture["problems"]]
    if picture["steps"]:
        lines += ["", *_steps(picture["steps"])]
    left, right = picture["sides"]
    lines += ["", f"Tables, from {left} to {right}: + new, − gone, ~ changed"]
    for table in picture["tables"]:
        lines += ["", *_table(table)]
    ledger = picture["ledger"]
    lines += ["", "The ledger, updated with every migration in the same transaction:"]
    lines += _indent(table_lines([ledger["columns"], *ledger["rows"]]))
    if not ledger["rows"]:
        lines.append("  no row: no migration is applied")
    if picture["states"]:
        lines += ["", f"States reached, of which you see the one with the arrow; {_look(picture)}:"]
        lines += [
            f"{'→' if place == picture['state'] else ' '} State {state['number']}: {state['label']}"
            for place, state in enumerate(picture["states"])
        ]
    lines += ["", f"What you can do: {', '.join(codes(picture))}."]
    return "\n".join(lines)


def rows_in_words(table: TableView) -> str:
    """The number of rows on both sides: `3,000 rows`, `2 rows, then 3`."""
    left, right = table["rows_left"], table["rows_right"]
    if left is None and right is None:
        return ""
    if left is None or right is None or left == right:
        number = right if left is None else left
        return f"{number:,} {'row' if number == 1 else 'rows'}"
    return f"{left:,} rows, then {right:,}"


def line_in_words(line: Line) -> str:
    """What a column or key is, on both sides where they differ."""
    if line["mark"] == "changed":
        return f"{line['left']} → {line['right']}"
    return line["right"] or line["left"]


def codes(picture: Picture) -> list[str]:
    """Every line of code that a person can write here."""
    name = picture["name"]
    some = [action["code"] for action in picture["actions"]]
    stop = picture["stops"][-1]["to"] if picture["stops"] else "0"
    return [*some, f'{name}.to("{stop}")', f"{name}.break_at(2)", f'{name}.compare("goal")']


def _stops(picture: Picture) -> list[str]:
    width = max((len(stop["name"]) for stop in picture["stops"]), default=0)
    return [
        f"{'→' if stop['here'] else ' '} {stop['sign']} {stop['letter']}  {stop['name']:<{width}}"
        f"  {stop['state']:<10}  {stop['words']}"
        for stop in picture["stops"]
    ]


def _workflow(picture: Picture) -> str:
    stages = (
        f"[{stage['sign']} {stage['name'].upper()}]"
        if stage["lit"]
        else f"{stage['sign']} {stage['name']}"
        for stage in picture["stages"]
    )
    return f"{' → '.join(stages)} → repeat for every change"


def _steps(steps: StepsView) -> Iterator[str]:
    yield f"{steps['title']} ({steps['where']}):"
    for number, step in enumerate(steps["steps"], start=1):
        yield f"{STEP_SIGNS[step['mark']]} {number}. {step['sql']}"
        note = f": {step['note']}" if step["note"] else ""
        yield f"     {step['mark']}{note} ({step['words']})"


def _table(table: TableView) -> Iterator[str]:
    rows = rows_in_words(table)
    yield f"{SIGNS[table['mark']]} {table['name']}{f': {rows}' if rows else ''}"
    width = max((len(line["name"]) for line in table["lines"]), default=0)
    for line in table["lines"]:
        yield f"  {SIGNS[line['mark']]} {line['name']:<{width}}  {line_in_words(line)}".rstrip()
    if table["sample"] and table["sample"]["rows"]:
        yield from _indent(_sample(table["sample"]))


def _sample(sample: SampleView) -> list[str]:
    head = [
        f"{SIGNS[mark]}{name}".strip()
        for name, mark in zip(sample["columns"], sample["marks"], strict=True)
    ]
    return table_lines([head, *([short(value) for value in row] for row in sample["rows"])])


def short(value: str | None) -> str:
    """A value as one short text; NULL is told from a text, and a blank from nothing."""
    if value is None:
        return "NULL"
    line = " ".join(value.split("\n"))
    if not line.strip():
        return f"'{line}'"
    return line if len(line) <= 40 else f"{line[:39]}…"


def _indent(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _look(picture: Picture) -> str:
    return f"{picture['name']}.look(1) shows the first"
