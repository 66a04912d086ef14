"""Sections keep their text and the line of their marker, whatever stands between them."""

from __future__ import annotations

from course_lib.migrations.errors import Problem
from course_lib.migrations.sections import split_sections


def test_each_section_has_its_text_and_line() -> None:
    text = "-- why\n\n-- migrate:up transaction:false\nA;\n\n  -- Migrate:DOWN\nB;\n"
    # The word after the colon is read in any case, like SQL.
    found = split_sections(text.replace("Migrate", "migrate"), "001_x.sql")
    assert not isinstance(found, Problem)
    up, down = found.sections
    assert (up.direction, up.line, up.transaction, up.text) == ("up", 3, False, "A;\n")
    assert (down.direction, down.line, down.transaction, down.text) == ("down", 6, True, "B;\n")


def test_a_marker_has_its_line_to_itself() -> None:
    found = split_sections("-- migrate:up\nSELECT 1; -- migrate:down\n", "001_x.sql")
    assert not isinstance(found, Problem)
    assert [section.direction for section in found.sections] == ["up"]
