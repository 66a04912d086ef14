"""The quiz on the page. The kernel owns state and verdict; the page draws and sends intents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import traitlets

from course_lib.quiz import (
    BankError,
    Quiz,
    Record,
    RunFault,
    State,
    append_answer,
    page_of,
    page_to_html,
    page_to_text,
    read_bank,
    read_quiz,
    read_record,
    read_with_returning,
    record_path,
)
from course_lib.widgets.assets import QUIZ, QUIZ_STYLE, joined
from course_lib.widgets.twinned import TwinnedWidget

MIRROR_FORMAT = 2
MOST_SECONDS = 24 * 3600


class QuizWidget(TwinnedWidget):
    """A quiz whose answers are kept in `path`, and read from there when the widget is made.

    Traits the page draws: `page` (see course_lib.quiz.page), `status` (a sentence when something
    needs attention, else empty), `mirror` (the answers in short, for the notebook's metadata),
    `reply` (how many intents were dealt with).
    Intents it takes: {"type": "answer", "question": id, "given": [text, ...], "sure": true, false
    or null, "seconds": whole number or null}.
    """

    _esm = joined(QUIZ)
    _css = joined(QUIZ_STYLE)

    page = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode("").tag(sync=True)
    mirror = traitlets.Dict().tag(sync=True)
    reply = traitlets.Int(0).tag(sync=True)

    def __init__(self, quiz: Quiz, path: Path, record: Record | None = None) -> None:
        self._path = Path(path)
        state, status = _restore(quiz, self._path, record)
        self._state = state
        super().__init__(page=dict(page_of(state)), mirror=_mirror_of(state), status=status)
        self.on_msg(self._take_intent)

    @property
    def state(self) -> State:
        """Where the learner stands."""
        return self._state

    def answer(
        self,
        question_id: str,
        given: Sequence[str],
        *,
        sure: bool | None = None,
        seconds: int | None = None,
    ) -> None:
        """One answer: judged, shown, kept. Raises UnknownPick for one that the quiz cannot have,
        RunFault where its SQL cannot be run."""
        now = datetime.now(UTC)
        self._state = self._state.pick(question_id, given, now, sure=sure, seconds=seconds)
        status = ""
        try:
            append_answer(self._path, self._state.quiz, self._state.answers[-1])
        except OSError as error:
            status = (
                f"This answer is not saved: {_name(self._path)} cannot be written "
                f"({_reason(error)}). It counts until the kernel stops. "
                "Clear the way to the file, then answer again."
            )
        with self.hold_sync():
            self.status = status
            self.mirror = _mirror_of(self._state)
            self.page = dict(page_of(self._state))

    def _take_intent(self, _widget: object, content: object, _buffers: object) -> None:
        with self.hold_sync():
            self._answer_intent(content)
            self.reply += 1

    def _answer_intent(self, content: object) -> None:
        # Jupyter drops what a callback raises, so the learner would see a button that does nothing.
        try:
            if not isinstance(content, dict) or content.get("type") != "answer":
                raise ValueError(f"unknown intent {content!r}")
            given, sure, seconds = (content.get(key) for key in ("given", "sure", "seconds"))
            if not isinstance(given, list):
                raise ValueError(f"no answer in {content!r}")
            self.answer(
                str(content.get("question")),
                [str(one) for one in given],
                sure=sure if isinstance(sure, bool) else None,
                seconds=min(max(seconds, 0), MOST_SECONDS) if type(seconds) is int else None,
            )
        except RunFault as fault:
            self.status = (
                f"This answer could not be tried: {fault}. It says nothing about the answer, and "
                "nothing was saved. Restart the kernel, run this cell again, and answer once more."
            )
        except Exception as error:  # noqa: BLE001
            self.status = (
                f"The quiz could not take this answer ({type(error).__name__}: {error}). "
                "Nothing was saved. Run this cell again and answer once more."
            )

    def twin(self) -> dict[str, object]:
        """The quiz as far as it may be seen now."""
        page = page_of(self._state)
        return {
            "text/plain": page_to_text(page, self.status),
            "text/html": page_to_html(page, self.status),
        }


def show_quiz(bank_path: Path, quiz_id: str, answers_folder: Path) -> QuizWidget:
    """The widget of one quiz of a bank, with the answers given so far and with what comes back from
    an earlier lesson, whose folder lies beside that of the bank.

    Raises BankError for a fault in the bank or an unknown id, OSError when there is no bank.
    """
    quiz = read_quiz(bank_path, quiz_id)
    path = record_path(answers_folder, quiz_id)
    if quiz.returns is None:
        return QuizWidget(quiz, path)
    earlier = bank_path.absolute().parent.parent / quiz.returns
    try:
        whole, record = read_with_returning(
            quiz, path, read_bank(earlier / bank_path.name), earlier / answers_folder.name
        )
    except (BankError, OSError):
        # Without the earlier lesson, or with one that is broken, this quiz stands alone.
        return QuizWidget(replace(quiz, returns=None), path)
    return QuizWidget(whole, path, record)


def _restore(quiz: Quiz, path: Path, record: Record | None) -> tuple[State, str]:
    try:
        found = read_record(path, quiz) if record is None else record
    except OSError as error:
        return State(quiz), (
            f"{_name(path)} cannot be read ({_reason(error)}), so earlier answers are not shown "
            "and new ones may not be kept. Move it out of the way, then run this cell again."
        )
    return State(quiz, found.answers), found.note(path)


def _mirror_of(state: State) -> dict[str, object]:
    """The answers in short: for each answered question its first and last answer and its tries."""
    questions: dict[str, object] = {}
    for question in state.quiz.questions:
        if tries := state.tries(question.id):
            questions[question.id] = {
                "first": list(tries[0].given),
                "last": list(tries[-1].given),
                "right": any(answer.right for answer in tries),
                "tries": len(tries),
            }
    return {"format": MIRROR_FORMAT, "questions": questions}


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
