"""A cell of the CSV is never a formula, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.classroom.spreadsheet import safe_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "|cmd", "%0A", "\n=1"]
)
def test_what_a_spreadsheet_would_run_is_a_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_numbers_and_words_stay() -> None:
    assert [safe_cell(one) for one in (7, 2.5, "a = b", "users.email", None, "")] == [
        *(7, 2.5, "a = b", "users.email"),
        *("", ""),
    ]


@given(st.text(max_size=20))
def test_no_text_begins_as_a_formula_does(text: str) -> None:
    cell = str(safe_cell(text))
    assert not cell.lstrip().startswith(("=", "+", "-", "@")) and cell in (text, f"'{text}")
