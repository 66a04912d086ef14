"""Reviews: which answers are right, what each says, and what their author has to mend."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest

from course_lib.quiz import (
    BankError,
    Question,
    Quiz,
    Review,
    State,
    UnknownPick,
    append_answer,
    page_of,
    page_to_html,
    page_to_text,
    parse_bank,
    read_bank,
    read_record,
)

BANK = Path(__file__).parents[2] / "lessons" / "03-the-workflow" / "quiz.toml"
TEXT = BANK.read_text(encoding="utf-8")
QUESTIONS = {q.id: q for quiz in read_bank(BANK) for q in quiz.questions if isinstance(q, Review)}
AT = datetime(2026, 11, 25, tzinfo=UTC)


def answers(question: Review) -> list[tuple[str, ...]]:
    """Every answer that the question can have."""
    pairs = itertools.product(question.lines, question.reasons)
    return [("approve",), *((line.id, reason.id) for line, reason in pairs)]


def right(question: Review) -> list[tuple[str, ...]]:
    return [given for given in answers(question) if question.judge(given).right]


def state_of(question: Question, *given: tuple[str, ...]) -> State:
    state = State(Quiz("q", "Q", (question,)))
    for one in given:
        state = state.pick(question.id, one, AT)
    return state


def twins(question: Question, *given: tuple[str, ...]) -> list[str]:
    page = page_of(state_of(question, *given))
    return [page_to_text(page), page_to_html(page)]


def test_a_file_is_sent_back_for_a_line_with_the_reason_that_is_true_of_it() -> None:
    assert right(QUESTIONS["review-gift-cards"]) == [("line-8", "rows-of-others")]
    assert right(QUESTIONS["review-newsletter"]) == [("line-2", "signs-everybody-up")]


def test_a_file_with_two_faults_may_be_sent_back_for_either() -> None:
    both = [("line-2", "nothing-happens"), ("line-10", "not-its-own-table")]
    assert right(QUESTIONS["review-min-total"]) == both


def test_a_file_without_a_fault_is_right_to_approve_and_nothing_else() -> None:
    assert right(QUESTIONS["review-suppliers"]) == [("approve",)]


@pytest.mark.parametrize(
    "given",
    [(), ("line-8",), ("approve", "rows-of-others"), ("line-3", "rows-of-others"), ("line-8", "x")],
)
def test_a_line_without_a_reason_is_no_answer(given: tuple[str, ...]) -> None:
    with pytest.raises(UnknownPick):
        QUESTIONS["review-gift-cards"].judge(given)


def test_the_file_is_shown_with_its_lines_numbered_and_nothing_is_given_away() -> None:
    text, html = twins(QUESTIONS["review-gift-cards"])
    assert " 8  DELETE FROM products;" in text and " 8  DELETE FROM products;" in html
    assert "( ) Send it back: line 8, `DELETE FROM products;`" in text
    for twin in (text, html):
        assert "it takes rows that the up did not write" in twin
        assert "No `WHERE`" not in twin and "No <code>WHERE" not in twin


def test_the_line_and_the_reason_each_explain_themselves() -> None:
    question = QUESTIONS["review-gift-cards"]
    text = twins(question, ("line-8", "cards-stay"))[0]
    # The line is right, so it says so; the reason is not, and the right one stays unsaid.
    assert "(✓) Send it back: line 8" in text and "deletes every row that it finds" in text
    assert "The cards go with this down" in text and "Not right." in text
    assert "48 products were there before" not in text and "The right answer" not in text
    text = twins(question, ("line-5", "rows-of-others"))[0]
    assert "(x) Send it back: line 5" in text and "as it was wished for" in text


def test_half_a_right_answer_says_which_half() -> None:
    question = QUESTIONS["review-min-total"]
    halves = {
        ("line-2", "too-small"): "The line is right. The reason is not.",
        ("line-6", "nothing-happens"): "The reason is right. It is true of another line.",
        ("line-2", "not-its-own-table"): "are each right, and do not belong together.",
    }
    for given, words in halves.items():
        assert words in twins(question, given)[0] and "Not right." in twins(question, given)[0]
    for whole in [("line-2", "nothing-happens"), ("line-6", "too-small"), ("approve",)]:
        text = twins(question, whole)[0]
        assert not any(words in text for words in halves.values())


def test_after_two_misses_every_right_answer_is_told_with_line_and_reason() -> None:
    text = twins(QUESTIONS["review-min-total"], ("approve",), ("line-6", "too-small"))[0]
    first = "Send it back: line 2, because the table is there, so nothing happens and nobody is"
    assert first in text and "Or: Send it back: line 10, because it drops what" in text
    assert (
        "Approve it." in twins(QUESTIONS["review-suppliers"], *[("line-8", "drops-a-table")] * 2)[0]
    )


def test_what_is_heard_after_an_answer_holds_both_explanations() -> None:
    question = QUESTIONS["review-gift-cards"]
    said = page_of(state_of(question, ("line-5", "numbers-taken")))["questions"][0]["said"]
    assert said.startswith("Not right.") and "as it was wished for" in said
    assert "Then DuckDB would refuse the up" in said


def test_an_answer_is_kept_and_read_again(tmp_path: Path) -> None:
    question = QUESTIONS["review-gift-cards"]
    state = state_of(question, ("line-8", "cards-stay"), ("line-8", "rows-of-others"))
    for answer in state.answers:
        append_answer(tmp_path / "record.jsonl", state.quiz, answer)
    record = read_record(tmp_path / "record.jsonl", state.quiz)
    assert [one.given for one in record.answers] == [one.given for one in state.answers]
    assert [one.right for one in record.answers] == [False, True]


# What is changed in the bank, into what, the fault, and the text of the line that it points at.
FAULTS = {
    'text = "it takes rows that the up did not write"': (
        'text = "the gift cards are still there afterwards"',
        "The text 'the gift cards are still there afterwards' is there twice",
        "[[quiz.question.reason]]",
    ),
    "line = 6\n": ("line = 8\n", "Line 8 of review-min-total is not there or is blank", "line]]"),
    'row that it finds, 51 of them. Three of these are from the up."\n': (
        'row."\nmisconception = "m"\n',
        "review-gift-cards/line-8 is right and names a misconception",
        "[[quiz.question.line]]",
    ),
    'hasty = "a file with a right up is right"\n': (
        "",
        "review-gift-cards/approve is wrong and names no misconception",
        'approve = "The up is right',
    ),
    'takes the three and no other."\nline = 8': (
        'takes three."\nline = 7',
        "Reason review-gift-cards/rows-of-others names line 7, which is not listed",
        "line = 7",
    ),
    'approve = "One new table comes, and': (
        'approves = "One new table comes, and',
        "`approve` is missing; expected a text",
        "[[quiz.question]]",
    ),
}


@pytest.mark.parametrize("old", FAULTS)
def test_a_fault_is_named_with_its_line(old: str) -> None:
    new, sentence, place = FAULTS[old]
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)
    with pytest.raises(BankError) as caught:
        parse_bank(text, "bank.toml")
    found = [one for one in caught.value.problems if sentence in one.sentence]
    assert len(found) == 1, caught.value.problems
    assert place in text.splitlines()[found[0].line - 1]
