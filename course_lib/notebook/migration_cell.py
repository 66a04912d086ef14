"""`%%migration NAME`: a cell becomes a file in `migrations/` and is reviewed step by step.

With a NAME that ends in `.py` the cell holds Python: a list of operations, of which nothing runs
here.
"""

from __future__ import annotations

import re
from pathlib import Path

from course_lib.migrations import (
    Migration,
    Parsed,
    Problem,
    Step,
    describe,
    one_line,
    own_cursor,
    parse_migration,
    read_applied,
)
from course_lib.migrations.formats import Entry, parse_python
from course_lib.whole_file import write_whole

from .display import Shown, bullets, code_list, panel, sentence, soft
from .folder import shown_path
from .lesson import Lesson
from .problem_words import in_lesson

_NAME = re.compile(r"\d{3}_[a-z0-9]+(?:_[a-z0-9]+)*(?:\.py)?")
_LINE = re.compile(r", line (\d+)$")
_APPLIED_TEXT_DIFFERS = (
    "The database was changed by an earlier text of this migration. `%migrate reset` puts it back"
    " and keeps your files, then `%migrate up` runs the new text."
)


def migration_cell(lesson: Lesson, name: str, text: str) -> Shown:
    """Save the cell as `migrations/<name>.sql`, or `<name>.py`, and show its review."""
    name = name.strip()
    if not _NAME.fullmatch(name):
        return panel(
            f"`{name or '%%migration'}` is not a name for a migration; nothing was saved.",
            sentence(
                "Write three digits and a few words in small letters, joined by `_`, such as"
                " `%%migration 002_add_phone_to_users`."
            ),
            tone="refused",
        )
    path = lesson.migrations / (name if name.endswith(".py") else f"{name}.sql")
    taken = _same_number(path)
    if taken is not None:
        return _number_taken(path, taken)
    try:
        save_migration(path, text)
    except OSError as error:
        where = shown_path(path)
        return panel(
            f"`{where}` was not saved ({error.strerror}).",
            sentence("Make the folder writable, then run the cell again."),
            tone="refused",
        )
    return review(path, text, applied_text_differs=_applied_text_differs(lesson, path, text))


def save_migration(path: Path, text: str) -> None:
    """Write the file whole or not at all, with LF and one newline at its end."""
    path.parent.mkdir(exist_ok=True)
    write_whole(path, text.replace("\r\n", "\n").rstrip() + "\n")


def review(path: Path, text: str, *, applied_text_differs: bool = False) -> Shown:
    """The migration's steps, one by one, and what each will do; problems with their lines.

    `applied_text_differs` says that the database has run another text of this migration.
    """
    parsed = _parse(path, text)
    migration = parsed.migration
    saved = f"Saved as `{shown_path(path)}`"
    if migration is None and [problem.kind for problem in parsed.problems] == ["empty"]:
        next_step = soft("Write the change as operations in the list, then run the cell again.")
        return panel(f"{saved}. It has no operation yet.", next_step, tone="note")
    if migration is None:
        wrong = [_with_line(problem, text) for problem in parsed.problems]
        return panel(f"{saved}, but it cannot run yet.", bullets(wrong), tone="refused")
    if not migration.up and not migration.down:
        return panel(
            f"{saved}. It has no step yet.",
            soft(
                "Write the change under `-- migrate:up` and the way back under"
                " `-- migrate:down`, then run the cell again."
            ),
            tone="note",
        )
    told = [str(in_lesson(problem)) for problem in parsed.problems]
    if applied_text_differs:
        told.append(_APPLIED_TEXT_DIFFERS)
    return panel(
        f"{saved}. {_say_sizes(migration)}",
        *_direction("Up", migration.up),
        *_direction("Down", migration.down or ()),
        *((bullets(told),) if told else ()),
        tone="note" if told else "done",
    )


def _parse(path: Path, text: str) -> Parsed:
    if path.suffix != ".py":
        return parse_migration(text, path.name)
    return parse_python(Entry(int(path.name[:3]), path.stem, "python", Path(path.name)), text)


def _same_number(path: Path) -> Path | None:
    """Another file with the number of this one: between the two there would be no order."""
    number = path.name[:3]
    return next((one for one in _files(path, number) if one != path), None)


def _files(path: Path, number: str) -> list[Path]:
    """The migrations beside this one whose numbers look so."""
    found = (path.parent.glob(f"{number}_*{ending}") for ending in (".sql", ".py"))
    return [one for several in found for one in several]


def _number_taken(path: Path, taken: Path) -> Shown:
    numbers = [int(one.name[:3]) for one in _files(path, "[0-9][0-9][0-9]")]
    free = f"{max(numbers) + 1:03}{path.name.removesuffix('.sql')[3:]}"
    return panel(
        f"The number {path.name[:3]} is taken by `{taken.stem}`; nothing was saved.",
        sentence(f"Is this another migration? Then call it `{free}`."),
        sentence(
            f"Is it the same one under a better name? Then delete `{shown_path(taken)}` in the file"
            " browser first (and take it down before that, where it is applied). Run the cell"
            " again."
        ),
        tone="refused",
    )


def _applied_text_differs(lesson: Lesson, path: Path, text: str) -> bool:
    migration = _parse(path, text).migration
    opened = lesson.database.open()
    if migration is None or isinstance(opened, Problem):
        return False
    with own_cursor(opened) as cursor:
        rows = read_applied(cursor)
    return any(row.name == migration.name and row.checksum != migration.checksum for row in rows)


def _direction(title: str, steps: tuple[Step, ...]) -> list[Shown]:
    if not steps:
        return []
    told = code_list((one_line(step.sql, 300), describe(step)) for step in steps)
    return [sentence(f"{title}:"), told]


def _say_sizes(migration: Migration) -> str:
    up, down = len(migration.up), len(migration.down or ())
    if migration.irreversible is not None:
        return f"Up: {_steps(up)}. No way back: {migration.irreversible}."
    return f"Up: {_steps(up)}. Down: {_steps(down)}."


def _steps(number: int) -> str:
    return {0: "no step", 1: "1 step"}.get(number, f"{number} steps")


def _with_line(problem: Problem, text: str) -> str:
    """The problem, with the line itself: cells show no line numbers."""
    found = _LINE.search(problem.where)
    lines = text.split("\n")
    if not found or not 1 <= int(found[1]) <= len(lines):
        return str(problem)
    line = lines[int(found[1]) - 1].strip()
    return f"{problem} The line is: `{line}`" if line and "`" not in line else str(problem)
