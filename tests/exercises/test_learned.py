"""A schema that an earlier world taught is the one that reading it gives, or it is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from course_lib.exercises import load_spec, state
from course_lib.exercises.answer import Answer, read_answer
from course_lib.exercises.evidence import gather
from course_lib.exercises.exercise import Expected, Task
from course_lib.exercises.findings import Evidence
from course_lib.exercises.instance import Connection, open_root
from course_lib.exercises.learned import Learned, hangs_on_no_row, writes_rows_alone
from course_lib.exercises.sandbox import Sandbox, Walk
from course_lib.exercises.state import State, read_state
from course_lib.exercises.world import World
from course_lib.migrations import Problem, split_statements

from .judgement.corpus import corpus, exercise_of

LESSONS = Path(__file__).parents[2] / "lessons"
EXERCISE = load_spec(LESSONS / "04-adding-a-column" / "exercises" / "add-email.toml")
NOTHING = Expected(State.empty(), None, {})
SCHEMA = "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR)"
TWO_WORLDS = (
    "INSERT INTO users VALUES (1, 'Ada')",
    "INSERT INTO users VALUES (1, 'Bo'), (2, 'Cy')",
)


def steps(sql: str) -> Any:
    found = split_statements(sql)
    assert isinstance(found, tuple)
    return found


def walked(sandbox: Sandbox, rows: str, *migrations: str, learned: Learned | None) -> State:
    walk = Walk(sandbox, (SCHEMA, rows))
    for sql in migrations:
        walk.migrate(steps(sql), in_transaction=True)
    found = read_state(walk.con, learned, walk.made_by)
    walk.close()
    return found


@pytest.fixture(scope="module")
def root() -> Iterator[Connection]:
    with open_root() as root:
        yield root


@pytest.mark.parametrize("id", sorted({one.exercise for one in corpus()}))
def test_answers_of_the_corpus_leave_the_same_evidence(id: str, root: Connection) -> None:
    task = exercise_of(id).task
    if task.function is not None:
        pytest.skip("a function leaves no steps")
    learned = Learned()
    for one in [one for one in corpus() if one.exercise == id][::4]:
        answer = read_answer(task, one.answer)
        if isinstance(answer, Problem):
            continue
        for world in task.worlds:
            alone, after = (
                _walked_whole(root, task, world, answer, taught) for taught in (None, learned)
            )
            assert (after.after_up, after.after_down) == (alone.after_up, alone.after_down)


def _walked_whole(
    root: Connection, task: Task, world: World, answer: Answer, learned: Learned | None
) -> Evidence:
    with Sandbox(task.database, learned, root) as sandbox:
        return gather(sandbox, task, world, NOTHING, answer, show_rows=True)


def test_the_schema_of_the_same_steps_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[None] = []
    stock = state.read_schema
    monkeypatch.setattr(
        state, "read_schema", lambda *a, **b: (read.append(None), stock(*a, **b))[1]
    )
    answer = read_answer(EXERCISE.task, EXERCISE.solutions[0].answer)
    assert not isinstance(answer, Problem)
    with Sandbox(EXERCISE.task.database) as sandbox:
        for world in EXERCISE.task.worlds:
            gather(sandbox, EXERCISE.task, world, NOTHING, answer, show_rows=True)
    # After the up and after the down of the first world.
    assert (len(read), len(EXERCISE.task.worlds)) == (2, 3)


@pytest.mark.parametrize(
    "migration",
    [
        "CREATE TYPE given AS ENUM (SELECT name FROM users)",
        "CREATE TABLE t AS PIVOT users ON name USING count(*)",
    ],
)
def test_what_rows_decide_is_never_taken_from_another_world(migration: str) -> None:
    learned = Learned()
    with Sandbox("shop") as sandbox:
        first, second = (walked(sandbox, one, migration, learned=learned) for one in TWO_WORLDS)
        assert second == walked(sandbox, TWO_WORLDS[1], migration, learned=None)
        assert first == walked(sandbox, TWO_WORLDS[0], migration, learned=None)


def test_a_world_with_an_index_of_its_own_is_not_like_the_others() -> None:
    learned = Learned()
    odd = f"{TWO_WORLDS[0]}; CREATE INDEX i ON users (name)"
    with Sandbox("shop") as sandbox:
        seen = [
            walked(sandbox, rows, "COMMENT ON TABLE users IS 'all of them'", learned=learned)
            for rows in (TWO_WORLDS[0], odd, TWO_WORLDS[1])
        ]
    assert [len(one.schema.tables["users"].indexes) for one in seen] == [0, 1, 0]


def test_a_failure_in_one_world_alone_is_no_schema_of_the_other() -> None:
    unique = "CREATE INDEX a ON users (name); CREATE UNIQUE INDEX b ON users (name)"
    twice = "INSERT INTO users VALUES (1, 'Ada'), (2, 'Ada')"
    learned = Learned()
    with Sandbox("shop") as sandbox:
        seen = [walked(sandbox, rows, unique, learned=learned) for rows in (TWO_WORLDS[0], twice)]
    assert [len(one.schema.tables["users"].indexes) for one in seen] == [2, 1]


def test_which_statements_hang_on_no_row() -> None:
    safe = (
        "ALTER TABLE t ADD COLUMN i INTEGER; INSERT INTO t VALUES (1); UPDATE t SET i = 2;"
        "DELETE FROM t; create or replace table u (i INTEGER); CREATE UNIQUE INDEX x ON t (i);"
        "DROP TABLE t; COMMENT ON TABLE u IS 'u'"
    )
    assert all(map(hangs_on_no_row, steps(safe)))
    unsafe = (
        "CREATE TYPE e AS ENUM (SELECT 'a'); CREATE VIEW v AS FROM t; SELECT 1; CREATE SCHEMA s;"
        "CREATE SEQUENCE s; ALTER VIEW v RENAME TO w; CREATE TEMP TABLE t (i INTEGER)"
    )
    assert not any(map(hangs_on_no_row, steps(unsafe)))
    assert writes_rows_alone("INSERT INTO t VALUES ('x')")
    assert not writes_rows_alone("insert into t values (1); create index i on t (i)")
    assert writes_rows_alone("INSERT INTO t VALUES ('it''s; DROP TABLE t', 'CREATE')")
    assert not writes_rows_alone("INSERT INTO t VALUES ('it''s'); DROP TABLE u; SELECT 'x'")


def test_two_databases_do_not_share_what_is_changed_afterwards() -> None:
    learned = Learned()
    with duckdb.connect() as con:
        con.execute(SCHEMA)
        first = read_state(con, learned, (SCHEMA,))
        first.schema.others["view v"] = "put there by a caller"
        assert read_state(con, learned, (SCHEMA,)).schema.others == {}
