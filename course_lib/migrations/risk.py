"""What a plan would lose, in numbers, before anything runs."""

from __future__ import annotations

import duckdb

from .describe import Target, read_target
from .digest import quote
from .plan import Plan


def read_risks(con: duckdb.DuckDBPyConnection, plan: Plan) -> tuple[str, ...]:
    """Sentences such as `001_add_email down: drops users.email, 1,204 values`. Writes nothing.

    What a step of the plan itself makes does not exist yet and has nothing to lose.
    """
    sentences = []
    for item in plan.items:
        for step in item.steps:
            target = read_target(step)
            loss = _loss(con, target) if target is not None else None
            if loss is not None:
                sentences.append(f"{item.migration.name} {item.direction}: {loss}")
    return tuple(sentences)


def _loss(con: duckdb.DuckDBPyConnection, target: Target) -> str | None:
    table, name = quote(*target.table), ".".join(target.table)
    if target.action == "drop column" and target.column:
        values = _count(con, f"SELECT count({quote(target.column)}) FROM {table}")
        return f"drops {name}.{target.column}, {_many(values, 'value')}" if values else None
    if target.action == "drop table":
        rows = _count(con, f"SELECT count(*) FROM {table}")
        return f"drops {name}, {_many(rows, 'row')}" if rows else None
    if target.action == "delete":
        rows = _count(con, f"SELECT count(*) FROM {table}")
        return f"deletes from {name}, which has {_many(rows, 'row')}" if rows else None
    return None


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    cursor = con.cursor()
    try:
        number: int = cursor.execute(query).fetchall()[0][0]
    except duckdb.Error:
        return 0
    finally:
        cursor.close()
    return number


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
