"""`docs/tamper.md`: each attack with its marks, ours beside stock nbgrader's.

`pytest -m stock` writes it. What the page sums up is computed from its rows, so that a page that is
read and written again is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "tamper.md"

STOPS = "the next learner is not graded"
LEAVES = "leaves a process running"
WRITES = "writes outside its folder"
READS = "has what is hidden on its page"
FOLLOWS = (STOPS, LEAVES, WRITES, READS)
"""What an attack can do beside its mark."""

NO_MARK = "no mark"

_HEAD = """# Attacks on grading

Each line is a submission of lesson 4 that tries to get more than it has earned, or to do harm.
They are files of `tests/grading/attacks/`, and functions beside them. *Honest* is what the same
answer gets without the attack, of 10 points. *Ours* is the mark that `nbgrader autograde` gives in
a course folder that `updown course build` made. *Stock* is the mark that nbgrader
{version} gives as it comes, for the same lesson with the same checks, with 10 seconds for a cell
in place of 30, and three minutes for the attack and the learner after it.

| | stock | ours |
|---|---|---|
| attacks | {number} | {number} |
| gains points | {gain} | {gain_ours} |
| {stops} | {stopped} | 0 |
| {leaves} | {left} | 0 |
| {writes} | {written} | 0 |
| {reads} | {read} | 0 |

The zeros are no figures of one day. `tests/grading/test_tamper.py` hands the attacks in, a third of
them with each run of the tests and all in the long run, and fails on one point, one learner left
out, one process, one file or one secret. It compares the column *ours* as well. The page is written
by `.venv/bin/pytest -m stock`.

Who stays below the honest mark has lost points by the attack, and nobody else has.
*{no_mark}* means that no points are given: grading failed, or a person is asked.

One attack comes before grading: nbgrader's own `collect` follows links with the instructor's
rights, so who submits a link to the work of another hands that in. Here `collect` takes files only
(`course_lib/grading/exchange_steps.py`), and names each link that it leaves out.

| attack | what it does | honest | ours | stock | under stock it also |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Row:
    """One attack; points as they are written, and what follows from it under stock nbgrader."""

    name: str
    title: str
    honest: str
    ours: str
    stock: str
    follows: tuple[str, ...]


def points(mark: float | None) -> str:
    """A mark as the page has it."""
    return NO_MARK if mark is None else f"{mark:g}"


def write_page(rows: Sequence[Row], version: str) -> str:
    """The whole page; `version` is nbgrader's."""
    counts = [sum(follow in row.follows for row in rows) for follow in FOLLOWS]
    head = _HEAD.format(
        version=version,
        number=len(rows),
        gain=sum(_more(row.stock, row.honest) for row in rows),
        gain_ours=sum(_more(row.ours, row.honest) for row in rows),
        stops=STOPS,
        leaves=LEAVES,
        writes=WRITES,
        reads=READS,
        stopped=counts[0],
        left=counts[1],
        written=counts[2],
        read=counts[3],
        no_mark=NO_MARK,
    )
    lines = [
        f"| {row.name} | {row.title} | {row.honest} | {row.ours} | {row.stock} |"
        f" {'; '.join(row.follows)} |\n"
        for row in rows
    ]
    return head + "".join(lines)


def read_page(text: str) -> tuple[list[Row], str]:
    """The rows of a page, and nbgrader's version."""
    version = text.partition("mark that nbgrader\n")[2].split(" ")[0]
    table = text.partition("| attack | what")[2].splitlines()[2:]
    rows = []
    for line in table:
        name, title, honest, ours, stock, follows = (
            cell.strip() for cell in line.strip("|").split("|")
        )
        rows.append(Row(name, title, honest, ours, stock, tuple(filter(None, follows.split("; ")))))
    return rows, version


def _more(mark: str, honest: str) -> bool:
    return mark != NO_MARK and float(mark) > float(honest)
