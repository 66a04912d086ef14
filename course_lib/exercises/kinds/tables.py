"""What several kinds ask of a table: the model's, the one that was found, and its words."""

from __future__ import annotations

from course_lib.migrations import Index, Table

from ..findings import Evidence, Finding


def model_table(evidence: Evidence, name: str) -> Table:
    """The table as the model leaves it. LookupError where it has none: the spec is wrong."""
    table = evidence.expected.after_up.schema.tables.get(name)
    if table is None:
        raise LookupError(f"the model answer has no table {name}")
    return table


def absent_table(name: str) -> Finding:
    """The finding that a table is not there at all."""
    return Finding(f"table {name}", "not there", "a table of this name")


def index_columns(index: Index) -> tuple[str, ...]:
    """The columns or expressions of an index, without the quotes and brackets that DuckDB puts
    around some of them.

    >>> index_columns(Index("i", False, "[email, '\\"name\\"', '(lower(email))']"))
    ('email', 'name', 'lower(email)')
    """
    parts = []
    for part in _split(index.expressions.strip("[]")):
        bare = part.strip().strip("'").replace("''", "'")
        while bare.startswith("(") and bare.endswith(")"):
            bare = bare[1:-1]
        parts.append(bare.strip('"'))
    return tuple(parts)


def _split(text: str) -> list[str]:
    """Cut at the commas that stand outside of quotes and brackets."""
    parts, depth, quoted, start = [], 0, False, 0
    for place, letter in enumerate(text):
        if letter == "'":
            quoted = not quoted
        elif letter in "()" and not quoted:
            depth += 1 if letter == "(" else -1
        elif letter == "," and not quoted and not depth:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]
