"""A whole review: findings are accepted in the file, a base is compared, nothing ever raises."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.migrations import Finding, read_folder, read_starting_schema, review, run_plan
from course_lib.migrations.review.acceptance import read_acceptances
from course_lib.migrations.review.review import ABOUT

from ..databases import (
    SOURCE_DOWN,
    SOURCE_FILE,
    SOURCE_STATEMENTS,
    plan_of,
    run_script,
    sections,
    write_folder,
)

SEED = sections("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR)", "DROP TABLE users;")
DOWN = "-- migrate:down\nSELECT 1;\n"


def rules(path: Path, text: str) -> list[tuple[str, int]]:
    """Rule and line of what is found in one migration after the seed."""
    folder = write_folder(path, {"000_seed.sql": SEED, "001_x.sql": text})
    return [(f.rule, f.line) for f in review(read_folder(folder))]


def test_the_documents_own_migration_is_told_what_duckdb_does_with_it(tmp_path: Path) -> None:
    text = sections(SOURCE_STATEMENTS, SOURCE_DOWN)
    folder = write_folder(tmp_path, {"000_seed.sql": SEED, SOURCE_FILE: text})
    found = review(read_folder(folder))
    assert [f.rule for f in found] == ["length-not-enforced", "backfill-before-not-null"]
    assert found[1].rewrite == (
        "ALTER TABLE users ADD COLUMN email VARCHAR(255) DEFAULT 'temp@example.com';\n"
        "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
        "ALTER TABLE users ALTER COLUMN email DROP DEFAULT;"
    )


def test_a_finding_is_accepted_above_its_statement_or_behind_it(tmp_path: Path) -> None:
    for text in (
        f"-- migrate:up\n-- review: accept every-row all are test rows\nDELETE FROM users;\n{DOWN}",
        f"-- migrate:up\nDELETE FROM users; -- review: accept every-row test rows\n{DOWN}",
        f"-- migrate:up\nDELETE\nFROM users -- review: accept every-row test rows\n;\n{DOWN}",
        f"-- migrate:up\n--review:accept every-row x\n\n-- more\n\nDELETE FROM users;\n{DOWN}",
    ):
        assert rules(tmp_path, text) == [], text


def test_an_acceptance_reaches_one_statement_and_one_rule(tmp_path: Path) -> None:
    accept = "-- review: accept every-row test rows\n"
    two = f"-- migrate:up\n{accept}DELETE FROM users;\nDELETE FROM users;\n{DOWN}"
    assert rules(tmp_path, two) == [("every-row", 4)]
    other = f"-- migrate:up\n{accept}CREATE TABLE IF NOT EXISTS t (i INTEGER);\n{DOWN}"
    assert rules(tmp_path, other) == [("acceptance", 2), ("if-not-exists", 3)]


STRINGS = [
    "INSERT INTO users VALUES (1, '\n-- review: accept every-row x\n');\nDELETE FROM users;",
    "SELECT $$\n-- review: accept every-row x\n$$;\nDELETE FROM users;",
    "SELECT $t$ $$ '\n-- review: accept every-row x\n$t$;\nDELETE FROM users;",
    "SELECT E'\\'\n-- review: accept every-row x\n';\nDELETE FROM users;",
    'SELECT 1 AS "\n-- review: accept every-row x\n";\nDELETE FROM users;',
    "/* /* */\n-- review: accept every-row x\n*/\nDELETE FROM users;",
]


@pytest.mark.parametrize("text", STRINGS)
def test_an_acceptance_in_a_string_of_several_lines_is_none(tmp_path: Path, text: str) -> None:
    assert [rule for rule, _ in rules(tmp_path, f"-- migrate:up\n{text}\n{DOWN}")] == ["every-row"]


def test_an_acceptance_after_strings_is_one(tmp_path: Path) -> None:
    text = "SELECT 'it''s' AS \"--\", $$--$$ /* ' */ -- '\n-- review: accept every-row x"
    assert rules(tmp_path, f"-- migrate:up\n{text}\n;DELETE FROM users;\n{DOWN}") == []


def test_a_comment_of_python_is_one_and_a_string_of_python_is_none() -> None:
    accept = "review: accept irreversible mails are sent"
    text = f'"""\n# {accept}\n-- {accept}\n"""\nx = "# {accept}"  # {accept}\n# {accept}\n'
    found = read_acceptances(text, python=True)
    assert [(one.line, one.alone) for one in found] == [(5, False), (6, True)]
    assert read_acceptances("def (", python=True) == ()


