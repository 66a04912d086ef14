"""Files, ledger rows and a target in; a plan, or the reasons for none, out."""

from __future__ import annotations

from datetime import datetime

import pytest

from course_lib.migrations import (
    Applied,
    Folder,
    Plan,
    PlannedMigration,
    Problem,
    Refused,
    make_plan,
    parse_migration,
)
from course_lib.migrations.migration import Direction

TEXT = "-- migrate:up\nSELECT {0};\n-- migrate:down\nSELECT -{0};\n"
NO_DOWN = "-- migrate:up\nSELECT 1;\n"
EMPTY = "-- migrate:up\n-- migrate:down\n"
BROKEN = "-- migrate:up\nSELEKT;\n-- migrate:down\n"
OLD = "-- migrate:up\nSELECT 'old';\n-- migrate:down\nSELECT 1;\n"


def folder(files: dict[int, str | None], *problems: Problem) -> Folder:
    """Files by number; None stands for a good text."""
    parsed = [
        parse_migration(text or TEXT.format(number), f"m/{number}_x.sql")
        for number, text in sorted(files.items())
    ]
    return Folder(
        tuple(one.migration for one in parsed if one.migration),
        tuple(p for one in parsed for p in one.problems) + problems,
    )


def rows(numbers: range | list[int], text: str | None = None) -> tuple[Applied, ...]:
    """Ledger rows of files that were applied as they are."""
    found = []
    for number in numbers:
        one = parse_migration(text or TEXT.format(number), f"m/{number}_x.sql").migration
        assert one is not None
        at = datetime(2026, 11, 23, 9, 0)
        found.append(Applied(number, one.name, one.checksum, "transaction", at))
    return tuple(found)


def numbers(plan: Plan | Refused) -> list[int]:
    assert isinstance(plan, Plan), str(plan)
    return [item.migration.number for item in plan.items]


TEN = folder(dict.fromkeys(range(1, 11)))

# direction, applied, count, to -> the numbers of the plan
PLANS: list[tuple[Direction, int, int | None, str | None, list[int]]] = [
    ("up", 0, None, None, list(range(1, 11))),
    ("up", 8, None, None, [9, 10]),
    ("up", 10, None, None, []),
    ("up", 0, 2, None, [1, 2]),
    ("up", 8, 99, None, [9, 10]),
    ("up", 2, None, "4", [3, 4]),
    ("up", 2, None, "004", [3, 4]),
    ("up", 2, None, "10_x", list(range(3, 11))),
    ("up", 5, None, "3", []),
    ("down", 10, None, None, [10]),
    ("down", 3, None, None, [3]),
    ("down", 0, None, None, []),
    ("down", 10, 2, None, [10, 9]),
    ("down", 2, 5, None, [2, 1]),
    ("down", 10, None, "8", [10, 9]),
    ("down", 3, None, "0", [3, 2, 1]),
    ("down", 3, None, "3", []),
]


@pytest.mark.parametrize(("direction", "applied", "count", "to", "expected"), PLANS)
def test_the_plan_is_these_migrations_in_this_order(
    direction: Direction, applied: int, count: int | None, to: str | None, expected: list[int]
) -> None:
    plan = make_plan(TEN, rows(range(1, applied + 1)), direction, count=count, to=to)
    assert numbers(plan) == expected


def test_a_planned_migration_has_the_steps_of_its_direction_and_the_guard_to_expect() -> None:
    shadow = "-- migrate:up transaction:false\nSELECT 1;\n-- migrate:down\nSELECT 2;\n"
    files = folder({1: shadow})
    (up,) = make_plan(files, (), "up").items  # type: ignore[union-attr]
    (down,) = make_plan(files, rows([1], shadow), "down").items  # type: ignore[union-attr]
    assert isinstance(up, PlannedMigration)
    assert ([step.sql for step in up.steps], up.guard) == (["SELECT 1"], "shadow, as the file asks")
    assert [step.sql for step in down.steps] == ["SELECT 2"]
    assert down.guard == "transaction; shadow if DuckDB refuses" and down.reversible


