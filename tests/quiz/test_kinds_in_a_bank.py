"""Every kind in a bank: what its author has to mend, named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.quiz import BankError, compare_banks, parse_bank

BANK = (Path(__file__).parents[2] / "lessons" / "04-adding-a-column" / "quiz.toml").read_text()

# What is changed in lesson 4's bank, into what, and the fault with the line's text it points at.
FAULTS = {
    'needs = ["write"]': ('needs = ["run"]', "needs run, which is no step above it", "needs ="),
    'needs = ["review", "rehearse"]': ("left-out = true", "needs run, which is no", "needs ="),
    "____\nALTER": ("ALTER", "has 0 gaps (____); expected one", "text ="),
    'id = "both"\nvalue = 59': ('id = "both"\nvalue = 34', "would count as right", "value = 34"),
    'id = "all-three"\nvalue = 3': (
        'id = "all-three"\nvalue = 0',
        "would count as right",
        "value = 0",
    ),
    'id = "equals-null"': ('id = "otherwise"', "has a meaning of its own here", 'id = "otherwise"'),
    'id = "backup"\nright = "the rows of last night, kept on another disk"': (
        'id = "backup"\nright = "the half of a migration that goes back"',
        "The right side 'the half of a migration that goes back' is there twice",
        "[[quiz.question.pair]]",
    ),
    'id = "rule"\ntext = "Its `NOT NULL`"': (
        'id = "rule"\ntext = "Both of them"',
        "refers to other options",
        'text = "Both of them"',
    ),
    "value = 34": ('value = "many"', "`value` is 'many'; expected a number", 'value = "many"'),
    'explanation = "Rows stay. Each of them has one column less, and the count is what it was."': (
        'explanation = ""',
        "`explanation` is ''; expected a text",
        'explanation = ""',
    ),
    'says = "1 | NULL"\n': ("", "`says` is missing; expected a text", "[[quiz.question.option]]"),
    "left-out = true": ("left-out = 1", "`left-out` is 1; expected true or false", "left-out = 1"),
}
# The same for what only running the bank's SQL shows.
CLAIMS = {
    'says = "1 | NULL"': ('says = "1 | free"', "what comes fits nulls and free"),
    "value = 0\n": ("value = 1\n", "says 1; DuckDB gives 0"),
    "value = 34": ("value = 33", "says 33; DuckDB gives 34"),
    'sql = "DELETE FROM products WHERE stock IS NULL;"': (
        'sql = "UPDATE products SET stock = 0;"',
        "does what the right one does",
    ),
    'answer = "UPDATE products SET stock = 0 WHERE stock IS NULL;"': (
        'answer = "UPDATE products SET stok = 0;"',
        "The answer of fill-the-stock does not run: DuckDB refuses statement 2 of 3",
    ),
    "INSERT INTO users VALUES (1, 'Ada'), (2, NULL);": (
        "INSERT INTO users VALUES (1, 'Ada'), (2);",
        "Question default-on-old-rows cannot be tried",
    ),
}


def faults(text: str, *, prove: bool = False) -> list[str]:
    with pytest.raises(BankError) as caught:
        parse_bank(text, "bank.toml", prove=prove)
    return [str(problem) for problem in caught.value.problems]


def changed(old: str, new: str) -> str:
    assert BANK.count(old) >= 1
    return BANK.replace(old, new, 1)


@pytest.mark.parametrize("old", FAULTS)
def test_a_fault_of_a_kind_is_named_with_its_line(old: str) -> None:
    new, sentence, place = FAULTS[old]
    text = changed(old, new)
    found = [one for one in faults(text) if sentence in one]
    assert len(found) == 1, faults(text)
    number = int(found[0].split("line ")[1].split(":")[0])
    assert place in text.splitlines()[number - 1]


@pytest.mark.parametrize("old", CLAIMS)
def test_a_claim_that_duckdb_does_not_bear_out_is_a_fault(old: str) -> None:
    new, sentence = CLAIMS[old]
    text = changed(old, new)
    parse_bank(text, "bank.toml")
    assert any(sentence in one for one in faults(text, prove=True))


def test_a_question_that_asks_something_else_under_its_id_is_told_with_both_ways_out() -> None:
    assert compare_banks(BANK, "bank.toml", BANK) == ()
    text = changed("Which is which?", "Which is what?")
    (problem,) = compare_banks(text, "bank.toml", BANK)
    assert text.splitlines()[problem.line - 1] == "[[quiz.question]]"
    assert "give it a new id" in problem.sentence
    was = problem.sentence.split("add ")[-1].rstrip(".")
    told = text.replace('id = "four-words"', f'id = "four-words"\n{was}')
    assert compare_banks(told, "bank.toml", BANK) == ()
    gone = text.replace('id = "four-words"', 'id = "four-words-anew"')
    assert compare_banks(gone, "bank.toml", BANK) == ()
