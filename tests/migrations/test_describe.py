"""What the review says about a step is right, or says less; it never names the wrong thing."""

from __future__ import annotations

import pytest

from course_lib.migrations import describe, split_statements
from course_lib.migrations.describe import read_target

SENTENCES = {
    "ALTER TABLE users ADD COLUMN email VARCHAR(255)": "adds the column email to users; the rows"
    " that exist have no value in it yet",
    "ALTER TABLE t ADD a VARCHAR DEFAULT 'NOT NULL'": "adds the column a to t and fills it with"
    " its default in every row that exists",
    "ALTER TABLE t ADD a INT NOT NULL": "adds the column a to t and requires a value, which only"
    " an empty table can satisfy",
    "ALTER TABLE t ADD COLUMN IF NOT EXISTS a INT DEFAULT 1": "adds the column a to t, and does"
    " nothing where there is one of that name",
    "ALTER TABLE users ALTER COLUMN email SET NOT NULL": "requires a value in users.email; refused"
    " while any row has none",
    "ALTER TABLE users ALTER email DROP NOT NULL": "lets users.email be empty again",
    "ALTER TABLE t ALTER a SET DEFAULT 'x; y'": "sets the default of t.a to 'x; y', for rows to"
    " come",
    "ALTER TABLE t ALTER a DROP DEFAULT": "removes the default of t.a",
    "ALTER TABLE t ALTER a SET DATA TYPE BIGINT": "changes the type of t.a to BIGINT",
    "UPDATE users SET email = 'temp@example.com' WHERE email IS NULL": "changes values in the rows"
    " of users where email IS NULL",
    "UPDATE t SET a = (SELECT 1 WHERE true)": "changes values in every row of t",
    "UPDATE t SET a = ' WHERE b'": "changes values in every row of t",
    'UPDATE t SET " WHERE " = 1': "changes values in every row of t",
    "UPDATE s.t AS u SET a = 1 WHERE b IN (SELECT 1 WHERE c)": "changes values in the rows of s.t"
    " where b IN (SELECT 1 WHERE c)",
    "DELETE FROM t": "deletes every row of t",
    "DELETE FROM t USING o WHERE o.id = t.id": "deletes the rows of t where o.id = t.id",
    "TRUNCATE t": "deletes every row of t",
    "DROP TABLE IF EXISTS users CASCADE": "drops the table users and every row in it",
    "ALTER TABLE users RENAME TO people": "renames the table users to people; whoever asks for"
    " users is refused from then on",
    "ALTER TABLE t RENAME COLUMN a TO b": "renames the column a of t to b; whoever asks for a is"
    " refused from then on",
    "CREATE UNIQUE INDEX i ON t (a)": "makes the unique index i on t; refused while any value"
    " stands twice",
    "-- drop it\nDROP /* TABLE a */ VIEW v": "drops the view v",
    "CREATE TEMPORARY TABLE t (i INT)": "makes the table t",
    "INSERT OR REPLACE INTO t VALUES (1)": "adds rows to t",
    "ALTER TABLE t ADD PRIMARY KEY (id)": "runs an ALTER statement",
    "WITH x AS (SELECT 1) UPDATE t SET a = 1": "runs UPDATE",
}


@pytest.mark.parametrize("sql", SENTENCES)
def test_a_step_in_words(sql: str) -> None:
    steps = split_statements(sql)
    assert isinstance(steps, tuple)
    assert describe(steps[0]) == SENTENCES[sql]


NAMES = [
    *("a", "column_a", "unique_id", "check_in", "uniqueness", "primary_mail", "foreign_key"),
    *("größe", '"column"', '"if"', '"to"', '"a  b"', '"a.b"', '"a--b"', '"a/*b*/"', '"a""b"'),
]
ACTIONS = {
    "add column": "ADD {} INT",
    "drop column": "DROP {}",
    "set not null": "ALTER {} SET NOT NULL",
    "drop default": "ALTER {} DROP DEFAULT",
    "rename column": "RENAME {} TO other",
}


@pytest.mark.parametrize("word", ["", "COLUMN "])
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("name", NAMES)
def test_the_named_column_and_table_are_the_right_ones(name: str, action: str, word: str) -> None:
    change = ACTIONS[action].replace("{}", word + name)
    for table, parts in (("t", ("t",)), ('s."T x"', ("s", "T x")), (name, (bare(name),))):
        steps = split_statements(f"ALTER TABLE {table}\n  {change}")
        assert isinstance(steps, tuple)
        target = read_target(steps[0])
        assert target is not None
        assert (target.action, target.table, target.column) == (action, parts, bare(name))
        assert bare(name) in describe(steps[0])


def bare(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name