def test_a_migration_that_never_ends_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["course_lib.migrations.replay"], "SECONDS", 1)
    endless = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r"
    text = f"-- migrate:up\nCREATE TABLE t AS {endless};\n{DOWN}"
    assert rules(tmp_path, text) == [("not-run-in-memory", 2)]


def test_an_acceptance_that_is_no_good_is_a_finding(tmp_path: Path) -> None:
    for comment, words in {
        "-- review: accept every-row": "gives no reason",
        "-- review: accept every-now a reason": "'every-now' is not one of the rules",
        "-- review: accept": "'nothing' is not one of the rules",
    }.items():
        text = f"-- migrate:up\n{comment}\nDELETE FROM users;\n{DOWN}"
        folder = write_folder(tmp_path, {"000_seed.sql": SEED, "001_x.sql": text})
        first, second = review(read_folder(folder))
        assert (first.rule, first.line, second.rule) == ("acceptance", 2, "every-row")
        assert words in first.sentence
    outlived = f"-- migrate:up\n-- review: accept every-row x\nSELECT 1;\n{DOWN}"
    assert rules(tmp_path, outlived) == [("acceptance", 2)]


def test_what_nothing_takes_back_and_what_cannot_be_read_is_found(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        {
            "000_seed.sql": SEED,
            "001_plain.sql": "SELECT 1;",
            "002_no_down.sql": "-- migrate:up\nSELECT 1;",
            "003_said.sql": "-- migrate:up\nSELECT 1;\n-- migrate:irreversible a reason",
            "004_commit.sql": f"-- migrate:up\nCOMMIT;\n{DOWN}",
            "005_broken.sql": f"-- migrate:up\nSELEKT;\n{DOWN}",
            "006_ok.sql": "-- migrate:up\n-- review: accept irreversible mails are sent\n"
            "SELECT 1;\n-- migrate:irreversible mails are sent",
            "007_ok.py": "# review: accept irreversible x\noperations = [run_sql('SELECT 1')]",
        },
    )
    found = [(Path(f.file).name, f.rule) for f in review(read_folder(folder))]
    assert found == [
        ("001_plain.sql", "irreversible"),
        ("002_no_down.sql", "irreversible"),
        ("003_said.sql", "irreversible"),
        ("004_commit.sql", "own-transaction"),
        ("005_broken.sql", "unreadable"),
    ]


def test_a_base_is_compared_and_only_new_migrations_are_held_to_the_rules(tmp_path: Path) -> None:
    loose = sections("DELETE FROM users", "SELECT 1;")
    base = {"000_seed.sql": SEED, "002_loose.sql": loose, "003_gone.sql": loose}
    mine = {
        "000_seed.sql": SEED.replace("name", "title"),
        "001_late.sql": sections("SELECT 1"),
        "002_loose.sql": loose,
        "004_new.sql": loose,
    }
    theirs = read_folder(write_folder_at(tmp_path / "base", base))
    folder = read_folder(write_folder_at(tmp_path / "mine", mine))
    found = [(Path(f.file).name, f.rule) for f in review(folder, theirs)]
    assert sorted(found) == [
        ("000_seed.sql", "edited"),
        ("001_late.sql", "late"),
        ("003_gone", "gone"),
        ("004_new.sql", "every-row"),
    ]


def write_folder_at(path: Path, files: dict[str, str]) -> Path:
    path.mkdir()
    return write_folder(path, files)


