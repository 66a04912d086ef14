"""A wrong argument is told with its line when the file is read, before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.migrations import read_folder

from ..test_formats import write

WRONG: dict[str, str] = {
    "add_column('t', 'c')": "add_column missing 1 required positional argument: 'type'",
    "add_column('t', 'c', 'VARCHAR NOT NULL')": "the type is SQL, and DuckDB cannot read",
    "add_column('t', 'c', 'INTEGER); DROP TABLE t; SELECT CAST(1 AS INTEGER')": (
        "the type is SQL for one value, and"
    ),
    "add_column('t', 'c', 7)": "the type is named by text, and 7 is none",
    "add_column('t', '', 'INTEGER')": "the column is named by text, and '' is none",
    "add_column('t', 'c', 'INTEGER', not_null=1)": "not_null is True or False, and 1 is neither",
    "add_column('t', 'c', 'INTEGER', default='1 +')": "default is SQL, and DuckDB cannot read",
    "add_column('t', 'c', 'INTEGER', default='1); DELETE FROM t; SELECT (1')": "SQL for one value",
    "add_column('t', 'c', 'INTEGER', default='1 -- x')": "default is SQL, and DuckDB cannot read",
    "add_column('a.b.c', 'c', 'INTEGER')": "'a.b.c' is no name of a table",
    "add_column('t', 'c\\0', 'INTEGER')": "holds what no text of SQL holds",
    "add_column('t', 'c', 'INTEGER', default=[1])": "default is named by text, and [1] is none",
    "drop_column('t', 'c', 'INTEGER')": "without keep_in= the values would be lost",
    "drop_column('t', 'c', keep_in='k')": "keep_in= needs the type of the column",
    "add_unique('t', [])": "the columns: there is none",
    "add_unique('t', ['a', 'A'])": "the columns: one stands twice in a, A",
    "add_unique('t', {'a': 1})": "the columns are named by text or a list of it",
    "add_foreign_key('t', ['a', 'b'], 'u', 'id')": "2 columns cannot refer to 1",
    "add_check('t', 'a > ')": "the condition is SQL, and DuckDB cannot read `a >",
    "create_table('t', {})": "the columns are written as {name: type and the rest of its SQL}",
    "create_table('t', {'a': 'INTEGER'}, 'CHECK a')": "DuckDB cannot read `CREATE TABLE t",
    "create_table('t', {'a': 'INTEGER); DROP TABLE u; CREATE TABLE v (b INTEGER'})": "more than a",
    "create_table(None, {'a': 'INTEGER'})": "the table is named by text, and None is none",
}


@pytest.mark.parametrize("call", WRONG)
def test_it_is_one_sentence_with_the_line(tmp_path: Path, call: str) -> None:
    folder = write(tmp_path, {"001_x.py": f"operations = [\n    {call},\n]\n"})
    (problem,) = read_folder(folder).problems
    assert (problem.kind, problem.where) == ("operation", f"{folder / '001_x.py'}, line 2")
    assert WRONG[call] in problem.what, problem.what
