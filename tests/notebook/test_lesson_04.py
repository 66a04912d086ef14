"""Lesson 4 as learners and graders run it: a real kernel, top to bottom, twice in one folder."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from course_lib.authoring import make_site

from .conftest import LESSON, SOURCE


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`notebooks/` and `course/`, as the build writes them."""
    root = tmp_path_factory.mktemp("site")
    made = make_site(SOURCE.parent)
    assert made.problems == ()
    for folder, files in (("notebooks", made.notebooks), ("course", made.course)):
        for name, content in files.items():
            path = root / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    (root / "course" / "secret.txt").write_text("a secret of this class\n")
    return root


def run(folder: Path) -> NotebookNode:
    notebook = nbformat.read(folder / f"{LESSON}.ipynb", as_version=4)
    NotebookClient(
        notebook, timeout=60, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    ).execute()
    return notebook


def output_of(notebook: NotebookNode, source: str, *, last: bool = False) -> str:
    """What the first (or last) cell whose text holds `source` shows, as plain text."""
    cells = [c for c in notebook.cells if c.cell_type == "code" and source in c.source]
    cell = cells[-1 if last else 0]
    return "\n".join(o["data"]["text/plain"] for o in cell.outputs if "data" in o)


def noise(notebook: NotebookNode) -> list[str]:
    """Outputs that a lesson never has: errors, and text outside the cells' own messages."""
    return [
        str(output)
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type in ("error", "stream")
    ]


def test_the_released_notebook_runs_twice_and_says_that_nothing_is_written(site: Path) -> None:
    folder = site / "notebooks" / LESSON
    for _ in range(2):
        notebook = run(folder)
        assert noise(notebook) == []
        assert "It has no step yet" in output_of(notebook, "%%migration 001")
        assert output_of(notebook, "check(") == "0.0"
        assert "Nothing to do: no migration is applied." in output_of(notebook, "%migrate down")


def test_the_solved_notebook_shows_all_that_the_lesson_claims(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPDOWN_COURSE", str(site / "course"))
    folder = site / "course" / "source" / LESSON
    for time_round in (1, 2):
        notebook = run(folder)
        assert noise(notebook) == []
        assert re.search(r"3000 +34 +25", output_of(notebook, "no_name"))
        assert "NOT NULL constraint failed: users.phone" in output_of(notebook, "--scratch\n")
        one_transaction = output_of(notebook, "--scratch\nBEGIN")
        assert "Cannot create index with outstanding updates" in one_transaction
        assert "All 5 statements ran." in output_of(notebook, "--scratch empty")
        if time_round == 1:
            assert "guard: shadow" in output_of(notebook, "%migrate rehearse")
        assert "guard: transaction" in output_of(notebook, "%migrate down")
        assert "email" not in output_of(notebook, "DESCRIBE users")
        assert "guard: shadow" in output_of(notebook, "%migrate up 001", last=True)
        assert output_of(notebook, "check(") == "10.0"
        assert "34 of 3,000 rows" in output_of(notebook, "%migrate up", last=True)
        described = output_of(notebook, "DESCRIBE users", last=True)
        assert "email" in described and "handle" not in described
        assert "All 6 statements ran." in output_of(notebook, "DEFAULT 'unknown'")


def test_the_repair_that_the_lesson_asks_for_passes_the_rehearsal(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPDOWN_COURSE", str(site / "course"))
    folder = tmp_path / LESSON
    source = site / "course" / "source" / LESSON
    for path in (p for p in source.rglob("*") if p.suffix in (".ipynb", ".sql", ".toml", ".json")):
        if "migrations" in path.parts or "earlier" in path.parts:
            continue
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        target.write_text(text.replace("replace(name, ", "replace(coalesce(name, 'nobody'), "))
    notebook = run(folder)
    assert "rehearsal passed" in output_of(notebook, "rehearse") and noise(notebook) == []


def test_prose_has_its_length_and_an_action_at_least_every_180_words() -> None:
    text = re.sub(r"(?ms)^~~~.*?^~~~$", "", (SOURCE / "lesson.md").read_text(encoding="utf-8"))
    stretches = [len(part.split()) for part in re.split(r"(?ms)^```\w.*?^```$", text)]
    assert 1000 <= sum(stretches) <= 1500
    assert stretches[0] <= 110 and max(stretches) <= 180
    assert "!" not in re.sub(r"(?ms)^```\w.*?^```$", "", text)