def test_after_a_python_function_rules_that_need_the_schema_are_silent(tmp_path: Path) -> None:
    seed = "CREATE TABLE t (i INTEGER, v VARCHAR); CREATE INDEX x ON t (i);"
    change = sections("ALTER TABLE t ALTER v SET NOT NULL")
    for seeded, expected in (
        ({"001_seed.sql": sections(seed)}, ["blocked-by-index", "not-run-in-memory"]),
        ({"001_seed.py": f"def up(db): db.execute({seed!r})\ndef down(db): ...\n"}, []),
    ):
        files = {**seeded, "002_x.sql": change}
        folder = write_folder_at(tmp_path / str(len(expected)), files)
        assert [f.rule for f in review(read_folder(folder))] == expected


def test_a_step_that_memory_refuses_is_told_once_and_can_be_accepted(tmp_path: Path) -> None:
    files = {
        "000_seed.sql": SEED,
        "001_x.sql": sections("ALTER TABLE nobody ADD COLUMN i INTEGER"),
        "002_y.sql": sections("ALTER TABLE nobody ADD COLUMN j INTEGER"),
    }
    (finding,) = review(read_folder(write_folder(tmp_path, files)))
    assert (finding.rule, finding.line) == ("not-run-in-memory", 2)
    assert "was refused: Catalog Error" in finding.sentence
    accept = "-- review: accept not-run-in-memory older than these files\nALTER"
    files["001_x.sql"] = files["001_x.sql"].replace("ALTER", accept)
    assert review(read_folder(write_folder(tmp_path, files))) == ()


STATEMENTS = st.sampled_from(
    [
        *SOURCE_STATEMENTS.split(";"),
        "CREATE TABLE IF NOT EXISTS t (v VARCHAR(3))",
        "DELETE FROM users",
        "CREATE UNIQUE INDEX i ON users (name)",
        "DROP INDEX i",
        'ALTER TABLE "users" RENAME COLUMN name TO "a b"',
        "CREATE OR REPLACE TABLE users AS FROM users",
        "CREATE VIEW v AS SELECT name FROM users",
        "ALTER TABLE users ALTER name TYPE JSON USING [name]",
        "DROP TABLE users",
        "TRUNCATE users",
        "USE memory",
        "MERGE INTO users USING (SELECT 1 AS id) AS n ON users.id = n.id WHEN MATCHED THEN DELETE",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(STATEMENTS, max_size=6), st.data())
def test_no_text_makes_a_review_raise(
    tmp_path_factory: object, statements: list[str], data: st.DataObject
) -> None:
    text = ";\n".join(statements)
    cuts = data.draw(st.lists(st.integers(0, max(len(text), 1)), max_size=3))
    for cut in cuts:
        text = text[:cut] + data.draw(st.sampled_from(["'", '"', "(", ";", "--", " "])) + text[cut:]
    path = tmp_path_factory.mktemp("r")  # type: ignore[attr-defined]
    folder = write_folder(path, {"000_seed.sql": SEED, "001_x.sql": f"-- migrate:up\n{text}\n"})
    for finding in review(read_folder(folder)):
        assert isinstance(finding, Finding) and finding.rule in ABOUT and finding.line > 0


def test_a_history_that_begins_on_a_schema_is_reviewed_on_it(tmp_path: Path) -> None:
    up = "ALTER TABLE users RENAME COLUMN name TO full_name"
    files = {"001_x.sql": sections(up, "ALTER TABLE users RENAME COLUMN full_name TO name;")}
    folder = write_folder(tmp_path, files)
    with duckdb.connect() as con:
        run_script(
            con, "CREATE TABLE users (name VARCHAR); CREATE VIEW v AS SELECT name FROM users"
        )
        con.execute("CREATE MACRO f(a) AS a")
        for applied in (False, True):
            if applied:
                assert run_plan(con, plan_of(con, folder)).failure is None
            start = read_starting_schema(con)
            told = [finding.rule for finding in review(read_folder(folder), start=start)]
            assert told == ["broken-view"]
    assert [f.rule for f in review(read_folder(folder))] == ["not-run-in-memory"]
