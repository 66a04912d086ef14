"""The attacks: migrations, cells, and files, each handed in as a submission of lesson 4.

`attacks/migrations/*.sql`: what stands between `-- attack` and `-- end attack` is left out of the
honest version, and what follows `-- instead:` is in it. `attacks/cells/*.txt`: code of a cell above
the check. The functions here: what is done to the notebook's file or beside it. The first line, or
the docstring, says what is tried.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from tests.grading.submissions import (
    ANSWER,
    CHECK,
    LESSON,
    NOTEBOOK,
    Edit,
    answer,
    cell_of,
    copy_below,
    delete,
    edit_check,
    edit_notebook,
    lose_metadata,
    skip_check,
)

ATTACKS = Path(__file__).parent / "attacks"
HONEST = """-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
"""
"""An answer that lacks something: what attacks of cells and files are added to."""

SLOW = frozenset(
    {
        *("for-ever", "for-ever-in-the-down", "cross-join", "slow-alter", "many-statements"),
        *("long-union", "computed-huge-values", "rows-of-50-gb", "one-huge-value"),
    }
)
"""Attacks that are only over when a limit of time or memory is."""


@dataclass(frozen=True)
class Attack:
    """`attempt` changes a released notebook at this path, `honest` is the migration without it."""

    name: str
    title: str
    attempt: Callable[[Path], object]
    honest: str = HONEST


def all_attacks() -> list[Attack]:
    """Every attack, in order of its sort and name."""
    migrations = [_migration(path) for path in sorted(ATTACKS.glob("migrations/*.sql"))]
    cells = [_cell(path) for path in sorted(ATTACKS.glob("cells/*.txt"))]
    edits = [_edit(name.replace("_", "-"), edit) for name, edit in EDITS.items()]
    files = [
        Attack(f"file-{one.__name__.replace('_', '-')}", one.__doc__ or "", _after_honest(one))
        for one in FILES
    ]
    return [*migrations, *cells, *edits, *files]


def _migration(path: Path) -> Attack:
    text = path.read_text(encoding="utf-8")
    honest = re.sub(r"-- attack\n.*?-- end attack\n?", "", text, flags=re.S)
    title = text.partition("\n")[0].removeprefix("-- ")
    return Attack(
        path.stem,
        title,
        lambda notebook: edit_notebook(notebook, answer(text)),
        honest.replace("-- instead: ", ""),
    )


def _cell(path: Path) -> Attack:
    title, _, code = path.read_text(encoding="utf-8").partition("\n")

    def edit(notebook: NotebookNode) -> None:
        index = notebook.cells.index(cell_of(notebook, CHECK))
        notebook.cells.insert(index, new_code_cell(code.strip()))

    return _edit(f"cell-{path.stem}", edit, title.removeprefix("# "))


def _edit(name: str, edit: Edit, title: str = "") -> Attack:
    return Attack(
        name, title or name, lambda notebook: edit_notebook(notebook, answer(HONEST), edit)
    )


def _after_honest(do: Callable[[Path], object]) -> Callable[[Path], object]:
    def attempt(notebook: Path) -> None:
        edit_notebook(notebook, answer(HONEST))
        do(notebook)

    return attempt


def _set(cell_id: str, **about: object) -> Edit:
    return lambda notebook: cell_of(notebook, cell_id).metadata["nbgrader"].update(about)


def _tag(*tags: str) -> Edit:
    return lambda notebook: cell_of(notebook, CHECK).metadata.update(tags=[*tags])


def _magic_line(line: str) -> Edit:
    def edit(notebook: NotebookNode) -> None:
        cell = cell_of(notebook, ANSWER)
        cell.source = f"{line}\n{cell.source.partition(chr(10))[2]}"

    return edit


def _long_answer(notebook: NotebookNode) -> None:
    cell_of(notebook, ANSWER).source += "\n-- and so on" * 1_000_000


EDITS: dict[str, Edit] = {
    "tag_skip_execution": skip_check,
    "tag_raises_exception": _tag("raises-exception"),
    "check_source": edit_check,
    "check_points": _set(CHECK, points=100),
    "check_is_no_grade": _set(CHECK, grade=False),
    "check_is_a_solution": _set(CHECK, solution=True, locked=False),
    "check_is_raw": lambda notebook: cell_of(notebook, CHECK).update(cell_type="raw"),
    "check_is_gone": delete(CHECK),
    "check_is_there_twice": copy_below(CHECK),
    "answer_is_there_twice": copy_below(ANSWER),
    "cells_reversed": lambda notebook: notebook.cells.reverse(),
    "no_metadata": lose_metadata,
    "another_kernel": lambda notebook: notebook.metadata.update(
        kernelspec={"name": "../../evil", "language": "bash", "display_name": "x"}
    ),
    "python_in_the_magic_line": _magic_line(
        "%%migration 001_{open('../../../stolen.csv', 'w') and ''}add_email_to_users"
    ),
    "another_name_for_the_migration": _magic_line("%%migration ../../../../stolen"),
    "shell_in_the_answer": _magic_line("!touch ../../../stolen.csv"),
    "thirteen_megabytes_of_answer": _long_answer,
}


def duckdb_py(notebook: Path) -> None:
    """a file named like a library, which runs when the library is imported"""
    for name in ("duckdb.py", "course_lib.py", "json.py", "sitecustomize.py", "IPython.py"):
        notebook.with_name(name).write_text("open('../../../stolen.csv', 'w')")


def ipykernel_launcher_py(notebook: Path) -> None:
    """a file that runs in the place of the kernel"""
    notebook.with_name("ipykernel_launcher.py").write_text("open('../../../stolen.csv', 'w')")


def ipython_config_py(notebook: Path) -> None:
    """a configuration of IPython and of nbgrader"""
    for name in ("ipython_config.py", "nbgrader_config.py", "jupyter_config.py"):
        notebook.with_name(name).write_text("open('../../../stolen.csv', 'w')")


def page_link(notebook: Path) -> None:
    """a link named like a feedback page, to the class's secret"""
    notebook.with_name("x.html").symlink_to("../../../secret.txt")


