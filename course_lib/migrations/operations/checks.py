"""Conditions that every row has to meet: add and drop."""

from __future__ import annotations

from dataclasses import dataclass, replace

import duckdb

from ..errors import StepRefusedError
from ..migration import Step
from ..quoting import quote
from ..spelling import same_case
from ..table_definition import Check
from ..table_parser import parse_table
from .arguments import expression, table_name
from .examples import many
from .operation import NoReverse, Operation, one_step
from .read_tables import read_table
from .rebuild import rebuild
from .whole_table import WholeTable, spelled, split_name


@dataclass(frozen=True)
class AddCheck:
    """A CHECK with a condition in SQL."""

    table: str
    condition: str

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        return f"adds CHECK ({self.condition}) to {self.table}; refused while any row breaks it"

    def steps(self) -> tuple[Step, ...]:
        """The change, by a rebuild: DuckDB has no ALTER for it."""
        sql = f"ALTER TABLE {spelled(self.table)} ADD CHECK ({self.condition})"
        return one_step(sql, self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """Dropping it."""
        return DropCheck(self.table, self.condition)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        check = _as_duckdb_writes(con, table, self.condition)
        if _find(table, check) is not None:
            raise StepRefusedError(f"{self.table} has CHECK ({self.condition}) already")
        broken = (
            f"SELECT count(*) FROM {quote(*split_name(self.table))} WHERE NOT ({self.condition})"
        )
        ((rows,),) = con.execute(broken).fetchall()
        if rows:
            raise StepRefusedError(
                f"{many(rows, 'row', f'of {self.table}', 'break')} CHECK ({self.condition});"
                f" correct {'it' if rows == 1 else 'them'} before"
            )
        constraints = (*table.definition.constraints, check)
        definition = replace(table.definition, constraints=constraints)
        rebuild(con, table, table.with_definition(definition))


@dataclass(frozen=True)
class DropCheck:
    """No longer a CHECK with this condition."""

    table: str
    condition: str

    def sentence(self) -> str:
        """What it will do, without a full stop."""
        return f"drops CHECK ({self.condition}) of {self.table}"

    def steps(self) -> tuple[Step, ...]:
        """The change, by a rebuild: DuckDB has no ALTER for it."""
        sql = f"ALTER TABLE {spelled(self.table)} DROP CHECK ({self.condition})"
        return one_step(sql, self, self._run)

    def reverse(self) -> Operation | NoReverse:
        """Adding it again, refused while any row breaks it."""
        return AddCheck(self.table, self.condition)

    def _run(self, con: duckdb.DuckDBPyConnection) -> None:
        table = read_table(con, self.table)
        check = _find(table, _as_duckdb_writes(con, table, self.condition))
        if check is None:
            there = [one.sql() for one in table.definition.constraints if isinstance(one, Check)]
            has = f"; it has {', '.join(there)}" if there else ""
            raise StepRefusedError(f"{self.table} has no CHECK ({self.condition}) to drop{has}")
        constraints = list(table.definition.constraints)
        constraints.remove(check)
        definition = replace(table.definition, constraints=tuple(constraints))
        rebuild(con, table, table.with_definition(definition))


def _find(table: WholeTable, wanted: Check) -> Check | None:
    checks = [one for one in table.definition.constraints if isinstance(one, Check)]
    text = same_case(wanted.condition)
    return next((one for one in checks if same_case(one.condition) == text), None)


def _as_duckdb_writes(con: duckdb.DuckDBPyConnection, table: WholeTable, condition: str) -> Check:
    """The condition in DuckDB's own spelling, which is read off an empty table."""
    # A condition may name its table, so the empty one is called the same.
    empty = replace(table.definition, schema="main", constraints=(Check(condition),))
    name = empty.name
    con.execute(
        empty.sql()
        .replace("CREATE TABLE ", "CREATE TEMP TABLE ", 1)
        .replace(quote("main", name), quote(name), 1)
    )
    ((sql,),) = con.execute(
        "SELECT sql FROM duckdb_tables() WHERE temporary AND lower(table_name) = lower(?)", [name]
    ).fetchall()
    con.execute(f"DROP TABLE {quote('temp', 'main', name)}")
    (check,) = parse_table("main", name, sql).constraints
    assert isinstance(check, Check)
    return check


def add_check(table: str, condition: str) -> AddCheck:
    """Require a condition of every row: `add_check("users", "age >= 0")`."""
    return AddCheck(table_name(table), expression("the condition", condition))


def drop_check(table: str, condition: str) -> DropCheck:
    """No longer require a condition, written as it was required."""
    return DropCheck(table_name(table), expression("the condition", condition))
