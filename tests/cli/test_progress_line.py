"""The line of progress: on a terminal and for long work only, in place, and gone at the end."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from course_lib.cli.progress_line import bar, fit, width_of
from course_lib.migrations import Progress, progress_text

from .project import FIRST, make_project, sql, updown
from .terminal import last_screen, on_terminal

# Seconds of work that leaves the values as they are.
DEEP = "md5(" * 12 + "t" + ")" * 12
WORK = f"UPDATE big SET t = CASE WHEN {DEEP} = '' THEN '' ELSE t END"
LONG = f"-- migrate:up\n{WORK};\n-- migrate:down\nSELECT 1;\n"
ON_SHADOW = LONG.replace("migrate:up", "migrate:up transaction:false")
AT = Progress("002_x", "up", 2, 3, "transaction", 1, 4, "does it", None, None, None, 75.0)


def project_of(folder: Path, *files: tuple[str, str]) -> Path:
    make_project(folder, *files)
    sql(folder, "CREATE TABLE big AS SELECT i, md5(i::VARCHAR) AS t FROM range(1000000) AS r(i)")
    return folder


@pytest.mark.parametrize("text", [LONG, ON_SHADOW], ids=["transaction", "shadow"])
def test_a_long_statement_shows_its_migration_step_and_rows(tmp_path: Path, text: str) -> None:
    project = project_of(tmp_path, ("001_make_users.sql", FIRST), ("002_long.sql", text))
    printed, shown = on_terminal(project, "up")
    assert printed.splitlines()[-1].startswith("002_long applied")
    rows = re.findall(r"migration 2 of 2, step 1 of 1, ([\d,]+) of about 1,000,000 rows", shown)
    counts = [int(number.replace(",", "")) for number in rows]
    assert len(set(counts)) > 1 and max(counts) > 0, shown
    assert "\n" not in shown and last_screen(shown) == ""


def test_a_rehearsal_and_a_round_trip_show_it_too(tmp_path: Path) -> None:
    project = project_of(tmp_path, ("001_long.sql", LONG))
    for command in ("rehearse", "round-trip"):
        _, shown = on_terminal(project, command)
        assert "of about 1,000,000 rows" in shown and last_screen(shown) == ""


@pytest.mark.parametrize("columns", [1, 10, 40])
def test_a_narrow_terminal_is_never_filled(tmp_path: Path, columns: int) -> None:
    project = project_of(tmp_path, ("001_long.sql", LONG))
    _, shown = on_terminal(project, "up", columns=columns)
    assert "\r" in shown or columns == 1
    assert all(width_of(drawn) < columns for drawn in shown.split("\r")), shown


def test_short_work_json_and_a_pipe_show_nothing(tmp_path: Path) -> None:
    project = project_of(tmp_path, ("001_make_users.sql", FIRST), ("002_long.sql", LONG))
    assert on_terminal(project, "up", "--count", "1")[1] == ""
    assert on_terminal(project, "rehearse", "--json")[1] == ""
    assert updown(project, "up").stderr == ""


def test_the_line_has_what_is_known() -> None:
    assert progress_text(AT) == "migration 2 of 3, step 1 of 4, 1 min 15 s: 002_x does it"
    some = replace(AT, migrations=1, fraction=0.25, seconds=3700.0)
    assert progress_text(some) == "step 1 of 4, 25%, 1 h 01 min: 002_x does it"
    rows = replace(some, rows=1500, total=6000, seconds=2.9, phase="shadow")
    assert progress_text(rows) == (
        "step 1 of 4, 1,500 of about 6,000 rows, 2 s: 002_x, on its shadow does it"
    )
    copying = replace(AT, migration="", migrations=0, phase="copying", step=0, words="copies")
    assert progress_text(copying) == "1 min 15 s: copies"


def test_a_line_is_cut_by_the_columns_that_its_letters_take() -> None:
    assert fit("short", 5) == "short" and fit("longer", 5) == "long…"
    assert fit("名前を変える", 7) == "名前を…" and width_of("名前") == 4
    assert fit("e\u0301e\u0301", 2) == "e\u0301e\u0301"
    assert fit("two\nlines\x1b[31m", 40) == "two lines [31m"
    assert fit("text", 0) == ""


@pytest.mark.parametrize(
    ("done", "total", "full"), [(0, 300, 0), (150, 300, 12), (300, 300, 24), (0, 0, 24)]
)
def test_the_bar(done: int, total: int, full: int) -> None:
    assert bar(done, total) == f"[{'#' * full}{'-' * (24 - full)}]"