# files, applied, direction, count, to -> kinds of the problems, words
REFUSED: dict[str, tuple[dict[int, str | None], tuple[Applied, ...], Direction, str, str]] = {
    "edited": ({1: OLD, 2: None}, rows([1]), "up", "edited", "put the text back"),
    "missing": ({2: None}, rows([1]), "up", "missing", "bring the file back"),
    "late": ({1: None, 2: None}, rows([2]), "up", "late", "a number above"),
    "edited, down": ({1: OLD}, rows([1]), "down", "edited", "put the text back"),
    "unreadable and applied": ({1: BROKEN, 2: None}, rows([1]), "up", "syntax", "SELEKT"),
    "unreadable and applied, down": ({1: BROKEN}, rows([1]), "down", "syntax", "SELEKT"),
    "unreadable and pending": ({1: None, 2: BROKEN}, rows([1]), "up", "syntax", "SELEKT"),
    "up without down": ({1: NO_DOWN}, (), "up", "no-down", "`-- migrate:down`"),
    "down without down": ({1: NO_DOWN}, rows([1], NO_DOWN), "down", "no-down", "take the change"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_plan_is_refused_whole_with_a_reason(name: str) -> None:
    files, applied, direction, kind, words = REFUSED[name]
    refused = make_plan(folder(files), applied, direction)
    assert isinstance(refused, Refused)
    assert [problem.kind for problem in refused.problems] == [kind]
    assert words in str(refused)
    assert refused.problems[0].where.startswith("1_x" if kind == "missing" else "m/")


def test_every_reason_is_told_at_once() -> None:
    refused = make_plan(folder({1: OLD, 2: None, 3: EMPTY}), rows([1, 4]), "up")
    assert isinstance(refused, Refused)
    assert [problem.kind for problem in refused.problems] == ["edited", "late", "late", "missing"]


def test_two_files_of_one_number_refuse_every_plan() -> None:
    twice = Problem("duplicate-number", "m/1_y.sql, line 1", "1_x.sql has it too", "renumber")
    for direction in ("up", "down"):
        refused = make_plan(folder({1: None}, twice), rows([1]), direction)
        assert isinstance(refused, Refused) and refused.problems == (twice,)


@pytest.mark.parametrize("text", [BROKEN, NO_DOWN, EMPTY, "\0"])
def test_a_broken_file_that_the_plan_does_not_touch_does_not_stop_it(text: str) -> None:
    files = folder({1: None, 2: None, 3: text, 4: None})
    assert numbers(make_plan(files, rows([1]), "up", to="2")) == [2]
    assert numbers(make_plan(files, rows([1]), "up", count=1)) == [2]
    assert numbers(make_plan(files, rows([1, 2]), "down", to="0")) == [2, 1]
    for count, to in ((None, None), (2, None), (None, "3"), (None, "4")):
        assert isinstance(make_plan(files, rows([1]), "up", count=count, to=to), Refused)


def test_a_file_with_a_wrong_name_stops_an_up_since_nobody_knows_its_place() -> None:
    (wrong,) = parse_migration("", "m/notes.sql").problems
    files = folder({1: None, 2: None}, wrong)
    refused = make_plan(files, rows([1]), "up", to="2")
    assert isinstance(refused, Refused) and refused.problems == (wrong,)
    assert numbers(make_plan(files, rows([1]), "down")) == [1]


@pytest.mark.parametrize("to", ["11", "nowhere", "1_", "-1", "¹", ""])
@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_target_that_is_no_migration_is_refused(direction: Direction, to: str) -> None:
    refused = make_plan(TEN, rows([1]), direction, to=to)
    assert isinstance(refused, Refused)
    assert [problem.kind for problem in refused.problems] == ["target"]
    assert f"no migration is called {to}" in str(refused)
