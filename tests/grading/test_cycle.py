"""nbgrader's whole cycle from the command line, on lesson 4: from release to marks and feedback."""

from __future__ import annotations

import csv
import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.utils import get_username

from course_lib.cli import main
from course_lib.exercises import Exercise, check_answer, load_spec
from course_lib.exercises.hidden import draw_world

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]

ROOT = Path(__file__).parents[2]
LESSON = "04-adding-a-column"
NOTEBOOK = f"{LESSON}.ipynb"
FETCHER = get_username()

FORMGRADER = """
import json, sys
from nbgrader.apps import NbGrader, NbGraderAPI
app = NbGrader()
app.load_config_file()
print(json.dumps(NbGraderAPI(config=app.config).autograde(sys.argv[1], sys.argv[2])))
"""


@dataclass(frozen=True)
class Course:
    """The course folder after the cycle, the built `notebooks/`, the marks as exported.

    `clicked` is what Formgrader's autograde said, which graded the student hard-coded.
    """

    folder: Path
    notebooks: Path
    spec: Exercise
    secret: str
    marks: dict[str, float]
    clicked: str

    def feedback(self, student: str) -> str:
        """The source of a student's feedback page."""
        page = self.folder / "feedback" / student / LESSON / f"{LESSON}.html"
        return page.read_text(encoding="utf-8")

    def feedback_words(self, student: str) -> str:
        """What a reader of the feedback page reads, without marks of code."""
        text = html.unescape(re.sub(r"<[^>]*>", "", self.feedback(student)))
        return " ".join(text.replace("`", "").split())


def run(folder: Path, *command: str) -> str:
    """Run nbgrader or Python in `folder`, with a home of its own; returns what it said."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "IPYTHON", "UPDOWN", "NBGRADER"))
    }
    environment["HOME"] = str(folder)
    done = subprocess.run(
        [sys.executable, "-m", *command] if command[0] == "nbgrader" else command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def answer(text: str) -> Callable[[NotebookNode], None]:
    """Replaces the learner's answer by this migration's text."""

    def edit(notebook: NotebookNode) -> None:
        cell = cell_of(notebook, "add-email-answer")
        cell.source = f"{cell.source.splitlines()[0]}\n{text.strip()}"

    return edit


def cell_of(notebook: NotebookNode, cell_id: str) -> NotebookNode:
    (cell,) = [cell for cell in notebook.cells if cell.id == cell_id]
    return cell


def skip_the_check(notebook: NotebookNode) -> None:
    cell_of(notebook, "add-email").metadata["tags"] = ["skip-execution", "__never__"]


def break_the_check(notebook: NotebookNode) -> None:
    notebook.cells.insert(1, new_code_cell("check = None  # defined again below"))
    notebook.cells.insert(
        notebook.cells.index(cell_of(notebook, "add-email")), new_code_cell("check = None")
    )


def edit_notebook(path: Path, *edits: Callable[[NotebookNode], None]) -> None:
    notebook = nbformat.read(path, as_version=4)
    for edit in edits:
        edit(notebook)
    nbformat.write(notebook, path)


def wrong_answer(spec: Exercise, name: str) -> str:
    (found,) = [one.answer for one in spec.wrong_answers if one.name.startswith(name)]
    return found


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Build, generate, release, fetch, submit, collect, autograde, feedback, export: once."""
    base = tmp_path_factory.mktemp("cycle")
    folder, learner = base / "course", base / "learner"
    learner.mkdir()
    shutil.copytree(ROOT / "lessons", base / "lessons")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(base)
        assert main(["course", "build", "--course", str(folder)]) == 0
    spec = load_spec(folder / "specs" / LESSON / "add-email.toml")

    run(folder, "nbgrader", "generate_assignment", LESSON)
    run(folder, "nbgrader", "release_assignment", LESSON)
    to_exchange = (f"--Exchange.root={folder / 'exchange'}", "--course=up-and-down")
    run(learner, "nbgrader", "fetch_assignment", LESSON, *to_exchange)
    edit_notebook(learner / LESSON / NOTEBOOK, answer(spec.solutions[0].answer))
    leave_a_learners_files(learner / LESSON)
    run(learner, "nbgrader", "submit", LESSON, *to_exchange)
    run(folder, "nbgrader", "collect", LESSON)

    submit(folder, "untouched")
    submit(folder, "no-down", answer(wrong_answer(spec, "no down")))
    submit(folder, "breaker", break_the_check)
    submit(folder, "from-checkout", answer(spec.solutions[1].answer), release=base / "notebooks")

    run(folder, "nbgrader", "autograde", LESSON)
    submit(folder, "hard-coded", answer(wrong_answer(spec, "hard-coded ids")), skip_the_check)
    clicked = run(folder, sys.executable, "-c", FORMGRADER, LESSON, "hard-coded")
    run(folder, "nbgrader", "generate_feedback", LESSON)
    run(folder, "nbgrader", "export", "--to=marks.csv")
    with (folder / "marks.csv").open(encoding="utf-8", newline="") as file:
        marks = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    secret = (folder / "secret.txt").read_text().strip()
    return Course(folder, base / "notebooks", spec, secret, marks, clicked)


