"""What lesson 7's quiz says, done in Django, in Alembic, on DuckDB and on the engine."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import make_plan, read_applied, read_folder, run_plan
from tests.notebook.frameworks.trying import Shop, alembic_revision, django_migration

from .trying import refused, run, said

NULLABLE = "models.CharField(max_length=9, null=True)"
CITY_IN_THE_MODEL = """\
from django.db import models


class User(models.Model):
    name = models.CharField(max_length=200)
    joined = models.DateField()
    city = models.CharField(max_length=9, null=True)

    class Meta:
        db_table = "users"
"""
FILL = "def fill(apps, schema_editor):\n    pass\n\n\n"
ADD_EMAIL = 'op.add_column("users", sa.Column("email", sa.String(255)))'


@contextmanager
def a_shop() -> Iterator[Shop]:
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(Path(folder))
        try:
            yield shop
        finally:
            shop.close()


@cache
def in_django(operations: str, *commands: str, before: str = "", model: str = "") -> list[str]:
    """What the commands show, and at last the columns of `users`, with a migration 0002 of these
    operations."""
    with a_shop() as shop:
        if model:
            shop.save("django", "shop/models.py", model)
        text = django_migration("0001_users", operations, before)
        shop.save("django", "shop/migrations/0002_it.py", text)
        shown = [shop.run("django", command) for command in commands]
        return [*shown, *map(str, shop.columns("django"))]


@cache
def in_alembic(up: str, down: str, *commands: str) -> list[str]:
    """What the commands show, then the version, and at last the columns of `users`."""
    with a_shop() as shop:
        shop.save("alembic", "versions/0002_it.py", alembic_revision("0002", "0001", up, down))
        shown = [shop.run("alembic", command) for command in commands]
        ((version,),) = shop.ask("alembic", "SELECT version_num FROM alembic_version")
        return [*shown, str(version), *map(str, shop.columns("alembic"))]


def a_database_finds_the_name_when_the_statement_comes() -> None:
    con = run(duckdb.connect(), "CREATE TABLE users (email VARCHAR)")
    refused(con, "ALTER TABLE users ALTER COLUMN emial SET NOT NULL", "does not have a column")
    django_finds_it_without_a_database()


def django_finds_it_without_a_database() -> None:
    operation = f'migrations.AlterField("user", "emial", {NULLABLE})'
    shown, *columns = in_django(operation, "sqlmigrate shop 0002")
    assert "FieldDoesNotExist: User has no field named 'emial'" in shown
    assert columns == ["id", "name", "joined"]


def python_finds_its_own_names_and_takes_any_text() -> None:
    shown, *_ = in_django('migrations.AlterFeild("user", "name")', "sqlmigrate shop 0002")
    assert "has no attribute 'AlterFeild'" in shown
    django_finds_it_without_a_database()


THREE = f"""migrations.AddField("user", "city", {NULLABLE}),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("user", "city", models.CharField(max_length=9))"""
FILL_CITY = (
    "def fill(apps, schema_editor):\n"
    '    apps.get_model("shop", "User").objects.update(city="unknown")\n\n\n'
)


def in_three_steps() -> list[str]:
    return in_django(THREE, "sqlmigrate shop 0002", "migrate", before=FILL_CITY)


def the_fill_stands_in_the_file_and_not_in_the_sql() -> None:
    sql, *_ = in_three_steps()
    said(sql)
    assert "unknown" in FILL_CITY and "unknown" not in sql


def one_line_becomes_four_statements_that_copy_the_table() -> None:
    sql, *_ = in_three_steps()
    after = sql[sql.index("Alter field city") :]
    statements = [line.split(" (")[0] for line in after.splitlines() if line.endswith(";")]
    begins = ["CREATE TABLE", "INSERT INTO", "DROP TABLE", "ALTER TABLE", "COMMIT"]
    assert [line.startswith(one) for line, one in zip(statements, begins, strict=True)] == [
        True
    ] * 5
    assert "CREATE TABLE" not in THREE and "AlterField" in THREE


def a_field_without_null_is_required_afterwards() -> None:
    with a_shop() as shop:
        text = django_migration("0001_users", THREE, FILL_CITY)
        shop.save("django", "shop/migrations/0002_it.py", text)
        assert "OK" in shop.run("django", "migrate")
        with pytest.raises(sqlite3.IntegrityError) as refusal:
            shop.ask("django", "INSERT INTO users (name, joined) VALUES ('Ines', '2027-01-01')")
    said(str(refusal.value))


def with_a_typo() -> list[str]:
    return in_django(
        f'migrations.AddField("user", "citty", {NULLABLE})',
        "migrate",
        "makemigrations --check --dry-run --noinput",
        "migrate",
        model=CITY_IN_THE_MODEL,
    )


def migrate_does_not_ask_the_models_and_the_check_does() -> None:
    migrated, checked, *_ = with_a_typo()
    assert "Applying shop.0002_it... OK" in migrated
    assert "ended with exit code 1" in checked and "citty" in checked


def it_compares_when_nothing_is_left_to_apply() -> None:
    migrated, _, again, *columns = with_a_typo()
    told = "changes that are not yet reflected in a migration"
    assert told not in migrated and told in again
    said(again)
    assert "citty" in columns


def the_table_has_what_the_file_says() -> None:
    migrated, *_, last = with_a_typo()
    assert "OK" in migrated and last == "citty"


def django_drops_the_column_that_it_added() -> None:
    operation = f'migrations.AddField("user", "phone", {NULLABLE})'
    _, back, *columns = in_django(operation, "migrate", "migrate shop 0001")
    assert "Unapplying shop.0002_it... OK" in back
    assert columns == ["id", "name", "joined"]


def django_cannot_undo_a_function() -> None:
    _, back, *_ = in_django(
        "migrations.RunPython(fill)", "migrate", "migrate shop 0001", before=FILL
    )
    assert "IrreversibleError" in back and "is not reversible" in back
    said(back)


def lied_to() -> list[str]:
    return in_alembic(ADD_EMAIL, "pass", "upgrade head", "downgrade -1", "upgrade head")


def alembic_runs_what_stands_in_the_downgrade() -> None:
    _, back, _, version, *columns = lied_to()
    assert back.startswith("`alembic downgrade -1`\n") and "exit code" not in back
    assert (version, columns[-1]) == ("0001", "email")


def an_error_in_the_downgrade_is_a_refusal() -> None:
    alembic_runs_what_stands_in_the_downgrade()
    _, back, version, *_ = in_alembic(
        ADD_EMAIL, 'raise NotImplementedError("no way")', "upgrade head", "downgrade -1"
    )
    assert "NotImplementedError: no way" in back and version == "0002"


def the_next_upgrade_finds_the_column_there() -> None:
    again = lied_to()[2]
    assert "duplicate column name: email" in again
    said(again)
    alembic_runs_what_stands_in_the_downgrade()


def django_derives_the_reverse_and_alembic_does_not() -> None:
    django_drops_the_column_that_it_added()
    alembic_runs_what_stands_in_the_downgrade()


def our_engine_takes_a_check_back_and_says_so_before() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "001_rule.py"
        path.write_text('operations = [add_check("orders", "price >= 0")]\n')
        con = run(
            duckdb.connect(f"{folder}/shop.duckdb"),
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, price INTEGER)",
            "INSERT INTO orders VALUES (1, 5)",
        )
        files = read_folder(Path(folder))
        run_plan(con, make_plan(files, read_applied(con), "up"))
        refused(con, "INSERT INTO orders VALUES (2, -1)", "CHECK constraint failed")
        down = make_plan(files, read_applied(con), "down")
        assert "DROP CHECK (price >= 0)" in str(down)
        run_plan(con, down)
        run(con, "INSERT INTO orders VALUES (2, -1)")
        assert con.execute("SELECT count(*) FROM orders").fetchall() == [(2,)]
        con.close()


CLAIMS: dict[tuple[str, str], Callable[[], None]] = {
    ("typo-in-an-old-name", "by-database"): a_database_finds_the_name_when_the_statement_comes,
    ("typo-in-an-old-name", "before-sql"): django_finds_it_without_a_database,
    ("typo-in-an-old-name", "as-syntax"): python_finds_its_own_names_and_takes_any_text,
    ("what-the-file-leaves-out", "old-rows-filled"): the_fill_stands_in_the_file_and_not_in_the_sql,
    (
        "what-the-file-leaves-out",
        "table-made-anew",
    ): one_line_becomes_four_statements_that_copy_the_table,
    (
        "what-the-file-leaves-out",
        "required-at-the-end",
    ): a_field_without_null_is_required_afterwards,
    ("typo-in-a-new-name", "refuses-model"): migrate_does_not_ask_the_models_and_the_check_does,
    ("typo-in-a-new-name", "corrects"): it_compares_when_nothing_is_left_to_apply,
    ("typo-in-a-new-name", "makes-citty"): the_table_has_what_the_file_says,
    ("what-comes-with-a-reverse", "django-add-field"): django_drops_the_column_that_it_added,
    ("what-comes-with-a-reverse", "django-run-python"): django_cannot_undo_a_function,
    (
        "what-comes-with-a-reverse",
        "alembic-add-column",
    ): django_derives_the_reverse_and_alembic_does_not,
    (
        "what-comes-with-a-reverse",
        "ours-add-check",
    ): our_engine_takes_a_check_back_and_says_so_before,
    ("downgrade-pass", "refused-empty"): an_error_in_the_downgrade_is_a_refusal,
    ("downgrade-pass", "column-and-0001"): the_next_upgrade_finds_the_column_there,
    ("downgrade-pass", "no-column"): django_derives_the_reverse_and_alembic_does_not,
}