def data_links(notebook: Path) -> None:
    """links in the place of the data that grading takes along"""
    notebook.with_name("answers").symlink_to("../../..")
    notebook.with_name("timestamp.txt").symlink_to("../../../secret.txt")
    notebook.with_name("world.sql").unlink()
    notebook.with_name("world.sql").symlink_to("../../../secret.txt")


def link_to_other_work(notebook: Path) -> None:
    """a link to the notebook of somebody who has it right"""
    notebook.unlink()
    notebook.symlink_to(Path("..") / ".." / "zoe" / LESSON / NOTEBOOK)


def pipe(notebook: Path) -> None:
    """a named pipe, which keeps its reader waiting for ever"""
    notebook.unlink()
    os.mkfifo(notebook)


def pipe_for_a_timestamp(notebook: Path) -> None:
    """a named pipe beside the notebook"""
    os.mkfifo(notebook.with_name("timestamp.txt"))


def no_timestamp(notebook: Path) -> None:
    """a timestamp that is no time"""
    notebook.with_name("timestamp.txt").write_text("tomorrow, perhaps")


def two_hundred_megabytes(notebook: Path) -> None:
    """a notebook of 200 MB"""
    with notebook.open("ab") as file:
        file.truncate(200 << 20)


def a_million_cells(notebook: Path) -> None:
    """a notebook of a million cells"""
    cells = '{"cell_type":"raw","source":"","metadata":{}},' * 250_000
    notebook.write_text(
        f'{{"nbformat":4,"nbformat_minor":5,"metadata":{{}},"cells":[{cells[:-1]}]}}'
    )


def nested_json(notebook: Path) -> None:
    """JSON nested half a million deep"""
    notebook.write_text("[" * 500_000)


def nul_bytes(notebook: Path) -> None:
    """NUL bytes, half a character and a broken one in the answer"""
    text = nbformat.read(notebook, as_version=4)
    cell_of(text, ANSWER).source += "\n-- \x00 and \x1b[2J"
    data = json.dumps(text).replace("and", "\\ud800")
    notebook.write_text(data)


def old_format(notebook: Path) -> None:
    """a notebook of another format"""
    notebook.write_text(json.dumps({"nbformat": 3, "nbformat_minor": 0, "worksheets": [1]}))


FILES: tuple[Callable[[Path], None], ...] = (
    *(duckdb_py, ipykernel_launcher_py, ipython_config_py, page_link, data_links),
    *(link_to_other_work, pipe, pipe_for_a_timestamp, no_timestamp, two_hundred_megabytes),
    *(a_million_cells, nested_json, nul_bytes, old_format),
)
