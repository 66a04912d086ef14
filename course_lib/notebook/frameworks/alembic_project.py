"""An Alembic project on a file of SQLite, whose users are those of the lesson.

`-x dialect=NAME` together with `--sql` writes the SQL for another database, which need not be
there.
"""

from __future__ import annotations

from pathlib import Path

from ..lesson import Lesson
from .project import Project
from .shop import put_users_in
from .starting import started

DATABASE = "shop.sqlite3"

FILES = {
    "alembic.ini": "[alembic]\nscript_location = .\n",
    "env.py": f"""\
from alembic import context
from sqlalchemy import create_engine


def migrate(**where):
    context.configure(**where)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    asked = context.get_x_argument(as_dictionary=True)
    migrate(dialect_name=asked.get("dialect", "sqlite"))
else:
    with create_engine("sqlite:///{DATABASE}").connect() as connection:
        migrate(connection=connection)
""",
    "versions/0001_users.py": """\
import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("joined", sa.Date, nullable=False),
    )


def downgrade():
    op.drop_table("users")
""",
}


def make_alembic(folder: Path, lesson: Lesson) -> Project:
    """Write the project, let Alembic make its tables, and put the users in."""
    started(folder, FILES, "-m", "alembic", "upgrade", "0001")
    put_users_in(folder / DATABASE, lesson)
    return Project(folder, folder / DATABASE)
