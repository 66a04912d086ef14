"""`updown class new`: a folder that nbgrader works in, and that a second call loses nothing of."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tests.classroom.class_course import LESSON, ROSTER, make_checkout, names_below, updown_class
from tests.nbgrader_commands import open_terminal


def students_of(folder: Path) -> dict[str, tuple[str | None, ...]]:
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        return {
            one.id: (one.last_name, one.first_name, one.email, one.lms_user_id)
            for one in gradebook.students
        }


def test_the_roster_becomes_the_gradebooks_students(own_class: Path) -> None:
    assert students_of(own_class) == {
        "ada": ("Lovelace", "Ada", "ada@example.org", "901"),
        "grace": ("Hopper", "Grace", None, "902"),
        "lin": ("Łukasiewicz", "Lin", None, "903"),
    }


def test_the_secret_is_for_its_owner_alone(own_class: Path) -> None:
    assert len((own_class / "secret.txt").read_text().strip()) == 64
    assert stat.S_IMODE((own_class / "secret.txt").stat().st_mode) == 0o600


def test_nothing_is_written_into_the_checkout(
    checkout: Path, made_class: Path, tmp_path: Path
) -> None:
    assert (made_class / "source").is_dir()
    assert names_below(checkout) == names_below(make_checkout(tmp_path / "again"))


def test_nbgraders_own_commands_work_in_the_folder(own_class: Path, tmp_path: Path) -> None:
    """Also its import of students, on the roster as it lies there."""
    (tmp_path / "home").mkdir()
    with open_terminal(own_class, tmp_path / "home") as terminal:
        terminal.run(f"nbgrader generate_assignment {LESSON}")
        terminal.run(f"nbgrader release_assignment {LESSON}")
        terminal.run("nbgrader db student import roster.csv")
        said = terminal.run("nbgrader db student list")
    assert (own_class / "exchange/up-and-down/outbound" / LESSON / f"{LESSON}.ipynb").is_file()
    assert "ada (Lovelace, Ada) -- ada@example.org, 901" in said
    assert len(students_of(own_class)) == 3


def test_a_second_call_changes_nothing(checkout: Path, own_class: Path) -> None:
    before = names_below(own_class)
    assert updown_class(checkout, "new", own_class) == 0
    assert names_below(own_class) == before


def test_a_second_call_loses_nothing(
    checkout: Path, own_class: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The instructor's own lines, work, secret and marks stay; what has to change is kept."""
    mine = {
        "nbgrader_config.py": (own_class / "nbgrader_config.py").read_text() + "\n# mine\n",
        "submitted/ada/ps/ps.ipynb": "{}",
        "exchange/up-and-down/inbound/x": "y",
        "source/my-own/my-own.ipynb": "{}",
        "notes.md": "mine",
    }
    for name, text in mine.items():
        (own_class / name).parent.mkdir(parents=True, exist_ok=True)
        (own_class / name).write_text(text)
    edited = own_class / "source" / LESSON / f"{LESSON}.ipynb"
    built = edited.read_bytes()
    edited.write_bytes(b"edited in the Formgrader")
    stale = own_class / "specs" / LESSON / "dropped.toml"
    stale.write_bytes(b"of an earlier version of the course")
    with Gradebook(f"sqlite:///{own_class / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment("ps")
        gradebook.add_submission("ps", "ada")
    secret = (own_class / "secret.txt").read_bytes()

    assert updown_class(checkout, "new", own_class, "--json") == 0
    told = json.loads(capsys.readouterr().out)

    assert (own_class / "secret.txt").read_bytes() == secret
    assert {name: (own_class / name).read_text() for name in mine} == mine
    assert edited.read_bytes() == built
    assert not stale.exists()
    kept = names_below(Path(told["kept"]))
    assert kept == {
        f"source/{LESSON}/{LESSON}.ipynb": b"edited in the Formgrader",
        f"specs/{LESSON}/dropped.toml": b"of an earlier version of the course",
    }
    with Gradebook(f"sqlite:///{own_class / 'gradebook.db'}") as gradebook:
        assert gradebook.find_submission("ps", "ada")


def test_a_changed_roster_changes_the_gradebook_and_takes_nobody_out(
    checkout: Path, own_class: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "next.csv").write_text(
        "lms_user_id,id,first_name\n901,ada,Augusta\n904,alan,\n902,grace,\n"
    )
    assert updown_class(checkout, "new", own_class, "--roster", tmp_path / "next.csv") == 0
    said = capsys.readouterr().out
    assert "Roster: 1 entered, 1 changed" in said
    assert "In the gradebook and not on the roster: lin." in said
    # What the roster does not say is known still.
    students = students_of(own_class)
    assert students["ada"] == ("Lovelace", "Augusta", "ada@example.org", "901")
    assert students["alan"] == (None, None, None, "904")
    assert "lin" in students
    (kept,) = own_class.glob("earlier/*/roster.csv")
    assert kept.read_text(encoding="utf-8") == ROSTER


def test_an_exchange_elsewhere_is_the_one_that_nbgrader_uses(
    checkout: Path, own_class: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "srv" / "the exchange"
    assert updown_class(checkout, "new", own_class, "--exchange", elsewhere) == 0
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o777
    (tmp_path / "home").mkdir()
    with open_terminal(own_class, tmp_path / "home") as terminal:
        terminal.run(f"nbgrader generate_assignment {LESSON}")
        terminal.run(f"nbgrader release_assignment {LESSON}")
    assert (elsewhere / "up-and-down/outbound" / LESSON).is_dir()
    # The choice stays where a later call does not speak of it.
    before = (own_class / "class.toml").read_bytes()
    assert updown_class(checkout, "new", own_class) == 0
    assert (own_class / "class.toml").read_bytes() == before


def test_a_class_without_an_exchange_is_shut_to_others_and_nbgrader_says_so(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "class"
    assert updown_class(checkout, "new", folder, "--no-exchange") == 0
    assert "It has no exchange." in capsys.readouterr().out
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not (folder / "exchange").exists()
    (tmp_path / "home").mkdir()
    with open_terminal(folder, tmp_path / "home") as terminal:
        terminal.run(f"nbgrader generate_assignment {LESSON}")
        said = [
            terminal.run(f"nbgrader {command} {LESSON}", code=1)
            for command in ("release_assignment", "collect", "release_feedback")
        ]
    assert all("This class has no exchange, as its class.toml says." in one for one in said)
    assert not (folder / "no-exchange").exists()


def test_a_folder_in_the_checkout_is_refused(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = names_below(checkout)
    (tmp_path / "link").symlink_to(checkout / "lessons")
    for place in ("class", checkout, tmp_path / "link" / "class"):
        assert updown_class(checkout, "new", place) == 1
        assert "it is in the checkout" in capsys.readouterr().err
    inside = checkout / "exchange"
    assert updown_class(checkout, "new", tmp_path / "class", "--exchange", inside) == 1
    assert names_below(checkout) == before
    assert not (tmp_path / "class").exists()


def test_a_folder_with_other_files_is_refused_and_left_alone(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    assert updown_class(checkout, "new", tmp_path) == 1
    assert "it holds files, and no secret.txt" in capsys.readouterr().err
    assert names_below(tmp_path) == {"thesis.txt": b"mine"}


def test_with_a_wrong_roster_nothing_is_written(
    checkout: Path, own_class: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = names_below(own_class)
    (tmp_path / "wrong.csv").write_text("id\nnew\n../../ada\n")
    assert updown_class(checkout, "new", own_class, "--roster", tmp_path / "wrong.csv") == 1
    assert "wrong.csv, line 3: '../../ada' is no id" in capsys.readouterr().err
    assert updown_class(checkout, "new", own_class, "--roster", tmp_path / "none.csv") == 1
    assert "there is no such file" in capsys.readouterr().err
    assert names_below(own_class) == before


def test_a_configuration_with_a_mistake_is_told_in_a_sentence(
    checkout: Path, own_class: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (own_class / "nbgrader_config.py").open("a") as file:
        file.write("get_config().Exchange.root = home\n")
    assert updown_class(checkout, "new", own_class) == 1
    said = capsys.readouterr().err
    assert "NameError: name 'home' is not defined; mend that" in said
    assert "Traceback" not in said
