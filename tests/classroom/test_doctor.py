"""`updown class doctor`: a class in order has no finding; each fault has a sentence of its own."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.classroom import places
from course_lib.classroom.gradebook import newest_form
from course_lib.classroom.system import look_at_packages, look_at_python, read_pins
from tests.classroom.class_course import names_below, updown_class


def look(folder: Path, capsys: pytest.CaptureFixture[str], code: int) -> list[dict[str, object]]:
    """The findings that stop, by `--json`; with it the exit code has to be this one."""
    capsys.readouterr()
    assert updown_class(folder.parent, "doctor", folder, "--json") == code
    told = json.loads(capsys.readouterr().out)
    assert told["folder"] == str(folder.resolve())
    return [finding for finding in told["findings"] if finding["stops"]]


def test_a_new_class_is_well_and_looking_changes_nothing(
    own_class: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = names_below(own_class)
    assert look(own_class, capsys, 0) == []
    assert names_below(own_class) == before


def end_configuration(line: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / "nbgrader_config.py").open("a") as file:
            file.write(f"\n{line}\n")

    return change


def older_gradebook(folder: Path) -> None:
    with sqlite3.connect(folder / "gradebook.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '167914646830'")


def another_database(folder: Path) -> None:
    (folder / "gradebook.db").unlink()
    with sqlite3.connect(folder / "gradebook.db") as database:
        database.execute("CREATE TABLE films (id INTEGER)")


def damaged_gradebook(folder: Path) -> None:
    content = bytearray((folder / "gradebook.db").read_bytes())
    content[4096:40960] = os.urandom(40960 - 4096)
    (folder / "gradebook.db").write_bytes(content)


def write(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(text)


@pytest.mark.parametrize(
    ("change", "kind", "what", "step"),
    [
        (lambda f: (f / "secret.txt").unlink(), "secret", "is missing", "updown class new"),
        (write("secret.txt", ""), "secret", "too short", "delete it"),
        (lambda f: (f / "secret.txt").chmod(0o644), "secret", "can read it", "chmod 600"),
        (lambda f: (f / "gradebook.db").unlink(), "gradebook", "no gradebook", "class new"),
        (write("gradebook.db", "no database at all"), "gradebook", "does not open", "backup"),
        (damaged_gradebook, "gradebook", "", "backup"),
        (another_database, "gradebook", "without nbgrader's tables", "move it away"),
        (older_gradebook, "gradebook", "its form is 167914646830", "nbgrader db upgrade"),
        (write("roster.csv", "id\nalan\n"), "roster", "alan the first", "class new"),
        (write("roster.csv", "id\n..\n"), "roster", "'..' is no id", "use letters"),
        (write("class.toml", "exchange = 1"), "configuration", "has to be a text", "mend"),
        (write("class.toml", "exchange ="), "configuration", "is no TOML", "mend"),
        (write("class.toml", 'exchange = "/nowhere"'), "exchange", "no such folder", "--exchange"),
        (write("nbgrader_config.py", "c = get_config()"), "configuration", "does not conf", "move"),
        (end_configuration("1 / 0"), "configuration", "ZeroDivisionError", "mend"),
        (
            end_configuration("get_config().CourseDirectory.db_url = 'nonsense://x'"),
            "gradebook",
            "does not open",
            "db_url",
        ),
        (
            end_configuration("get_config().CourseDirectory.root = '/'"),
            "configuration",
            "names another folder, /",
            "leave",
        ),
        (lambda f: shutil.rmtree(f / "source"), "lessons", "there is no lesson", "class new"),
    ],
)
def test_a_fault_is_found_with_what_to_do(
    own_class: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[Path], object],
    kind: str,
    what: str,
    step: str,
) -> None:
    change(own_class)
    found = look(own_class, capsys, 1)
    assert [one["kind"] for one in found] == [kind]
    assert what in str(found[0]["what"])
    assert step in str(found[0]["next_step"])
    assert "\n" not in str(found[0]["sentence"])


def test_an_old_gradebook_is_well_after_what_the_doctor_says(
    own_class: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The form is the one that nbgrader gives a new gradebook."""
    with sqlite3.connect(own_class / "gradebook.db") as database:
        assert database.execute("SELECT * FROM alembic_version").fetchall() == [(newest_form(),)]


