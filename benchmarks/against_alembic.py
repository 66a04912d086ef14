"""`updown up` against `alembic upgrade head` on the same 1,000 migrations. Prints ratios.

    python benchmarks/against_alembic.py

Both run as a command, in a process of its own, from an empty folder to the last migration; every
number is the best of three, taken in turn. Alembic gets an environment of its own with the packages
below, under `build/`. It is run as its documentation sets it up, where it commits statement by
statement, and with a transaction for each migration, which is what `updown` promises. Timings hang
on the machine and decide no test.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import duckdb
from histories import write_migrations
from measure import seconds, told

COUNT = 1000
BUILD = Path(__file__).resolve().parents[1] / "build" / "alembic"
PINS = (
    "alembic==1.20.1",
    f"duckdb=={duckdb.__version__}",
    "duckdb-engine==0.17.0",
    "Mako==1.4.3",
    "MarkupSafe==3.0.4",
    "packaging==26.3",
    "SQLAlchemy==2.1.9",
    "typing_extensions==4.16.0",
)

# Alembic knows no DuckDB until a class says that there is one; that is duckdb-engine's own advice.
ENV = """
from alembic import context
from alembic.ddl.impl import DefaultImpl
from sqlalchemy import create_engine

class DuckDBImpl(DefaultImpl):
    __dialect__ = "duckdb"

with create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection{options})
    with context.begin_transaction():
        context.run_migrations()
"""
STATEMENT_BY_STATEMENT = ""
IN_TRANSACTIONS = ", transactional_ddl=True, transaction_per_migration=True"
REVISION = """
from alembic import op

revision = "{0:05}"
down_revision = {1!r}

def upgrade():
    op.execute("CREATE TABLE t{0} (id INTEGER, name VARCHAR)")

def downgrade():
    op.execute("DROP TABLE t{0}")
"""


def main() -> None:
    """Run both in turn and print a line for each way to run Alembic."""
    alembic = install()
    ours: list[float] = []
    theirs: dict[str, list[float]] = {STATEMENT_BY_STATEMENT: [], IN_TRANSACTIONS: []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_migrations(folder / "migrations", COUNT)
        write_revisions(folder, COUNT)
        # The first run of each compiles its Python and is not counted.
        for turn in range(4):
            took = run(folder, [sys.executable, "-m", "course_lib.cli", "up", "--create"])
            ours += [took] * (turn > 0)
            for options, times in theirs.items():
                (folder / "versions" / "env.py").write_text(ENV.format(options=options))
                took = run(folder, [str(alembic), "upgrade", "head"])
                times += [took] * (turn > 0)
    for options, times in theirs.items():
        how = "in transactions" if options else "statement by statement"
        told(f"{COUNT:,} migrations", min(ours), f"Alembic {how}", min(times), "below 1")


def install() -> Path:
    """Alembic's command, in an environment of its own; made once."""
    scripts = BUILD / ("Scripts" if os.name == "nt" else "bin")
    if not (BUILD / "pins.txt").is_file() or (BUILD / "pins.txt").read_text() != "\n".join(PINS):
        venv.create(BUILD, clear=True, with_pip=True)
        python = scripts / Path(sys.executable).name
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", *PINS], check=True)
        (BUILD / "pins.txt").write_text("\n".join(PINS))
    return scripts / "alembic"


def write_revisions(folder: Path, count: int) -> None:
    """The same migrations as Alembic's revisions, with the least configuration that it needs."""
    url = f"duckdb:///{folder}/alembic.duckdb"
    (folder / "alembic.ini").write_text(
        f"[alembic]\nscript_location = {folder}/versions\n"
        f"version_locations = {folder}/versions/all\npath_separator = os\nsqlalchemy.url = {url}\n"
    )
    (folder / "versions" / "all").mkdir(parents=True)
    for n in range(1, count + 1):
        down = f"{n - 1:05}" if n > 1 else None
        (folder / "versions" / "all" / f"{n:05}_x.py").write_text(REVISION.format(n, down))


def run(folder: Path, command: list[str]) -> float:
    """The time of a command that makes a database with all tables, which is then removed."""
    done: list[subprocess.CompletedProcess[str]] = []
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    if "course_lib.cli" in command:
        command = [*command, "--database", "ours.duckdb"]
    took = seconds(
        lambda: done.append(
            subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
        )
    )
    assert done[0].returncode == 0, done[0].stderr
    (database,) = folder.glob("*.duckdb")
    with duckdb.connect(database) as con:
        made = "SELECT count(*) FROM duckdb_tables() WHERE table_name SIMILAR TO 't[0-9]+'"
        assert con.execute(made).fetchall() == [(COUNT,)]
    for file in folder.glob("*.duckdb*"):
        file.unlink()
    return took


if __name__ == "__main__":
    main()
