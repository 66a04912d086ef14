"""The rows of a hidden world in one text for each column are the rows as they can be read."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.exercises import load_spec
from course_lib.exercises.hidden import draw_world
from course_lib.exercises.state import read_state
from course_lib.exercises.world import HiddenTable, HiddenWorld

LESSONS = Path(__file__).parents[2] / "lessons"
SPECS = [path for path in sorted(LESSONS.glob("*/exercises/*.toml")) if load_spec(path).hidden]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_every_hidden_world_has_the_same_rows_both_ways(path: Path) -> None:
    exercise = load_spec(path)
    for hidden in exercise.hidden:
        world = draw_world(hidden, exercise.task.id, "a secret")
        with duckdb.connect() as plain, duckdb.connect() as quick:
            plain.execute(exercise.task.schema + world.rows)
            quick.execute(exercise.task.schema + world.quick)
            assert read_state(plain) == read_state(quick)
            assert [*read_state(plain).rows.values()] != []


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(st.characters(exclude_characters="\x00", codec="utf-8")), min_size=1))
def test_any_text_comes_through(texts: list[str]) -> None:
    columns = {"a": {"draw": "text", "of": texts, "null_percent": 20}}
    table = HiddenTable("t", (30, 30), columns)
    world = draw_world(HiddenWorld("w", "w", (table,)), "e", "s")
    with duckdb.connect() as plain, duckdb.connect() as quick:
        for con, rows in ((plain, world.rows), (quick, world.quick)):
            con.execute("CREATE TABLE t (a VARCHAR);" + rows)
        asked = "SELECT a FROM t"
        assert plain.execute(asked).fetchall() == quick.execute(asked).fetchall()
