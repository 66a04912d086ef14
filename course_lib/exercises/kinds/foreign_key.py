"""The requirement that a foreign key holds a column to the rows of another table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..exercise import Task
from ..findings import Evidence, Finding
from .kind import TABLE, TEXT, TEXTS, Complaint, Kind, Parameters
from .tables import absent_table


def judge_foreign_key(evidence: Evidence, parameters: Parameters) -> Iterator[Finding]:
    """The table has a foreign key on these columns, to the table and columns of `references`."""
    table, columns = parameters["table"], tuple(parameters["columns"])
    wanted = _spelled(parameters["references"])
    found = evidence.after_up.schema.tables.get(table)
    if found is None:
        yield absent_table(table)
        return
    keys = [c for c in found.constraints if c.kind == "FOREIGN KEY"]
    if not any(c.columns == columns and _spelled(c.references or "") == wanted for c in keys):
        yield Finding(
            f"foreign key of {table} ({', '.join(columns)})",
            f"only {' and '.join(c.text for c in keys)}" if keys else "not there",
            f"FOREIGN KEY ({', '.join(columns)}) REFERENCES {parameters['references']}",
        )


def _wrong(task: Task, parameters: Parameters) -> Iterable[Complaint]:
    references = parameters["references"].strip()
    if "(" not in references or not references.endswith(")"):
        yield "references", f"{references!r} is not TABLE(COLUMN), such as users(id)"


def _spelled(text: str) -> str:
    return "".join(text.lower().split())


FOREIGN_KEY = Kind(
    judge_foreign_key, {**TABLE, "columns": TEXTS, "references": TEXT}, complaints=_wrong
)
