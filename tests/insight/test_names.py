"""Names are left out wherever they stand, and a learner's text is one line that can be shown."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.classroom.roster import Learner
from course_lib.insight.names import LEFT_OUT, LONGEST, name_all, plain

ADA = Learner("ada7", "Lovelace", "Ada Maria", "ada.l@example.org", "90125")


@pytest.mark.parametrize(
    "text",
    [
        "table ada_test: not there",
        "column `LOVELACE`",
        "Maria's row",
        "id 90125",
        "mail ada.l@example.org",
        "by ada7.",
        "<Ada>",
    ],
)
def test_every_part_of_a_name_is_left_out(text: str) -> None:
    cleaned = name_all([ADA], leave_out=True).clean(text)
    assert LEFT_OUT in cleaned
    assert not re.search("ada|maria|lovelace|90125", cleaned, re.IGNORECASE)


def test_a_part_of_a_longer_word_is_no_name() -> None:
    assert name_all([ADA], leave_out=True).clean("data, Adamant, 901256") == "data, Adamant, 901256"


def test_with_names_a_learner_is_called_by_name_and_id() -> None:
    names = name_all([ADA, Learner("lin")], leave_out=False)
    assert (names.of("ada7"), names.of("lin"), names.of("gone")) == (
        "Ada Maria Lovelace (ada7)",
        "lin",
        "gone",
    )
    assert names.clean("by Ada") == "by Ada"
    assert name_all([ADA], leave_out=True).of("ada7") == "a learner"


WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@given(WORDS, st.lists(WORDS, max_size=3), st.sampled_from([" ", "_", "'", "<", ".", "("]))
def test_no_name_stays_as_a_word(name: str, others: list[str], mark: str) -> None:
    text = mark.join([*others, name, *others])
    cleaned = name_all([Learner(name)], leave_out=True).clean(text)
    words = re.findall(r"[^\W_]+", cleaned.replace(LEFT_OUT, " "))
    assert name.lower() not in {word.lower() for word in words}


@given(st.text(max_size=900))
def test_a_text_is_a_line_that_can_be_shown(text: str) -> None:
    line = plain(text)
    assert len(line) <= LONGEST + 1
    assert not any(unicodedata.category(one) in ("Cc", "Cf", "Cs") for one in line)
    line.encode()
