"""Kills in every phase of nineteen kinds of migration: the state is the one before or after."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from course_lib.migrations import Plan, make_plan, read_applied, read_folder, run_plan, verify

from .crash import PHASES, run_and_trace
from .databases import SOURCE_DOWN, SOURCE_STATEMENTS, plan_of, sections, state, write_folder

ROWS = 20_000
SEED = f"""CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
INSERT INTO users SELECT i, md5(i::VARCHAR) FROM range({ROWS}) AS r(i);
CREATE TABLE notes (id INTEGER, body VARCHAR);
INSERT INTO notes SELECT i % 900, md5(i::VARCHAR) FROM range({ROWS}) AS r(i);
CREATE TABLE owners (id INTEGER PRIMARY KEY);
INSERT INTO owners SELECT i FROM range(900) AS r(i);
CREATE TABLE pets (id INTEGER, owner INTEGER REFERENCES owners (id));
INSERT INTO pets SELECT i, i % 900 FROM range({ROWS}) AS r(i);
CREATE SEQUENCE numbers START 5"""

SHADOW = "transaction:false"
# Kind -> the file's name and text.
KINDS: dict[str, tuple[str, str]] = {
    "the document's three steps": ("002_x.sql", sections(SOURCE_STATEMENTS, SOURCE_DOWN)),
    "a new table with rows": (
        "002_x.sql",
        sections("CREATE TABLE t AS SELECT i, md5(i::VARCHAR) AS h FROM range(100000) AS r(i)"),
    ),
    "a column with a default": (
        "002_x.sql",
        sections("ALTER TABLE users ADD COLUMN seen TIMESTAMP DEFAULT now()::TIMESTAMP"),
    ),
    "a default that the log cannot bring back": (
        "002_x.sql",
        sections(
            "ALTER TABLE users ADD COLUMN IF NOT EXISTS seen TIMESTAMP DEFAULT now()::TIMESTAMP"
        ),
    ),
    "another type": ("002_x.sql", sections("ALTER TABLE notes ALTER id TYPE BIGINT")),
    "a type that is worked out": (
        "002_x.sql",
        sections("ALTER TABLE notes ALTER id TYPE BIGINT USING id * 10 + random() * 0"),
    ),
    "an index": ("002_x.sql", sections("CREATE INDEX by_body ON notes (body)")),
    "deduplicate then unique": (
        "002_x.sql",
        sections(
            "DELETE FROM notes WHERE rowid NOT IN (SELECT min(rowid) FROM notes GROUP BY id);"
            "CREATE UNIQUE INDEX one ON notes (id)"
        ),
    ),
    "a swap": (
        "002_x.sql",
        sections(
            "CREATE TABLE n AS SELECT id, upper(body) AS body FROM notes;"
            "DROP TABLE notes; ALTER TABLE n RENAME TO notes; CREATE INDEX ix ON notes (id)"
        ),
    ),
    "a dropped table": ("002_x.sql", sections("DROP TABLE notes")),
    "tables tied by a key": (
        "002_x.sql",
        sections(
            "INSERT INTO owners VALUES (9999); UPDATE pets SET id = id + 1 WHERE true",
            options=SHADOW,
        ),
    ),
    "views, macros, comments": (
        "002_x.sql",
        sections(
            "CREATE VIEW v AS SELECT id FROM users; CREATE MACRO twice(x) AS x * 2;"
            "COMMENT ON TABLE users IS 'people'; CREATE SCHEMA s; CREATE TABLE s.t AS FROM users"
        ),
    ),
    "types and sequences": (
        "002_x.sql",
        sections(
            "CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE m (x mood);"
            "INSERT INTO m SELECT 'a' FROM range(50000); SELECT setval('numbers', 99)",
            options=SHADOW,
        ),
    ),
    "a trigger": (
        "002_x.sql",
        sections(
            "CREATE TRIGGER log AFTER INSERT ON users FOR EACH STATEMENT DELETE FROM notes;"
            "UPDATE notes SET body = 'x' WHERE true",
            options=SHADOW,
        ),
    ),
    "a Python function": (
        "002_x.py",
        "def up(db):\n    for i in range(40):\n"
        "        db.execute('UPDATE notes SET body = ? WHERE id = ?', ['x', i])\n",
    ),
    "a list of operations": (
        "002_x.py",
        "operations = [run_sql('ALTER TABLE users ADD COLUMN a INTEGER', reverse='SELECT 1'),"
        "run_sql('UPDATE users SET a = id WHERE true', reverse='SELECT 1'),"
        "run_sql('ALTER TABLE users ALTER a SET NOT NULL', reverse='SELECT 1')]\n",
    ),
    "a table made anew beside the old one": (
        "002_x.py",
        "operations = [add_check('notes', 'id >= 0'), rename_column('notes', 'id', 'number')]\n",
    ),
    "a table made anew with those that refer to it": (
        "002_x.py",
        "operations = [add_column('owners', 'name', 'VARCHAR', fill=\"'x' || id\", not_null=True),"
        "add_index('by_owner', 'pets', 'owner'), add_unique('owners', 'name')]\n",
    ),
    "a table made anew on the shadow": (
        "002_x.py",
        "transaction = False\noperations = [drop_primary_key('users', 'id'),"
        "drop_foreign_key('pets', 'owner', 'owners', 'id'), drop_column('pets', 'id')]\n",
    ),
}
# The moment is in the values, so two runs are alike in schema and number of rows only.
BY_THE_CLOCK = frozenset({"a column with a default", "a default that the log cannot bring back"})

context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.migrations.crash"])


class Kind:
    """One kind of migration, pending on a database whose first migration made the seed."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.folder = folder
        file, text = KINDS[name]
        self.migrations = write_folder(folder, {"001_seed.sql": sections(SEED)})
        self.template = folder / "template.duckdb"
        self.database = folder / "shop.duckdb"
        self.trace = folder / "trace"
        with duckdb.connect(self.template) as con:
            assert run_plan(con, plan_of(con, self.migrations)).failure is None
            self.before = self.seen(con)
        (self.migrations / file).write_text(text)
        self.windows = self.watch()
        with duckdb.connect(self.database) as con:
            self.after = self.seen(con)
        assert self.after != self.before

    def seen(self, con: duckdb.DuckDBPyConnection) -> object:
        schema, digests, _ = state(con)
        if self.name not in BY_THE_CLOCK:
            return schema, digests
        return schema, [con.execute(f"SELECT count(*) FROM {t}").fetchall() for t in ("users",)]

    def run(self, until: float | None) -> str:
        """Run the migration in a child, kill it after so many seconds; gives its last phase."""
        self.database.with_name("shop.duckdb.wal").unlink(missing_ok=True)
        self.trace.unlink(missing_ok=True)
        shutil.copy(self.template, self.database)
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(
            target=run_and_trace, args=(self.database, self.migrations, self.trace, theirs)
        )
        child.start()
        theirs.close()
        assert ours.recv() == "ready"
        if until is None:
            assert ours.recv() is None
        else:
            time.sleep(until)
            child.kill()
        child.join()
        lines = self.trace.read_text().splitlines() if self.trace.exists() else []
        return lines[-1][0] if lines else "b"

    def watch(self) -> dict[str, tuple[float, float]]:
        """When each phase begins and ends in an undisturbed run, in seconds from its start."""
        self.run(None)
        read = [line.split() for line in self.trace.read_text().splitlines()]
        moments = [(phase, float(at) - float(read[0][1])) for phase, at in read]
        ends = [at for _, at in moments[1:]] + [moments[-1][1] + 0.01]
        windows: dict[str, tuple[float, float]] = {}
        for (phase, begin), end in zip(moments, ends, strict=True):
            windows[phase] = (windows.get(phase, (begin, end))[0], end)
        return windows

    def check(self) -> bool:
        """The file opens, in the state before or after, and a second up ends the work."""
        left = list(self.folder.glob(".updown-shadow-*"))
        files = read_folder(self.migrations)
        with duckdb.connect(self.database) as con:
            found, applied = self.seen(con), [row.number for row in read_applied(con)]
            assert (found, applied) in ((self.before, [1]), (self.after, [1, 2])), self.name
            if KINDS[self.name][0].endswith(".sql"):
                assert verify(con, files).problems == (), self.name
            plan = make_plan(files, read_applied(con), "up")
            assert isinstance(plan, Plan)
            assert run_plan(con, plan).failure is None
            assert self.seen(con) == self.after
        for folder in left:
            shutil.rmtree(folder, ignore_errors=True)
        return applied == [1, 2]


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_three_hundred_kills_over_nineteen_kinds_in_every_phase(tmp_path: Path) -> None:
    draw = random.Random(20261124)
    kinds = []
    for number, name in enumerate(KINDS):
        (tmp_path / str(number)).mkdir()
        kinds.append(Kind(tmp_path / str(number), name))
    fallen: Counter[str] = Counter()
    ended: Counter[bool] = Counter()
    runs = 0
    while runs < 300 or min(fallen[phase] for phase in PHASES) < 10:
        assert runs < 900, f"phases that a kill cannot be aimed at: {fallen}"
        rarest = min(PHASES, key=lambda phase: fallen[phase])
        able = [kind for kind in kinds if rarest in kind.windows]
        kind = kinds[runs % len(kinds)] if runs % 2 else draw.choice(able)
        phase = rarest if rarest in kind.windows else draw.choice(list(kind.windows))
        begin, end = kind.windows[phase]
        fallen[kind.run(max(0.0, draw.uniform(begin, end)))] += 1
        ended[kind.check()] += 1
        runs += 1
    for phase, words in PHASES.items():
        print(f"{fallen[phase]:>4}  {words}")
    assert ended[True] and ended[False]
