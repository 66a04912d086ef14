"""Each migration is in one of six states, with a sentence that ends in what to do next."""

from __future__ import annotations

from course_lib.migrations import read_states, status_lines

from .test_plan import BROKEN, OLD, folder, rows


def test_the_six_states() -> None:
    files = folder({1: None, 2: OLD, 3: None, 5: None, 6: None, 7: None})
    applied = rows([1, 2, 4, 5])
    found = read_states(files, applied, frozenset({"7_x"}))
    assert [(status.name, status.state) for status in found] == [
        ("1_x", "applied"),
        ("2_x", "edited"),
        ("3_x", "late"),
        ("4_x", "missing"),
        ("5_x", "applied"),
        ("6_x", "pending"),
        ("7_x", "failed"),
    ]
    assert found[0].sentence == "applied 2026-11-23 09:00 UTC; nothing to do"
    assert all("; " in status.sentence for status in found)


def test_an_applied_file_that_cannot_be_read_any_more_is_edited_not_missing() -> None:
    (status,) = read_states(folder({1: BROKEN}), rows([1]), frozenset())
    assert status.state == "edited"


def test_a_failure_of_long_ago_does_not_make_an_applied_migration_failed() -> None:
    (status,) = read_states(folder({1: None}), rows([1]), frozenset({"1_x"}))
    assert status.state == "applied"


def test_the_lines_stand_in_columns() -> None:
    lines = status_lines(read_states(folder({1: None, 10: None}), rows([1]), frozenset()))
    assert lines == [
        "1_x   applied  applied 2026-11-23 09:00 UTC; nothing to do",
        "10_x  pending  not applied yet; `up` applies it",
    ]
    assert status_lines(()) == ["No migration yet."]
