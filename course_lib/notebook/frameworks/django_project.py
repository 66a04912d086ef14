"""A Django project with one app, `shop`, whose users are those of the lesson.

Django has no DuckDB among its databases, so it gets a file of SQLite.
"""

from __future__ import annotations

from pathlib import Path

from ..lesson import Lesson
from .project import Project
from .shop import put_users_in
from .starting import started

DATABASE = "shop.sqlite3"

FILES = {
    "manage.py": """\
import os
import sys

from django.core.management import execute_from_command_line

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
execute_from_command_line(sys.argv)
""",
    "settings.py": f'''\
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": "{DATABASE}"}}}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = ["shop"]
USE_TZ = True
''',
    "shop/__init__.py": "",
    "shop/models.py": """\
from django.db import models


class User(models.Model):
    name = models.CharField(max_length=200)
    joined = models.DateField()

    class Meta:
        db_table = "users"
""",
    "shop/migrations/__init__.py": "",
    "shop/migrations/0001_users.py": """\
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            "User",
            fields=[
                ("id", models.AutoField(primary_key=True, auto_created=True, serialize=False,
                                        verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("joined", models.DateField()),
            ],
            options={"db_table": "users"},
        ),
    ]
""",
}


def make_django(folder: Path, lesson: Lesson) -> Project:
    """Write the project, let Django make its tables, and put the users in."""
    started(folder, FILES, "manage.py", "migrate", "--verbosity", "0")
    put_users_in(folder / DATABASE, lesson)
    return Project(folder, folder / DATABASE)
