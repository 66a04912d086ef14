"""A database and its migrations lie wherever people put them, whatever the place is called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .project import FIRST, make_project, updown

SHADOWED = """\
-- migrate:up transaction:false
CREATE TABLE t (i INTEGER);
INSERT INTO t VALUES (1);
-- migrate:down transaction:false
DROP TABLE t;
"""
NAMES = ["a?b", "a*[b]%'c", '~a"b', "%3F ä.b"]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not allow these names")
@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_a_database_does_under_both_guards(tmp_path: Path, name: str) -> None:
    project = make_project(tmp_path, ("001_a.sql", FIRST), ("002_b.sql", SHADOWED))
    at = ("--database", f"{name}.duckdb")
    done = updown(project, "up", *at, "--create")
    assert (done.returncode, done.stderr) == (0, "")
    assert "guard: shadow" in done.stdout
    assert (project / f"{name}.duckdb").is_file()
    for command in ("redo", "verify", "down", "round-trip"):
        done = updown(project, command, *at)
        assert (done.returncode, done.stderr) == (0, ""), command
    assert not list(project.glob(".updown-*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows does not allow these names")
@pytest.mark.parametrize("name", [name for name in NAMES if "?" not in name])
def test_any_name_of_a_folder_does(tmp_path: Path, name: str) -> None:
    project = make_project(tmp_path, ("001_a.sql", FIRST), ("002_b.sql", SHADOWED))
    (project / name).mkdir()
    (project / "migrations").rename(project / name / "m")
    at = ("--database", f"{name}/x.duckdb", "--migrations", f"{name}/m")
    for command in (("up", "--create"), ("redo",), ("verify",)):
        done = updown(project, *command, *at)
        assert (done.returncode, done.stderr) == (0, ""), command


@pytest.mark.skipif(os.name == "nt", reason="Windows does not allow these names")
def test_a_folder_that_duckdb_cannot_write_in_is_told(tmp_path: Path) -> None:
    project = make_project(tmp_path, ("001_a.sql", FIRST))
    (project / "a?b").mkdir()
    for create in ((), ("--create",)):
        (project / "a?b/x.duckdb").write_bytes((project / "shop.duckdb").read_bytes())
        if create:
            (project / "a?b/x.duckdb").unlink()
        done = updown(project, "up", "--database", "a?b/x.duckdb", *create)
        assert (done.returncode, done.stdout) == (1, "")
        assert "question mark in its name; rename the folder" in done.stderr
    assert list((project / "a?b").iterdir()) == []


def test_a_database_in_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    project = make_project(tmp_path, ("001_a.sql", FIRST))
    done = updown(project, "up", "--database", "none/x.duckdb", "--create")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert done.stderr.startswith("none/x.duckdb: ") and "name another file" in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_name_that_no_terminal_can_show_is_printed_all_the_same(
    tmp_path: Path, encoding: str
) -> None:
    project = make_project(tmp_path, ("001_größe.sql", FIRST))
    try:
        (project / "migrations" / os.fsdecode(b"002_\xff.sql")).write_text(FIRST)
    except OSError:
        pytest.skip("the file system takes text alone")
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    for command in ("up", "review"):
        for json in ((), ("--json",)):
            done = updown(project, command, *json, env=env)
            assert "Traceback" not in done.stderr
    assert "002_" in updown(project, "review", env=env).stdout
