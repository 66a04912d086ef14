"""Files, ledger rows and a target in; a plan, or the reasons for none, out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

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
    read_folder,
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


# Cases read off other tools' bugs: the numbers of the files, the applied ones, direction, target,
# and what the plan is: its numbers, or the kinds of the problems that refuse it.
FROM_OTHER_TOOLS: dict[
    str, tuple[list[int], list[int], Direction, str | None, list[int] | list[str]]
] = {
    # goose and golang-migrate: 1 and 4 are applied, then a branch brings 2, 3 and 5.
    "late files are not skipped": ([1, 2, 3, 4, 5], [1, 4], "up", None, ["late", "late"]),
    "nor run by a target": ([1, 2, 3, 4, 5], [1, 4], "up", "2", ["late", "late"]),
    "nor passed by on the way down": ([1, 2, 4], [1, 4], "down", "1", ["late"]),
    # goose: a list that is not sorted after reading keeps the order of the letters.
    "numbers without zeros": ([1, 2, 9, 10, 11, 100], [], "up", None, [1, 2, 9, 10, 11, 100]),
    "and on the way down": ([1, 2, 9, 10], [1, 2, 9, 10], "down", "1", [10, 9, 2]),
    "timestamps after numbers": ([2, 20260101120000, 3], [], "up", None, [2, 3, 20260101120000]),
    # quackup: the newest first.
    "two pending run oldest first": ([7, 8], [], "up", None, [7, 8]),
    # Rails, goose: a row without a file is not invisible, wherever it stands.
    "a row without a file at the end": ([1], [1, 2], "up", None, ["missing"]),
    "a row without a file in between": ([1, 3], [1, 2, 3], "down", None, ["missing"]),
    "every file is gone": ([], [1, 2], "up", None, ["missing", "missing"]),
    # golang-migrate: a target below the newest applied one is no down in disguise.
    "an up to an applied one": ([1, 2, 3], [1, 2, 3], "up", "1", []),
    "a down to a pending one": ([1, 2, 3], [1], "down", "2", []),
    "a down to nothing of nothing": ([1, 2], [], "down", "0", []),
}


@pytest.mark.parametrize("name", FROM_OTHER_TOOLS)
def test_what_goes_wrong_elsewhere(name: str) -> None:
    files, applied, direction, to, expected = FROM_OTHER_TOOLS[name]
    plan = make_plan(folder(dict.fromkeys(files)), rows(applied), direction, to=to)
    if isinstance(plan, Refused):
        assert [problem.kind for problem in plan.problems] == expected
    else:
        assert numbers(plan) == expected


def test_a_revert_through_a_migration_without_down_is_refused_before_the_first() -> None:
    # sqlx leaves such a migration out without a word; Django and Rails stop when they get there.
    files = folder({1: None, 2: NO_DOWN, 3: None})
    applied = (*rows([1]), *rows([2], NO_DOWN), *rows([3]))
    refused = make_plan(files, applied, "down", to="1")
    assert isinstance(refused, Refused)
    assert [(p.kind, p.file) for p in refused.problems] == [("no-down", "m/2_x.sql")]
    assert numbers(make_plan(files, applied, "down")) == [3]


def test_two_files_of_one_number_are_found_in_the_folder_and_refused(tmp_path: Path) -> None:
    for name in ("004_a", "004_b", "005_c"):
        (tmp_path / f"{name}.sql").write_text(TEXT.format(1))
    found = read_folder(tmp_path)
    for direction in ("up", "down"):
        refused = make_plan(found, (), direction)
        assert isinstance(refused, Refused)
        assert {problem.kind for problem in refused.problems} == {"duplicate-number"}


def test_one_number_with_zeros_and_without_is_one_number(tmp_path: Path) -> None:
    for name in ("4_a", "004_b"):
        (tmp_path / f"{name}.sql").write_text(TEXT.format(1))
    refused = make_plan(read_folder(tmp_path), (), "up")
    assert isinstance(refused, Refused)
    assert {problem.kind for problem in refused.problems} == {"duplicate-number"}


def test_other_line_ends_are_no_edit_and_a_moved_line_break_is_one() -> None:
    # sqlx flags CRLF as an edit; Flyway does not see a moved line break, even one after `--`.
    text = "-- migrate:up\nSELECT 1 -- one\n, 2;\n-- migrate:down\nSELECT 1;\n"
    same, other = text.replace("\n", "\r\n"), text.replace(" -- one\n, 2", " -- one , 2\n")
    applied = rows([1], text)
    assert numbers(make_plan(folder({1: same, 2: None}), applied, "up")) == [2]
    edited = make_plan(folder({1: other, 2: None}), applied, "up")
    assert isinstance(edited, Refused)
    assert [problem.kind for problem in edited.problems] == ["edited"]
