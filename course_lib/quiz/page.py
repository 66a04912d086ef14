"""What may be seen of a quiz at this moment, as plain data. Every rendering draws from this,
so no rendering can show the right answer before it is due."""

from __future__ import annotations

from typing import TypedDict

from course_lib.quiz.answer import Answer, Came
from course_lib.quiz.kinds.question import Choice, Drawn, Entry, Part, Question
from course_lib.quiz.model import MISSES_BEFORE_SHOWN, LookAgain, State

TROPHY = "🏆 You crushed it!"
PERFECT = "Perfect score on this module."


class CamePage(TypedDict):
    """What DuckDB really did: a sentence, and rows of texts below their columns."""

    sentence: str
    columns: list[str]
    rows: list[list[str]]


class QuestionPage(TypedDict):
    """`parts`, `choices`, `entry`, `notes` and `solution`: see `Drawn`. `given` is the last answer,
    `verdict` a line about it, `said` what a screen reader should hear of it."""

    id: str
    kind: str
    stem: str
    sql: str | None
    returned: str | None
    parts: list[Part]
    choices: list[Choice]
    entry: Entry | None
    notes: list[str]
    solution: str
    came: CamePage | None
    given: list[str]
    sure: bool | None
    tries: int
    right: bool
    settled: bool
    verdict: str
    said: str


class Again(TypedDict):
    """Something to look at again; `see` is a heading of the lesson, or empty."""

    topic: str
    see: str


class Page(TypedDict):
    """A quiz as it may be shown. `progress` is one line; `look_again` is empty until the end, and
    so is `ending`, the lines for a quiz without a miss."""

    id: str
    title: str
    questions: list[QuestionPage]
    finished: bool
    progress: str
    ending: list[str]
    look_again: list[Again]


def page_of(state: State) -> Page:
    """The page of a state."""
    total = len(state.quiz.questions)
    score = state.score()
    if score is None:
        progress = f"{state.settled()} of {total} questions done."
    else:
        progress = (
            f"All {total} done. Right at the first try: {score.first_tries_right} of {total}."
        )
    return Page(
        id=state.quiz.id,
        title=state.quiz.title,
        questions=[_question_page(state, question) for question in state.quiz.questions],
        finished=score is not None,
        progress=progress,
        ending=[TROPHY, PERFECT] if score and score.perfect else [],
        look_again=[_again(one) for one in score.look_again] if score else [],
    )


def _again(one: LookAgain) -> Again:
    topic = f"{one.topic} (you were sure here)" if one.sure else one.topic
    return Again(topic=topic, see=one.see or "")


def _question_page(state: State, question: Question) -> QuestionPage:
    tries = state.tries(question.id)
    settled = state.is_settled(question.id)
    drawing = question.draw(tries, settled)
    last = tries[-1] if tries else None
    verdict = _verdict(question, tries, settled)
    came = last.judged.came if last else None
    solution = "" if last is not None and last.right else drawing["solution"]
    drawing = Drawn(**{**drawing, "solution": solution})
    return QuestionPage(
        **drawing,
        id=question.id,
        kind=question.kind,
        stem=question.stem,
        sql=question.sql,
        returned=question.returned,
        came=_came_page(came) if came else None,
        given=list(last.given) if last else [],
        sure=last.sure if last else None,
        tries=len(tries),
        right=last.right if last else False,
        settled=settled,
        verdict=verdict,
        said=_said(verdict, drawing, tries),
    )


def _came_page(came: Came) -> CamePage:
    empty = bool(came.columns) and not came.rows
    return CamePage(
        sentence=f"{came.sentence} There is no row." if empty else came.sentence,
        columns=[] if empty else list(came.columns),
        rows=[list(row) for row in came.rows],
    )


def _verdict(question: Question, tries: tuple[Answer, ...], settled: bool) -> str:
    if not tries:
        return ""
    if tries[-1].right:
        return "Right, at the first try." if len(tries) == 1 else "Right."
    return f"Not right. {question.shown if settled else question.again}"


def _said(verdict: str, drawing: Drawn, tries: tuple[Answer, ...]) -> str:
    """The verdict, what was picked with its explanation, what came, and the right answer when it
    has just become due."""
    if not tries:
        return ""
    last = tries[-1]
    said = [verdict]
    if last.judged.came is not None:
        said.append(_came_page(last.judged.came)["sentence"])
    picked = [part for part in drawing["parts"] if part["explanation"] and part["id"] in last.given]
    if drawing["choices"]:
        picked = [part for part in drawing["parts"] if part["mark"] == "missed"]
    if len(picked) == 1:
        said.append(picked[0]["explanation"] or "")
    else:
        said += [f"{part['text']}: {part['explanation']}" for part in picked]
    said += drawing["notes"]
    misses = sum(not answer.right for answer in tries)
    if not last.right and misses == MISSES_BEFORE_SHOWN:
        others = [part for part in drawing["parts"] if part not in picked]
        said += [f"{p['text']}: {p['explanation']}" for p in others if p["mark"] == "right"]
        if drawing["solution"]:
            said.append(f"The right answer: {drawing['solution']}")
    return " ".join(" ".join(said).split())
