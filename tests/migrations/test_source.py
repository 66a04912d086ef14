"""Every mistake in a file is one sentence with file, line and a next step, never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course_lib.migrations import Parsed, parse_migration, read_folder

from .databases import SOURCE_DOWN, SOURCE_STATEMENTS, sections, write_folder

UP = "-- migrate:up\nSELECT 1;\n"
DOWN = "-- migrate:down\nSELECT 2;\n"

# text of the file -> kind of the problem, its line, words of the sentence
BROKEN: dict[str, tuple[str | bytes, str, int, str]] = {
    "no down": (UP, "no-down", 2, "no `-- migrate:down` section"),
    "empty down": (UP + "-- migrate:down\n-- later\n", "no-down", 3, "no statement under"),
    "empty up": ("-- migrate:up\n\n" + DOWN, "empty", 1, "no statement under `-- migrate:up`"),
    "empty file": ("", "no-up", 1, "does not begin with a `-- migrate:up`"),
    "no marker": ("SELECT 1;", "no-up", 1, "does not begin with"),
    "down first": ("\n" + DOWN + UP, "no-up", 2, "does not begin with"),
    "syntax error": (UP + DOWN + "SELEKT 3;\n", "syntax", 5, 'at or near "SELEKT"'),
    "syntax error, CRLF": (
        (UP + "\nSELEKT 1;\n" + DOWN).replace("\n", "\r\n"),
        "syntax",
        4,
        "SELEKT",
    ),
    "syntax error, CRLF and BOM": (
        b"\xef\xbb\xbf" + (UP + "\nSELEKT 1;\n" + DOWN).replace("\n", "\r\n").encode(),
        "syntax",
        4,
        "SELEKT",
    ),
    "own commit": (UP + "COMMIT;\n" + DOWN, "own-transaction", 3, "COMMIT would begin or end"),
    "own begin": (UP + "begin;\n" + DOWN, "own-transaction", 3, "begin would begin or end"),
    "own rollback": (UP + DOWN + "\nROLLBACK;", "own-transaction", 6, "ROLLBACK would"),
    "not UTF-8": (UP.encode() + b"SELECT '\xe9';\n" + DOWN.encode(), "encoding", 3, "not UTF-8"),
    "NUL": (UP + "SELECT '\0';\n" + DOWN, "syntax", 3, "NUL"),
    "SQL above": ("\nSELECT 0;\n" + UP + DOWN, "outside", 2, "SQL above `-- migrate:up`"),
    "broken SQL above": ("\nSELEKT 0;\n" + UP + DOWN, "outside", 2, "SQL above"),
    "two ups": (UP + UP + DOWN, "marker", 3, "second `-- migrate:up`"),
    "unknown marker": (UP + "-- migrate:sideways\n", "marker", 3, "not a marker"),
    "blank in marker": (UP + "-- migrate: down\n", "marker", 3, "not a marker"),
    "unknown option": ("-- migrate:up transction:false\nSELECT 1;\n", "marker", 1, "not a marker"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_a_sentence_with_file_line_and_next_step(name: str) -> None:
    text, kind, line, words = BROKEN[name]
    parsed = parse_migration(text, "m/003_change.sql")
    (problem,) = parsed.problems
    assert (problem.kind, problem.where) == (kind, f"m/003_change.sql, line {line}")
    assert words in problem.what
    assert len(problem.next_step) > 10
    assert "\n" not in str(problem) and str(problem).endswith(".")
    assert (parsed.migration is not None) == (kind in ("no-down", "empty"))


@pytest.mark.parametrize("name", ["change.sql", "1-change.sql", "001_.sql", "²_x.sql", "001 a.sql"])
def test_a_wrong_name_is_a_problem(name: str) -> None:
    (problem,) = parse_migration(UP + DOWN, f"m/{name}").problems
    assert (problem.kind, problem.where) == ("name", f"m/{name}")
    assert "number and words" in problem.what and "rename" in problem.next_step


def test_the_documents_migration_is_read_with_its_lines() -> None:
    parsed = parse_migration(sections(SOURCE_STATEMENTS, SOURCE_DOWN), "001_add_email.sql")
    assert parsed.problems == () and parsed.migration is not None
    one = parsed.migration
    assert (one.number, one.name) == (1, "001_add_email")
    assert [(step.kind, step.line) for step in one.up] == [
        ("ALTER", 3),
        ("UPDATE", 6),
        ("ALTER", 9),
    ]
    assert one.down is not None and [(step.kind, step.line) for step in one.down] == [("ALTER", 11)]
    assert one.up[0].sql.endswith("VARCHAR(255)")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'a;b'",
        'SELECT ";" FROM (SELECT 1 AS ";")',
        "SELECT $$a;b$$",
        "SELECT $tag$a;$$;b$tag$",
        "SELECT /* ; */ 1",
        "SELECT 'it''s;'",
        "SELECT '-- migrate:down'",
        "SELECT 'größe; 日本 🦆'",
    ],
)
def test_a_semicolon_or_marker_inside_of_something_is_no_border(sql: str) -> None:
    parsed = parse_migration(f"-- migrate:up\n{sql};\nSELECT 9;\n{DOWN}", "001_x.sql")
    assert parsed.migration is not None and parsed.problems == ()
    assert [step.line for step in parsed.migration.up] == [2, 3]
    assert parsed.migration.up[0].sql == sql
    assert parsed.migration.up[1].sql == "SELECT 9"


@pytest.mark.parametrize(
    ("option", "expected"), [("", True), ("transaction:true", True), ("transaction:false", False)]
)
def test_the_option_of_a_marker_is_read(option: str, expected: bool) -> None:
    one = parse_migration(f"--  migrate:up {option}\nSELECT 1;\n{DOWN}", "001_x.sql").migration
    assert one is not None
    assert (one.up_transaction, one.down_transaction) == (expected, True)


def test_what_does_not_change_the_meaning_of_a_file_does_not_change_its_checksum() -> None:
    text = UP + DOWN
    same = [
        text,
        text.replace("\n", "\r\n"),
        "\ufeff" + text,
        text.replace(";", ";  "),
        text + "\n",
    ]
    other = [text.replace("1", "3"), text.replace("2", "3"), text.replace("SELECT", "select")]
    sums = {parse_migration(t, "001_x.sql").migration.checksum for t in same}  # type: ignore[union-attr]
    others = {parse_migration(t, "001_x.sql").migration.checksum for t in other}  # type: ignore[union-attr]
    assert len(sums) == 1 and len(others) == 3 and not sums & others


def test_a_folder_is_read_in_the_order_of_the_numbers(tmp_path: Path) -> None:
    files = {f"{number}_x.sql": UP + DOWN for number in (10, 9, 1, 2)}
    folder = read_folder(write_folder(tmp_path, {**files, "notes.md": "not SQL"}))
    assert [one.number for one in folder.migrations] == [1, 2, 9, 10]
    assert folder.problems == ()


def test_two_files_of_one_number_are_a_problem_that_names_both(tmp_path: Path) -> None:
    folder = read_folder(write_folder(tmp_path, {"1_a.sql": UP + DOWN, "001_b.sql": UP + DOWN}))
    (problem,) = folder.problems
    assert problem.kind == "duplicate-number"
    assert (
        "1_a.sql" in str(problem) and "001_b.sql" in str(problem) and ", line 1: " in str(problem)
    )


def test_a_folder_or_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    assert [p.kind for p in read_folder(tmp_path / "none").problems] == ["no-folder"]
    folder = write_folder(tmp_path, {"002_large.sql": "-" * 4_000_001})
    (folder / "001_folder.sql").mkdir()
    (folder / "003_gone.sql").symlink_to(folder / "nowhere")
    kinds = [problem.kind for problem in read_folder(folder).problems]
    assert kinds == ["unreadable", "too-large", "unreadable"]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300))
@example(b"\xff\xfe")
@example("-- migrate:up\n\ud800;")
@example("-- migrate:up\n\0")
def test_any_text_is_read_without_an_exception(content: bytes | str) -> None:
    assert isinstance(parse_migration(content, "001_x.sql"), Parsed)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("-- migrate:up", "-- migrate:down", "\n", "\r\n", "\r", ";", "'", '"', "$$"),
                *("/*", "*/", "--", "SELECT 1", "COMMIT", "é", "🦆", "\ufeff", "\0", " ", "("),
            ]
        ),
        max_size=25,
    )
)
def test_any_mixture_of_sql_is_read_and_lines_lie_in_the_file(pieces: list[str]) -> None:
    text = "".join(pieces)
    parsed = parse_migration(text, "001_x.sql")
    lines = text.replace("\r\n", "\n").count("\n") + 1
    for problem in parsed.problems:
        assert 1 <= int(problem.where.rsplit(" ", 1)[1]) <= lines
    if parsed.migration is not None:
        for step in parsed.migration.up + (parsed.migration.down or ()):
            assert 1 <= step.line <= lines and step.sql
