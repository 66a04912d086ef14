"""What a table is, as data that can be changed and written as SQL again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .errors import StepRefusedError
from .quoting import quote
from .sql_text import qualified_names


@dataclass(frozen=True)
class ColumnDefinition:
    """A column; `type`, `default` and `generated` are SQL, None where there is none."""

    name: str
    type: str
    not_null: bool = False
    default: str | None = None
    collation: str | None = None
    generated: str | None = None

    def sql(self) -> str:
        """The column as it stands in a CREATE TABLE."""
        parts = [quote(self.name), self.type]
        if self.collation is not None:
            parts.append(f"COLLATE {self.collation}")
        if self.generated is not None:
            parts.append(f"GENERATED ALWAYS AS ({self.generated})")
        if self.default is not None:
            parts.append(f"DEFAULT ({self.default})")
        if self.not_null:
            parts.append("NOT NULL")
        return " ".join(parts)


@dataclass(frozen=True)
class Key:
    """A PRIMARY KEY or UNIQUE of the table, by `kind`. DuckDB keeps where it was written: `inline`,
    at its one column, or at the end. That makes no difference in meaning."""

    kind: str
    columns: tuple[str, ...]
    inline: bool = field(default=False, compare=False)

    def sql(self) -> str:
        """The constraint as it stands in a CREATE TABLE."""
        return f"{self.kind} ({_names(self.columns)})"


@dataclass(frozen=True)
class Check:
    """A CHECK with its condition in SQL."""

    condition: str

    def sql(self) -> str:
        """The constraint as it stands in a CREATE TABLE."""
        return f"CHECK ({self.condition})"


@dataclass(frozen=True)
class ForeignKey:
    """A foreign key to a table of the same schema."""

    columns: tuple[str, ...]
    references: str
    referenced: tuple[str, ...]

    def sql(self) -> str:
        """The constraint as it stands in a CREATE TABLE."""
        target = f"{quote(self.references)} ({_names(self.referenced)})"
        return f"FOREIGN KEY ({_names(self.columns)}) REFERENCES {target}"


Constraint = Key | Check | ForeignKey


@dataclass(frozen=True)
class TableDefinition:
    """A table with its columns in order and its constraints, without indexes, rows and comments."""

    schema: str
    name: str
    columns: tuple[ColumnDefinition, ...]
    constraints: tuple[Constraint, ...] = ()

    def sql(self) -> str:
        """The CREATE TABLE statement."""
        # A foreign key is written without a schema, and DuckDB looks for it in the table's own.
        at_column: dict[str, str] = {}
        at_end = []
        for one in self.constraints:
            if isinstance(one, Key) and one.inline:
                at_column[one.columns[0].lower()] = f" {one.kind}"
            else:
                at_end.append(one.sql())
        parts = [one.sql() + at_column.get(one.name.lower(), "") for one in self.columns]
        return f"CREATE TABLE {quote(self.schema, self.name)} ({', '.join([*parts, *at_end])})"

    def column(self, name: str) -> ColumnDefinition | None:
        """The column of that name in any case, or None."""
        return next((one for one in self.columns if same(one.name, name)), None)

    def checked_columns(self, check: Check) -> tuple[str, ...]:
        """The columns that a CHECK is about, in the table's order; a field of a STRUCT is none."""
        named = {
            name.lower()
            for owner, name in qualified_names(check.condition)
            if owner is None or same(owner, self.name)
        }
        return tuple(one.name for one in self.columns if one.name.lower() in named)

    def is_required(self, column: ColumnDefinition) -> bool:
        """Whether the column has to have a value: by NOT NULL, or in the primary key."""
        return column.not_null or any(
            isinstance(one, Key)
            and one.kind == "PRIMARY KEY"
            and any(same(column.name, name) for name in one.columns)
            for one in self.constraints
        )

    def foreign_keys(self) -> tuple[ForeignKey, ...]:
        """The foreign keys of the table."""
        return tuple(one for one in self.constraints if isinstance(one, ForeignKey))

    def with_new_column(self, new: ColumnDefinition, before: str | None) -> TableDefinition:
        """The same with one column more: at the end, or before another."""
        at = len(self.columns)
        if before is not None:
            found = [i for i, one in enumerate(self.columns) if same(one.name, before)]
            if not found:
                raise StepRefusedError(f"{self.name} has no column {before} to stand before")
            at = found[0]
        return replace(self, columns=(*self.columns[:at], new, *self.columns[at:]))

    def with_column(self, name: str, new: ColumnDefinition) -> TableDefinition:
        """The same with another column in the place of one."""
        columns = tuple(new if same(one.name, name) else one for one in self.columns)
        return replace(self, columns=columns)


def same(one: str, other: str) -> bool:
    """Whether two names are the same to DuckDB, which does not look at their case."""
    return one.lower() == other.lower()


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(map(quote, columns))
