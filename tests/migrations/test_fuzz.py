"""Thousands of broken migration files: problems or migrations, no traceback, nothing written."""

from __future__ import annotations

import random
from pathlib import Path

from course_lib.migrations import Plan, Refused, make_plan, read_folder, review

from .databases import SOURCE_DOWN, SOURCE_STATEMENTS, sections
from .test_formats import FORMATS, ONE_WAY

SEEDS: list[tuple[str, bytes]] = [
    *((name, text.encode()) for files in FORMATS.values() for name, text in files.items()),
    *((name, text.encode()) for files, _ in ONE_WAY.values() for name, text in files.items()),
    ("001_users.sql", sections(SOURCE_STATEMENTS, SOURCE_DOWN).encode()),
    (
        "001_users.sql",
        b"-- migrate:up\nSELECT $$;$$, '\xc3\xa9', E'\\';';\n-- migrate:down\nSELECT 1",
    ),
]
PIECES = [
    *(b"-- /* */ ' \" $$ ; ( ) \\ COMMIT; transaction:false run_sql(".split(b" ")),
    *(b"-- migrate:up|-- migrate:down|-- migrate:irreversible".split(b"|")),
    *(b"def up(db):|operations = [|open('written', 'w')".split(b"|")),
    *(b"COPY (SELECT 1) TO 'written';|ATTACH 'written';".split(b"|")),
    *(b"\0", b"\xff", b"\xf0\x9f\x92\xa5", b"\r", b"\n", b"\t", b"\xef\xbb\xbf"),
]
ROUNDS, FILES = 250, 20


def mutated(draw: random.Random, content: bytes) -> bytes:
    """The bytes with some pieces put in, cut out, doubled or replaced."""
    for _ in range(draw.randint(0, 6)):
        at = draw.randrange(len(content) + 1)
        to = min(len(content), at + draw.randint(0, 30))
        match draw.randrange(4):
            case 0:
                content = content[:at] + draw.choice(PIECES) + content[at:]
            case 1:
                content = content[:at] + content[to:]
            case 2:
                content = content[:to] + content[at:]
            case _:
                content = content[:at] + draw.randbytes(draw.randint(0, 8)) + content[to:]
    return content


def named(draw: random.Random, name: str, number: int) -> str:
    """The seed's name with a number of its own, and now and then a name that is none."""
    path = name.replace("001_users", f"{number:03}_users")
    if draw.random() < 0.05:
        path = draw.choice(["x.sql", f"{number}.sql", f"{number}_a b.py", f"{'9' * 30}_x.up.sql"])
    return path


def test_five_thousand_broken_files_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    draw = random.Random(20261124)
    migrations = problems = plans = 0
    for turn in range(ROUNDS):
        folder = tmp_path / str(turn) / "migrations"
        for number in range(FILES):
            name, content = draw.choice(SEEDS)
            path = folder / named(draw, name, number)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(mutated(draw, content))
        before = snapshot(tmp_path / str(turn))
        found = read_folder(folder)
        migrations += len(found.migrations)
        problems += len(found.problems)
        for problem in found.problems:
            assert problem.what and problem.next_step and "\n" not in problem.where, problem
        plan = make_plan(found, (), "up")
        assert isinstance(plan, Plan | Refused)
        plans += isinstance(plan, Plan)
        if turn % 10 == 0:
            review(found)
        assert snapshot(tmp_path / str(turn)) == before
    assert migrations > 500 and problems > 500, (migrations, problems, plans)
    assert not Path("written").exists()


def snapshot(folder: Path) -> list[tuple[str, bytes, int]]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [(str(p), p.read_bytes(), p.stat().st_mtime_ns) for p in files]
