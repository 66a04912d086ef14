"""`updown class collect`: work from LMS exports and own zips, and what is not in order."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from course_lib.classroom.lms_names import Sent, find_learner, read_name
from course_lib.classroom.roster import Learner
from tests.classroom.class_course import LESSON, names_below, updown_class
from tests.classroom.incoming_work import NOTEBOOK, RECORD, collect, link, submitted, zipped
from tests.nbgrader_commands import open_terminal

CLASS = (
    Learner("ada", "Lovelace", "Ada", "", "901"),
    Learner("grace", "Hopper", "Grace", "", "902"),
    Learner("lin", "Łukasiewicz", "Lin", "", "903"),
)


def test_a_zip_from_canvas_is_taken_apart(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = zipped(
        tmp_path / "own.zip",
        (f"{LESSON}/{NOTEBOOK}", b"of ada"),
        (RECORD, b"[]"),
        ("05-another-lesson/05-another-lesson.ipynb", b"of another lesson"),
    )
    export = zipped(
        tmp_path / "submissions.zip",
        ("lovelaceada_901_5551_my-work-20260101T120000Z.zip", own.read_bytes()),
        (f"hoppergrace_LATE_902_5552_{LESSON}-1.ipynb", b"of grace"),
        ("someoneelse_999_5553_x.ipynb", b"of nobody"),
    )
    told = collect(ready, capsys, export, code=1)
    assert submitted(ready) == {
        f"ada/{LESSON}/{NOTEBOOK}": b"of ada",
        f"ada/{RECORD}": b"[]",
        f"grace/{LESSON}/{NOTEBOOK}": b"of grace",
    }
    assert told["taken"] == ["ada", "grace"]
    assert told["late"] == ["grace"]
    assert told["missing"] == ["lin"]
    assert told["no_record"] == ["grace"]
    assert [one["taken_as"] for one in told["renamed"]] == [NOTEBOOK]
    (left,) = told["left_out"]
    assert left["name"] == "someoneelse_999_5553_x.ipynb"


def test_a_folder_from_moodle_is_taken_and_loose_records_with_it(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        f"Ada Lovelace_77_assignsubmission_file_/{NOTEBOOK}": "of ada",
        "Ada Lovelace_77_assignsubmission_file_/quiz-adding-a-column.jsonl": "[]",
        f"Lin Łukasiewicz_78_assignsubmission_file_{NOTEBOOK}": "of lin",
        f"__MACOSX/{NOTEBOOK}": "x",
    }
    for name, text in files.items():
        path = tmp_path / "moodle" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    told = collect(ready, capsys, tmp_path / "moodle")
    assert told["taken"] == ["ada", "lin"]
    assert set(submitted(ready)) == {
        f"ada/{LESSON}/{NOTEBOOK}",
        f"ada/{RECORD}",
        f"lin/{LESSON}/{NOTEBOOK}",
    }


def test_a_learners_own_files_are_found_by_their_id(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = zipped(tmp_path / "ada.zip", (f"{LESSON}/{NOTEBOOK}", b"of ada"), (RECORD, b"[]"))
    (tmp_path / "grace.ipynb").write_text("of grace")
    told = collect(ready, capsys, own, tmp_path / "grace.ipynb")
    assert told["taken"] == ["ada", "grace"]
    assert told["renamed"] == []


def test_of_several_notebooks_the_one_with_the_highest_number_counts(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = zipped(
        tmp_path / "submissions.zip",
        (f"lovelaceada_901_51_{LESSON}-10.ipynb", b"tenth"),
        (f"lovelaceada_901_51_{LESSON}.ipynb", b"first"),
        (f"lovelaceada_901_51_{LESSON}-2.ipynb", b"second"),
        ("lovelaceada_901_51_05-another-lesson.ipynb", b"of another lesson"),
    )
    told = collect(ready, capsys, export, code=1)
    assert submitted(ready) == {f"ada/{LESSON}/{NOTEBOOK}": b"tenth"}
    assert len(told["left_out"]) == 3


def test_a_learners_zip_and_a_notebook_are_not_mixed(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The zip holds the records too, so it is the one that counts, whichever comes first."""
    (tmp_path / "in" / "ada").mkdir(parents=True)
    (tmp_path / "in" / "ada" / f"{LESSON}-2.ipynb").write_text("alone")
    for name, text in (("20260101T120000Z", b"older"), ("20260102T120000Z", b"newer")):
        own = tmp_path / "in" / "ada" / f"my-work-{name}.zip"
        zipped(own, (f"{LESSON}/{NOTEBOOK}", text), (RECORD, text))
    told = collect(ready, capsys, tmp_path / "in", code=1)
    assert submitted(ready) == {f"ada/{LESSON}/{NOTEBOOK}": b"newer", f"ada/{RECORD}": b"newer"}
    assert len(told["left_out"]) == 2


