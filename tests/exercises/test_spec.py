"""Mistakes in a spec: each has its file, its line and a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.exercises import SpecError, load_spec, prepare, publish

from .conftest import SPEC


def _edited(tmp_path: Path, old: str, new: str) -> Path:
    text = SPEC.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "add-email.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "found", "sentence"),
    [
        ("format = 1", "format = 2", "format = 2", "the format of a spec is 1"),
        ('id = "add-email"', 'id = "other"', 'id = "other"', "the id is not the file's name"),
        ("points = 2", "points = 0", "points = 0", "at least 1 point"),
        ("points = 2", 'points = "2"', 'points = "2"', "has to be of the type int"),
        ('kind = "column-type"', 'kind = "colum"', 'kind = "colum"', "'colum' is not one of"),
        ('kind = "down-runs"', 'kind = "up-runs"', 'id = "down"\nkind', "and no other, is of kind"),
        ('needs = ["down"]', 'needs = ["up"]', 'needs = ["up"]', "'up' is no requirement"),
        ('except = ["users.email"]', "", '[[requirement]]\nid = "untouched"', "no 'except'"),
        ('fails = "down"', 'fails = "dwn"', 'fails = "dwn"', "'dwn' is no requirement"),
        (
            'name = "odd"',
            'name = "shop"',
            'name = "shop"\ntitle = "the data',
            "two worlds or calls 'shop'",
        ),
        ('reason = "The same', 'raeson = "The same', "raeson", "'raeson' is not a key"),
        ('draw = "date"', 'draw = "dat"', 'draw = "dat"', "'draw' has to be one of key, text"),
        (
            "rows = [1100, 1300]",
            "rows = [1300, 1100]",
            "rows = [1300, 1100]",
            "'rows' has to be [least, most]",
        ),
        ("{n} of {n} databases came", "{m} came", "{m} came", "the only placeholder"),
        ("hints = [", 'hints = [ "",', "hints = [", "there are three hints"),
        ("points = 10", "points = 9", "points = 9", "'points' is 9, and the requirements have 10"),
        ("points = 10", "", "format = 1", "has no 'points'"),
        ('= ["runs"]', '= ["column"]', 'needs = ["column"]', "a circle: column needs column"),
        (
            'needs = ["runs"]',
            'needs = ["round-trip"]',
            'needs = ["round-trip"]',
            "a circle: column needs round-trip needs down needs column",
        ),
        (
            'needs = ["runs", "column"]',
            'needs = ["runs", "untouched"]',
            'needs = ["runs", "untouched"]',
            "'untouched' stands below",
        ),
        (
            'column = "email"',
            'column = "email"\nkey = ["id"]',
            'key = ["id"]',
            "'key' is not a key of column-type, which has table, column",
        ),
        ('column = "email"', "column = 5", "column = 5", "'column' has to be of the type str"),
        ('except = ["users.email"]', "except = [5]", "except = [5]", "a list of texts"),
        ('except = ["users.email"]', 'except = ["email"]', 'except = ["email"]', "neither TABLE"),
        ('also = ["runs"]', 'also = ["run"]', 'also = ["run"]', "'run' is no requirement"),
        (
            'name = { draw = "text", of',
            'name = { draw = "text", off',
            'name = { draw = "text", off',
            "users.name: 'off' is not a key of the generator 'text'",
        ),
        (
            'id = { draw = "key", from = 10000, to = 90000 }',
            'id = { draw = "key", from = 10000 }',
            'id = { draw = "key", from = 10000 }',
            "users.id: the generator 'key' has no 'to'",
        ),
        ('tion = "001_add', 'tion = "add', 'migration = "add', "is not a number and words"),
    ],
)
def test_mistake_has_its_line_and_a_sentence(
    tmp_path: Path, old: str, new: str, found: str, sentence: str
) -> None:
    path = _edited(tmp_path, old, new)
    with pytest.raises(SpecError) as caught:
        load_spec(path)
    text = path.read_text(encoding="utf-8")
    place = text.index(found)
    lines = {text[:place].count("\n") + 1, text[: place + len(found)].count("\n") + 1}
    assert caught.value.line in lines
    assert caught.value.file == str(path)
    assert sentence in caught.value.sentence


def test_toml_that_cannot_be_read_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "add-email.toml"
    path.write_text('format = 1\n\nid = "add-email\n', encoding="utf-8")
    with pytest.raises(SpecError, match="line 3: TOML cannot read the file"):
        load_spec(path)


def test_spec_that_is_not_utf_8_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "add-email.toml"
    path.write_bytes(b'format = 1\ntitle = "\xe9"\n')
    with pytest.raises(SpecError, match="line 2: the file is not UTF-8"):
        load_spec(path)


def test_model_answer_that_does_not_run_is_the_specs_mistake(tmp_path: Path) -> None:
    path = _edited(tmp_path, "email VARCHAR(255);", "email VARCHAR(255) NOT NULL;")
    with pytest.raises(SpecError, match="does not run in the world 'shop'"):
        publish(load_spec(path))


@pytest.mark.parametrize(
    ("old", "new", "place", "sentence"),
    [
        ("CREATE TABLE prod", "CREATE TABEL prod", "schema = '''", "the schema: Parser Error"),
        (
            "(2, 'Bo',",
            "('two', 'Bo',",
            "rows = '''\nINSERT INTO users VALUES\n  (1, 'Ada'",
            "the rows of the world 'shop': Conversion Error",
        ),
        (
            'id = { draw = "key", from = 100000',
            'id = { draw = "text", of = ["x"] } #',
            '[[hidden]]\nname = "village"',
            "the rows of the world 'village': Conversion Error",
        ),
    ],
)
def test_a_world_that_duckdb_refuses_has_its_line(
    tmp_path: Path, old: str, new: str, place: str, sentence: str
) -> None:
    path = _edited(tmp_path, old, new)
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(place)].count("\n") + 1
    with pytest.raises(SpecError, match=f"line {line}: DuckDB refuses {sentence}") as raised:
        prepare(load_spec(path), "a secret")
    assert "\n" not in str(raised.value)


def test_a_world_with_more_rows_than_a_check_reads_is_refused(tmp_path: Path) -> None:
    path = _edited(tmp_path, "rows = [1100, 1300]", "rows = [2001, 2100]")
    with pytest.raises(SpecError, match=r"the world 'town' has more than 2,000 rows in users"):
        prepare(load_spec(path), "a secret")


SEVERAL = """
[[migration]]
name = "001_add"
stub = ""

