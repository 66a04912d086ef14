"""The quiz widget in the kernel: intents, the record, restarts, faults and twins."""

from __future__ import annotations

import json
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from course_lib.quiz import BankError, read_record
from course_lib.widgets import QuizWidget, show_quiz
from tests.widgets import hands

ROOT = Path(__file__).parents[2]
BANK = ROOT / "lessons" / "04-adding-a-column" / "quiz.toml"
RIGHT = {
    "why-three-steps": "no-value-yet",
    "forgotten-update": "refused",
    "third-step-fails": "as-before",
    "order-of-down": "reverse-order",
    "what-set-not-null-checks": "no-null",
}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return tmp_path / "answers"


def make(answers: Path) -> QuizWidget:
    return show_quiz(BANK, "adding-a-column", answers)


def send(widget: QuizWidget, content: object) -> None:
    """What ipywidgets does when the page has sent a message."""
    widget._handle_custom_msg(content, [])


def pick(widget: QuizWidget, question: str, option: str) -> None:
    send(widget, {"type": "answer", "question": question, "given": [option]})


def shown(widget: QuizWidget, question: str) -> dict[str, object]:
    return next(item for item in widget.page["questions"] if item["id"] == question)


def test_an_intent_is_judged_shown_and_recorded(answers: Path) -> None:
    widget = make(answers)
    pick(widget, "why-three-steps", "style")
    assert shown(widget, "why-three-steps")["given"] == ["style"]
    assert widget.status == ""
    (line,) = (answers / "quiz-adding-a-column.jsonl").read_text().splitlines()
    assert json.loads(line)["given"] == ["style"]


def test_a_new_widget_knows_the_answers_of_the_one_before(answers: Path) -> None:
    first = make(answers)
    for question, option in RIGHT.items():
        pick(first, question, option)
    second = make(answers)
    assert second.page == first.page and second.page["finished"]
    assert second.mirror == first.mirror


def test_no_right_answer_leaves_the_kernel_before_it_is_due(answers: Path) -> None:
    widget = make(answers)
    pick(widget, "why-three-steps", "style")
    state = json.dumps({k: v for k, v in widget.get_state().items() if not k.startswith("_")})
    assert "One step would read well" in state
    assert "leaves NULL in every row" not in state
    assert '"right": true' not in state and "misconception" not in state


def test_the_mirror_tells_first_and_last_option_and_tries(answers: Path) -> None:
    widget = make(answers)
    assert widget.mirror == {"format": 2, "questions": {}}
    pick(widget, "order-of-down", "same-order")
    pick(widget, "order-of-down", "reverse-order")
    assert widget.mirror["questions"] == {
        "order-of-down": {
            "first": ["same-order"],
            "last": ["reverse-order"],
            "right": True,
            "tries": 2,
        }
    }


@pytest.mark.parametrize(
    "content",
    [
        {"type": "answer", "question": "gone", "given": ["style"]},
        {"type": "answer", "question": "why-three-steps", "given": "style"},
        {"type": "answer", "question": "why-three-steps", "given": [["style"]]},
        {"type": "answer"},
        {"type": "peek"},
        "answer",
        None,
    ],
)
def test_an_intent_that_makes_no_sense_shows_on_the_status_line(
    answers: Path, content: object
) -> None:
    widget = make(answers)
    send(widget, content)
    assert "could not take this answer" in widget.status
    assert "Run this cell again" in widget.status
    assert not answers.exists()
    pick(widget, "why-three-steps", "style")
    assert widget.status == ""


def test_broken_lines_are_told_and_the_other_answers_are_there(answers: Path) -> None:
    pick(make(answers), "why-three-steps", "style")
    path = answers / "quiz-adding-a-column.jsonl"
    path.write_text(path.read_text() + '{"format": 1, "quiz"')
    widget = make(answers)
    assert widget.status.startswith("answers/quiz-adding-a-column.jsonl: 1 line is not an answer")
    assert shown(widget, "why-three-steps")["given"] == ["style"]
    pick(widget, "order-of-down", "same-order")
    assert len(read_record(path, widget.state.quiz).answers) == 2
    assert '{"format": 1, "quiz"\n' in path.read_text()


def test_a_record_that_cannot_be_read_or_written_is_told_and_the_quiz_goes_on(
    answers: Path,
) -> None:
    (answers / "quiz-adding-a-column.jsonl").mkdir(parents=True)
    widget = make(answers)
    assert "cannot be read" in widget.status and "run this cell again" in widget.status
    pick(widget, "why-three-steps", "no-value-yet")
    assert "This answer is not saved" in widget.status
    assert shown(widget, "why-three-steps")["right"] is True


def test_answers_in_the_way_of_their_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("a file")
    widget = make(tmp_path / "answers")
    pick(widget, "why-three-steps", "style")
    assert "This answer is not saved" in widget.status


def test_an_unknown_quiz_is_an_error_that_names_the_bank(answers: Path) -> None:
    with pytest.raises(BankError, match=r"quiz\.toml, line 1: The bank has no quiz 'other'"):
        show_quiz(BANK, "other", answers)


def test_two_quizzes_share_neither_state_nor_record(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one"), make(tmp_path / "two")
    pick(one, "why-three-steps", "style")
    assert shown(two, "why-three-steps")["given"] == []
    assert not (tmp_path / "two").exists()


def test_the_bundle_holds_the_widget_and_both_twins(answers: Path) -> None:
    widget = make(answers)
    pick(widget, "why-three-steps", "style")
    bundle = widget._repr_mimebundle_()
    assert bundle is not None
    data, _ = bundle
    assert "application/vnd.jupyter.widget-view+json" in data
    for kind in ("text/plain", "text/html"):
        assert "(your answer)" in str(data[kind])
        assert "One step would read well" in str(data[kind])


def test_a_notebook_turned_to_html_shows_questions_and_answers(tmp_path: Path) -> None:
    pick(make(tmp_path / "answers"), "why-three-steps", "style")
    code = (
        "from pathlib import Path\nfrom course_lib.widgets import show_quiz\n"
        f"show_quiz(Path({str(BANK)!r}), 'adding-a-column', Path('answers'))"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path)}},
        store_widget_state=False,
        timeout=60,
    )
    client.execute()
    (output,) = notebook.cells[0].outputs
    assert output.output_type == "execute_result"
    html, _ = HTMLExporter().from_notebook_node(notebook)
    assert "Why does the migration add" in html and "(your answer)" in html
    assert "One step would read well" in html


def test_ten_quizzes_make_a_saved_notebook_less_than_100_kb_longer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("adding-a-column", "words-and-order", "for-real")
    bank = hands.lone_bank(tmp_path)
    for name in names:
        widget = show_quiz(bank, name, tmp_path)
        for question in widget.state.quiz.questions:
            widget.answer(question.id, hands.RIGHT[question.id])
    size, start = 0, time.perf_counter()
    widgets = [show_quiz(bank, names[place % 3], tmp_path) for place in range(10)]
    took = (time.perf_counter() - start) * 100
    for widget in widgets:
        assert widget.page["finished"]
        bundle = widget._repr_mimebundle_()
        assert bundle is not None
        size += len(json.dumps(bundle[0], indent=1))
    with capsys.disabled():
        print(f"\nten quizzes: {size / 1000:.0f} KB in the notebook, {took:.0f} ms for each widget")
    assert size < 100_000
