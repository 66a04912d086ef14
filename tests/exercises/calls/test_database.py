"""A function with a database: what it does there is what counts, and it reaches nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from course_lib.exercises import (
    Exercise,
    Prepared,
    SpecError,
    Verdict,
    check_prepared,
    load_spec,
    prepare,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the box needs a POSIX system")

LESSON = Path(__file__).parents[3] / "lessons" / "08-build-the-runner" / "exercises"
SPEC = """
format = 1
points = 2
id = "note"
lesson = "l"
title = "T"
task = "T."
hints = ["a.", "b.", "c."]

[function]
name = "note"
stub = "def note(db, name): pass"
schema = "CREATE TABLE names (name VARCHAR, day DATE);"

[[requirement]]
id = "returns"
kind = "returns"
title = "T"
reason = "R."
points = 1
needs = []
consequence = "C."
where = "W"
fact = "F."

[[requirement]]
id = "leaves"
kind = "leaves"
title = "T"
reason = "R."
points = 1
needs = []
consequence = "C."
where = "W"
fact = "F."

[[call]]
name = "one"
title = "one"
arguments = '["Ada"]'
before = "INSERT INTO names VALUES ('Bo', NULL);"

[[hidden]]
name = "more"
title = "with more"
calls = 2
code = '''
def draw(dice):
    return [f"hidden-{dice.number(1, 9)}"]
'''

[[solution]]
name = "model"
answer = '''
def note(db, name):
    db.execute("INSERT INTO names VALUES (?, '2026-11-02')", [name])
'''

