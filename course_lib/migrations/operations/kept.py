"""The values of a dropped column, kept in a table by the key of their rows."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ..errors import StepRefusedError
from ..quoting import literal, quote
from ..spelling import one_default
from ..table_definition import ColumnDefinition, Key
from .whole_table import WholeTable, split_name
from .written_default import written_default


@dataclass(frozen=True)
class KeptColumn:
    """What a dropped column was, to be made again, and the table that keeps its values."""

    keep_in: str
    type: str
    not_null: bool
    default: str | None
    before: str | None

    def check(
        self, con: duckdb.DuckDBPyConnection, table: WholeTable, column: ColumnDefinition
    ) -> None:
        """Refuse where the column is another one, which this would not bring back."""
        if column.generated is not None:
            raise StepRefusedError(
                f"{table.called()}.{column.name} is worked out from other columns and has no values"
                " to keep; leave keep_in= out"
            )
        if column.collation is not None:
            raise StepRefusedError(
                f"{table.called()}.{column.name} has the collation {column.collation}, which the"
                " reverse would not bring back; leave keep_in= out"
            )
        columns = table.definition.columns
        at = columns.index(column) + 1
        right = columns[at].name.lower() if at < len(columns) else None
        before = None if self.before is None else self.before.lower()
        type_ = _type(con, column.type)
        for what, now, said in (
            ("type", type_, _type(con, self.type)),
            ("not_null", column.not_null, self.not_null),
            (
                "default",
                one_default(column.default, type_),
                written_default(con, self.default, column.type),
            ),
            ("before", right, before),
        ):
            if now != said:
                raise StepRefusedError(
                    f"{what} of {table.called()}.{column.name} is {now}, and the operation says"
                    f" {said}, so its reverse would bring another column back; write what it is"
                )


def keep_column(
    con: duckdb.DuckDBPyConnection, table: WholeTable, column: ColumnDefinition, keep_in: str
) -> None:
    """Copy a column with the key of its rows to a new table."""
    names = [*_key(table), column.name]
    if column.name.lower() in map(str.lower, names[:-1]):
        names = names[:-1]
    selected = ", ".join(map(quote, names))
    source = quote(table.definition.schema, table.definition.name)
    home = quote(*split_name(keep_in))
    con.execute(f"CREATE TABLE {home} AS SELECT {selected} FROM {source}")
    comment = table.column_comments.get(column.name)
    if comment is not None:
        con.execute(f"COMMENT ON COLUMN {home}.{quote(column.name)} IS {literal(comment)}")


def restored_values(
    con: duckdb.DuckDBPyConnection, table: WholeTable, column: str, kept: KeptColumn
) -> str:
    """The kept value of a row as SQL; a row that was written since gets the default."""
    source, home = quote(table.definition.schema, table.definition.name), split_name(kept.keep_in)
    keys = " AND ".join(f"kept.{quote(name)} = {source}.{quote(name)}" for name in _key(table))
    rows = f"FROM {quote(*home)} AS kept WHERE {keys}"
    default = kept.default or "NULL"
    return (
        f"CASE WHEN EXISTS (SELECT 1 {rows}) THEN (SELECT kept.{quote(column)} {rows})"
        f" ELSE CAST(({default}) AS {kept.type}) END"
    )


def _key(table: WholeTable) -> tuple[str, ...]:
    keys = [one for one in table.definition.constraints if isinstance(one, Key)]
    primary = [one.columns for one in keys if one.kind == "PRIMARY KEY"]
    if not primary:
        raise StepRefusedError(
            f"{table.called()} has no primary key that tells its rows apart, so the values could"
            " not be brought back to theirs; add one before, or drop the column without keep_in="
        )
    return primary[0]


def _type(con: duckdb.DuckDBPyConnection, type_: str) -> str:
    return str(con.execute(f"SELECT typeof(CAST(NULL AS {type_}))").fetchall()[0][0])
