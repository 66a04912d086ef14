"""The quiz on the page. The kernel owns state and verdict; the page draws and sends intents."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import anywidget
import traitlets

from course_lib.quiz import (
    Quiz,
    State,
    append_answer,
    page_of,
    page_to_html,
    page_to_text,
    read_quiz,
    read_record,
    record_path,
)

_STATIC = Path(__file__).parent / "static"
MIRROR_FORMAT = 1


class QuizWidget(anywidget.AnyWidget):
    """A quiz whose answers are kept in `path`, and read from there when the widget is made.

    Traits the page draws: `page` (see course_lib.quiz.page), `status` (a sentence when something
    needs attention, else empty), `mirror` (the answers in short, for the notebook's metadata).
    Intents it takes: {"type": "pick", "question": id, "option": id}.
    """

    _esm = _STATIC / "quiz.js"
    _css = _STATIC / "quiz.css"

    page = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode("").tag(sync=True)
    mirror = traitlets.Dict().tag(sync=True)

    def __init__(self, quiz: Quiz, path: Path) -> None:
        self._path = Path(path)
        state, status = _restore(quiz, self._path)
        self._state = state
        super().__init__(page=dict(page_of(state)), mirror=_mirror_of(state), status=status)
        self.on_msg(self._take_intent)

    @property
    def state(self) -> State:
        """Where the learner stands."""
        return self._state

    def pick(self, question_id: str, option_id: str) -> None:
        """One pick: judged, shown, kept. Raises UnknownPick for an option the quiz lacks."""
        self._state = self._state.pick(question_id, option_id, datetime.now(UTC))
        status = ""
        try:
            append_answer(self._path, self._state.quiz.id, self._state.answers[-1])
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
        # Jupyter drops what a callback raises, so the learner would see a button that does nothing.
        try:
            if not isinstance(content, dict) or content.get("type") != "pick":
                raise ValueError(f"unknown intent {content!r}")
            self.pick(str(content.get("question")), str(content.get("option")))
        except Exception as error:  # noqa: BLE001
            self.status = (
                f"The quiz could not take this answer ({type(error).__name__}: {error}). "
                "Nothing was saved. Run this cell again and answer once more."
            )

    def _repr_mimebundle_(
        self, **kwargs: dict[str, object]
    ) -> tuple[dict[str, object], dict[str, object]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        page = page_of(self._state)
        twin = {
            "text/plain": page_to_text(page, self.status),
            "text/html": page_to_html(page, self.status),
        }
        return {**data, **twin}, metadata


def show_quiz(bank_path: Path, quiz_id: str, answers_folder: Path) -> QuizWidget:
    """The widget of one quiz of a bank, with the answers given so far.

    Raises BankError for a fault in the bank or an unknown id, OSError when there is no bank.
    """
    quiz = read_quiz(bank_path, quiz_id)
    return QuizWidget(quiz, record_path(answers_folder, quiz_id))


def _restore(quiz: Quiz, path: Path) -> tuple[State, str]:
    try:
        record = read_record(path, quiz)
    except OSError as error:
        return State(quiz), (
            f"{_name(path)} cannot be read ({_reason(error)}), so earlier answers are not shown "
            "and new ones may not be kept. Move it out of the way, then run this cell again."
        )
    return State(quiz, record.answers), record.note(path)


def _mirror_of(state: State) -> dict[str, object]:
    """The answers in short: for each answered question its first and last option and its tries."""
    questions: dict[str, object] = {}
    for question in state.quiz.questions:
        if tries := state.tries(question.id):
            questions[question.id] = {
                "first": tries[0].option,
                "last": tries[-1].option,
                "right": any(answer.right for answer in tries),
                "tries": len(tries),
            }
    return {"format": MIRROR_FORMAT, "questions": questions}


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