[[solution]]
name = "by name"
answer = '''
def note(db, name):
    db.execute("INSERT INTO names (day, name) VALUES ('2026-11-02', ?)", [name])
'''
"""
INSERT = "db.execute(\"INSERT INTO names VALUES (?, '2026-11-02')\", [name])"


def spec(folder: Path, *changes: tuple[str, str]) -> Exercise:
    text = SPEC
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "note.toml"
    path.write_text(text, encoding="utf-8")
    return load_spec(path)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(spec(tmp_path_factory.mktemp("spec")), "a secret")


def judged(prepared: Prepared, *lines: str, reveal: bool = False) -> Verdict:
    body = "\n".join(f"    {line}" for line in lines)
    verdict = check_prepared(prepared, f"import datetime\ndef note(db, name):\n{body}\n")
    assert verdict.fault is None
    return verdict


def said(verdict: Verdict) -> str:
    return "\n".join(f"{d.object}: {d.is_}" for one in verdict.results for d in one.differences)


@pytest.mark.parametrize(
    "lines",
    [
        (INSERT,),
        ("db.begin()", INSERT, "db.commit()"),
        ('db.execute("INSERT INTO names VALUES (?, ?)", [name, datetime.date(2026, 11, 2)])',),
        ("db.execute(f\"BEGIN; INSERT INTO names VALUES ('{name}', '2026-11-02'); COMMIT\")",),
        (INSERT, "db.begin()", 'db.execute("DELETE FROM names")', "db.rollback()"),
        (
            'row = db.execute("SELECT name, day FROM names").fetchone()',
            "assert row == ('Bo', None) or row is None, row",
            'assert db.execute("SELECT 1 WHERE false").fetchone() is None',
            'assert db.execute("FROM range(2) t(i) ORDER BY i").fetchall() == [(0,), (1,)]',
            INSERT,
        ),
        ("for _ in range(300): db.execute('SELECT 1')", INSERT),
    ],
)
def test_what_leaves_the_right_database_is_right(
    prepared: Prepared, lines: tuple[str, ...]
) -> None:
    verdict = judged(prepared, *lines)
    assert verdict.points == 2, said(verdict)


@pytest.mark.parametrize(
    ("lines", "is_"),
    [
        (("pass",), "rows of names: 1 of 2 rows missing: (name 'Ada', day '2026-11-02')"),
        ((INSERT, INSERT), "rows of names: 1 row too many"),
        (("db.begin()", INSERT), "a transaction is still open"),
        ((INSERT, "db.execute('CREATE TABLE more (n INTEGER)')"), "table more: a table with"),
        (("db.execute('SELEC 1')",), "RuntimeError in line 3: Parser Error: syntax error"),
        (("db.execute('SELECT 1 FROM nowhere')",), "Table with name nowhere does not exist"),
        (("db.execute(\"ATTACH 'x.db'\")",), "opens another database, which has no place"),
        (("db.execute('DETACH shop')",), "lets go of a database"),
        (("db.execute(\"COPY names TO 'x'\")",), "reads or writes a file"),
        (("db.execute(\"SET threads = 4\")",), "changes a setting"),
        (("db.execute('SELECT * FROM duckdb_settings()')",), "asks the database about itself"),
        (("db.execute('CREATE MACRO f() AS 1')",), "makes a macro"),
        (("db.execute('SELECT 1; CALL f()')",), "has no place in this exercise"),
        (("import duckdb",), "No module named 'duckdb'"),
    ],
)  # fmt: skip
def test_what_does_not_is_told(prepared: Prepared, lines: tuple[str, ...], is_: str) -> None:
    verdict = judged(prepared, *lines)
    assert verdict.points < 2
    assert is_ in said(verdict)


def test_a_text_that_cannot_be_read_ends_the_transaction_as_in_duckdb(prepared: Prepared) -> None:
    verdict = judged(
        prepared,
        "db.begin()",
        INSERT,
        "try: db.execute('SELEC 1')",
        "except Exception: pass",
        "db.commit()",
    )
    assert "1 of 2 rows missing" in said(verdict)


def test_a_statement_without_end_is_stopped(prepared: Prepared) -> None:
    endless = "SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)"
    verdict = judged(prepared.visible, f'db.execute("{endless}")')
    assert verdict.points == 0 and "INTERRUPT" in said(verdict)


def test_one_call_finds_nothing_of_another(prepared: Prepared) -> None:
    verdict = judged(
        prepared,
        'assert not db.execute("SELECT * FROM names WHERE name = ?", ["mark"]).fetchall()',
        'db.execute("INSERT INTO names VALUES (?, NULL)", ["mark"])',
        'db.execute("DELETE FROM names WHERE name = ?", ["mark"])',
        INSERT,
    )
    assert verdict.points == 2, said(verdict)


@pytest.mark.parametrize(
    "lines",
    [
        ("raise ValueError(name)",),
        ("db.execute('INSERT INTO nowhere VALUES (?)', [name])",),
        ("db.execute(f'CREATE TABLE \"{name}\" (n INTEGER)')",),
        ("raise type(name, (Exception,), {})",),
    ],
)
def test_of_a_hidden_call_no_value_is_told(prepared: Prepared, lines: tuple[str, ...]) -> None:
    verdict = judged(prepared, "if name == 'Ada': return " + INSERT, *lines)
    assert "`note`, with more: 2 of 2 calls" in said(verdict)
    assert "hidden-" not in said(verdict)


def test_what_others_saw_is_told_with_what_was_missing_then() -> None:
    exercise = load_spec(LESSON / "apply.toml")
    wrong = next(one for one in exercise.wrong_answers if one.name == "recorded after the commit")
    verdict = check_prepared(prepare(exercise), wrong.answer)
    together = next(one for one in verdict.results if one.id == "together")
    assert "others saw it half done: rows of ledger" in together.differences[0].is_
    applied = next(one for one in verdict.results if one.id == "applied")
    assert applied.state == "passed"


@pytest.mark.parametrize(
    ("old", "new", "found", "sentence"),
    [
        ("day DATE)", "day DATTE)", "schema =", "the schema: Catalog Error"),
        ("VALUES ('Bo', NULL)", "VALUES (1, 2, 3)", "schema =", "a [[call]]'s 'before': Binder"),
    ],
)  # fmt: skip
def test_sql_of_the_spec_that_is_refused_is_the_specs_mistake(
    tmp_path: Path, old: str, new: str, found: str, sentence: str
) -> None:
    exercise = spec(tmp_path, (old, new))
    with pytest.raises(SpecError) as caught:
        prepare(exercise)
    assert sentence in caught.value.sentence
    text = (tmp_path / "note.toml").read_text()
    assert caught.value.line == text[: text.index(found)].count("\n") + 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ((('kind = "leaves"', 'kind = "result"'),), "result is for a function without a database"),
        (
            (('schema = "CREATE TABLE names (name VARCHAR, day DATE);"\n', ""),
             ("before = \"INSERT INTO names VALUES ('Bo', NULL);\"\n", "")),
            "leaves is for a function with a database, and [function] has no 'schema'",
        ),
        (
            (('schema = "CREATE TABLE names (name VARCHAR, day DATE);"\n', ""),),
            "'before' is for a function with a database",
        ),
        ((('title = "one"', 'title = "one"\nfunction = "no name"'),), "is not a name"),
    ],
)  # fmt: skip
def test_a_spec_that_mixes_the_two_is_refused(
    tmp_path: Path, changes: tuple[tuple[str, str], ...], sentence: str
) -> None:
    with pytest.raises(SpecError) as caught:
        spec(tmp_path, *changes)
    assert sentence in caught.value.sentence
