"""`updown course build`: what it writes, what it leaves alone, what never reaches a learner."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course_lib.authoring import Site, find_differences, make_site
from course_lib.cli import main
from course_lib.exercises import load_spec
from tests.lone_lesson import copy_lesson

ROOT = Path(__file__).parents[2]
LESSON = "04-adding-a-column"


@pytest.fixture(scope="module")
def site() -> Site:
    """This repository's lessons, built in memory."""
    return make_site(ROOT / "lessons")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's lessons, built once."""
    root = tmp_path_factory.mktemp("built")
    shutil.copytree(ROOT / "lessons", root / "lessons")
    assert run_build(root) == 0
    return root


@pytest.fixture(scope="module")
def one_lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with one lesson, built once."""
    root = tmp_path_factory.mktemp("one")
    copy_lesson(LESSON, root / "lessons")
    assert run_build(root) == 0
    return root


@pytest.fixture
def course(one_lesson: Path, tmp_path: Path) -> Path:
    """A copy of the course with one lesson, to be changed."""
    shutil.copytree(one_lesson, tmp_path / "course")
    return tmp_path / "course"


def run_build(root: Path, *options: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return main(["course", "build", *options])


def files_of(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def strings_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_of(part)


def learner_text(folder: Path) -> str:
    """Everything that the files of a folder say, with notebooks and JSON decoded."""
    parts: list[str] = []
    for name, content in files_of(folder).items():
        if name.endswith(".ipynb"):
            notebook = nbformat.reads(content.decode(), as_version=4)
            parts += [cell.source for cell in notebook.cells]
        elif name.endswith(".json"):
            parts += strings_of(json.loads(content))
        else:
            parts.append(content.decode())
    return " ".join(" ".join(parts).split())


def test_the_committed_notebooks_are_what_the_lessons_give(site: Site) -> None:
    assert site.problems == ()
    assert find_differences(site, ROOT / "notebooks") == ()


def test_two_builds_are_equal_byte_for_byte(site: Site, built: Path) -> None:
    assert files_of(built / "notebooks") == site.notebooks
    in_course = files_of(built / "build" / "course")
    del in_course["secret.txt"]
    assert in_course == site.course


def test_learners_get_no_solution_wrong_answer_hidden_test_or_generator(built: Path) -> None:
    spec = load_spec(built / "lessons" / LESSON / "exercises" / "add-email.toml")
    answers = [one.answer for one in (*spec.solutions, *spec.wrong_answers)]
    names = [one.name for one in (*spec.solutions, *spec.wrong_answers, *spec.hidden)]
    markers = ["BEGIN SOLUTION", "HIDDEN TESTS", "hidden=True", "null_percent"]
    kept_back = [" ".join(text.split()) for text in [*answers, *names, *markers]]
    author = learner_text(built / "lessons")
    assert all(text in author for text in kept_back)
    learner = learner_text(built / "notebooks")
    assert [text for text in kept_back if text in learner] == []


def test_a_notebook_has_unique_ids_and_what_jupyterlab_would_otherwise_add(built: Path) -> None:
    for path in (built / "notebooks").rglob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        ids = [cell.id for cell in notebook.cells]
        assert len(set(ids)) == len(ids)
        assert notebook.metadata.kernelspec.name == "python3"
        assert notebook.metadata.language_info.version
        assert all(not cell.get("outputs") for cell in notebook.cells)


def test_check_names_every_kind_of_difference_and_writes_nothing(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_build(course, "--check") == 0
    notebooks = course / "notebooks"
    (notebooks / LESSON / "world.sql").write_text("-- another world\n")
    (notebooks / LESSON / "quiz.toml").unlink()
    (notebooks / LESSON / "exercises" / "old.json").write_text("{}")
    before = files_of(course)
    capsys.readouterr()
    assert run_build(course, "--check") == 1
    said = capsys.readouterr().err
    assert f"notebooks/{LESSON}/world.sql differs" in said
    assert f"notebooks/{LESSON}/quiz.toml is missing" in said
    assert f"notebooks/{LESSON}/exercises/old.json comes from no lesson" in said
    assert files_of(course) == before


def test_a_build_keeps_secret_configuration_and_what_a_learner_made(course: Path) -> None:
    lesson = course / "notebooks" / LESSON
    made = {"shop.duckdb": "x", "migrations/001_a.sql": "y", "answers/quiz-a.jsonl": "z"}
    for name, text in made.items():
        (lesson / name).parent.mkdir(exist_ok=True)
        (lesson / name).write_text(text)
    (lesson / "exercises" / "old.json").write_text("{}")
    secret = course / "build" / "course" / "secret.txt"
    before = secret.read_text()
    assert len(before.strip()) >= 32
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    configuration = course / "build" / "course" / "nbgrader_config.py"
    configured = configuration.read_text() + '\nget_config().Exchange.root = "elsewhere"\n'
    configuration.write_text(configured)
    assert run_build(course) == 0
    assert secret.read_text() == before
    assert configuration.read_text() == configured
    assert {name: (lesson / name).read_text() for name in made} == made
    assert not (lesson / "exercises" / "old.json").exists()


def test_a_notebook_that_was_only_run_is_replaced(course: Path) -> None:
    path = course / "notebooks" / LESSON / f"{LESSON}.ipynb"
    built = path.read_bytes()
    notebook = nbformat.reads(built.decode(), as_version=4)
    code = next(cell for cell in notebook.cells if cell.cell_type == "code")
    code.outputs = [nbformat.v4.new_output("stream", text="hello")]
    code.execution_count = 1
    nbformat.write(notebook, path)
    assert run_build(course) == 0
    assert path.read_bytes() == built


def test_a_notebook_with_edited_cells_stops_the_build_before_it_writes(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = course / "notebooks" / LESSON / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source += "\n\nmy own note"
    nbformat.write(notebook, path)
    (course / "notebooks" / LESSON / "quiz.toml").unlink()
    before = files_of(course)
    assert run_build(course) == 1
    assert f"notebooks/{LESSON}/{LESSON}.ipynb was edited" in capsys.readouterr().err
    assert files_of(course) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("lesson.md", "points=10", "points=9", "lesson.md, line "),
        ("lesson.md", 'check="add-email"', 'check="add-mail"', "no exercise 'add-mail'"),
        ("quiz.toml", "format = 1", "format = 99", "quiz.toml, line "),
        ("exercises/add-email.toml", "format = 1", "format = 99", "add-email.toml, line "),
        ("exercises/add-email.toml", f'lesson = "{LESSON}"', 'lesson = "x"', "folder's name"),
    ],
)
def test_a_mistake_in_a_lesson_is_told_with_its_file_and_nothing_is_written(
    course: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    words: str,
) -> None:
    path = course / "lessons" / LESSON / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    before = files_of(course)
    assert run_build(course) == 1
    said = capsys.readouterr().err
    assert f"lessons/{LESSON}/{file}" in said
    assert words in said
    assert files_of(course) == before


def test_the_instructor_s_note_goes_to_the_course_folder_and_to_no_learner(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = course / "lessons" / LESSON / "instructor.md"
    note.write_text("Most people forget the rows without a name.\n" + "More to say of it. " * 25)
    assert run_build(course) == 0
    carried = course / "build" / "course" / "instructor" / f"{LESSON}.md"
    assert carried.read_bytes() == note.read_bytes()
    # What stands in source/ is what nbgrader hands out.
    handed_out = {**files_of(course / "notebooks"), **files_of(course / "build/course/source")}
    assert [name for name, content in handed_out.items() if b"Most people forget" in content] == []
    assert run_build(course, "--check") == 0
    note.unlink()
    assert run_build(course) == 1
    assert "there is no instructor's note" in capsys.readouterr().err


def test_a_scene_goes_to_the_learner_and_a_fault_in_it_stops_the_build(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenes = course / "lessons" / LESSON / "scenes"
    scenes.mkdir()
    drafts = ROOT / "lessons" / "drafts" / "scenes"
    shutil.copy(drafts / "drift.toml", scenes / "drift.toml")
    assert run_build(course) == 0
    assert (course / "notebooks" / LESSON / "scenes" / "drift.toml").exists()
    text = (scenes / "drift.toml").read_text(encoding="utf-8")
    (scenes / "drift.toml").write_text(text.replace('do = "up"', 'do = "fly"'), encoding="utf-8")
    capsys.readouterr()
    assert run_build(course) == 1
    told = capsys.readouterr().err
    assert f"lessons/{LESSON}/scenes/drift.toml, line" in told and "no 'fly'" in told


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('see = "Your migration"', 'see = "My migration"', "has none of that name"),
        (
            'returns = "02-changes-without-chaos"',
            'returns = "02-nothing"',
            "returns to '02-nothing', where there is no quiz.toml",
        ),
        ("value = 34", "value = 33", "says 33; DuckDB gives 34"),
        ("What goes with the column?", "What stays?", "reads differently"),
    ],
)
def test_a_quiz_that_misleads_is_refused_with_its_line(
    course: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, sentence: str
) -> None:
    bank = course / "lessons" / LESSON / "quiz.toml"
    text = bank.read_text()
    assert old in text
    bank.write_text(text.replace(old, new))
    before = (course / "notebooks" / LESSON / "quiz.toml").read_bytes()
    assert run_build(course) == 1
    said = capsys.readouterr()
    assert f"lessons/{LESSON}/quiz.toml, line " in said.err + said.out
    assert sentence in said.err + said.out
    assert (course / "notebooks" / LESSON / "quiz.toml").read_bytes() == before