[[migration]]
name = "002_fill"
stub = ""

"""
ASKED = 'kind = "column-default"\ntable = "users"\ncolumn = "email"'


@pytest.mark.parametrize(
    ("old", "new", "found", "sentence"),
    [
        ("", "", "format = 1", "no requirement is of kind migrations"),
        ('name = "002_fill"', 'name = "001_fill"', 'name = "001_fill"', "numbers of the migr"),
        ('name = "002_fill"', 'nam = "002_fill"', 'nam = "002_fill"', "'nam' is not a key"),
        (
            'name = "001_add"',
            'name = "001_add"\nirreversible = true',
            '[[migration]]\nname = "002_fill"',
            "after an irreversible one",
        ),
        (
            ASKED,
            'kind = "migrations"',
            "answer = '''\n-- migrate:up\n-- Add",
            "several migrations are asked for: write [solution.answer]",
        ),
        (
            ASKED,
            'kind = "client"\nat = ["002_fil"]\ndoes = ["SELECT 1"]',
            'at = ["002_fil"]',
            "'002_fil' is none of the stations start, 001_add, 002_fill",
        ),
    ],
)
def test_what_several_migrations_need(
    tmp_path: Path, old: str, new: str, found: str, sentence: str
) -> None:
    text = SPEC.read_text(encoding="utf-8")
    begin, end = text.index("migration = "), text.index("schema = ")
    text = (text[:begin] + text[end:]).replace("[[requirement]]", SEVERAL + "[[requirement]]", 1)
    assert old in text
    path = tmp_path / "add-email.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_spec(path)
    assert sentence in caught.value.sentence
    text = path.read_text(encoding="utf-8")
    assert caught.value.line == text[: text.index(found)].count("\n") + 1