def test_a_zip_without_this_lesson_is_named(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = zipped(tmp_path / "ada.zip", ("05-x/05-x.ipynb", b"{}"))
    told = collect(ready, capsys, own, code=1)
    assert told["left_out"] == [{"name": "ada.zip", "why": f"it holds no {LESSON}/{NOTEBOOK}"}]
    assert told["missing"] == ["ada", "grace", "lin"]


def test_collecting_again_changes_nothing_and_newer_work_keeps_the_older(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ada.ipynb").write_text("first")
    assert collect(ready, capsys, tmp_path / "ada.ipynb")["taken"] == ["ada"]
    again = collect(ready, capsys, tmp_path / "ada.ipynb")
    assert (again["taken"], again["same"], again["kept"]) == ([], ["ada"], None)
    (tmp_path / "ada.ipynb").write_text("second")
    told = collect(ready, capsys, tmp_path / "ada.ipynb")
    assert submitted(ready) == {f"ada/{LESSON}/{NOTEBOOK}": b"second"}
    assert names_below(Path(told["kept"])) == {f"submitted/ada/{LESSON}/{NOTEBOOK}": b"first"}


@pytest.mark.parametrize(
    "entry",
    [
        f"../../{NOTEBOOK}",
        f"/etc/{NOTEBOOK}",
        "ada/../../../secret.txt",
        f"lovelaceada_901_5_/../../{LESSON}.txt",
        link("lovelaceada_901_5_x.ipynb"),
        "ada/quiz-../../x.jsonl",
        "ada/x\0.ipynb\0.txt",
        "ada/world.sql",
        "ada.zip",
    ],
)
def test_a_hostile_name_is_left_out_and_the_rest_is_taken(
    ready: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    entry: str | zipfile.ZipInfo,
) -> None:
    before = names_below(ready)
    export = zipped(tmp_path / "all.zip", (entry, b"../../secret.txt"), ("grace.ipynb", b"{}"))
    told = collect(ready, capsys, export, code=1)
    assert told["taken"] == ["grace"]
    assert len(told["left_out"]) == 1
    assert submitted(ready) == {f"grace/{LESSON}/{NOTEBOOK}": b"{}"}
    made = set(names_below(ready)) - set(before)
    assert made == {f"submitted/grace/{LESSON}/{NOTEBOOK}"}
    assert not [path for path in ready.rglob("*") if path.is_symlink()]


def test_a_bomb_does_not_go_off(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """More than a file may have, and more than a learner may have in many files."""
    many = [(f"ada/quiz-{number}.jsonl", bytes(60 << 20)) for number in range(5)]
    giant = ("ada/quiz-giant.jsonl", bytes(65 << 20))
    export = zipped(tmp_path / "all.zip", *many, giant, ("ada/" + NOTEBOOK, b"{}"))
    assert export.stat().st_size < 1 << 20
    told = collect(ready, capsys, export, code=1)
    why = {one["name"]: one["why"] for one in told["left_out"]}
    assert why["ada/quiz-giant.jsonl"] == "it is larger than 64 MB"
    assert "more than 256 MB" in why["ada/quiz-4.jsonl"]
    assert sum(map(len, submitted(ready).values())) <= 256 << 20


def test_links_in_a_folder_are_not_followed(
    ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in" / "ada").mkdir(parents=True)
    (tmp_path / "in" / "ada" / NOTEBOOK).symlink_to(ready / "secret.txt")
    (tmp_path / "in" / "grace").symlink_to(ready)
    told = collect(ready, capsys, tmp_path / "in", code=1)
    assert told["taken"] == []
    assert submitted(ready) == {}


def test_a_lesson_that_was_not_generated_and_a_place_that_is_not_there_are_told(
    own_class: Path, ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--course", ready, "--from", tmp_path / "none")
    assert updown_class(tmp_path, "collect", "05-x", *arguments) == 1
    assert capsys.readouterr().err == "05-x: the class has no such lesson; name one of `source/`.\n"
    assert updown_class(tmp_path, "collect", LESSON, *arguments) == 1
    assert "there is no such file or folder" in capsys.readouterr().err
    assert updown_class(tmp_path, "collect", LESSON) == 1
    assert "it is no class's folder" in capsys.readouterr().err


def test_the_exchange_is_collected_with_nbgraders_step(
    own_class: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A learner submits with nbgrader's own command, another leaves a link to the first's work."""
    (tmp_path / "home" / "work").mkdir(parents=True)
    root = f"--course=up-and-down --Exchange.root={own_class / 'exchange'}"
    with open_terminal(own_class, tmp_path / "home") as terminal:
        terminal.run(f"nbgrader generate_assignment {LESSON} ")
        terminal.run(f"nbgrader release_assignment {LESSON}")
        terminal.run(f"cd {tmp_path / 'home' / 'work'}")
        terminal.run(f"nbgrader fetch_assignment {LESSON} {root}")
        terminal.run(f"nbgrader submit {LESSON} {root}")
    inbound = own_class / "exchange/up-and-down/inbound"
    (sent,) = inbound.iterdir()
    fetcher = sent.name.partition("+")[0]
    twin = inbound / f"ada+{LESSON}+2026-01-01 12:00:00 UTC+x"
    twin.mkdir()
    shutil.copy(sent / "timestamp.txt", twin)
    (twin / NOTEBOOK).symlink_to(sent / NOTEBOOK)
    with Gradebook(f"sqlite:///{own_class / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_assignment(LESSON, duedate="2026-01-01 12:00:00.0 UTC")
    told = collect(own_class, capsys, code=1)
    assert sorted(told["taken"]) == sorted(["ada", fetcher])
    assert fetcher in told["late"]
    assert told["missing"] == ["grace", "lin"]
    (left,) = told["left_out"]
    assert NOTEBOOK in left["name"]
    assert not (own_class / "submitted/ada" / LESSON / NOTEBOOK).exists()
    assert collect(own_class, capsys)["taken"] == []


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("lovelaceada_901_5_x.ipynb", "ada"),
        ("lovelaceada_LATE_1_5_x.ipynb", "ada"),
        ("Lin Łukasiewicz_12_assignsubmission_file_", "lin"),
        ("Lin_Łukasiewicz_12_assignsubmission_file_", "lin"),
        ("grace", "grace"),
        ("Hopper Grace_902_assignsubmission_file_", "grace"),
        # Moodle's number is another in each assignment: 901 is Ada's on the roster, by accident.
        ("Grace Hopper_901_assignsubmission_file_", "grace"),
        ("Some Body_901_assignsubmission_file_", None),
        ("Participant_901_assignsubmission_file_", "ada"),
        ("nobody_5_5_x.ipynb", None),
        ("_", None),
    ],
)
def test_who_is_meant(name: str, student: str | None) -> None:
    found = find_learner(read_name((name, "x.ipynb")), CLASS)
    assert (found.id if found else None) == student


def test_two_of_one_name_are_nobody() -> None:
    twins = (Learner("a1", "Lovelace", "Ada"), Learner("a2", "Lovelace", "Ada"))
    assert find_learner(Sent("lovelaceada", "", "x"), twins) is None


def test_moodles_number_decides_between_two_of_one_name() -> None:
    twins = (Learner("a1", "Lovelace", "Ada", lms_user_id="7"), Learner("a2", "Lovelace", "Ada"))
    assert find_learner(Sent("Ada Lovelace", "7", "x", of_assignment=True), twins) == twins[0]
    assert find_learner(Sent("Ada Lovelace", "8", "x", of_assignment=True), twins) is None


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_no_name_raises_or_means_a_stranger(parts: list[str]) -> None:
    found = find_learner(read_name(tuple(parts)), CLASS)
    assert found is None or found in CLASS