def test_a_class_without_an_exchange_lacks_none(
    own_class: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(own_class / "exchange")
    (own_class / "class.toml").write_text('exchange = ""')
    assert look(own_class, capsys, 0) == []


def test_who_does_not_reach_the_exchange_is_a_note(
    own_class: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_class / "exchange").chmod(0o755)
    own_class.chmod(0o700)
    assert updown_class(own_class.parent, "doctor", own_class) == 0
    said = capsys.readouterr().out
    assert f"Note: {own_class / 'exchange'}: other accounts cannot write there" in said
    assert "other accounts do not get there through" in said
    assert "0 to mend" in said


def test_a_class_that_a_group_shares_is_looked_at_as_one(
    own_class: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbound = own_class / "exchange" / "up-and-down" / "inbound"
    inbound.mkdir(parents=True, mode=0o733)
    notes = (
        (own_class, 0o2770, f"chmod g+rwxs {own_class}`"),
        (own_class / "secret.txt", 0o640, f"chmod g+r {own_class / 'secret.txt'}`"),
        (own_class / "gradebook.db", 0o660, f"chmod g+rw {own_class / 'gradebook.db'}`"),
        (inbound, 0o2773, f"chmod g+rwx {inbound}`"),
    )
    for path, _, _ in notes:
        path.chmod(path.stat().st_mode & ~0o2060)
    assert updown_class(own_class.parent, "doctor", own_class) == 0
    assert "groupshared" not in capsys.readouterr().out
    end_configuration("get_config().CourseDirectory.groupshared = True")(own_class)
    assert updown_class(own_class.parent, "doctor", own_class) == 0
    said = capsys.readouterr().out
    assert all(step in said for _, _, step in notes), said
    for path, mode, _ in notes:
        path.chmod(mode)
    assert updown_class(own_class.parent, "doctor", own_class) == 0
    assert "groupshared" not in capsys.readouterr().out
    (own_class / "secret.txt").chmod(0o644)
    assert updown_class(own_class.parent, "doctor", own_class) == 1
    assert "chmod 640" in capsys.readouterr().out


def test_room_on_the_disk_is_looked_at(
    own_class: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "LEAST_FREE", 2**70)
    found = look(own_class, capsys, 1)
    assert {one["kind"] for one in found} == {"disk"}


def test_a_folder_that_is_no_class_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert updown_class(tmp_path, "doctor") == 1
    assert "it is no class's folder" in capsys.readouterr().out


def test_an_old_python_is_found() -> None:
    (finding,) = look_at_python((3, 10, 4))
    assert "it is Python 3.10.4; use 3.11 or newer" in str(finding)
    assert list(look_at_python()) == []


def test_packages_that_are_missing_or_not_those_of_the_pins_are_found() -> None:
    pins = ("no-such-package==1.0", "nbgrader==0.0.1", "pywin32==1 ; sys_platform == 'win32'")
    missing, other = look_at_packages(pins)
    assert missing.stops and "no-such-package" in str(missing)
    assert not other.stops and "tested with ==0.0.1" in str(other)


def test_the_packages_of_this_environment_are_those_of_the_pins() -> None:
    assert any(pin.startswith("nbgrader==") for pin in read_pins())
    assert list(look_at_packages(read_pins())) == []


def test_an_installed_package_without_a_checkout_knows_what_it_needs(tmp_path: Path) -> None:
    needed = read_pins(tmp_path)
    assert any(one.startswith("nbgrader") for one in needed)
    assert not [one for one in needed if one.startswith("pytest")]
