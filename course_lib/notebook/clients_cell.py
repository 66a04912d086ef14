"""`%clients EXERCISE`: which programs of an exercise work on the lesson's database as it is now.

Written as `%%clients EXERCISE`, the SQL below it runs first. All of it happens on a copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from course_lib.counted import counted
from course_lib.exercises import Program, SpecError, Tried, read_programs, try_program
from course_lib.migrations import Problem, one_line, own_cursor
from course_lib.migrations.cost import NoRoomError
from course_lib.migrations.explain import explain
from course_lib.migrations.shadow import open_shadow

from .display import Shown, code_list, panel, sentence, soft
from .lesson import Lesson
from .live_check import known_exercises, load_visible
from .sql_magic import show_run
from .statements import run_cell
from .stopping import stoppable

_COPY = "This ran on a copy, which is gone now. Your database was not touched."


def clients_cell(lesson: Lesson, line: str, sql: str = "") -> Shown:
    """Try the programs of the exercise named in `line`, after the SQL, and say what came of it."""
    try:
        known = _known_programs(lesson)
    except (SpecError, OSError) as error:
        return panel("The programs cannot be read.", sentence(f"{error}."), tone="refused")
    programs = known.get(line.strip())
    if programs is None:
        named = " or ".join(f"`%clients {name}`" for name in known)
        said = f"Write {named}." if named else "No exercise of this lesson has programs."
        return panel("Which programs? Nothing was tried.", sentence(said), tone="refused")
    opened = lesson.database.open()
    if isinstance(opened, Problem):
        return panel("Nothing was run.", sentence(str(opened)), tone="refused")
    try:
        with stoppable(), own_cursor(opened) as cursor, open_shadow(cursor) as shadow:
            return _try(shadow.con, programs, sql)
    except KeyboardInterrupt:
        return panel("You stopped `%clients`.", soft(_COPY), tone="note")
    except (NoRoomError, duckdb.Error) as error:
        told = sentence(f"There could be no copy of the database: {error}.")
        return panel("Nothing was run.", told, tone="refused")


def _known_programs(lesson: Lesson) -> dict[str, tuple[Program, ...]]:
    """The lesson's exercises that have programs, with them."""
    read = {
        name: read_programs(load_visible(lesson, name).task) for name in known_exercises(lesson)
    }
    return {name: programs for name, programs in read.items() if programs}


def _try(con: duckdb.DuckDBPyConnection, programs: Sequence[Program], sql: str) -> Shown:
    if sql.strip():
        run = run_cell(con, sql)
        if run.error is not None and not run.statements:
            title = f"DuckDB cannot read line {run.line} below `%%clients`; nothing was run."
            return panel(title, sentence(f"DuckDB says: {run.error}."), tone="refused")
        if run.error is not None:
            told = sentence("So no program was tried.")
            return _joined(show_run(run), told, soft(_COPY))
        if run.open_transaction:
            told = sentence("Nobody else sees what it did. End it with `COMMIT`, then run again.")
            return panel(
                "Your SQL leaves a transaction open; no program was tried.", told, tone="refused"
            )
    tried = [(program, tuple(try_program(program, con))) for program in programs]
    every = [one for _, some in tried for one in some]
    failed = sum(bool(one.error) for one in every)
    parts = [part for program, some in tried for part in _show(con, program, some)]
    title = f"All {len(every)} statements work." if not failed else _failing(tried)
    return panel(title, *parts, soft(_COPY), tone="refused" if failed else "done")


def _failing(tried: Sequence[tuple[Program, Sequence[Tried]]]) -> str:
    names = [program.name for program, some in tried if any(one.error for one in some)]
    named = " and ".join(names)
    return f"{named[:1].upper()}{named[1:]} {'fail' if len(names) > 1 else 'fails'}."


def _show(
    con: duckdb.DuckDBPyConnection, program: Program, some: Sequence[Tried]
) -> Iterator[Shown]:
    yield sentence(f"{program.name[:1].upper()}{program.name[1:]}:")
    yield code_list((one_line(one.sql, 60), _say(con, one)) for one in some)


def _say(con: duckdb.DuckDBPyConnection, one: Tried) -> str:
    if one.error:
        return f"✘ fails. DuckDB says: {explain(con, one.error)}"
    rows = counted(one.rows, "row")
    if not one.column:
        return f"✔ works, {rows} written"
    return f"✔ works, {rows}, {one.filled:,} with a value in `{one.column}`"


def _joined(run: Shown, *more: Shown) -> Shown:
    """What a cell of SQL shows, with more below it."""
    html, text = "".join(one.html for one in more), "\n".join(one.text for one in more)
    return Shown(f'{run.html}<div class="updown">{html}</div>', f"{run.text}\n{text}")
