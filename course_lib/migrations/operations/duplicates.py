"""Values that stand more than once where each is to stand once."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from ..errors import StepRefusedError
from ..quoting import quote
from .examples import examples, many
from .whole_table import split_name


def refuse_duplicates(
    con: duckdb.DuckDBPyConnection, table: str, expressions: Sequence[str], called: Sequence[str]
) -> None:
    """Raise `StepRefusedError` with a few values where rows have the same; NULL is like no other.

    `expressions` are SQL, `called` is what people call them.
    """
    listed = ", ".join(expressions)
    some = " AND ".join(f"({one}) IS NOT NULL" for one in expressions)
    source = quote(*split_name(table))
    twice = f"FROM {source} WHERE {some} GROUP BY {listed} HAVING count(*) > 1"
    ((values,),) = con.execute(f"SELECT count(*) FROM (SELECT 1 {twice})").fetchall()
    if values:
        value = listed if len(expressions) == 1 else f"({listed})"
        name = ", ".join(called)
        raise StepRefusedError(
            f"{many(values, 'value', f'of {name} in {table}', 'stand')} more than once, such as"
            f" {examples(con, value, twice)}; make them different before"
        )
