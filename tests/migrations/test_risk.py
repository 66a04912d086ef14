"""What a plan would lose is told in numbers before anything runs, and telling writes nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import read_risks

from .databases import USERS, plan_of, run_script, sections, write_folder

LOSSES = {
    "ALTER TABLE users DROP COLUMN name": "drops users.name, 100 values",
    'ALTER TABLE "users" DROP "NAME"': "drops users.NAME, 100 values",
    "ALTER TABLE sparse DROP COLUMN a": "drops sparse.a, 1 value",
    "DROP TABLE big": "drops big, 1,204 rows",
    "DELETE FROM users WHERE id = 1": "deletes from users, which has 100 rows",
    'DROP TABLE s."odd.name"': "drops s.odd.name, 1 row",
    'ALTER TABLE s."odd.name" DROP "c""d"': 'drops s.odd.name.c"d, 1 value',
    "TRUNCATE users": "deletes from users, which has 100 rows",
}
NO_LOSS = [
    "ALTER TABLE sparse DROP COLUMN b",
    "DROP TABLE empty",
    "DROP TABLE IF EXISTS nowhere",
    "ALTER TABLE users ADD COLUMN x INT",
    "CREATE TABLE fresh (i INT); DROP TABLE fresh",
    "UPDATE users SET name = 'x'",
]
MORE = """
CREATE TABLE sparse (a INT, b INT); INSERT INTO sparse VALUES (1, NULL), (NULL, NULL);
CREATE TABLE big AS SELECT * FROM range(1204);
CREATE TABLE empty (i INT);
CREATE SCHEMA s; CREATE TABLE s."odd.name" ("c""d" INT, e INT);
INSERT INTO s."odd.name" VALUES (1, 1)"""


@pytest.mark.parametrize("sql", [*LOSSES, *NO_LOSS])
def test_the_loss_of_a_step(tmp_path: Path, sql: str) -> None:
    folder = write_folder(tmp_path, {"001_change.sql": sections(sql)})
    with duckdb.connect() as con:
        run_script(con, USERS + MORE)
        expected = [f"001_change up: {LOSSES[sql]}"] if sql in LOSSES else []
        assert list(read_risks(con, plan_of(con, folder))) == expected
