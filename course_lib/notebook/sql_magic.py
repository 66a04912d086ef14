"""`%%sql`: the SQL of a cell on the lesson's database, on a scratch copy of its start, or on
another database of the lesson."""

from __future__ import annotations

from course_lib.counted import counted
from course_lib.migrations import Problem, one_line

from .display import Shown, code_list, panel, sentence, soft, table
from .frameworks import query_cell, tool_of
from .lesson import Lesson
from .others import AT, database_at, file_of, take_at
from .statements import SHOWN_ROWS, CellRun, Ran, Rows, run_cell

_USAGE = (
    "`%%sql` runs the cell on the lesson's database, `%%sql --scratch` on a fresh copy of its"
    " starting tables, `%%sql --scratch empty` on the same tables without rows, and"
    " `%%sql --at NAME` on another database of the lesson. `%%sql --django`, `--alembic` and"
    " `--gradebook` ask the SQLite database of that tool."
)
_OPEN = "A transaction is open: end it with `COMMIT` or `ROLLBACK` in a cell."
_ENDED = "The cell ended without `COMMIT`, so its transaction was rolled back."
_SCRATCH = "This ran on a scratch copy, which is gone now."


def sql_cell(lesson: Lesson, options: str, sql: str) -> Shown:
    """Run a `%%sql` cell and say what came of it."""
    taken = take_at(options.split())
    words, at = ([AT], None) if isinstance(taken, Problem) else taken
    if not words:
        with database_at(lesson.database, at) as opened:
            if isinstance(opened, Problem):
                return panel("Nothing was run.", sentence(str(opened)), tone="refused")
            return show_run(run_cell(opened, sql), where=at and f"This ran on `{file_of(at)}`.")
    tool = tool_of(words[0]) if len(words) == 1 and at is None else None
    if tool is not None:
        return query_cell(tool, lesson, sql)
    if at is not None or words not in (["--scratch"], ["--scratch", "empty"]):
        title = f"`%%sql` has no option `{options.strip()}`; nothing was run."
        return panel(title, sentence(_USAGE), tone="refused")
    scratch = lesson.scratch(empty="empty" in words)
    try:
        return show_run(run_cell(scratch, sql), where=_SCRATCH)
    finally:
        scratch.close()


def show_run(run: CellRun, *, where: str | None = None) -> Shown:
    """A cell that ran, in words and tables. `where` says on which database, if not on the lesson's
    own; that one is closed after the cell, and with it a transaction that is still open."""
    place = (soft(where),) if where else ()
    if not run.statements and run.error is None:
        return panel("The cell holds no statement; nothing was run.", tone="note")
    if not run.statements:
        at = f" in line {run.line} below `%%sql`" if run.line else ""
        return panel(
            f"DuckDB cannot read the SQL{at}; nothing was run.",
            sentence(
                f"DuckDB says: {run.error}. Look there, and at the end of the line above it: a"
                " missing `;` shows one line too late."
            ),
            *place,
            tone="refused",
        )
    if run.error is not None:
        told = (*_statement_list(run), *_aftermath(run), *place)
        return panel(_refused_title(run), *told, tone="refused")
    parts = [] if len(run.statements) == 1 else _statement_list(run)
    if run.result is not None:
        if len(run.statements) > 1:
            parts.append(sentence(f"The last result: {_count(run.result)}"))
        caption = f"Result: {_rows(run.result.count or len(run.result.rows))}"
        parts.append(table(run.result.columns, run.result.rows, caption=caption))
    if run.open_transaction:
        parts.append(sentence(_ENDED if where else _OPEN))
    return panel(_done_title(run), *parts, *place, tone="note" if run.open_transaction else "plain")


def _done_title(run: CellRun) -> str:
    if len(run.statements) > 1:
        return f"All {len(run.statements)} statements ran."
    only = run.statements[0]
    if only.changed is not None:
        return f"Done: {_rows(only.changed)} changed."
    return _count(run.result) if run.result is not None else "Done."


def _refused_title(run: CellRun) -> str:
    number = [ran.state for ran in run.statements].index("refused") + 1
    which = f"statement {number} of {len(run.statements)}" if len(run.statements) > 1 else "it"
    if run.stopped:
        return f"You stopped {which}." if len(run.statements) > 1 else "You stopped the statement."
    return f"DuckDB refused {which}."


def _statement_list(run: CellRun) -> list[Shown]:
    return [code_list((one_line(ran.step.sql, 200), _say(ran, run)) for ran in run.statements)]


def _say(ran: Ran, run: CellRun) -> str:
    if ran.state == "refused":
        return "stopped" if run.stopped else f"refused. DuckDB says: {run.error}"
    if ran.changed is not None:
        return f"done, {_rows(ran.changed)} changed"
    return ran.state


def _aftermath(run: CellRun) -> list[Shown]:
    if run.rolled_back:
        return [
            sentence(
                "The statements stood in one transaction. It was rolled back: all is as it was"
                " before `BEGIN`."
            )
        ]
    if len(run.statements) > 1 and run.statements[0].state == "done":
        return [sentence("Each statement stood alone: what is marked done above stays done.")]
    return []


def _count(rows: Rows) -> str:
    if rows.count is None:
        return f"More than a million rows; the first {SHOWN_ROWS}:"
    if rows.count > len(rows.rows):
        return f"{_rows(rows.count)}; the first {len(rows.rows)}:"
    return f"{_rows(rows.count)}:" if rows.count else "No rows."


def _rows(number: int) -> str:
    return counted(number, "row")
