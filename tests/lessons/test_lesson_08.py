"""What lesson 8 shows: each result that its prose speaks of, in the outputs of its cells."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from .running import Site, noise, output_of

LESSON = "08-build-the-runner"
NO_DEFAULT = """\
ALTER TABLE products ADD COLUMN stock INTEGER;
UPDATE products SET stock = 0;
ALTER TABLE products ALTER COLUMN stock SET NOT NULL;"""
DEFAULT = """\
ALTER TABLE products ADD COLUMN stock INTEGER DEFAULT 0;
ALTER TABLE products ALTER COLUMN stock SET NOT NULL;
ALTER TABLE products ALTER COLUMN stock DROP DEFAULT;"""


def as_learner(site: Site, folder: Path, texts: Mapping[str, str]) -> NotebookNode:
    """The released notebook with the model answers written in, and `texts` replaced, run as a
    learner runs it: outside of grading an answer cell also makes its functions known."""
    place = folder / "notebooks" / LESSON
    shutil.copytree(site.root / "notebooks" / LESSON, place, ignore=shutil.ignore_patterns("shop*"))
    for made in ("answers", "migrations", "earlier"):
        shutil.rmtree(place / made, ignore_errors=True)
    path = place / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    source = nbformat.read(site.root / "course" / "source" / LESSON / path.name, as_version=4)
    answers = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        for old, new in texts.items():
            cell.source = cell.source.replace(old, new)
    resources = {"metadata": {"path": str(place)}}
    NotebookClient(notebook, timeout=60, allow_errors=True, resources=resources).execute()
    return notebook


@pytest.fixture(scope="module")
def taken(site: Site, tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    return as_learner(site, tmp_path_factory.mktemp("taken"), {})


def test_the_released_notebook_says_what_is_not_written(site: Site) -> None:
    for notebook in site.released(LESSON):
        told = output_of(notebook, "call(up, lesson.db)")
        assert told.startswith("`pending` is not known in this notebook.")
        assert "of it or nothing" not in output_of(notebook, "%%answer apply")


def test_the_runner_runs_on_the_shops_own_file_and_nothing_twice(taken: NotebookNode) -> None:
    assert noise(taken) == []
    assert "['10_add" in output_of(taken, 'sorted(["9_create')
    waiting = output_of(taken, "call(lambda: pending(")
    assert "['010_add_words_to_reviews', '011_raise_prices']" in waiting
    assert "the power fails here" in output_of(taken, "call(forgets, db)")
    assert 'Column with name "stock" already exists.' in output_of(taken, "call(forgets", nth=1)
    first, second = (output_of(taken, "call(up, lesson.db)", nth=n) for n in (0, 1))
    assert "['010_add_words_to_reviews', '011_raise_prices']" in first and "[]" in second
    assert output_of(taken, "SELECT * FROM ledger ORDER BY name").startswith("3 rows:")


def test_one_step_back_and_up_again_gives_one_row_a_new_time(taken: NotebookNode) -> None:
    assert output_of(taken, "call(lambda: revert(") == "It came to its end."
    assert "['011_raise_prices']" in output_of(taken, "call(up, lesson.db)", nth=2)
    before, after = (
        output_of(taken, "SELECT * FROM ledger ORDER BY name", nth=n).splitlines() for n in (0, 1)
    )
    changed = [a for a, b in zip(before, after, strict=True) if a != b]
    assert len(changed) == 1 and "011_raise_prices" in changed[0]


def test_the_forty_lines_are_silent_where_the_engine_refuses(taken: NotebookNode) -> None:
    assert "Done: 3 migrations." in output_of(taken, "%migrate up")
    for cell, said in (
        ("nine.write_text(text.replace", "its file is not the one that was applied"),
        ("nine.unlink", "applied, but its file is gone"),
    ):
        assert "[]" in output_of(taken, cell)
        assert any(said in output_of(taken, "%migrate up", nth=n) for n in (1, 2))
    assert "['008_whole_prices']" in output_of(taken, "late.write_text")
    assert "older than one that is" in output_of(taken, "%migrate up", nth=3)


def test_a_late_file_leaves_two_databases_with_one_ledger_and_other_prices(
    taken: NotebookNode,
) -> None:
    told = output_of(taken, "total(server)")
    totals = re.findall(r"'(\d+\.\d\d)'", told)
    assert len(totals) == 2 and totals[0] != totals[1]
    assert "'008_whole_prices', '009_create_reviews'" in told


def test_two_at_once_raise_twice_and_the_engine_stops_the_second(taken: NotebookNode) -> None:
    told = output_of(taken, "call(both)")
    before, after = re.findall(r"'(\d+\.\d\d)'", told)
    assert float(after) - float(before) == 45.0
    assert told.count("011_raise_prices") == 1
    engine = output_of(taken, "call(two_plans")
    assert "['done', 'another run applied it meanwhile']" in engine


def test_a_commit_lies(taken: NotebookNode) -> None:
    assert output_of(taken, "class Forgiving") == "It came to its end."
    told = output_of(taken, "[total(mine), [row")
    assert "012_one_price" not in told and "'48.00'" not in told and "'45.00'" not in told


def test_the_source_that_is_shown_is_the_engines(taken: NotebookNode) -> None:
    cell = next(c for c in taken.cells if "inspect.getsource" in c.source)
    shown = cell.outputs[0]["data"]["text/markdown"]
    assert "return Refused(problems)" in shown and 'Status(file.name, "late", LATE)' in shown


def test_one_transaction_never_takes_the_three_statements_and_the_shadow_does(
    taken: NotebookNode,
) -> None:
    mine = output_of(taken, "call(up, mine)", nth=-1)
    assert "Cannot create index with outstanding updates" in mine
    assert "guard: shadow" in output_of(taken, "%migrate rehearse")


def test_the_repair_that_the_lesson_asks_for_passes(site: Site, tmp_path: Path) -> None:
    notebook = as_learner(site, tmp_path, {NO_DEFAULT: DEFAULT})
    assert noise(notebook) == []
    # Here the repair was there from the start, so the first run took it, and the second has none.
    assert "['012_add_stock']" in output_of(notebook, "call(up, mine)", nth=-2)
    assert "[]" in output_of(notebook, "call(up, mine)", nth=-1)


def test_what_the_box_says_of_sqlite(tmp_path: Path) -> None:
    con = sqlite3.connect(tmp_path / "shop.sqlite", isolation_level=None)
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY)")
    con.execute("BEGIN")
    con.execute("ALTER TABLE users ADD COLUMN phone TEXT")
    with pytest.raises(sqlite3.OperationalError, match="no such table: nowhere"):
        con.execute("INSERT INTO nowhere VALUES (1)")
    con.execute("COMMIT")
    assert [row[1] for row in con.execute("PRAGMA table_info(users)")] == ["id", "phone"]
    con.execute("BEGIN")
    con.execute("ALTER TABLE users ADD COLUMN fax TEXT")
    con.execute("ROLLBACK")
    assert [row[1] for row in con.execute("PRAGMA table_info(users)")] == ["id", "phone"]
    con.close()


def test_after_a_restart_the_lesson_starts_again_and_its_cells_run_as_at_first(
    site: Site, tmp_path: Path
) -> None:
    """As the lesson asks: its first cell, *Start this lesson again*, and the cells above."""
    notebook = as_learner(site, tmp_path, {"lesson.start_again()": "'not yet'"})
    cells = notebook.cells
    place = next(i for i, cell in enumerate(cells) if cell.source.startswith("%migrate reset"))
    begin = next(i for i, cell in enumerate(cells) if cell.source.startswith("from course_lib"))
    again = new_code_cell("lesson.start_again()")
    notebook.cells = [*cells[: begin + 1], again, *cells[begin + 1 : place]]
    resources = {"metadata": {"path": str(tmp_path / "notebooks" / LESSON)}}
    NotebookClient(notebook, timeout=60, allow_errors=True, resources=resources).execute()
    assert noise(notebook) == []
    ran = output_of(notebook, "call(up, lesson.db)")
    assert "['010_add_words_to_reviews', '011_raise_prices']" in ran
