"""A quiz page as plain HTML without style, script or identifier, safe wherever it is pasted."""

from __future__ import annotations

from html import escape

from course_lib.code_words import words_to_html
from course_lib.quiz.kinds.question import Part
from course_lib.quiz.page import Again, CamePage, Page, QuestionPage
from course_lib.quiz.text import MARKS, NOT_YET, answers_of, is_picked

_WORDS = {"open": "", "missed": "not right", "right": "right"}


def page_to_html(page: Page, status: str = "") -> str:
    """The same as `page_to_text`, as HTML."""
    parts = [f"<p><strong>Quiz: {words_to_html(page['title'])}</strong></p>"]
    if status:
        parts.append(f"<p>{words_to_html(status)}</p>")
    parts.append("<ol>")
    parts += [f"<li>{_question(question)}</li>" for question in page["questions"]]
    parts.append(f"</ol><p><strong>{words_to_html(page['progress'])}</strong></p>")
    parts += [f"<p>{words_to_html(line)}</p>" for line in page["ending"]]
    if page["look_again"]:
        items = "".join(f"<li>{_again(one)}</li>" for one in page["look_again"])
        parts.append(f"<p>Look again at:</p><ul>{items}</ul>")
    return "".join(parts)


def _question(question: QuestionPage) -> str:
    returned = f" ({words_to_html(question['returned'])})" if question["returned"] else ""
    parts = [f"<p>{words_to_html(question['stem'])}{returned}</p>"]
    if question["sql"]:
        parts.append(f"<pre>{escape(question['sql'])}</pre>")
    if question["parts"]:
        items = "".join(f"<li>{_part(question, part)}</li>" for part in question["parts"])
        parts.append(f"<ul>{items}</ul>")
    if question["choices"]:
        items = "".join(
            f"<li>{words_to_html(choice['text'])}</li>" for choice in question["choices"]
        )
        parts.append(f"<p>To choose from:</p><ul>{items}</ul>")
    if question["entry"]:
        text = f"{question['entry']['before']} ____ {question['entry']['after']}".rstrip()
        parts.append(f"<pre>{escape(text)}</pre>")
    if answers := answers_of(question):
        parts.append(f"<p>Your answer:</p><pre>{escape(chr(10).join(answers))}</pre>")
    if question["came"]:
        parts.append(_came(question["came"]))
    parts += [f"<p><em>{words_to_html(note)}</em></p>" for note in question["notes"]]
    parts.append(f"<p>{words_to_html(question['verdict'] or NOT_YET)}</p>")
    if question["solution"]:
        parts.append(f"<p>The right answer:</p><pre>{escape(question['solution'])}</pre>")
    return "".join(parts)


def _part(question: QuestionPage, part: Part) -> str:
    word = _WORDS[part["mark"]]
    mark = f"{MARKS[part['mark']]} <strong>{word}:</strong> " if word else ""
    yours = " (your answer)" if is_picked(question, part) else ""
    why = f"<br><em>{words_to_html(part['explanation'])}</em>" if part["explanation"] else ""
    return f"{mark}{words_to_html(part['text'])}{yours}{why}"


def _came(came: CamePage) -> str:
    text = f"<p>What came: {words_to_html(came['sentence'])}</p>"
    if not came["columns"]:
        return text
    head = "".join(f"<th>{escape(name)}</th>" for name in came["columns"])
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in came["rows"]
    )
    return f"{text}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _again(one: Again) -> str:
    if not one["see"]:
        return words_to_html(one["topic"])
    target = escape(one["see"].replace(" ", "-"), quote=True)
    return f'<a href="#{target}">{words_to_html(one["topic"])}</a>'
