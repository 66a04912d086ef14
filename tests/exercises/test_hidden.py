"""Hidden worlds: the same for the same secret, other for another, within their bounds."""

from __future__ import annotations

import duckdb
import pytest

from course_lib.exercises import Exercise
from course_lib.exercises.hidden import draw_world
from course_lib.exercises.world import HiddenTable, HiddenWorld


def test_same_secret_gives_the_same_rows_and_another_gives_others(exercise: Exercise) -> None:
    for hidden in exercise.hidden:
        once = draw_world(hidden, "add-email", "secret")
        assert once == draw_world(hidden, "add-email", "secret")
        assert once.rows != draw_world(hidden, "add-email", "Secret").rows
        assert once.rows != draw_world(hidden, "other-exercise", "secret").rows


def test_rows_are_the_same_on_every_machine() -> None:
    table = HiddenTable("t", (3, 3), {"id": {"draw": "key", "from": 1, "to": 99}})
    world = draw_world(HiddenWorld("w", "w", (table,)), "e", "s")
    assert world.rows == "INSERT INTO t (id) VALUES\n  (65),\n  (9),\n  (41);"


@pytest.mark.parametrize("secret", ["a", "b", "c", "d", "e"])
def test_drawn_rows_go_into_the_schema_and_their_number_is_within_bounds(
    exercise: Exercise, secret: str
) -> None:
    for hidden in exercise.hidden:
        world = draw_world(hidden, exercise.task.id, secret)
        with duckdb.connect(":memory:") as con:
            con.execute(exercise.task.schema)
            con.execute(world.rows)
            for table in hidden.tables:
                number = con.execute(f"SELECT count(*) FROM {table.name}").fetchall()[0][0]
                assert table.rows[0] <= number <= table.rows[1]


def test_more_rows_than_keys_is_refused() -> None:
    table = HiddenTable("t", (9, 9), {"id": {"draw": "key", "from": 1, "to": 8}})
    with pytest.raises(ValueError, match="8 keys are too few for 9 rows"):
        draw_world(HiddenWorld("w", "w", (table,)), "e", "s")
