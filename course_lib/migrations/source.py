"""A folder of migration files, read into migrations and problems; every problem has its place.

The format is dbmate's: one file with `-- migrate:up` and `-- migrate:down` sections, named
`<number>_<words>.sql`; `transaction:false` after a marker asks for the shadow guard.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import Problem
from .errors import place as place  # every message says where in the same way
from .migration import NAME, Migration, Step, checksum
from .sections import split_sections
from .statements import SyntaxProblem, one_line, split_statements

MAX_BYTES = 4_000_000


@dataclass(frozen=True)
class Parsed:
    """One file, read: the migration, where there is one, and what is wrong with it."""

    migration: Migration | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Folder:
    """All migrations of a folder, in the order of their numbers, and all problems."""

    migrations: tuple[Migration, ...]
    problems: tuple[Problem, ...]


def read_folder(folder: Path) -> Folder:
    """Read every `.sql` file of a folder. That there is no folder is a problem, not an error."""
    if not folder.is_dir():
        return Folder((), (_no_folder(folder),))
    parsed = [_read_file(path) for path in sorted(folder.glob("*.sql"))]
    problems = [problem for one in parsed for problem in one.problems]
    migrations = sorted((m.migration for m in parsed if m.migration), key=lambda m: m.number)
    problems.extend(_duplicate_numbers(migrations))
    return Folder(tuple(migrations), tuple(problems))


def parse_migration(text: str | bytes, file: str) -> Parsed:
    """Read one migration from its text; `file` names it in messages and gives number and name.

    A file without a down section is a migration (`down` is None) *and* a problem: what to make of
    it is for the caller to decide. A file that does not parse is a problem only.
    """
    named = NAME.fullmatch(Path(file).name)
    if not named:
        return _only(
            "name",
            file,
            "the file name is not a number and words, such as 002_add_phone_to_users.sql",
            "rename the file",
        )
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    decoded = _decode(content, file)
    if isinstance(decoded, Problem):
        return Parsed(None, (decoded,))
    text = decoded
    sections = split_sections(text.removeprefix("\ufeff").replace("\r\n", "\n"), file)
    if isinstance(sections, Problem):
        return Parsed(None, (sections,))
    steps: dict[str, tuple[Step, ...]] = {}
    problems: list[Problem] = []
    for section in sections:
        split = split_statements(section.text, section.line + 1)
        if isinstance(split, SyntaxProblem):
            problems.append(
                Problem(
                    "syntax",
                    place(file, split.line),
                    f"DuckDB cannot read the SQL: {split.message}",
                    "correct the statement, nothing was run",
                )
            )
            continue
        steps[section.direction] = split
        problems.extend(_own_transactions(split, file))
    if problems:
        return Parsed(None, tuple(problems))
    options = {section.direction: section.transaction for section in sections}
    migration = Migration(
        number=int(named[1]),
        name=Path(file).stem,
        file=file,
        up=steps["up"],
        down=steps.get("down") or None,
        up_transaction=options["up"],
        down_transaction=options.get("down", True),
        checksum=checksum(text),
    )
    lines = {section.direction: section.line for section in sections}
    return Parsed(migration, tuple(_missing_parts(migration, lines, text)))


def _read_file(path: Path) -> Parsed:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        return _only(
            "unreadable",
            str(path),
            f"the file cannot be read ({error.strerror})",
            "make it a readable file or move it out of the folder",
        )
    if len(content) > MAX_BYTES:
        return _only(
            "too-large",
            str(path),
            f"the file is larger than {MAX_BYTES // 1_000_000} MB",
            "load data from a file of its own instead of writing it into a migration",
        )
    return parse_migration(content, str(path))


def _decode(content: bytes, file: str) -> str | Problem:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Problem(
            "encoding",
            place(file, line),
            f"byte {error.start + 1} of the file is not UTF-8",
            "save the file as UTF-8",
        )


def _own_transactions(steps: tuple[Step, ...], file: str) -> Iterator[Problem]:
    for step in steps:
        if step.kind == "TRANSACTION":
            yield Problem(
                "own-transaction",
                place(file, step.line),
                f"{one_line(step.sql, 20)} would begin or end the transaction that makes the"
                " migration all or nothing",
                "remove the statement, the engine begins and commits by itself",
            )


def _missing_parts(migration: Migration, lines: dict[str, int], text: str) -> Iterator[Problem]:
    if not migration.up:
        yield Problem(
            "empty",
            place(migration.file, lines["up"]),
            "there is no statement under `-- migrate:up`",
            "write the statements that make the change below this line",
        )
    if migration.down is None:
        if "down" in lines:
            what, line = "there is no statement under `-- migrate:down`", lines["down"]
        else:
            what, line = "the file has no `-- migrate:down` section", text.rstrip().count("\n") + 1
        yield Problem(
            "no-down",
            place(migration.file, line),
            what,
            "add the statements that take the change back",
        )


def _duplicate_numbers(migrations: list[Migration]) -> Iterator[Problem]:
    by_number: dict[int, list[Migration]] = defaultdict(list)
    for migration in migrations:
        by_number[migration.number].append(migration)
    for number, same in by_number.items():
        if len(same) > 1:
            others = " and ".join(Path(other.file).name for other in same[:-1])
            yield Problem(
                "duplicate-number",
                place(same[-1].file, 1),
                f"{others} has the number {number} too, so there is no order between them",
                "give one of them the next free number",
            )


def _no_folder(folder: Path) -> Problem:
    return Problem(
        "no-folder",
        str(folder),
        "there is no such folder of migrations",
        "name another with --migrations or make one with `updown new`",
    )


def _only(kind: str, where: str, what: str, next_step: str) -> Parsed:
    return Parsed(None, (Problem(kind, where, what, next_step),))
