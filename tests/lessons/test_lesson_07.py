"""What lesson 7 shows: each result that its prose speaks of, in the outputs of its cells, and what
it says of tools beyond that, tried on them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.notebook.frameworks.trying import Shop, alembic_revision, django_migration

from .running import Site, noise, output_of

LESSON = "07-in-a-frameworks-language"
TEXT = (Path(__file__).parents[2] / "lessons" / LESSON / "lesson.md").read_text(encoding="utf-8")
ADD = '    op.add_column("users", sa.Column("email", sa.String(255)))\n'
FILL = "    op.execute(\"UPDATE users SET email = 'temp@example.com' WHERE email IS NULL\")\n"
# It takes as long as all other cells, and the other runs have it.
GRADEBOOK = {"%%sql --gradebook": "%%sql --alembic"}


def cell(begins: str) -> str:
    """The text of the first cell of the lesson whose first line is this, without that line."""
    return TEXT.split(f"```python\n{begins}\n", 1)[1].split("```", 1)[0]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path)
    yield opened
    opened.close()


def test_the_released_notebook_says_that_nothing_is_written(site: Site) -> None:
    for notebook in site.released(LESSON):
        for name in ("002_add_email", "003_rules"):
            assert "It has no operation yet" in output_of(notebook, f"%%migration {name}.py")


def test_the_notebook_shows_what_django_says(site: Site) -> None:
    for notebook in (*site.released(LESSON), *site.solved(LESSON)):
        written = output_of(notebook, "%django makemigrations --noinput")
        assert "it is impossible to add a non-nullable field without" in written
        sql = output_of(notebook, "%django sqlmigrate shop 0002")
        assert "THIS OPERATION CANNOT BE WRITTEN AS SQL" in sql
        assert len(re.findall(r"^(?:ALTER|CREATE|INSERT|DROP|UPDATE) ", sql, re.MULTILINE)) == 5
        back = output_of(notebook, "%django migrate shop 0001")
        assert "IrreversibleError" in back and "in shop.0002_email is not reversible" in back
        typo = output_of(notebook, "%django sqlmigrate shop 0003")
        assert "FieldDoesNotExist: User has no field named 'emial'" in typo
        assert "0003_longer_email... OK" in output_of(notebook, "%django migrate", nth=4)
        assert "Remove field citty" in output_of(notebook, "%django makemigrations --check")
        order = output_of(notebook, "%django migrate", nth=-1)
        assert "NOT NULL constraint failed: new__users.plan" in order
        assert "0003_longer_email" in output_of(notebook, "%%sql --django")
        assert "0004_plan" not in output_of(notebook, "%%sql --django")


def test_the_notebook_shows_what_alembic_prisma_and_rails_do(site: Site) -> None:
    for notebook in (*site.released(LESSON), *site.solved(LESSON)):
        sql = output_of(notebook, "%alembic -x dialect=postgresql")
        statements = [line for line in sql.splitlines() if line.endswith(";")][1:-1]
        assert [one.split(" SET ")[0][:18] for one in statements] == [
            "ALTER TABLE users ",
            "ALTER TABLE users ",
            "UPDATE alembic_ver",
        ]
        failed = output_of(notebook, "%alembic upgrade head")
        assert "NOT NULL constraint failed: _alembic_tmp_users.email" in failed
        left = output_of(notebook, "SELECT name AS tables")
        assert re.search(r"_alembic_tmp_users +0001 +0\b", left)
        assert output_of(notebook, "DROP TABLE _alembic_tmp_users") == "Done."
        up = [output_of(notebook, "%updown up", nth=nth) for nth in (0, 1)]
        assert "NOT NULL constraint failed: users.email; nothing was changed" in up[0]
        assert "20260214093000_add_email applied (guard: shadow" in up[1]
        assert "no way back" in output_of(notebook, "%updown plan")
        assert "20260214093000_add_email taken back" in output_of(notebook, "%updown down", nth=-1)
        assert re.search(r"^[0-9a-f]{12}$", output_of(notebook, "--gradebook"), re.MULTILINE)


def test_the_solved_notebook_has_both_of_our_migrations(site: Site) -> None:
    for notebook in site.solved(LESSON):
        assert "Up: 1 step. Down: 1 step." in output_of(notebook, "001_add_stock.py")
        ledger = output_of(notebook, "FROM updown.ledger")
        assert "001_add_stock" in ledger and "002_add_email" in ledger
        assert "003_rules` up runs" in output_of(notebook, "%migrate rehearse 003")


def test_the_repairs_that_the_lesson_asks_for(site: Site, tmp_path: Path) -> None:
    repairs = {
        "RunPython(fill),": "RunPython(fill, migrations.RunPython.noop),",
        ADD: ADD + FILL,
        **GRADEBOOK,
    }
    notebook = site.repaired(LESSON, repairs, tmp_path)
    assert "Unapplying shop.0002_email... OK" in output_of(notebook, "%django migrate shop 0001")
    assert "0002_email... OK" in output_of(notebook, "%django migrate", nth=3)
    three = output_of(notebook, "%alembic -x dialect=postgresql")
    for statement in (
        "ALTER TABLE users ADD COLUMN email VARCHAR(255);",
        "UPDATE users SET email = 'temp@example.com' WHERE email IS NULL;",
        "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
    ):
        assert statement in three and statement in " ".join(TEXT.split()).replace(" ;", ";")
    assert re.search(r"users +0002 +3000", output_of(notebook, "SELECT name AS tables"))
    assert noise(notebook) == []


def test_alembic_goes_on_once_both_halves_are_away_and_not_before(shop: Shop) -> None:
    text = cell("%%alembic versions/0002_email.py")
    shop.save("alembic", "versions/0002_email.py", text)
    shop.run("alembic", "upgrade head")
    shop.save("alembic", "versions/0002_email.py", text.replace(ADD, ADD + FILL))
    assert "duplicate column name: email" in shop.run("alembic", "upgrade head")
    shop.ask("alembic", "ALTER TABLE users DROP COLUMN email")
    assert "_alembic_tmp_users already exists" in shop.run("alembic", "upgrade head")
    shop.ask("alembic", "DROP TABLE _alembic_tmp_users")
    shop.ask("alembic", "ALTER TABLE users DROP COLUMN email")
    assert "It came to its end" in shop.run("alembic", "upgrade head")
    filled = "SELECT count(*) FROM users WHERE email = 'temp@example.com'"
    assert shop.ask("alembic", filled) == [(3000,)]


def test_one_row_of_alembic_after_three_revisions(shop: Shop) -> None:
    for number in ("0002", "0003"):
        text = alembic_revision(number, f"000{int(number) - 1}", "pass", "pass")
        shop.save("alembic", f"versions/{number}_x.py", text)
    shop.run("alembic", "upgrade head")
    assert shop.ask("alembic", "SELECT version_num FROM alembic_version") == [("0003",)]


def test_old_rows_that_are_forgotten_pass_on_an_empty_table_in_django_too(shop: Shop) -> None:
    add = 'migrations.AddField("user", "email", models.CharField(max_length=255))'
    shop.save("django", "shop/migrations/0002_email.py", django_migration("0001_users", add))
    full = shop.run("django", "migrate")
    assert "NOT NULL constraint failed: new__users.email" in full
    assert "email" not in shop.columns("django")
    shop.ask("django", "DELETE FROM users")
    assert "0002_email... OK" in shop.run("django", "migrate")


def test_steps_in_a_wrong_order_pass_on_an_empty_table_in_django_too(shop: Shop) -> None:
    text = cell("%%django shop/migrations/0004_plan.py").replace("0003_longer_email", "0001_users")
    shop.save("django", "shop/migrations/0002_plan.py", text)
    assert "NOT NULL constraint failed" in shop.run("django", "migrate")
    shop.ask("django", "DELETE FROM users")
    assert "0002_plan... OK" in shop.run("django", "migrate")


def test_what_the_lesson_says_of_sql_and_of_databases(tmp_path: Path) -> None:
    con = duckdb.connect()
    con.execute("CREATE TABLE users (id INTEGER PRIMARY KEY)")
    con.execute("CREATE TABLE orders (user_id INTEGER, price INTEGER)")
    with pytest.raises(duckdb.Error, match="does not have a column"):
        con.execute("ALTER TABLE users ALTER COLUMN emial SET NOT NULL")
    for rule in ("CHECK (price >= 0)", "FOREIGN KEY (user_id) REFERENCES users (id)"):
        with pytest.raises(duckdb.NotImplementedException, match="No support for adding"):
            con.execute(f"ALTER TABLE orders ADD {rule}")
    con.close()
    with closing(sqlite3.connect(tmp_path / "x.db")) as other:
        other.execute("CREATE TABLE users (email TEXT)")
        require = "ALTER TABLE users ALTER COLUMN email SET NOT NULL"
        if sqlite3.sqlite_version_info >= (3, 53):
            other.execute(require)
        else:
            with pytest.raises(sqlite3.OperationalError, match="syntax error"):
                other.execute(require)
