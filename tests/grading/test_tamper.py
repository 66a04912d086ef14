"""Every attack, handed in: no point beyond the honest score, no class stopped, nothing taken."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook, MissingEntry

from course_lib.exercises import check_answer, load_spec
from tests.grading.class_folder import ROOT, SPEC, ClassFolder, open_class
from tests.grading.hostile import ATTACKS, SLOW, Attack, all_attacks
from tests.grading.submissions import CHECK, LESSON, NOTEBOOK, answer
from tests.nbgrader_commands import open_terminal

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system"),
    pytest.mark.timeout(5400),
]

EXERCISE = load_spec(SPEC)
RIGHT = EXERCISE.solutions[0].answer
MARK = "3131"
"""How many seconds the processes sleep that attacks leave behind."""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(3, id="every third attack"),
        pytest.param(1, id="every attack", marks=pytest.mark.long),
    ],
)
def tried(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[ClassFolder, list[Attack]]]:
    """A class in which each attack was handed in once, graded, and given its feedback."""
    quick = [one for one in all_attacks() if one.name not in SLOW]
    attacks = all_attacks() if request.param == 1 else quick[:: request.param]
    base = tmp_path_factory.mktemp("tamper")
    with open_class(base) as course:
        course.submit("zoe", answer(RIGHT))
        for attack in attacks:
            attack.attempt(course.submit(attack.name, answer(attack.honest)))
        before = fingerprints(course.folder)
        course.autograde()
        course.give_feedback()
        assert fingerprints(course.folder) == before
        yield course, attacks


def fingerprints(folder: Path) -> dict[str, str]:
    """Everything in and around the course folder that grading has no reason to write."""
    own = ("autograded", "feedback", "submitted", "gradebook.db", "grades.csv", "terminal.log")
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for root in (folder.parent, ROOT / "course_lib")
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not {*own} & {*path.parts}
    }


def test_no_attack_gains_a_point(tried: tuple[ClassFolder, list[Attack]]) -> None:
    course, attacks = tried
    marks = course.marks()
    gained = {}
    for attack in attacks:
        honest = check_answer(EXERCISE, attack.honest, secret=course.secret).points
        points = marks[attack.name]
        if points is None:  # it waits for a person, and has nothing until then
            assert course.waits_for_a_human(attack.name)
        elif points > honest:
            gained[attack.name] = (points, honest)
    assert gained == {}


def test_the_class_goes_on(tried: tuple[ClassFolder, list[Attack]]) -> None:
    course, attacks = tried
    marks = course.marks()
    assert marks["zoe"] == EXERCISE.task.max_points
    assert marks.keys() == {"zoe", *(attack.name for attack in attacks)}


def test_an_attack_on_cells_or_files_costs_nothing_either(
    tried: tuple[ClassFolder, list[Attack]],
) -> None:
    course, attacks = tried
    marks = course.marks()
    for attack in attacks:
        if attack.name.startswith("cell-"):
            honest = check_answer(EXERCISE, attack.honest, secret=course.secret).points
            assert marks[attack.name] == honest


def test_nothing_is_readable_that_should_not_be(tried: tuple[ClassFolder, list[Attack]]) -> None:
    course, _ = tried
    hidden = ("### BEGIN HIDDEN", "hidden=True")
    for place in ("autograded", "feedback"):
        for path in (course.folder / place).rglob("*"):
            if path.is_file():
                assert course.secret.encode() not in path.read_bytes()
                assert not path.is_symlink()
    for path in (course.folder / "feedback").rglob("*"):
        if path.is_file():
            assert path.suffix != ".html" or path.name == f"{LESSON}.html"
            assert not [text for text in hidden if text.encode() in path.read_bytes()]


def test_nothing_is_left_running(tried: tuple[ClassFolder, list[Attack]]) -> None:
    assert sleepers() == []


def test_no_code_of_an_attack_is_code_of_the_page() -> None:
    (attack,) = [one for one in all_attacks() if one.name == "script-in-the-page"]
    text = (ATTACKS / "migrations" / f"{attack.name}.sql").read_text(encoding="utf-8")
    page = check_answer(EXERCISE, text, secret="any").to_html()
    assert "<script>alert(1)" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def sleepers() -> list[str]:
    """The processes that attacks started and that still run."""
    told = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True).stdout
    return [line for line in told.splitlines() if line.endswith(f"sleep {MARK}")]


@pytest.mark.stock
def test_the_same_attacks_under_stock_nbgrader(tmp_path: Path) -> None:
    """Prints the table; it holds that the attacks are real, for stock nbgrader falls to many."""
    lines, gained, stopped, leaked = [], 0, 0, 0
    attacks = [attack for attack in all_attacks() if attack.name not in SLOW]
    with open_class(tmp_path / "made") as made:
        secret = made.secret
        for attack in attacks:
            attack.attempt(made.submit(attack.name, answer(attack.honest)))
        made.submit("zoe", answer(RIGHT))
        made.autograde()
        ours = made.marks()
        for place in ("submitted", "autograded"):
            shutil.rmtree(made.folder / place)
        made.terminal.run("nbgrader db assignment remove " + LESSON + " --force")
        made.terminal.run(f"nbgrader generate_assignment {LESSON} --force")
        (made.folder / "nbgrader_config.py").write_text(STOCK)
    (tmp_path / "home").mkdir()
    # Another process, in which nothing of ours has touched nbgrader.
    with open_terminal(tmp_path, tmp_path / "home") as terminal:
        for number, attack in enumerate(attacks):
            folder = tmp_path / f"stock-{number}"
            shutil.copytree(made.folder, folder)
            course = ClassFolder(folder, terminal)
            attack.attempt(course.submit(attack.name, answer(attack.honest)))
            course.submit(f"{attack.name}_next", answer(RIGHT))
            course.submit("zoe", answer(RIGHT))
            honest = check_answer(EXERCISE, attack.honest, secret=secret).points
            hangs = run_stock(course, attack.name)
            points, follows = score(folder, attack.name), score(folder, f"{attack.name}_next")
            gain = points is not None and points > honest
            stop = follows is None
            leak = holds_secret(folder, secret)
            wrote = [*folder.glob("stolen*")]
            left = sleepers()
            for line in left:
                os.kill(int(line.split()[0]), 9)
            notes = [
                *(["waits for ever"] if hangs else ["class stopped"] if stop else []),
                *(["secret in the page"] if leak else []),
                *(["wrote a file"] if wrote else []),
                *([f"{len(left)} processes left"] if left else []),
            ]
            said = "none" if points is None else f"{points:g}"
            own = "a person" if ours[attack.name] is None else f"{ours[attack.name]:g}"
            row = f"| {attack.name} | {honest} | {own} | {said} | {', '.join(notes)} |"
            print(row, flush=True)
            lines.append(row)
            gained, stopped, leaked = gained + gain, stopped + stop, leaked + leak
            shutil.rmtree(folder)
    print("\n| attack | honest | ours | stock nbgrader | and |\n|---|---|---|---|---|")
    print("\n".join(lines))
    counts = f"{gained} gained points, {stopped} stopped the class, {leaked} read the secret"
    print(f"{len(lines)} attacks: {counts}")
    assert gained >= 10 and stopped >= 3 and leaked >= 1


READERS = ("cell-read-secret", "cell-hidden-rows", "file-page-link", "file-data-links")
STOCK = """
import os
c = get_config()
c.CourseDirectory.root = os.getcwd()
c.CourseDirectory.course_id = "up-and-down"
c.Execute.timeout = 10
"""


def run_stock(course: ClassFolder, name: str) -> bool:
    """Autograde the attack and the one after it as nbgrader comes; True where it never ends."""
    lines = [f"nbgrader autograde {LESSON} --student={name}*"]
    if name in READERS:
        lines.append(f"nbgrader generate_feedback {LESSON}")
    if "pipe" in name:
        return not ends(course.folder, lines[0])
    course.terminal.run(f"cd {course.folder}")
    course.terminal.run(f"export UPDOWN_COURSE={course.folder}")
    for line in lines:
        with contextlib.suppress(AssertionError):  # whatever its exit code
            course.terminal.run(line)
    return False


def ends(folder: Path, line: str) -> bool:
    """Whether an nbgrader command ends within a minute."""
    command = [sys.executable, "-m", *line.split()]
    environment = {**os.environ, "UPDOWN_COURSE": str(folder)}
    try:
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return False
    return True


def score(folder: Path, student: str) -> float | None:
    """The score in the gradebook as nbgrader exports it; None where there is no submission."""
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        try:
            submission = gradebook.find_submission(LESSON, student)
            grade = gradebook.find_grade(CHECK, LESSON, LESSON, student)
        except MissingEntry:
            return None
        if grade.auto_score is None and grade.manual_score is None:
            return None
        return float(submission.score)


def holds_secret(folder: Path, secret: str) -> bool:
    """Whether a page for learners holds the class's secret."""
    pages = [path for path in (folder / "feedback").rglob("*.html") if path.is_file()]
    return any(secret.encode() in page.read_bytes() for page in pages)


def test_every_attack_has_a_title_and_a_name_of_its_own() -> None:
    attacks = all_attacks()
    assert len({attack.name for attack in attacks}) == len(attacks)
    assert all(attack.title for attack in attacks)
    assert {attack.name for attack in attacks} >= SLOW
    assert NOTEBOOK.endswith(".ipynb")
