"""Every attack, handed in: no point beyond the honest score, no class stopped, nothing taken."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.exercises import check_answer, check_prepared, load_spec, prepare
from tests.grading.class_folder import ROOT, SPEC, ClassFolder, open_class
from tests.grading.hostile import ATTACKS, SLOW, Attack, all_attacks
from tests.grading.hostile_python import sleepers
from tests.grading.submissions import LESSON, NOTEBOOK, answer
from tests.grading.tamper_page import PAGE, points, read_page

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
        after = fingerprints(course.folder)
        assert sorted(path for path, _ in before.items() ^ after.items()) == []
        yield course, attacks


def fingerprints(folder: Path) -> dict[str, str]:
    """Everything in and around the course folder that grading has no reason to write."""
    outputs = ("autograded", "feedback", "submitted", "gradebook.db", "grades.csv")
    own = (*outputs, "locks", "terminal.log")
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for root in (folder.parent, ROOT / "course_lib")
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not {*own} & {*path.parts}
    }


def test_no_attack_gains_a_point(tried: tuple[ClassFolder, list[Attack]]) -> None:
    course, attacks = tried
    marks, prepared = course.marks(), prepare(EXERCISE, course.secret)
    gained = {}
    for attack in attacks:
        honest = check_prepared(prepared, attack.honest).points
        mark = marks[attack.name]
        if mark is None:  # it waits for a person, and has nothing until then
            assert course.waits_for_a_human(attack.name)
        elif mark > honest:
            gained[attack.name] = (mark, honest)
    assert gained == {}


def test_the_marks_are_those_of_the_page(tried: tuple[ClassFolder, list[Attack]]) -> None:
    course, attacks = tried
    rows, _ = read_page(PAGE.read_text(encoding="utf-8"))
    told = {row.name: row.ours for row in rows}
    marks, prepared = course.marks(), prepare(EXERCISE, course.secret)
    honest = {one: points(check_prepared(prepared, one).points) for one in {*map(_honest, attacks)}}
    earned = {row.name: row.honest for row in rows}
    assert [honest[one.honest] for one in attacks] == [earned[one.name] for one in attacks]
    # Where a limit of time ends an attack, the machine decides what was reached until then.
    names = [one.name for one in attacks if one.name not in SLOW]
    assert {name: points(marks[name]) for name in names} == {name: told[name] for name in names}


def _honest(attack: Attack) -> str:
    return attack.honest


def test_the_class_goes_on(tried: tuple[ClassFolder, list[Attack]]) -> None:
    course, attacks = tried
    marks = course.marks()
    assert marks["zoe"] == EXERCISE.task.max_points
    assert marks.keys() == {"zoe", *(attack.name for attack in attacks)}


def test_an_attack_on_cells_or_files_costs_nothing_either(
    tried: tuple[ClassFolder, list[Attack]],
) -> None:
    course, attacks = tried
    marks, prepared = course.marks(), prepare(EXERCISE, course.secret)
    for attack in attacks:
        if attack.name.startswith("cell-"):
            honest = check_prepared(prepared, attack.honest).points
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
    assert sleepers(MARK) == []


def test_no_code_of_an_attack_is_code_of_the_page() -> None:
    (attack,) = [one for one in all_attacks() if one.name == "script-in-the-page"]
    text = (ATTACKS / "migrations" / f"{attack.name}.sql").read_text(encoding="utf-8")
    page = check_answer(EXERCISE, text, secret="any").to_html()
    assert "<script>alert(1)" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_every_attack_has_a_title_and_a_name_of_its_own() -> None:
    attacks = all_attacks()
    assert len({attack.name for attack in attacks}) == len(attacks)
    assert all(attack.title and attack.title != attack.name for attack in attacks)
    assert {attack.name for attack in attacks} >= SLOW
    assert NOTEBOOK.endswith(".ipynb")
