"""The page's part about quizzes: question by question, option by option."""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.insight.charts import share_bar
from course_lib.insight.pieces import (
    Column,
    amount,
    heading,
    paragraph,
    percent,
    place_of,
    table,
    words,
)
from course_lib.insight.quiz_counts import PickCount, QuestionCount, QuizCount

_OPTIONS = (
    Column("Answer", "wide"),
    Column("chosen first", "number"),
    Column("sure of it", "number"),
    Column("at any try", "number"),
    Column("the idea behind it"),
)


def quiz_html(quiz: QuizCount) -> str:
    """A quiz with its heading."""
    title = heading(3, f"Quiz: {quiz.title}", place_of(quiz.lesson, quiz.id))
    if not any(one.answered for one in quiz.questions):
        return title + paragraph("Nobody has a record of answers to it.", "soft")
    return title + "".join(part for one in quiz.questions for part in _question(quiz, one))


def _question(quiz: QuizCount, one: QuestionCount) -> Iterator[str]:
    yield heading(4, one.stem, place_of(quiz.lesson, quiz.id, one.id))
    if not one.answered:
        yield paragraph("Nobody has answered it.", "soft")
        return
    said = [f"Right at the first try: {one.first_right} of {one.answered}"]
    said[0] += f" ({percent(one.first_right, one.answered)})"
    if one.never:
        said.append(f"never right: {one.never}")
    if one.asked_sure:
        said.append(f"sure of a wrong answer: {one.sure_wrong} of {one.asked_sure}")
    if one.seconds is not None:
        said.append(f"{amount(one.seconds)} seconds (median)")
    yield paragraph("; ".join(said) + ".")
    rows = (_pick(each, one) for each in one.picks)
    yield table(f"Answers to: {one.stem}", _OPTIONS, rows, under_its_title=True)


def _pick(one: PickCount, question: QuestionCount) -> tuple[str, ...]:
    name = "passed" if one.pick.right else "failed"
    mark = ' class="right-answer"' if one.pick.right else ""
    behind = f"<p>{words(one.pick.stands_for)}</p>" if one.pick.stands_for else ""
    if one.first and not one.pick.right and one.pick.explanation:
        behind += f'<p class="soft">{words(one.pick.explanation)}</p>'
    return (
        f"<span{mark}>{words(one.pick.text)}</span>{share_bar(one.first, question.answered, name)}",
        str(one.first),
        str(one.sure),
        str(one.ever),
        behind,
    )
