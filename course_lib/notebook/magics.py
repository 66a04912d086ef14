"""The course's magics, loaded by `begin`. What they do is elsewhere and needs no IPython."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.core.interactiveshell import InteractiveShell

from .answer_cell import answer_cell
from .clients_cell import clients_cell
from .display import show
from .frameworks import TOOLS, command_line, file_cell
from .frameworks.tools import Tool
from .lesson import active_lesson
from .meant_cell import advise_on_cell
from .migrate_magic import migrate_line
from .migration_cell import migration_cell
from .sql_magic import sql_cell

_OURS = ("%%sql", "%%migrat", "%%answer", "%%clients", *(f"%%{name}" for name in TOOLS))


def register_magics(shell: InteractiveShell) -> None:
    """Make `%%sql`, `%%migration`, `%%answer`, `%migrate` and `%clients` known, the last two also
    with SQL below them, and `%django`, `%%django` and the like for each tool with a command."""
    register: Any = shell.register_magic_function  # its types describe a method of IPython's own
    register(_sql, "cell", "sql")
    register(_migration, "cell", "migration")
    register(_answer, "cell", "answer")
    register(_migrate, "line_cell", "migrate")
    register(_clients, "line_cell", "clients")
    for tool in TOOLS.values():
        if tool.command:
            register(_of(tool), "line_cell", tool.name)
    if _give_body not in shell.input_transformers_cleanup:
        shell.input_transformers_cleanup.append(_give_body)
        shell.events.register("post_run_cell", advise_on_cell)


def _give_body(lines: list[str]) -> list[str]:
    """IPython refuses a cell magic without a body, on stderr; ours say what is missing."""
    text = "".join(lines).strip()
    if "\n" not in text and text.startswith(_OURS):
        return [f"{text}\n", "\n"]
    return lines


def _sql(line: str, cell: str) -> None:
    show(sql_cell(active_lesson(), line, cell))


def _migration(line: str, cell: str) -> None:
    show(migration_cell(active_lesson(), line, cell))


def _answer(line: str, cell: str) -> None:
    shell: Any = get_ipython()
    names = None if getattr(shell, "only_saves_answers", False) else shell.user_ns
    show(answer_cell(active_lesson(), line, cell, names))


def _migrate(line: str, cell: str = "") -> None:
    show(migrate_line(active_lesson(), line, cell))


def _clients(line: str, cell: str = "") -> None:
    show(clients_cell(active_lesson(), line, cell))


def _of(tool: Tool) -> Callable[[str, str | None], None]:
    def magic(line: str, cell: str | None = None) -> None:
        lesson = active_lesson()
        if cell is None:
            show(command_line(tool, lesson, line))
        else:
            show(file_cell(tool, lesson, line, cell))

    return magic
