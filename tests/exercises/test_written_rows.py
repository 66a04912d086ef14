"""Rows that people write on the way of a hidden world: drawn like the world, known to nobody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course_lib.exercises import SpecError, check_prepared, load_spec, prepare
from course_lib.exercises.hidden import draw_world
from course_lib.exercises.world import AT_THE_END, HiddenTable, HiddenWorld

LESSONS = Path(__file__).parents[2] / "lessons"
PRICES = LESSONS / "drafts" / "exercises" / "price-as-number.toml"
RENAME = LESSONS / "06-renaming-without-breaking-anyone" / "exercises" / "rename-with-client.toml"


def test_they_are_drawn_apart_from_the_rows_of_the_start_and_from_each_other() -> None:
    table = HiddenTable("t", (20, 20), {"id": {"draw": "key", "from": 1, "to": 999}})
    world = HiddenWorld("w", "w", (table,), {"001_a": (table,), AT_THE_END: (table,)})
    drawn = draw_world(world, "e", "s")
    assert drawn == draw_world(world, "e", "s") != draw_world(world, "e", "t")
    assert len({drawn.rows, drawn.written["001_a"], drawn.written[AT_THE_END]}) == 3


def test_a_row_may_belong_to_one_that_was_written_with_it() -> None:
    users = HiddenTable("users", (3, 3), {"id": {"draw": "key", "from": 1, "to": 99}})
    orders = HiddenTable("orders", (5, 5), {"user_id": {"draw": "key-of", "of": "users.id"}})
    far = HiddenTable("users", (2, 2), {"id": {"draw": "key", "from": 500, "to": 599}})
    drawn = draw_world(HiddenWorld("w", "w", (users,), {"": (far, orders)}), "e", "s")
    numbers = drawn.written[""].partition("orders")[2].split("(")[2:]
    assert numbers and all(number.startswith("5") for number in numbers)


def test_what_duckdb_says_of_them_is_not_told() -> None:
    exercise = load_spec(PRICES)
    prepared = prepare(exercise, "class")
    answer = """-- migrate:up
CREATE TABLE p (id INTEGER PRIMARY KEY CHECK (id < 910000), title VARCHAR NOT NULL,
  price DECIMAL(10,2), price_typed VARCHAR);
INSERT INTO p SELECT id, title, TRY_CAST(price AS DECIMAL(10,2)), price FROM products;
DROP TABLE products;
ALTER TABLE p RENAME TO products;
-- migrate:down
ALTER TABLE products DROP COLUMN price;
"""
    told = check_prepared(prepared, answer).to_text()
    assert "DuckDB refuses rows that are written in a further database" in " ".join(told.split())
    drawn = draw_world(exercise.hidden[0], exercise.task.id, "class").written[AT_THE_END]
    keys = re.findall(r"\((\d{6}),", drawn)
    assert len(keys) >= 4 and not [key for key in keys if key in told]
    assert "Constraint Error" not in told


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "[hidden.after.002_add_address.users]",
            "[hidden.after.004_more.users]",
            "'004_more' is none of the migrations: 002_add_address, 003_drop_adress",
        ),
        (
            '[hidden.written.users]\nrows = [2, 5]\nid = { draw = "key"',
            '[hidden.written.users]\nrows = [2, 5]\nid = { draw = "keys"',
            "users.id: 'draw' has to be one of",
        ),
    ],
)
def test_a_mistake_has_its_line(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    text = RENAME.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "rename-with-client.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(SpecError) as raised:
        load_spec(path)
    assert sentence in raised.value.sentence
    assert 0 <= raised.value.line - line <= 2
