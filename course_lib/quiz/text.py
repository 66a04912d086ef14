"""A quiz page as plain text, for every place where no widget can run."""

from __future__ import annotations

from course_lib.quiz.kinds.question import Part
from course_lib.quiz.page import CamePage, Page, QuestionPage

MARKS = {"open": "( )", "missed": "(x)", "right": "(✓)"}
PICKED = ("one-choice", "several-choices", "predict", "review")
"""The kinds whose parts are options."""
NOT_YET = "Not answered yet."


def page_to_text(page: Page, status: str = "") -> str:
    """The quiz in lines: questions, options, the recorded answers and their explanations."""
    lines = [f"Quiz: {page['title']}"]
    if status:
        lines += ["", status]
    for number, question in enumerate(page["questions"], start=1):
        lines += ["", *_question(number, question)]
    lines += ["", page["progress"], *page["ending"]]
    if page["look_again"]:
        lines += ["Look again at:", *(f"  - {one['topic']}" for one in page["look_again"])]
    return "\n".join(lines)


def is_picked(question: QuestionPage, part: Part) -> bool:
    """Whether a part is an option that was picked last."""
    return question["kind"] in PICKED and part["id"] in question["given"]


def answers_of(question: QuestionPage) -> list[str]:
    """The last answer as lines, for the kinds whose parts do not show it."""
    given, parts = question["given"], {part["id"]: part["text"] for part in question["parts"]}
    if not given or question["kind"] in PICKED:
        return []
    if question["choices"]:
        rights = {choice["id"]: choice["text"] for choice in question["choices"]}
        return [
            f"{part['text']}: {rights.get(pick, pick)}"
            for part, pick in zip(question["parts"], given, strict=False)
        ]
    if parts:
        return [f"{place}. {parts.get(one, one)}" for place, one in enumerate(given, start=1)]
    return given[0].splitlines()


def _question(number: int, question: QuestionPage) -> list[str]:
    returned = f" ({question['returned']})" if question["returned"] else ""
    lines = [f"{number}. {question['stem']}{returned}"]
    if question["sql"]:
        lines += ["", *(f"       {line}" for line in question["sql"].splitlines()), ""]
    for part in question["parts"]:
        yours = " (your answer)" if is_picked(question, part) else ""
        lines.append(f"   {MARKS[part['mark']]} {part['text']}{yours}")
        if part["explanation"]:
            lines.append(f"       {part['explanation']}")
    if question["choices"]:
        lines.append("   To choose from:")
        lines += [f"     - {choice['text']}" for choice in question["choices"]]
    if question["entry"]:
        before, after = question["entry"]["before"], question["entry"]["after"]
        lines += [f"   {line}" for line in f"{before} ____ {after}".rstrip().splitlines()]
    if yours_lines := answers_of(question):
        lines += ["   Your answer:", *(f"     {line}" for line in yours_lines)]
    if question["came"]:
        lines += _came(question["came"])
    lines += [f"       {note}" for note in question["notes"]]
    lines.append(f"   {question['verdict'] or NOT_YET}")
    if question["solution"]:
        lines.append("   The right answer:")
        lines += [f"     {line}" for line in question["solution"].splitlines()]
    return lines


def _came(came: CamePage) -> list[str]:
    lines = [f"   What came: {came['sentence']}"]
    if came["columns"]:
        table = [came["columns"], *came["rows"]]
        widths = [max(map(len, column)) for column in zip(*table, strict=False)]
        for row in table:
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
            lines.append(f"     {' | '.join(cells)}".rstrip())
    return lines
