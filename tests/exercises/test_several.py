"""Answers of several migrations, stations, trials, irreversible ones, and the nearest model."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from course_lib.exercises import (
    Exercise,
    Verdict,
    check_answer,
    check_prepared,
    load_public,
    load_spec,
    prepare,
    publish,
)
from course_lib.exercises.hidden import draw_world
from course_lib.exercises.trial import Trial, run_trial

ROOT = Path(__file__).parents[2]
DRAFTS = ROOT / "lessons" / "drafts" / "exercises"
RENAME = (
    ROOT
    / "lessons"
    / "06-renaming-without-breaking-anyone"
    / "exercises"
    / "rename-with-client.toml"
)
COMMON = (
    'title = "T"\nreason = "R."\npoints = 1\nconsequence = "C."\nwhere = "W"\nfact = "F {n}."\n'
)
HEAD = """
format = 1
points = {points}
id = "small"
lesson = "l"
title = "T"
task = "T."
database = "shop"
hints = ["a.", "b.", "c."]
schema = "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR);"
writes = "INSERT INTO users (id) VALUES (90);"
"""
WORLD = """
[[world]]
name = "w"
title = "the world"
rows = "INSERT INTO users VALUES (1, 'Ada'), (2, NULL);"
"""


def spec(folder: Path, middle: str, *requirements: str) -> Exercise:
    parts = [HEAD.format(points=len(requirements)), middle.split("[[solution]]")[0]]
    parts += [f"[[requirement]]\n{COMMON}{one}\n" for one in requirements]
    parts += [WORLD, *("[[solution]]" + one for one in middle.split("[[solution]]")[1:])]
    path = folder / "small.toml"
    path.write_text("\n".join(parts), encoding="utf-8")
    return load_spec(path)


def states(verdict: Verdict) -> dict[str, str]:
    assert verdict.fault is None, verdict.fault
    return {result.id: result.state for result in verdict.results}


REST = 'id = "rest"\nkind = "unchanged"\nneeds = ["runs"]\nexcept = []'
RUNS = 'id = "runs"\nkind = "up-runs"\nneeds = []'
TEXT_OR_DATE = """
migration = "001_x"
stub = ""
[[solution]]
name = "text"
answer = "-- migrate:up\\nALTER TABLE users ADD COLUMN born VARCHAR;"
[[solution]]
name = "date"
own_state = true
answer = "-- migrate:up\\nALTER TABLE users ADD COLUMN born DATE;"
"""


def test_an_answer_is_compared_with_the_nearest_of_the_states_that_are_right(
    tmp_path: Path,
) -> None:
    exercise = spec(
        tmp_path,
        TEXT_OR_DATE,
        RUNS,
        REST,
    )
    up = "-- migrate:up\nALTER TABLE users ADD COLUMN born {};"
    given = {kind: check_answer(exercise, up.format(kind)) for kind in ("TEXT", "DATE", "INTEGER")}
    assert [verdict.points for verdict in given.values()] == [2, 2, 1]
    path = tmp_path / "small.json"
    path.write_text(json.dumps(publish(exercise)), encoding="utf-8")
    public = load_public(path)
    assert {kind: check_answer(public, up.format(kind)) for kind in given} == given


def test_only_a_solution_that_says_so_makes_another_state_right(tmp_path: Path) -> None:
    middle = TEXT_OR_DATE.replace("own_state = true", "")
    exercise = spec(tmp_path, middle, RUNS, REST)
    answer = exercise.solutions[1].answer
    assert check_answer(exercise, answer).points == 1


IRREVERSIBLE = """
[[migration]]
name = "001_add"
stub = ""
[[migration]]
name = "002_drop"
stub = ""
irreversible = true
[[solution]]
name = "s"
[solution.answer]
001_add = '''
-- migrate:up
ALTER TABLE users ADD COLUMN born DATE;
-- migrate:down
ALTER TABLE users DROP COLUMN born;
'''
002_drop = '''
-- migrate:up
ALTER TABLE users DROP COLUMN name;
-- migrate:irreversible names are deleted
'''
[[solution]]
name = "t"
[solution.answer]
001_add = '''
-- migrate:up
ALTER TABLE users ADD COLUMN born DATE;
-- migrate:down
ALTER TABLE users DROP COLUMN born;
'''
002_drop = '''
-- migrate:up
ALTER TABLE users DROP COLUMN name;
-- migrate:irreversible gone
'''
"""


def test_below_an_irreversible_migration_the_way_back_is_still_judged(tmp_path: Path) -> None:
    exercise = spec(
        tmp_path,
        IRREVERSIBLE,
        RUNS,
        'id = "two"\nkind = "migrations"\nneeds = []',
        'id = "honest"\nkind = "reversible"\nneeds = ["two"]',
        'id = "back"\nkind = "round-trip"\nneeds = ["two"]',
    )
    right = dict(exercise.solutions[0].answer)  # type: ignore[arg-type]
    assert set(states(check_answer(exercise, right)).values()) == {"passed"}
    lost = right["001_add"].replace("DROP COLUMN born", "RENAME COLUMN born TO b")
    verdict = check_answer(exercise, {**right, "001_add": lost})
    assert states(verdict)["back"] == "failed" and states(verdict)["honest"] == "passed"
    pretends = right["002_drop"].split("-- migrate:irr")[0] + (
        "-- migrate:down\nALTER TABLE users ADD COLUMN name VARCHAR;"
    )
    verdict = check_answer(exercise, {**right, "002_drop": pretends})
    assert states(verdict)["honest"] == "failed" and states(verdict)["back"] == "passed"


def test_a_way_back_that_is_not_there_is_no_round_trip(tmp_path: Path) -> None:
    middle = TEXT_OR_DATE.replace(
        "DATE;", "DATE;\\n-- migrate:down\\nALTER TABLE users DROP COLUMN born;"
    )
    middle = middle.replace(
        "VARCHAR;", "VARCHAR;\\n-- migrate:down\\nALTER TABLE users DROP COLUMN born;"
    )
    kinds = ("round-trip", "round-trip-schema", "round-trip-rows")
    asked = [f'id = "{kind}"\nkind = "{kind}"\nneeds = ["runs"]' for kind in kinds]
    exercise = spec(tmp_path, middle, RUNS, *asked)
    whole = exercise.solutions[0].answer
    assert isinstance(whole, str)
    assert check_answer(exercise, whole).points == 4
    for without, place in (
        (whole.split("-- migrate:down")[0], "the way back"),
        (whole.replace("COLUMN born", "COLUMN b", 1), "step 1 of the down, line 4"),
    ):
        verdict = check_answer(exercise, without)
        assert verdict.points == 1, verdict.to_text()
        assert verdict.results[1].differences[0].object == place


def test_a_failing_second_up_is_named_and_the_first_one_is_told_apart(tmp_path: Path) -> None:
    exercise = load_spec(RENAME)
    answer = dict(exercise.solutions[0].answer)  # type: ignore[arg-type]
    answer["003_drop_adress"] = "-- migrate:up\nALTER TABLE users DROP COLUMN nope;\n"
    verdict = check_answer(exercise, answer)
    failed = verdict.first_failure
    assert failed is not None and failed.id == "runs"
    assert failed.differences[0].object == "step 1 of the up of 003_drop_adress, line 2"


def test_several_migrations_may_be_prepared_once_and_judged_often() -> None:
    exercise = load_spec(RENAME)
    prepared = prepare(exercise, "s")
    for solution in exercise.solutions:
        verdict = check_prepared(prepared, solution.answer)
        assert verdict == check_answer(exercise, solution.answer, secret="s")
        assert verdict.points == verdict.max_points


@pytest.mark.parametrize(
    "path", [*sorted(DRAFTS.glob("*.toml")), RENAME], ids=lambda path: path.stem
)
def test_no_kind_tells_the_rows_of_a_hidden_database(path: Path) -> None:
    exercise = load_spec(path)
    prepared = prepare(exercise, "class")
    keys = set()
    for hidden in exercise.hidden:
        rows = draw_world(hidden, exercise.task.id, "class").rows.split("\n")
        keys |= {row.strip(" (").split(",")[0] for row in rows if row.startswith("  (")}
    for one in prepared.calls:  # texts of the first argument that no visible call has
        keys |= {str(text) for text in one.call.arguments[0]} if one.hidden else set()
    public = str(exercise.task)
    keys = {key for key in keys if len(key) > 3 and key not in public}
    told = 0
    for wrong in exercise.wrong_answers:
        closed = check_prepared(prepared, wrong.answer)
        shown = check_prepared(prepared, wrong.answer, reveal=True)
        text = closed.to_text() + closed.to_html() + str(closed.to_json())
        assert not [key for key in keys if key in text], wrong.name
        told += any(key in str(shown.to_json()) for key in keys)
    assert told


def test_a_trial_leaves_nothing_behind() -> None:
    with duckdb.connect(":memory:") as con:
        con.execute("CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)")
        outcome = run_trial(Trial("start", ("INSERT INTO t VALUES (2)", "FROM t")), con)
        assert [one.rows for one in outcome.results] == [(("1",),), (("1",), ("2",))]
        broken = run_trial(Trial("start", ("DELETE FROM t", "FROM nothing", "FROM t")), con)
        assert len(broken.results) == 1 and broken.error_class == "CatalogException"
        assert con.execute("FROM t").fetchall() == [(1,)]


def test_a_query_may_end_in_a_comment_or_a_semicolon() -> None:
    with duckdb.connect(":memory:") as con:
        for sql in ("SELECT 1 AS a -- one", "SELECT 1 AS a;", "WITH x AS (SELECT 1 AS a) FROM x"):
            assert run_trial(Trial("start", (sql,)), con).results[0].rows == (("1",),)


def test_drafts_reach_no_learner() -> None:
    built = {path.stem for path in (ROOT / "notebooks").rglob("*.json")}
    drafts = {path.stem for path in DRAFTS.glob("*.toml")}
    assert drafts and not drafts & built
    assert not (DRAFTS.parent / "lesson.md").exists()
