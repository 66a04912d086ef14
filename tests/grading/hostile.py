"""The attacks: migrations, cells, and files, each handed in as a submission of lesson 4.

`attacks/migrations/*.sql`: what stands between `-- attack` and `-- end attack` is left out of the
honest version, and what follows `-- instead:` is in it. `attacks/cells/*.txt`: code of a cell above
the check. `EDITS`: changes of the notebook; `hostile_files.py`: of its file and of those beside it.
The first line, or the docstring, says what is tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from tests.grading.hostile_files import FILES
from tests.grading.submissions import (
    ANSWER,
    CHECK,
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
    edits = [_edit(name.replace("_", "-"), edit, title) for name, (title, edit) in EDITS.items()]
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


def _edit(name: str, edit: Edit, title: str) -> Attack:
    return Attack(name, title, lambda notebook: edit_notebook(notebook, answer(HONEST), edit))


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


AROUND_THE_ANSWER: dict[str, tuple[str, Edit]] = {
    "tag_skip_execution": ("tags that keep the check from being run", skip_check),
    "tag_raises_exception": ("a tag that says the check may fail", _tag("raises-exception")),
    "check_source": ("the check replaced by its points", edit_check),
    "check_points": ("a check of a hundred points", _set(CHECK, points=100)),
    "check_is_no_grade": ("a check that is not graded", _set(CHECK, grade=False)),
    "check_is_a_solution": ("a check that is an answer", _set(CHECK, solution=True, locked=False)),
    "check_is_raw": (
        "a check that is no code",
        lambda notebook: cell_of(notebook, CHECK).update(cell_type="raw"),
    ),
    "check_is_gone": ("no check", delete(CHECK)),
    "check_is_there_twice": ("a copied check", copy_below(CHECK)),
    "answer_is_there_twice": ("a copied answer", copy_below(ANSWER)),
    "cells_reversed": ("the last cell first", lambda notebook: notebook.cells.reverse()),
    "no_metadata": ("a notebook that nbgrader does not know", lose_metadata),
    "another_kernel": (
        "a kernel named like a way out of the folder",
        lambda notebook: notebook.metadata.update(
            kernelspec={"name": "../../evil", "language": "bash", "display_name": "x"}
        ),
    ),
}
EDITS: dict[str, tuple[str, Edit]] = {
    **AROUND_THE_ANSWER,
    "python_in_the_magic_line": (
        "Python in the line that names the migration",
        _magic_line("%%migration 001_{open('../../../stolen.csv', 'w') and ''}add_email_to_users"),
    ),
    "another_name_for_the_migration": (
        "a migration named like a way out of the folder",
        _magic_line("%%migration ../../../../stolen"),
    ),
    "shell_in_the_answer": (
        "a command of the shell in the place of the answer",
        _magic_line("!touch ../../../stolen.csv"),
    ),
    "thirteen_megabytes_of_answer": ("an answer of thirteen megabytes", _long_answer),
}
