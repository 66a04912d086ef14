"""What may be seen of a quiz at this moment, as plain data. Every rendering draws from this,
so no rendering can show the right option before it is due."""

from __future__ import annotations

from typing import TypedDict

from course_lib.quiz.model import MISSES_BEFORE_SHOWN, Question, State


class OptionPage(TypedDict):
    """`mark` is "right" or "missed" once the option was picked or is due, else "open"."""

    id: str
    text: str
    mark: str
    explanation: str | None


class QuestionPage(TypedDict):
    """`verdict` is a line about the last pick; `said` is what a screen reader should hear."""

    id: str
    kind: str
    stem: str
    sql: str | None
    options: list[OptionPage]
    picked: str | None
    tries: int
    right: bool
    settled: bool
    verdict: str
    said: str


class Page(TypedDict):
    """A quiz as it may be shown. `progress` is one line; `look_again` is empty until the end."""

    id: str
    title: str
    questions: list[QuestionPage]
    finished: bool
    progress: str
    look_again: list[str]


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
        look_again=list(score.look_again) if score else [],
    )


def _question_page(state: State, question: Question) -> QuestionPage:
    tries = state.tries(question.id)
    settled = state.is_settled(question.id)
    tried = {answer.option for answer in tries}
    options: list[OptionPage] = []
    for option in question.options:
        shown = option.id in tried or (option.right and settled)
        mark = "open" if not shown else "right" if option.right else "missed"
        explanation = option.explanation if shown else None
        options.append(
            OptionPage(id=option.id, text=option.text, mark=mark, explanation=explanation)
        )
    verdict = _verdict(state, question)
    said = [verdict]
    last = question.option(tries[-1].option) if tries else None
    if last is not None:
        said.append(last.explanation)
        misses = sum(not answer.right for answer in tries)
        if not last.right and misses == MISSES_BEFORE_SHOWN:
            said += [f"{o.text}: {o.explanation}" for o in question.options if o.right]
    return QuestionPage(
        id=question.id,
        kind=question.kind,
        stem=question.stem,
        sql=question.sql,
        options=options,
        picked=last.id if last else None,
        tries=len(tries),
        right=tries[-1].right if tries else False,
        settled=settled,
        verdict=verdict,
        said=" ".join(said).strip(),
    )


def _verdict(state: State, question: Question) -> str:
    tries = state.tries(question.id)
    if not tries:
        return ""
    if tries[-1].right:
        return "Right, at the first try." if len(tries) == 1 else "Right."
    if state.is_settled(question.id):
        return "Not right. The right option is marked above."
    return "Not right. Read why below your option, then pick again."
