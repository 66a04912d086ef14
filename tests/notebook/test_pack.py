"""Packing a learner's work and bringing it back, from zips that are friendly and hostile."""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from course_lib.notebook import work
from course_lib.notebook.errors import LessonError
from course_lib.notebook.pack import pack
from course_lib.notebook.unpack import unpack

LESSON = "04-adding-a-column"
WORK = {
    f"{LESSON}/04-adding-a-column.ipynb": "{}",
    f"{LESSON}/answers/quiz-adding-a-column.jsonl": '{"version": 1}\n',
    f"{LESSON}/migrations/001_add_email_to_users.sql": "-- migrate:up\n",
    f"{LESSON}/migrations/002_add_phone/migration.sql": "SELECT 1;",
    "05-renaming/05-renaming.ipynb": "{}",
}
NOT_WORK = {
    "00-start.ipynb": "{}",
    f"{LESSON}/shop.duckdb": "a database",
    f"{LESSON}/world.sql": "create table users ();",
    f"{LESSON}/exercises/add-email.json": "{}",
    f"{LESSON}/earlier/20260101T000000Z/04-adding-a-column.ipynb": "{}",
    f"{LESSON}/.ipynb_checkpoints/04-adding-a-column-checkpoint.ipynb": "{}",
    f"{LESSON}/migrations/.hidden.sql": "",
    "notes/own.ipynb": "{}",
}


def fill(course: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text, encoding="utf-8")
    return course


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return fill(tmp_path / "notebooks", WORK | NOT_WORK)


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """The course as it comes, on another machine."""
    files = {f"{LESSON}/04-adding-a-column.ipynb": "{}", "05-renaming/05-renaming.ipynb": "{}"}
    return fill(tmp_path / "elsewhere" / "notebooks", files | {"00-start.ipynb": "{}"})


