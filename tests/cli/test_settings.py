"""Settings come from flags, the environment, pyproject.toml and defaults, in this order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .project import FIRST, updown

ORDER = ["default", "file", "environment", "flag"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder of migrations for each source of settings, with a name that says which."""
    for source in ORDER:
        folder = tmp_path / ("migrations" if source == "default" else source)
        folder.mkdir()
        (folder / f"001_{source}.sql").write_text(FIRST)
    return tmp_path


def pyproject(project: Path, text: str) -> None:
    (project / "pyproject.toml").write_text(text)


@pytest.mark.parametrize("source", ORDER)
def test_the_stronger_source_wins(project: Path, source: str) -> None:
    rank = ORDER.index(source)
    env = dict(os.environ)
    arguments = ["up", "--create"]
    if rank >= 1:
        pyproject(project, '[tool.updown]\ndatabase = "file.duckdb"\nmigrations = "file"\n')
    if rank >= 2:
        env |= {"UPDOWN_DATABASE": "environment.duckdb", "UPDOWN_MIGRATIONS": "environment"}
    if rank >= 3:
        arguments += ["--database", "flag.duckdb", "--migrations", "flag"]
    if source == "default":
        arguments += ["--database", "default.duckdb"]
    up = updown(project, *arguments, env=env)
    assert (up.returncode, up.stderr) == (0, "")
    assert up.stdout.startswith(f"001_{source} applied")
    assert [path.name for path in project.glob("*.duckdb")] == [f"{source}.duckdb"]


def test_paths_in_the_file_count_from_its_folder(project: Path) -> None:
    pyproject(project, '[tool.updown]\ndatabase = "shop.duckdb"\nmigrations = "file"\n')
    (project / "deep" / "er").mkdir(parents=True)
    up = updown(project / "deep" / "er", "up", "--create")
    assert (up.returncode, up.stderr) == (0, "")
    assert (project / "shop.duckdb").exists()


def test_new_writes_where_the_settings_say(project: Path) -> None:
    pyproject(project, '[tool.updown]\nmigrations = "file"\n')
    assert updown(project, "new", "add", "phone").stdout == "file/002_add_phone.sql\n"


def test_new_writes_the_format_that_is_set_unless_it_is_told_another(project: Path) -> None:
    pyproject(project, '[tool.updown]\nmigrations = "file"\nformat = "pair"\n')
    assert updown(project, "new", "a").stdout == "file/002_a.up.sql\n"
    assert updown(project, "new", "b", "--format", "python").stdout == "file/003_b.py\n"
    assert updown(project, "new", "c").stdout == "file/004_c.up.sql\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[tool.updown]\ndatabse = "a"',
            "pyproject.toml, [tool.updown]: there is no setting 'databse'; the settings are"
            " database, migrations and format.",
        ),
        (
            "[tool.updown]\ndatabase = 3",
            "pyproject.toml, [tool.updown]: database is 3; it has to be a path between quotes.",
        ),
        (
            "[tool.updown]\nformat = 'pear'",
            "pyproject.toml, [tool.updown]: format is 'pear'; the formats are sections, bare, pair,"
            " folder, python.",
        ),
        (
            "[tool]\nupdown = 3",
            "pyproject.toml, [tool.updown] is not a table; write it as a section of its own.",
        ),
        (
            "[tool.updown]\ndatabase =",
            "pyproject.toml is not TOML: Invalid value (at end of document).",
        ),
    ],
)
def test_a_mistake_in_the_file_is_one_sentence_with_its_place(
    project: Path, text: str, said: str
) -> None:
    pyproject(project, text)
    wrong = updown(project, "status")
    assert (wrong.returncode, wrong.stdout, wrong.stderr) == (2, "", f"{said}\n")


def test_a_file_without_our_table_says_nothing(project: Path) -> None:
    pyproject(project, '[tool.other]\ndatabase = 3\n[project]\nname = "x"\n')
    up = updown(project, "up", "--create", "--database", "a.duckdb")
    assert up.stdout.startswith("001_default applied")
