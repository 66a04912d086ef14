"""An answer's text, read into a migration, or the first thing that keeps it from being run."""

from __future__ import annotations

from dataclasses import dataclass, replace

from course_lib.migrations import Migration, Problem, one_line, parse_migration
from course_lib.migrations.source import place

from .exercise import AnswerText, Language, Task
from .operations_answer import read_list
from .out_of_place import out_of_place

LONGEST = 100_000
"""Characters of an answer; a right one has a few hundred."""

EXPECTED = {
    "syntax": "SQL that DuckDB can read",
    "own-transaction": "no BEGIN, COMMIT or ROLLBACK: a migration is one transaction already",
    "encoding": "a file in UTF-8",
    "length": "a migration of a few statements",
    "empty": "at least one statement under `-- migrate:up`",
    "statement": "statements that change tables",
    "operation": "`operations = [...]`, a list of operations with plain values",
    "function": "the function",
}


@dataclass(frozen=True)
class Answer:
    """An answer that can be run: its migrations, in the order in which they are asked for.

    `missing` are those asked for that hold no statement, `unasked` the files that nobody asked for.
    `earlier` are the migrations that were applied before, as the answer has them.
    """

    migrations: tuple[Migration, ...]
    missing: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    earlier: tuple[Migration, ...] = ()


def read_answer(task: Task, text: AnswerText) -> Answer | Problem:
    """The migrations of an answer. A down that is missing is no problem here: a requirement asks
    for it. Lines count from 1 in the text of each file.

    Of several migrations some may still be without a statement, and then the first of these ends
    the answer: what follows cannot be run before it.
    """
    texts = {task.migrations[0].name: text} if isinstance(text, str | bytes) else dict(text)
    read: list[Migration] = []
    missing: list[str] = []
    unwritten: Problem | None = None
    for asked in task.migrations:
        migration, problem = _read(asked.name, texts.pop(asked.name, ""), task.language)
        if problem is not None and problem.kind != "empty":
            return problem
        if problem is not None:
            unwritten = unwritten or problem
            missing.append(asked.name)
        elif migration is not None and not missing:
            read.append(migration)
    if not read:
        assert unwritten is not None, "an exercise asks for a migration"
        return unwritten
    earlier = tuple(
        parse_migration(texts.pop(one.name, one.text), f"{one.name}.sql").migration
        for one in task.earlier
    )
    return Answer(tuple(read), tuple(missing), tuple(texts), tuple(m for m in earlier if m))


def _read(
    name: str, text: str | bytes, language: Language
) -> tuple[Migration | None, Problem | None]:
    """One migration of an answer, or what keeps it from being run: `empty` where nothing is
    written yet."""
    if len(text) > LONGEST:
        return None, Problem(
            "length",
            f"{name}.sql" if language == "sql" else f"{name}.py",
            f"the file has {len(text):,} characters, and {LONGEST:,} are the most",
            "write what changes tables, and no more",
        )
    if language == "operations":
        return read_list(name, text)
    parsed = parse_migration(text, f"{name}.sql")
    for problem in parsed.problems:
        if problem.kind != "no-down":
            return None, problem if text.strip() else replace(problem, kind="empty")
    migration = parsed.migration
    assert migration is not None, "a file without problems is a migration"
    for step in (*migration.up, *(migration.down or ())):
        does = out_of_place(step)
        if does:
            return None, Problem(
                "statement",
                place(migration.file, step.line),
                f"{one_line(step.sql, 60)} {does}, which this migration has no need of",
                "remove the statement; ALTER, CREATE, DROP, INSERT, UPDATE and DELETE are enough",
            )
    return migration, None


def what_was_expected(problem: Problem) -> str:
    """The other half of a problem: what the file should have been."""
    if problem.kind in ("empty", "no-up") and problem.file.endswith(".py"):
        return EXPECTED["operation"]
    if problem.kind == "syntax" and problem.file.endswith(".py"):
        return "a list that Python can read"
    return EXPECTED.get(problem.kind, "a file with `-- migrate:up` and `-- migrate:down`")