def write_zip(path: Path, *entries: tuple[str | zipfile.ZipInfo, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zip_, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that is there twice
        for name, content in entries:
            zip_.writestr(name, content)
    return path


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_zip_holds_the_work_alone_in_order_of_the_names(course: Path) -> None:
    packed = pack(course)
    assert packed.parent == course
    with zipfile.ZipFile(packed) as zip_:
        assert zip_.namelist() == sorted(WORK)
        assert {name: zip_.read(name).decode() for name in zip_.namelist()} == WORK


def test_the_course_is_found_from_a_lessons_folder_and_from_the_checkout(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for here in (course / LESSON, course, course.parent):
        monkeypatch.chdir(here)
        assert pack().parent == course


def test_two_packs_in_one_second_are_two_files(course: Path) -> None:
    assert len({pack(course) for _ in range(3)}) == 3


def test_a_database_is_not_opened(course: Path) -> None:
    # Reading it blocks for ever, were it tried.
    (course / LESSON / "shop.duckdb").unlink()
    os.mkfifo(course / LESSON / "shop.duckdb")
    os.mkfifo(course / LESSON / "migrations" / "002_pipe.sql")
    with zipfile.ZipFile(pack(course)) as zip_:
        assert zip_.namelist() == sorted(WORK)


def test_links_are_not_followed(course: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    fill(secret, {"private.ipynb": "secret", "001_private.sql": "secret"})
    (course / LESSON / "linked.ipynb").symlink_to(secret / "private.ipynb")
    (course / LESSON / "migrations" / "002_linked.sql").symlink_to(secret / "001_private.sql")
    (course / "05-renaming" / "migrations").symlink_to(secret)
    (course / "06-linked").symlink_to(secret)
    with zipfile.ZipFile(pack(course)) as zip_:
        assert zip_.namelist() == sorted(WORK)


def test_a_name_that_windows_cannot_store_is_told_and_nothing_is_packed(course: Path) -> None:
    (course / LESSON / "migrations" / "002_what?.sql").touch()
    with pytest.raises(LessonError, match=r"002_what\?\.sql' is a name .* Rename that file"):
        pack(course)
    assert list(course.glob("*.zip")) == []


def test_a_file_that_is_too_large_is_told_and_nothing_is_packed(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (course / LESSON / "04-adding-a-column.ipynb").open("r+b") as file:
        file.truncate(work.MAX_FILE + 1)
    with pytest.raises(LessonError, match="Clear the outputs of that notebook"):
        pack(course)
    assert list(course.glob("*.zip")) == []


def test_outside_the_course_nothing_is_packed(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="is not in the course"):
        pack(tmp_path)


def test_a_file_that_is_there_is_not_packed_over(course: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.zip"
    target.write_text("precious")
    with pytest.raises(LessonError, match="is there already"):
        pack(course, target)
    assert target.read_text() == "precious"


def test_work_comes_back_on_another_machine(course: Path, fresh: Path) -> None:
    unpacked = unpack(pack(course), fresh)
    assert unpacked.refused == ()
    assert {name: (fresh / name).read_text() for name in WORK} == WORK
    assert not [path for path in fresh.iterdir() if path.name.startswith(".")]


def test_work_that_is_there_is_kept_before_it_is_replaced(course: Path, fresh: Path) -> None:
    name = f"{LESSON}/04-adding-a-column.ipynb"
    packed = pack(fill(course, {name: '{"mine": 1}'}))
    fill(fresh, {name: '{"newer": 1}'})
    unpacked = unpack(packed, fresh)
    assert (fresh / name).read_text() == '{"mine": 1}'
    (kept,) = unpacked.kept
    assert kept.startswith(f"{LESSON}/earlier/")
    assert (fresh / kept).read_text() == '{"newer": 1}'
    assert kept in str(unpacked)


def test_unpacking_twice_changes_nothing(course: Path, fresh: Path) -> None:
    packed = pack(course)
    unpack(packed, fresh)
    before = snapshot(fresh)
    again = unpack(packed, fresh)
    assert (again.taken, again.kept, again.refused) == ((), (), ())
    assert sorted(again.same) == sorted(WORK)
    assert snapshot(fresh) == before


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        f"/{LESSON}/x.ipynb",
        "../x.ipynb",
        f"{LESSON}/../../x.ipynb",
        f"{LESSON}/answers/../../../x.jsonl",
        f"{LESSON}/./x.ipynb",
        f"{LESSON}//x.ipynb",
        f"{LESSON}\\..\\..\\x.ipynb",
        "C:\\x.ipynb",
        f"{LESSON}/C:x.ipynb",
        f"{LESSON}/a\x00b.ipynb",
        f"{LESSON}/x.ipynb\n",
        f"{LESSON}/world.sql",
        f"{LESSON}/shop.duckdb",
        f"{LESSON}/exercises/add-email.json",
        f"{LESSON}/answers/deeper/x.jsonl",
        f"{LESSON}/migrations/.profile",
        f"{LESSON}/migrations/{'n' * 300}.sql",
        f"{LESSON}/migrations/nul.sql",
        "00-start.ipynb",
        "course_lib/__init__.py",
        "",
    ],
)
def test_a_name_that_pack_does_not_write_is_refused_and_the_rest_taken(
    fresh: Path, tmp_path: Path, name: str
) -> None:
    before = snapshot(tmp_path)
    entry = zipfile.ZipInfo("placeholder")
    entry.filename = entry.orig_filename = name
    good = f"{LESSON}/answers/good.jsonl"
    hostile = write_zip(tmp_path / "hostile.zip", (entry, "hostile"), (good, "good"))
    unpacked = unpack(hostile, fresh)
    assert unpacked.taken == (good,)
    assert [reason for _, reason in unpacked.refused] == [
        "it is not a lesson's notebook, answer or migration"
    ]
    hostile.unlink()
    after = snapshot(tmp_path)
    assert set(after) - set(before) == {f"elsewhere/notebooks/{good}"}


def entry(name: str, kind: int = stat.S_IFREG) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (kind | 0o777) << 16
    return info


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_special_file_is_refused(fresh: Path, tmp_path: Path, kind: int) -> None:
    name = f"{LESSON}/answers/link.jsonl"
    unpacked = unpack(write_zip(tmp_path / "z.zip", (entry(name, kind), "/etc/passwd")), fresh)
    assert unpacked.refused == ((name, "it is a link or a special file"),)
    assert not os.path.lexists(fresh / name)


def test_a_lesson_that_the_course_does_not_have_is_refused(fresh: Path, tmp_path: Path) -> None:
    hostile = write_zip(tmp_path / "z.zip", ("77-other/77-other.ipynb", "{}"))
    assert "no such lesson" in str(unpack(hostile, fresh))
    assert not (fresh / "77-other").exists()


def test_a_folder_that_leads_out_of_the_course_is_not_written_to(
    fresh: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (fresh / LESSON / "answers").symlink_to(outside)
    unpacked = unpack(write_zip(tmp_path / "z.zip", (f"{LESSON}/answers/a.jsonl", "x")), fresh)
    assert "is not a folder in this course" in str(unpacked)
    assert list(outside.iterdir()) == []


def test_a_migration_folder_that_leads_out_of_the_course_is_not_written_to(
    fresh: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (fresh / LESSON / "migrations").mkdir()
    (fresh / LESSON / "migrations" / "001_x").symlink_to(outside)
    name = f"{LESSON}/migrations/001_x/migration.sql"
    unpacked = unpack(write_zip(tmp_path / "z.zip", (name, "x")), fresh)
    assert "migrations/001_x is not a folder in this course" in str(unpacked)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("first", [0, 1])
def test_a_file_and_a_folder_of_one_name_are_refused_in_words(
    fresh: Path, tmp_path: Path, first: int
) -> None:
    names = [f"{LESSON}/migrations/001_x.sql", f"{LESSON}/migrations/001_x.sql/migration.sql"]
    entries = [(name, "x") for name in (names[first], names[1 - first])]
    unpacked = unpack(write_zip(tmp_path / "z.zip", *entries), fresh)
    assert unpacked.taken == (names[first],)
    assert "a file and a folder of one name" in str(unpacked)


def test_the_same_name_twice_is_taken_once(fresh: Path, tmp_path: Path) -> None:
    name = f"{LESSON}/answers/a.jsonl"
    hostile = write_zip(
        tmp_path / "z.zip", (name, "1"), (name, "2"), (name.replace("a.", "A."), "")
    )
    unpacked = unpack(hostile, fresh)
    assert unpacked.taken == (name,)
    assert [reason for _, reason in unpacked.refused] == ["the zip holds that name twice"] * 2
    assert (fresh / name).read_text() == "1"


def test_a_file_that_says_it_is_too_large_is_refused(fresh: Path, tmp_path: Path) -> None:
    name = f"{LESSON}/answers/bomb.jsonl"
    bomb = write_zip(tmp_path / "z.zip", (name, bytes(work.MAX_FILE + 1)))
    assert bomb.stat().st_size < 2**20
    assert unpack(bomb, fresh).refused == ((name, "it is larger than 64 MB"),)


def test_many_files_cannot_fill_the_disk_together(fresh: Path, tmp_path: Path) -> None:
    names = [f"{LESSON}/answers/{number}.jsonl" for number in range(6)]
    bomb = write_zip(tmp_path / "z.zip", *((name, bytes(work.MAX_FILE)) for name in names))
    unpacked = unpack(bomb, fresh)
    assert unpacked.taken == tuple(names[:4])
    assert {reason for _, reason in unpacked.refused} == {"the zip holds more than it may"}


def test_more_files_than_a_course_has_are_refused(fresh: Path, tmp_path: Path) -> None:
    names = [f"{LESSON}/answers/{number}.jsonl" for number in range(work.MAX_FILES + 3)]
    unpacked = unpack(write_zip(tmp_path / "z.zip", *((name, "") for name in names)), fresh)
    assert (len(unpacked.taken), len(unpacked.refused)) == (work.MAX_FILES, 3)


def test_an_encrypted_entry_is_refused(fresh: Path, tmp_path: Path) -> None:
    name = f"{LESSON}/answers/a.jsonl"
    data = bytearray(write_zip(tmp_path / "z.zip", (name, "x")).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "z.zip").write_bytes(data)
    assert unpack(tmp_path / "z.zip", fresh).refused == ((name, "it is encrypted"),)


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all" * 100])
def test_what_is_not_a_zip_is_told_in_a_sentence(
    fresh: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "z.zip").write_bytes(content)
    with pytest.raises(LessonError, match="is not a zip file that can be read"):
        unpack(tmp_path / "z.zip", fresh)


def test_a_zip_that_is_not_there_is_told_in_a_sentence(fresh: Path, tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="could not be brought back: No such file"):
        unpack(tmp_path / "z.zip", fresh)


@pytest.mark.parametrize("rounds", [200, pytest.param(5_000, marks=pytest.mark.long)])
def test_a_damaged_zip_never_leads_to_another_error_or_to_another_place(
    course: Path, fresh: Path, tmp_path: Path, rounds: int
) -> None:
    whole = pack(course).read_bytes()
    shutil.rmtree(course)
    chance = random.Random(rounds)
    names = set(WORK) | set(snapshot(fresh))
    for _ in range(rounds):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            unpacked = unpack(_file(tmp_path, bytes(data)), fresh)
        except LessonError:
            continue
        assert all(work.is_work(name) for name in unpacked.taken)
        names |= set(unpacked.taken) | set(unpacked.kept)
    assert set(snapshot(fresh)) <= names
    assert {path.name for path in tmp_path.iterdir()} == {"elsewhere", "z.zip"}


def _file(folder: Path, data: bytes) -> Path:
    (folder / "z.zip").write_bytes(data)
    return folder / "z.zip"


def updown(*arguments: str, here: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "course_lib.cli", *arguments]
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True)


def test_the_commands_pack_and_bring_back(course: Path, fresh: Path) -> None:
    packed = updown("pack", here=course / LESSON)
    assert (packed.returncode, packed.stderr) == (0, "")
    back = updown("unpack", packed.stdout.strip(), here=fresh)
    assert (back.returncode, back.stderr) == (0, "")
    assert back.stdout == "3 files brought back, 2 were there already.\n"
    assert (fresh / LESSON / "answers/quiz-adding-a-column.jsonl").is_file()


def test_the_commands_refuse_with_a_sentence_and_exit_code_1(course: Path, tmp_path: Path) -> None:
    outside = updown("pack", here=tmp_path.parent)
    missing = updown("unpack", "missing.zip", here=course)
    for refused, words in ((outside, "is not in the course"), (missing, "missing.zip could not")):
        assert (refused.returncode, refused.stdout) == (1, "")
        assert words in refused.stderr
        assert refused.stderr.count("\n") == 1


def test_a_command_says_what_was_left_out_and_exits_with_1(fresh: Path, tmp_path: Path) -> None:
    hostile = write_zip(tmp_path / "z.zip", ("../x.ipynb", "x"))
    done = updown("unpack", str(hostile), here=fresh)
    assert done.returncode == 1
    assert "'../x.ipynb' was left out: it is not a lesson's notebook" in done.stdout
