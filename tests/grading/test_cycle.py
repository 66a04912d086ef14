"""nbgrader's whole cycle on lesson 4, by the very commands of docs/instructors.md."""

from __future__ import annotations

import csv
import html
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import get_username

from course_lib.exercises import Exercise, check_answer, load_spec
from course_lib.exercises.hidden import draw_world
from tests.grading.submissions import (
    ANSWER,
    CHECK,
    LESSON,
    NOTEBOOK,
    Edit,
    answer,
    copy_below,
    delete,
    edit_check,
    edit_notebook,
    lose_metadata,
    replace_check,
    skip_check,
)
from tests.lone_lesson import copy_lesson
from tests.nbgrader_commands import Terminal, open_terminal

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(600),
]

ROOT = Path(__file__).parents[2]
FETCHER = get_username()
STEALS = """
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR;
UPDATE users SET email = (SELECT content FROM read_text('../../../secret.txt'));
COPY users TO '../../../stolen.csv';
-- migrate:down
ALTER TABLE users DROP COLUMN email;
"""


@dataclass(frozen=True)
class Course:
    """The course folder after the week, in whose `terminal` the commands ran.

    `notebooks` holds what learners of the course have.
    """

    folder: Path
    notebooks: Path
    terminal: Terminal
    spec: Exercise
    secret: str

    @property
    def marks(self) -> dict[str, float | None]:
        """The scores as exported; None where the score is empty."""
        with (self.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {row["student_id"]: float(row["score"]) if row["score"] else None for row in rows}

    def feedback(self, student: str) -> str:
        """The source of a student's feedback page."""
        page = self.folder / "feedback" / student / LESSON / f"{LESSON}.html"
        return page.read_text(encoding="utf-8")

    def feedback_words(self, student: str) -> str:
        """What a reader of the feedback page reads, without marks of code."""
        text = html.unescape(re.sub(r"<[^>]*>", "", self.feedback(student)))
        return " ".join(text.replace("`", "").split())


def commands_of_the_week() -> list[str]:
    """Every command that docs/instructors.md gives for the week, in its order."""
    text = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    week = text.partition("## The week")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```sh\n(.*?)^```", week, flags=re.M | re.S)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def wrong_answer(spec: Exercise, name: str) -> str:
    (found,) = [one.answer for one in spec.wrong_answers if one.name.startswith(name)]
    return found


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The week once, and at its places what people do there that is no command."""
    base = tmp_path_factory.mktemp("cycle")
    home = base / "home"
    home.mkdir()
    # The class must not be in the checkout, so the checkout is not around the home.
    copy_lesson(LESSON, base / "checkout" / "lessons")
    notebooks = ROOT / "notebooks"
    folder, learner = home / "up-and-down-class", home / "my-course"
    spec = load_spec(ROOT / "lessons" / LESSON / "exercises" / "add-email.toml")
    with open_terminal(base / "checkout", home) as terminal:
        for line in commands_of_the_week():
            if line.startswith("updown class grade") and "--student" not in line:
                submit_for_the_others(folder, spec)
            terminal.run(line)
            if line.startswith("updown class new"):
                (folder / "roster.csv").write_text("id,last_name,first_name\nada,Lovelace,Ada\n")
                terminal.run(line)
            if line.startswith("nbgrader fetch_assignment"):
                copies = (copy_below(ANSWER), copy_below(CHECK))
                edit_notebook(
                    learner / LESSON / NOTEBOOK, answer(spec.solutions[0].answer), *copies
                )
                leave_a_learners_files(learner / LESSON)
                pack_for_ada(notebooks / LESSON / NOTEBOOK, home / "my-work.zip", spec)
        # The last commands of the week are a learner's, in a folder of their own.
        terminal.run(f"cd {folder}")
        secret = (folder / "secret.txt").read_text().strip()
        yield Course(folder, notebooks, terminal, spec, secret)


def pack_for_ada(released: Path, target: Path, spec: Exercise) -> None:
    """A zip as `updown pack` writes it, of a notebook that some editor stripped of its metadata."""
    worked = target.with_name(NOTEBOOK)
    shutil.copy(released, worked)
    edit_notebook(worked, answer(spec.solutions[1].answer), delete(CHECK), lose_metadata)
    with zipfile.ZipFile(target, "w") as packed:
        packed.write(worked, f"{LESSON}/{NOTEBOOK}")


def submit_for_the_others(folder: Path, spec: Exercise) -> None:
    """One submission of each sort, where `collect` puts them."""
    submit(folder, "untouched")
    submit(folder, "no-down", answer(wrong_answer(spec, "no down")))
    hostile = (skip_check, edit_check, replace_check)
    submit(folder, "hard-coded", answer(wrong_answer(spec, "hard-coded ids")), *hostile)
    submit(folder, "thief", answer(STEALS))
    for name in ("duckdb.py", "json.py", "ipykernel_launcher.py"):
        stolen = folder / "stolen.csv"
        text = f"open({str(stolen)!r}, 'w')"
        (folder / "submitted" / "thief" / LESSON / name).write_text(text)


def submit(folder: Path, student: str, *edits: Edit) -> None:
    """Put a submission where `collect` puts them."""
    target = folder / "submitted" / student / LESSON
    shutil.copytree(folder / "release" / LESSON, target)
    edit_notebook(target / NOTEBOOK, *edits)


def leave_a_learners_files(folder: Path) -> None:
    """What days of work leave beside a notebook: none of it may change a mark."""
    (folder / "shop.duckdb").write_bytes(b"not a database")
    for name in ("migrations", "answers", "earlier"):
        (folder / name).mkdir()
    # A first try under another name; its number would stop the answer's cell.
    (folder / "migrations" / "001_add_mail.sql").write_text("-- migrate:up\nSELECT 1;\n")
    (folder / "answers" / "quiz-adding-a-column.jsonl").write_text("")
    (folder / "world.sql").write_text("-- changed by the learner\n")


def test_the_released_files_are_those_in_notebooks(course: Course) -> None:
    released = course.folder / "release" / LESSON
    names = sorted(p.relative_to(released) for p in released.rglob("*") if p.is_file())
    assert Path(NOTEBOOK) in names
    assert Path("exercises/add-email.json") in names
    for name in names:
        assert (released / name).read_bytes() == (course.notebooks / LESSON / name).read_bytes()


@pytest.mark.parametrize("student", [FETCHER, "ada"])
def test_a_right_answer_gets_full_marks_on_hidden_worlds_too(course: Course, student: str) -> None:
    assert course.marks[student] == course.spec.task.max_points
    most = course.spec.task.max_points
    assert f"{most} of {most} points" in course.feedback_words(student)


def test_no_answer_gets_nothing(course: Course) -> None:
    assert course.marks["untouched"] == 0


def test_an_answer_that_reaches_for_files_gets_nothing_and_no_file(course: Course) -> None:
    assert course.marks["thief"] == 0
    assert not (course.folder / "stolen.csv").exists()
    graded = course.folder / "autograded" / "thief" / LESSON / NOTEBOOK
    assert course.secret not in graded.read_text(encoding="utf-8")


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
            r"\((\d+), (?:NULL|'(?:[^']|'')*'), '([-\d]+)'[,)]",
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


def test_a_submitted_database_and_a_changed_world_are_not_used(course: Course) -> None:
    autograded = course.folder / "autograded" / FETCHER / LESSON
    assert (autograded / "shop.duckdb").read_bytes() != b"not a database"
    released = course.folder / "release" / LESSON / "world.sql"
    assert (autograded / "world.sql").read_bytes() == released.read_bytes()
    assert "not a database" not in course.feedback(FETCHER)


def test_feedback_shows_neither_places_of_the_machine_nor_code_of_widgets(course: Course) -> None:
    for student in course.marks:
        words = course.feedback_words(student)
        assert str(course.folder) not in words
        assert "Traceback (most recent call last)" not in words
        assert "VBox(" not in words


def test_feedback_shows_the_cell_of_a_timeline_without_an_empty_box(course: Course) -> None:
    """Grading draws nothing that nobody plays, so there is the cell and no widget."""
    assert "lesson.timeline()" in course.feedback_words(FETCHER)
    assert "Timeline of shop.duckdb" not in course.feedback_words(FETCHER)
    assert "application/vnd.jupyter.widget" not in course.feedback(FETCHER)


def test_feedback_comes_back_through_the_exchange(course: Course) -> None:
    returned = [*(course.folder.parent / "my-course").rglob("*.html")]
    assert [page.read_text(encoding="utf-8") for page in returned] == [course.feedback(FETCHER)]


def test_an_instructors_own_run_in_source_stops_the_release(course: Course) -> None:
    made = course.folder / "source" / LESSON / "migrations"
    made.mkdir()
    elsewhere = "--CourseDirectory.release_directory=release-again"
    try:
        line = f"nbgrader generate_assignment {LESSON} {elsewhere}"
        said = course.terminal.run(line, code=1)
    finally:
        made.rmdir()
    assert "holds migrations: made by running the notebook" in said


def test_the_marks_for_others_are_those_of_the_gradebook(course: Course) -> None:
    with (course.folder / "marks-learners.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    ours = {student: float(row[LESSON]) for student, row in rows.items()}
    assert ours == course.marks
    with (course.folder / "marks-requirements.csv").open(encoding="utf-8-sig", newline="") as file:
        rows_of_all = list(csv.DictReader(file))
    exercise = course.spec.task.id
    judged = [row for row in rows_of_all if (row["id"], row["exercise"]) == (FETCHER, exercise)]
    assert {row["state"] for row in judged} == {"passed"}
    assert sum(int(row["points"]) for row in judged) == course.spec.task.max_points


def test_the_steps_of_the_page_delete_all_of_a_learner(course: Course) -> None:
    """The last test: the class is without ada then."""
    text = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    part = text.partition("## What is recorded about learners")[2].partition("\n## ")[0]
    (block,) = re.findall(r"^```sh\n(.*?)^```", part, flags=re.M | re.S)
    (course.folder / "roster.csv").write_text("id,last_name\nada,Lovelace\ngrace,Hopper\n")
    (course.folder / "exchange/up-and-down/inbound/ada+x").mkdir()
    earlier = course.folder / "earlier" / "20260101T000000Z"
    for student in ("ada", "grace"):
        (earlier / "submitted" / student / LESSON).mkdir(parents=True)
    (earlier / "roster.csv").write_text("id,last_name\nada,Lovelace\n")
    for line in block.splitlines():
        course.terminal.run(line)
    assert not list(course.folder.rglob("ada*"))
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        assert "untouched" in (known := {one.id for one in gradebook.students})
        assert "ada" not in known
        assert "ada" not in {one.student_id for one in gradebook.assignment_submissions(LESSON)}
    assert (course.folder / "roster.csv").read_text() == "id,last_name\ngrace,Hopper\n"
    assert (course.folder / "submitted" / "untouched").is_dir()
    # What is kept of others is nobody's to delete here.
    assert (earlier / "roster.csv").read_text() == "id,last_name\n"
    assert [path.name for path in (earlier / "submitted").rglob("*")] == ["grace", LESSON]
