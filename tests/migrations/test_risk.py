"""What a plan would lose or change is told in numbers beforehand, and telling writes nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.migrations import Plan, PlannedMigration, read_risks

from .databases import USERS, migration, plan_of, run_script, sections, state, write_folder

MORE = """
CREATE TABLE sparse (a INT, b INT); INSERT INTO sparse VALUES (1, NULL), (NULL, NULL);
CREATE TABLE big AS SELECT * FROM range(1204);
CREATE TABLE empty (i INT); CREATE SEQUENCE numbers; CREATE MACRO drawn() AS nextval('numbers');
CREATE SCHEMA s; CREATE TABLE s."odd.name" ("c""d" INT, e INT);
INSERT INTO s."odd.name" VALUES (1, 1)"""

UNCOUNTED = "deletes from users, which has 100 rows"
ALL_CHANGED = "changes all 100 rows of users"

LOSSES: dict[str, list[str]] = {
    "ALTER TABLE users DROP COLUMN name": ["drops users.name, 100 values"],
    'ALTER TABLE "users" DROP "NAME"': ["drops users.NAME, 100 values"],
    "ALTER TABLE sparse DROP COLUMN a": ["drops sparse.a, 1 value"],
    "DROP TABLE big": ["drops big, 1,204 rows"],
    'DROP TABLE s."odd.name"': ["drops s.odd.name, 1 row"],
    'ALTER TABLE s."odd.name" DROP "c""d"': ['drops s.odd.name.c"d, 1 value'],
    "TRUNCATE users": ["deletes all 100 rows of users"],
    "DELETE FROM users": ["deletes all 100 rows of users"],
    "DELETE FROM users WHERE id = 1": ["deletes 1 of the 100 rows of users"],
    "DELETE FROM users AS u WHERE u.id > 90 OR u.name IS NULL": [
        "deletes 10 of the 100 rows of users"
    ],
    "DELETE FROM users WHERE id IN (SELECT id FROM orders)": [
        "deletes 10 of the 100 rows of users"
    ],
    "DELETE FROM users USING orders WHERE users.id = orders.id": [UNCOUNTED],
    "DELETE FROM users WHERE id = 1 RETURNING id": [UNCOUNTED],
    "DELETE FROM users WHERE random() < 0.5": [UNCOUNTED],
    "DELETE FROM users WHERE id > epoch(now())": [UNCOUNTED],
    "DELETE FROM users WHERE id > year('today'::DATE)": [UNCOUNTED],
    "UPDATE users SET name = 'x'": [ALL_CHANGED],
    "UPDATE users SET name = 'WHERE id = 1' -- WHERE\nWHERE id < 5": [
        "changes 4 of the 100 rows of users"
    ],
    "UPDATE sparse SET b = 1 WHERE a = 1": ["changes 1 of the 2 rows of sparse"],
    'UPDATE s."odd.name" SET e = 2 WHERE "c""d" = 1': ["changes the only row of s.odd.name"],
    "ALTER TABLE users ALTER COLUMN name TYPE INTEGER": [
        "casts users.name to INTEGER, 100 values, of which DuckDB cannot cast 100"
    ],
    "ALTER TABLE users ALTER id SET DATA TYPE BIGINT": ["casts users.id to BIGINT, 100 values"],
    "ALTER TABLE orders ALTER amount TYPE DECIMAL(4, 1)": [
        "casts orders.amount to DECIMAL(4, 1), 10 values"
    ],
    "ALTER TABLE users ALTER name TYPE VARCHAR USING upper(name)": [
        "makes users.name anew, 100 values"
    ],
    "ALTER TABLE users ADD COLUMN x INT; DELETE FROM users WHERE id = 1": [
        "deletes 1 of the 100 rows of users"
    ],
    "UPDATE sparse SET b = a || 'x'; ALTER TABLE sparse DROP COLUMN a": [
        "changes all 2 rows of sparse",
        "drops sparse.a, 1 value",
    ],
    "ALTER TABLE sparse DROP COLUMN a; DROP TABLE sparse": [
        "drops sparse.a, 1 value",
        "drops sparse, 2 rows",
    ],
    # After the first step nobody can say what the second finds.
    "UPDATE sparse SET a = b; ALTER TABLE sparse DROP COLUMN a": ["changes all 2 rows of sparse"],
    'UPDATE sparse SET (b, "A") = (1, 2); ALTER TABLE sparse DROP a': [
        "changes all 2 rows of sparse"
    ],
    "UPDATE users SET name = 'x'; DELETE FROM users WHERE name = 'user 1'": [
        ALL_CHANGED,
        UNCOUNTED,
    ],
    "DELETE FROM users; DROP TABLE users": ["deletes all 100 rows of users"],
    "ALTER TABLE sparse DROP a; ALTER TABLE sparse ADD a INT;UPDATE sparse SET b = 1 WHERE a = 1": [
        "drops sparse.a, 1 value"
    ],
    "ALTER TABLE users DROP id; DELETE FROM users WHERE id IN (SELECT id FROM orders)": [
        "drops users.id, 100 values",
        UNCOUNTED,
    ],
}
NO_LOSS = [
    "ALTER TABLE sparse DROP COLUMN b",
    "DROP TABLE empty",
    "DROP TABLE IF EXISTS nowhere",
    "ALTER TABLE users ADD COLUMN x INT",
    "CREATE TABLE fresh (i INT); DROP TABLE fresh",
    "UPDATE users SET name = 'x' WHERE id > 100",
    "UPDATE users SET name = 'x' FROM orders WHERE users.id = orders.id",
    "UPDATE users SET name = 'x' WHERE nextval('numbers') > 3",
    "UPDATE users SET name = 'x' WHERE drawn() > 3",
    "UPDATE users SET name = $$ WHERE $$ WHERE id = 1",
    "ALTER TABLE users ADD COLUMN email VARCHAR; UPDATE users SET email = 'x' WHERE email IS NULL",
    "INSERT INTO users VALUES (101, 'x'); DROP TABLE users",
    "CREATE OR REPLACE TABLE users (i INT); DROP TABLE users",
    "INSERT INTO orders VALUES (1, 1); ALTER TABLE orders RENAME TO big; DROP TABLE big",
    "SET schema = 's'; DROP TABLE users",
    "CREATE TRIGGER t AFTER INSERT ON empty FOR EACH STATEMENT DELETE FROM users;"
    " INSERT INTO empty VALUES (1); DROP TABLE users",
    "ALTER TABLE users ALTER name TYPE VARCHAR",
    "ALTER TABLE nowhere ALTER name TYPE VARCHAR",
]


@pytest.mark.parametrize("sql", [*LOSSES, *NO_LOSS])
def test_the_risks_of_a_migration_are_told_and_telling_them_writes_nothing(
    tmp_path: Path, sql: str
) -> None:
    folder = write_folder(tmp_path, {"001_change.sql": sections(sql)})
    with duckdb.connect() as con:
        run_script(con, USERS + MORE)
        drawn = "SELECT last_value FROM duckdb_sequences()"
        before = state(con), con.execute(drawn).fetchall()
        expected = [f"001_change up: {risk}" for risk in LOSSES.get(sql, [])]
        assert list(read_risks(con, plan_of(con, folder))) == expected
        assert (state(con), con.execute(drawn).fetchall()) == before


def test_a_trigger_that_is_there_may_write_into_any_table(tmp_path: Path) -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON empty FOR EACH STATEMENT DELETE FROM users"
    sql = "INSERT INTO empty VALUES (1); DROP TABLE users"
    folder = write_folder(tmp_path, {"001_change.sql": sections(sql)})
    with duckdb.connect() as con:
        run_script(con, f"{USERS}{MORE}; {trigger}")
        assert read_risks(con, plan_of(con, folder)) == ()


STATEMENTS = [
    "UPDATE users SET name = upper(name) WHERE id <= 3",
    "UPDATE users SET id = id + 1000 WHERE id > 98",
    "UPDATE users SET name = 'x'",
    "DELETE FROM users WHERE name LIKE 'user 1%'",
    "DELETE FROM orders WHERE id IN (SELECT id FROM users)",
    "DELETE FROM orders",
    "INSERT INTO users SELECT id + 200, 'user' FROM orders",
    "ALTER TABLE orders RENAME TO bills",
    "ALTER TABLE bills RENAME TO orders",
    "ALTER TABLE users RENAME COLUMN name TO title",
    "ALTER TABLE users RENAME COLUMN title TO name",
    "ALTER TABLE orders ADD COLUMN note VARCHAR DEFAULT 'n'",
    "UPDATE orders SET note = NULL WHERE note = 'n'",
    "CREATE OR REPLACE TABLE orders AS SELECT 1 AS id, 2 AS amount",
    "UPDATE bills SET amount = 0 WHERE amount > 3",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=5))
def test_a_number_that_is_told_is_the_number_that_comes(statements: list[str]) -> None:
    one = migration(sections(";\n".join(statements)))
    planned = tuple(
        PlannedMigration(replace(one, name=str(index)), "up", (step,), "", True)
        for index, step in enumerate(one.up)
    )
    with duckdb.connect() as con:
        run_script(con, USERS)
        told = dict(risk.split(" up: ") for risk in read_risks(con, Plan("up", planned)))
        for index, step in enumerate(one.up):
            try:
                result = con.execute(step.sql).fetchall()
            except duckdb.Error:
                break
            number = re.match(r"(?:changes|deletes) (?:all )?([\d,]+) ", told.get(str(index), ""))
            if number:
                assert result == [(int(number[1]),)], (statements, told)