def submit(
    folder: Path,
    student: str,
    *edits: Callable[[NotebookNode], None],
    release: Path | None = None,
) -> None:
    """Put a submission where `collect` puts them; `release` is where the learner took it from."""
    target = folder / "submitted" / student / LESSON
    source = (release or folder / "release") / LESSON
    shutil.copytree(source, target)
    edit_notebook(target / NOTEBOOK, *edits)


def leave_a_learners_files(folder: Path) -> None:
    """What days of work leave beside a notebook: none of it may change a mark."""
    (folder / "shop.duckdb").write_bytes(b"not a database")
    for name in ("migrations", "answers", "earlier"):
        (folder / name).mkdir()
    (folder / "migrations" / "001_add_email_to_users.sql").write_text("-- migrate:up\nSELECT 1;\n")
    (folder / "answers" / "quiz-adding-a-column.jsonl").write_text("")
    (folder / "world.sql").write_text("-- changed by the learner\n")


def test_the_released_files_are_those_in_notebooks(course: Course) -> None:
    released = course.folder / "release" / LESSON
    names = sorted(p.relative_to(released) for p in released.rglob("*") if p.is_file())
    assert Path(NOTEBOOK) in names
    assert Path("exercises/add-email.json") in names
    for name in names:
        assert (released / name).read_bytes() == (course.notebooks / LESSON / name).read_bytes()


@pytest.mark.parametrize("student", [FETCHER, "from-checkout"])
def test_a_right_answer_gets_full_marks_on_hidden_worlds_too(course: Course, student: str) -> None:
    assert course.marks[student] == course.spec.task.max_points
    most = course.spec.task.max_points
    assert f"{most} of {most} points" in course.feedback_words(student)


@pytest.mark.parametrize("student", ["untouched", "breaker"])
def test_no_answer_gets_nothing_however_the_check_is_avoided(course: Course, student: str) -> None:
    assert course.marks[student] == 0


@pytest.mark.parametrize(
    ("student", "name"), [("no-down", "no down"), ("hard-coded", "hard-coded")]
)
def test_a_wrong_answer_gets_the_verdicts_points_and_its_words(
    course: Course, student: str, name: str
) -> None:
    verdict = check_answer(course.spec, wrong_answer(course.spec, name), secret=course.secret)
    assert verdict.points < verdict.max_points
    assert course.marks[student] == verdict.points
    difference = verdict.first_failure.differences[0] if verdict.first_failure else None
    assert difference is not None
    words = course.feedback_words(student)
    assert " ".join(difference.is_.replace("`", "").split()) in words
    assert " ".join(difference.consequence.replace("`", "").split()) in words


def test_an_answer_that_lacks_a_part_gets_the_points_of_its_other_parts(course: Course) -> None:
    assert 0 < course.marks["no-down"] < course.spec.task.max_points


def test_hidden_worlds_count_in_the_mark(course: Course) -> None:
    seen_by_learner = check_answer(course.spec, wrong_answer(course.spec, "hard-coded ids"))
    assert course.marks["hard-coded"] < seen_by_learner.points


def test_feedback_shows_neither_hidden_tests_nor_hidden_rows(course: Course) -> None:
    rows = [
        (key, day)
        for world in course.spec.hidden
        for key, day in re.findall(
            r"\((\d+), (?:NULL|'(?:[^']|'')*'), '([-\d]+)'\)",
            draw_world(world, course.spec.task.id, course.secret).rows,
        )
    ]
    assert len(rows) > 30

    def shown(text: str) -> list[tuple[str, str]]:
        words = set(re.findall(r"[-\d]+", text))
        return [row for row in rows if words.issuperset(row)]

    hard_coded = wrong_answer(course.spec, "hard-coded ids")
    revealed = check_answer(course.spec, hard_coded, secret=course.secret, reveal=True)
    assert shown(revealed.to_text())  # the pattern does find hidden rows where they are shown
    for student in course.marks:
        page = course.feedback(student)
        for text in ("BEGIN HIDDEN", "END HIDDEN", "hidden=True", "null_percent", course.secret):
            assert text not in page
        assert shown(course.feedback_words(student)) == []


def test_a_check_that_a_learner_broke_leaves_one_line_in_the_feedback(course: Course) -> None:
    page = course.feedback("breaker")
    assert "TypeError: " in page
    assert "Traceback (most recent call last)" not in course.feedback_words("breaker")


def test_a_submitted_database_and_a_changed_world_are_not_used(course: Course) -> None:
    autograded = course.folder / "autograded" / FETCHER / LESSON
    assert (autograded / "shop.duckdb").read_bytes() != b"not a database"
    released = course.folder / "release" / LESSON / "world.sql"
    assert (autograded / "world.sql").read_bytes() == released.read_bytes()
    assert "not a database" not in course.feedback(FETCHER)


def test_formgraders_autograde_works_and_a_tag_does_not_skip_the_check(course: Course) -> None:
    said = course.clicked
    result = json.loads(said[said.index('{"success"') :].splitlines()[0])
    assert result["success"], result
    assert course.marks["hard-coded"] < course.spec.task.max_points


def test_an_instructors_own_run_in_source_stops_the_release(course: Course) -> None:
    made = course.folder / "source" / LESSON / "migrations"
    made.mkdir()
    elsewhere = "--CourseDirectory.release_directory=release-again"
    try:
        with pytest.raises(AssertionError, match=r"holds migrations: made by running the notebook"):
            run(course.folder, "nbgrader", "generate_assignment", LESSON, elsewhere)
    finally:
        made.rmdir()
