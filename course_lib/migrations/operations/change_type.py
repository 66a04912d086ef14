"""Another type for a column, with the proof that the values would come back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import duckdb

from ..crash_safety import is_replayable
from ..errors import StepRefusedError
from ..migration import Step
from ..quoting import quote, spell
from .arguments import named, optional_expression, table_name, type_name
from .examples import examples
from .operation import NoReverse, Operation, one_step
from .read_tables import read_table
from .rebuild import can_alter, rebuild
from .views import views_kept_readable
from .whole_table import WholeTable, spelled, split_name


@dataclass(frozen=True)
class ChangeType:
    """Another type. `using` makes the new value of the old one, `back` the old of the new.

    `was` is the type before, None where the change is not to be taken back.
    """

    table: str
    column: str
    type: str
    was: str | None = None
    using: str | None = None
    back: str | None = None

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        how = "" if self.using is None else f", each value by {self.using}"
        return f"changes the type of {self.table}.{self.column} to {self.type}{how}"

    def steps(self) -> tuple[Step, ...]:
        """The change, as ALTER TABLE or by a rebuild."""
        return one_step(self._sql(spelled(self.table), spell(self.column)), self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """The type before, with the values by `back`."""
        if self.was is None:
            return NoReverse("which type it was is not told; was= tells it")
        return ChangeType(self.table, self.column, self.was, self.type, self.back, self.using)

    def _sql(self, table: str, column: str) -> str:
        using = "" if self.using is None else f" USING {self.using}"
        return f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {self.type}{using}"

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        column = table.existing_column(self.column)
        if self.was is not None:
            self._check(con, table, column.name)
        sql = self._sql(quote(*split_name(self.table)), quote(column.name))
        with views_kept_readable(con, table.definition.name):
            plain = is_replayable(Step(sql, "ALTER", 0)) and column.collation is None
            if plain and can_alter(con, table) and not table.users_of(column.name):
                con.execute(sql)
                return
            # A collation says how text is compared: only text can keep it.
            kept = column.collation if _is_text(con, self.type) else None
            new = replace(column, type=self.type, collation=kept)
            definition = table.definition.with_column(column.name, new)
            value = f"CAST(({self.using or quote(column.name)}) AS {self.type})"
            rebuild(con, table, table.with_definition(definition), {column.name: value})

    def _check(self, con: duckdb.DuckDBPyConnection, table: WholeTable, column: str) -> None:
        """Refuse where the column has another type, or a value would come back as another one."""
        is_, said = con.execute(
            f"SELECT typeof(CAST(NULL AS {table.existing_column(column).type})),"
            f" typeof(CAST(NULL AS {self.was}))"
        ).fetchall()[0]
        collation = table.existing_column(column).collation
        if collation is not None:
            raise StepRefusedError(
                f"{self.table}.{column} has the collation {collation}, which the reverse would not"
                " bring back; leave was= out and the change has no reverse"
            )
        if is_ != said:
            raise StepRefusedError(
                f"{self.table}.{column} is {is_}, and the operation says was={said}; write what it"
                " is"
            )
        name = quote(column)
        # What DuckDB cannot cast at all is told by DuckDB when it comes to it.
        some = f'({name} IS NOT NULL OR "updown was" IS NULL) AND' if self.using is None else ""
        forth = f"TRY_CAST(({self.using or name}) AS {self.type})"
        source = quote(*split_name(self.table))
        there = f'SELECT {name} AS "updown was", {forth} AS {name} FROM {source}'
        back = f"TRY_CAST(({self.back or name}) AS {self.was})"
        # Equal is not the same: -0.0 equals 0.0, and a month equals 30 days.
        lost = (
            f'FROM ({there}) WHERE {some} ({back} IS DISTINCT FROM "updown was"'
            f' OR CAST({back} AS VARCHAR) IS DISTINCT FROM CAST("updown was" AS VARCHAR))'
        )
        ((count,),) = con.execute(f"SELECT count(*) {lost}").fetchall()
        if count:
            shown = examples(con, '"updown was"', lost)
            raise StepRefusedError(
                f"{count:,} value{'' if count == 1 else 's'} of {self.table}.{column} would come"
                f" back as another one, such as {shown}; say how with back=, or leave was= out and"
                " the change has no reverse"
            )


def _is_text(con: duckdb.DuckDBPyConnection, type_: str) -> bool:
    return con.execute(f"SELECT typeof(CAST(NULL AS {type_}))").fetchall() == [("VARCHAR",)]


def change_type(
    table: str,
    column: str,
    type: str,
    *,
    was: str | None = None,
    using: object = None,
    back: object = None,
) -> ChangeType:
    """Give a column another type. `was` is the type that it has: without it there is no reverse.

    `using` and `back` say in SQL how a value becomes one of the new type and of the old one again,
    by the name of the column. A cast is tried where they do not.
    """
    return ChangeType(
        table_name(table),
        named("the column", column),
        type_name(type),
        None if was is None else type_name(was),
        optional_expression("using", using),
        optional_expression("back", back),
    )
