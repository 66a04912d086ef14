"""`updown` on real files, as a terminal runs it: what it prints, its exit codes, what it leaves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import digest_tables, read_applied, read_schema

THREE_STEPS = """\
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR(255);
UPDATE users SET email = 'temp@example.com' WHERE email IS NULL;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with `shop.duckdb` (five users) and the document's migration."""
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR)")
        con.execute("INSERT INTO users SELECT i, 'user ' || i FROM range(5) AS t(i)")
    write(tmp_path, "001_add_email_to_users.sql", THREE_STEPS)
    return tmp_path


def write(project: Path, name: str, text: str | bytes) -> None:
    (project / "migrations").mkdir(exist_ok=True)
    content = text.encode() if isinstance(text, str) else text
    (project / "migrations" / name).write_bytes(content)


def updown(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "course_lib.cli", *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def state(project: Path) -> object:
    with duckdb.connect(project / "shop.duckdb", read_only=True) as con:
        applied = [(row.number, row.checksum) for row in read_applied(con)]
        return read_schema(con), digest_tables(con), applied


def test_the_documents_migration_goes_up_and_down_and_leaves_what_was(project: Path) -> None:
    before = state(project)
    up = updown(project, "up")
    assert (up.returncode, up.stderr) == (0, "")
    assert "001_add_email_to_users applied (guard: shadow," in up.stdout
    with duckdb.connect(project / "shop.duckdb", read_only=True) as con:
        emails = con.execute("SELECT DISTINCT email FROM users").fetchall()
        assert emails == [("temp@example.com",)]
        assert not read_schema(con).tables["users"].columns[-1].nullable
    down = updown(project, "down")
    assert (down.returncode, down.stderr) == (0, "")
    assert state(project) == before


def test_a_second_up_says_that_there_is_nothing_to_do(project: Path) -> None:
    updown(project, "up")
    again = updown(project, "up")
    assert (again.returncode, again.stdout) == (0, "Nothing to do: every migration is applied.\n")


def test_the_plan_of_a_down_says_how_many_values_it_drops(project: Path) -> None:
    updown(project, "up")
    plan = updown(project, "plan", "--direction", "down")
    assert plan.returncode == 0
    assert "At risk: 001_add_email_to_users down: drops users.email, 5 values" in plan.stdout


@pytest.mark.parametrize("command", ["status", "plan", "rehearse"])
def test_a_command_that_reads_leaves_the_file_as_it_was(project: Path, command: str) -> None:
    before = (project / "shop.duckdb").read_bytes()
    assert updown(project, command).returncode == 0
    assert (project / "shop.duckdb").read_bytes() == before
    assert {path.name for path in project.iterdir()} == {"shop.duckdb", "migrations"}


def test_a_step_that_data_refuses_changes_nothing_and_names_file_line_and_rows(
    project: Path,
) -> None:
    write(
        project,
        "001_add_email_to_users.sql",
        THREE_STEPS.replace("email IS NULL", "name <> 'user 3'"),
    )
    before = state(project)
    failed = updown(project, "up")
    assert failed.returncode == 1
    assert "001_add_email_to_users.sql, line 4: step 3 of 3" in failed.stderr
    assert "1 of 5 rows has no email" in failed.stderr
    assert "nothing was changed" in failed.stderr
    assert state(project) == before
    assert "failed" in updown(project, "status").stdout


BAD_FILES = {
    "no down": ("-- migrate:up\nDROP TABLE users;\n", "line 2", "no `-- migrate:down` section"),
    "syntax": ("-- migrate:up\n\nALTER TABEL users;\n-- migrate:down\n", "line 3", "TABEL"),
    "own COMMIT": (
        "-- migrate:up\nDROP TABLE users;\nCOMMIT;\n-- migrate:down\nSELECT 1;\n",
        "line 3",
        "COMMIT would begin or end the transaction",
    ),
    "not UTF-8": (b"-- migrate:up\nSELECT '\xff';\n-- migrate:down\n", "line 2", "not UTF-8"),
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_bad_file_is_refused_in_one_sentence_with_file_and_line(project: Path, what: str) -> None:
    content, line, words = BAD_FILES[what]
    write(project, "002_bad.sql", content)
    before = (project / "shop.duckdb").read_bytes()
    refused = updown(project, "up")
    assert refused.returncode == 1
    (sentence,) = refused.stderr.splitlines()
    assert sentence.startswith(f"migrations/002_bad.sql, {line}: ")
    assert words in sentence
    assert sentence.endswith(".")
    # 001 is fine, and is not applied either: a plan is refused whole.
    assert (project / "shop.duckdb").read_bytes() == before


def test_two_files_of_one_number_are_refused(project: Path) -> None:
    write(project, "001_something_else.sql", THREE_STEPS)
    before = (project / "shop.duckdb").read_bytes()
    refused = updown(project, "up")
    assert refused.returncode == 1
    assert "001_add_email_to_users.sql has the number 1 too" in refused.stderr
    assert (project / "shop.duckdb").read_bytes() == before


@pytest.fixture
def holder(project: Path) -> Iterator[int]:
    """Another process that has the database open; its process id."""
    code = (
        "import duckdb, sys; c = duckdb.connect('shop.duckdb'); print('open', flush=True); input()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=project,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process.pid
    process.communicate("\n", timeout=30)


@pytest.mark.parametrize("command", ["up", "status", "plan", "rehearse"])
def test_a_locked_database_is_told_in_one_sentence_with_the_process(
    project: Path, holder: int, command: str
) -> None:
    refused = updown(project, command)
    assert refused.returncode == 1
    (sentence,) = refused.stderr.splitlines()
    assert sentence.startswith("shop.duckdb: another program ")
    assert f"(process {holder}) has the database open" in sentence


def test_a_file_that_is_no_database_is_told_in_one_sentence(project: Path) -> None:
    (project / "notes.txt").write_text("not a database\n" * 100)
    refused = updown(project, "status", "--database", "notes.txt")
    assert refused.returncode == 1
    (sentence,) = refused.stderr.splitlines()
    assert sentence.startswith("notes.txt: ")
    assert (project / "notes.txt").read_text() == "not a database\n" * 100


def test_new_takes_the_next_number_and_refuses_what_is_no_name(project: Path) -> None:
    made = updown(project, "new", "add", "phone", "to", "users")
    assert (made.returncode, made.stdout) == (0, "migrations/002_add_phone_to_users.sql\n")
    assert updown(project, "new", "../outside").returncode == 1
    # An empty migration is not run by accident.
    assert "there is no statement under `-- migrate:up`" in updown(project, "up").stderr


def test_a_missing_folder_of_migrations_is_told(project: Path) -> None:
    refused = updown(project, "up", "--migrations", "elsewhere")
    assert refused.returncode == 1
    assert refused.stderr.startswith("elsewhere: there is no such folder of migrations")


def test_create_makes_the_database_that_up_runs_on(project: Path) -> None:
    write(
        project,
        "001_add_email_to_users.sql",
        "-- migrate:up\nCREATE TABLE t (a INT);\n-- migrate:down\nDROP TABLE t;\n",
    )
    assert updown(project, "up", "--database", "new.duckdb").returncode == 1
    assert not (project / "new.duckdb").exists()
    assert updown(project, "up", "--database", "new.duckdb", "--create").returncode == 0
    with duckdb.connect(project / "new.duckdb", read_only=True) as con:
        assert list(read_schema(con).tables) == ["t"]


@pytest.mark.parametrize(
    "arguments",
    [["up", "--count", "many"], ["sideways"], [], ["up", "--count", "0"], ["plan", "--direction"]],
)
def test_wrong_words_are_a_usage_error(project: Path, arguments: list[str]) -> None:
    wrong = updown(project, *arguments)
    assert wrong.returncode == 2
    assert "usage: updown" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_without_a_database_to_choose_it_asks_for_one(project: Path) -> None:
    duckdb.connect(project / "other.duckdb").close()
    asked = updown(project, "status")
    assert asked.returncode == 2
    assert "other.duckdb, shop.duckdb" in asked.stderr
