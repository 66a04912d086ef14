"""A quiz page as plain text and as plain HTML, for every place where no widget can run."""

from __future__ import annotations

import re
from html import escape

from course_lib.quiz.page import OptionPage, Page, QuestionPage

_MARKS = {"open": "( )", "missed": "(x)", "right": "(✓)"}
_WORDS = {"open": "", "missed": "not right", "right": "right"}
_CODE = re.compile(r"`([^`]+)`")


def page_to_text(page: Page, status: str = "") -> str:
    """The quiz in lines: questions, options, the recorded answers and their explanations."""
    lines = [f"Quiz: {page['title']}"]
    if status:
        lines += ["", status]
    for number, question in enumerate(page["questions"], start=1):
        lines += ["", f"{number}. {question['stem']}"]
        if question["sql"]:
            lines += ["", *(f"       {line}" for line in question["sql"].splitlines()), ""]
        for option in question["options"]:
            lines.append(f"   {_MARKS[option['mark']]} {option['text']}{_picked(question, option)}")
            if option["explanation"]:
                lines.append(f"       {option['explanation']}")
        lines.append(f"   {question['verdict'] or 'Not answered yet.'}")
    return "\n".join([*lines, "", page["progress"], *_look_again(page)])


def page_to_html(page: Page, status: str = "") -> str:
    """The same as HTML without style, script or identifier, safe wherever it is pasted."""
    parts = [f"<p><strong>Quiz: {_rich(page['title'])}</strong></p>"]
    if status:
        parts.append(f"<p>{_rich(status)}</p>")
    parts.append("<ol>")
    for question in page["questions"]:
        parts.append(f"<li><p>{_rich(question['stem'])}</p>")
        if question["sql"]:
            parts.append(f"<pre>{escape(question['sql'])}</pre>")
        parts.append("<ul>")
        for option in question["options"]:
            word = _WORDS[option["mark"]]
            mark = f"{_MARKS[option['mark']]} <strong>{word}:</strong> " if word else ""
            parts.append(f"<li>{mark}{_rich(option['text'])}{_picked(question, option)}")
            if option["explanation"]:
                parts.append(f"<br><em>{_rich(option['explanation'])}</em>")
            parts.append("</li>")
        verdict = question["verdict"] or "Not answered yet."
        parts.append(f"</ul><p>{_rich(verdict)}</p></li>")
    parts.append(f"</ol><p><strong>{_rich(page['progress'])}</strong></p>")
    if page["look_again"]:
        items = "".join(f"<li>{_rich(topic)}</li>" for topic in page["look_again"])
        parts.append(f"<p>Look again at:</p><ul>{items}</ul>")
    return "".join(parts)


def _picked(question: QuestionPage, option: OptionPage) -> str:
    return " (your answer)" if option["id"] == question["picked"] else ""


def _look_again(page: Page) -> list[str]:
    if not page["look_again"]:
        return []
    return ["Look again at:", *(f"  - {topic}" for topic in page["look_again"])]


def _rich(text: str) -> str:
    """Escaped text in which `code` is code."""
    return _CODE.sub(r"<code>\1</code>", escape(text))
