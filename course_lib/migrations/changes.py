"""What has to be removed and made to turn one catalog into another: plain data in and out."""

from __future__ import annotations

from collections.abc import Iterator

from .catalog import Catalog, TableEntry
from .comments import Comment
from .quoting import quote

# What is removed first stands first: an object goes after those that need it.
_REMOVAL = ("macro", "sequence", "type", "schema")


def moved_tables(before: Catalog, after: Catalog) -> frozenset[str]:
    """The tables to be made anew: changed ones, and those that DuckDB does not part from them.

    A table that points at a changed table by a foreign key moves with it, and so does one whose
    default or check uses a sequence or macro that was made anew.
    """
    moved = {
        name
        for name in before.tables.keys() | after.tables.keys()
        if _state(before, name) != _state(after, name)
    }
    remade = [
        key.split(" ")[-1].rsplit(".", 1)[-1]
        for key, entry in before.of_kind("sequence", "macro").items()
        if after.others.get(key) != entry
    ]
    for name, table in before.tables.items():
        texts = [table.create, *(e.create for e in before.others.values() if e.owner == name)]
        if any(word in text.lower() for text in texts for word in remade):
            moved.add(name)
    grew = True
    while grew:
        children = {n for n, table in before.tables.items() if table.references & (moved - {n})}
        grew = not children <= moved
        moved |= children
    return frozenset(moved)


def removals(before: Catalog, after: Catalog, moved: frozenset[str]) -> Iterator[str]:
    """The DROP statements, in an order that DuckDB accepts."""
    gone = _differing(before, after, moved)
    for kind in ("trigger", "view", "index"):
        for key, entry in reversed(before.of_kind(kind).items()):
            # An index goes with its table.
            if key in gone and not (kind == "index" and entry.owner in moved):
                yield entry.drop
    for table in reversed(parents_first(before.tables, moved)):
        yield f"DROP TABLE {quote(table.schema, table.name)}"
    for kind in _REMOVAL:
        yield from (e.drop for key, e in reversed(before.of_kind(kind).items()) if key in gone)


def additions(before: Catalog, after: Catalog, moved: frozenset[str]) -> frozenset[str]:
    """The objects to be made: keys of `after.others`, and `table users` for tables."""
    new = _differing(after, before, moved)
    return new | {f"table {name}" for name in moved if name in after.tables}


def creation_statements(after: Catalog) -> dict[str, str]:
    """How each object of a catalog is made, in an order that is right unless macros say else."""
    found = {
        key: entry.create for key, entry in after.of_kind("schema", "type", "sequence").items()
    }
    tables = parents_first(after.tables, frozenset(after.tables))
    names = {id(table): name for name, table in after.tables.items()}
    found |= {f"table {names[id(table)]}": table.create for table in tables}
    rest = after.of_kind("index", "macro", "view", "trigger")
    return found | {key: entry.create for key, entry in rest.items()}


def value_changes(before: Catalog, after: Catalog, made: frozenset[str]) -> dict[str, int]:
    """The sequences whose value has to be set, with the value that they gave last."""
    return {
        key: value.last
        for key, value in after.sequence_values.items()
        if value.last is not None and (key in made or before.sequence_values.get(key) != value)
    }


def comment_statements(before: Catalog, after: Catalog, made: frozenset[str]) -> Iterator[str]:
    """The COMMENT ON statements: an object that is made anew has lost its comments."""
    for target, comment in after.comments.items():
        if comment.owner in made or before.comments.get(target) != comment:
            yield comment.set_statement()
    staying = (after.others.keys() | {f"table {name}" for name in after.tables}) - made
    for target, comment in before.comments.items():
        if target not in after.comments and comment.owner in staying:
            yield comment.clear_statement()


def _state(catalog: Catalog, name: str) -> object:
    table = catalog.tables.get(name)
    # A table without a digest has the rows it had, see `landing.land`.
    return table and (table.create, catalog.digests.get(name))


def _differing(these: Catalog, those: Catalog, moved: frozenset[str]) -> frozenset[str]:
    keys = {k for k, e in these.others.items() if e.owner in moved or those.others.get(k) != e}
    keys |= _views_that_lost_comments(these, those)
    # A trigger may write into any table, and DuckDB does not let go of a table that it names.
    if moved or these.of_kind("trigger") != those.of_kind("trigger"):
        keys |= these.of_kind("trigger").keys()
    return frozenset(keys)


def _views_that_lost_comments(these: Catalog, those: Catalog) -> set[str]:
    # A column of a view may be gone without a trace in its text, and with it the place for NULL.
    lost = these.comments.keys() ^ those.comments.keys()
    owners = {c.owner for target in lost for c in _either(these, those, target) if c.column}
    return owners & these.of_kind("view").keys()


def _either(these: Catalog, those: Catalog, target: str) -> tuple[Comment, ...]:
    return tuple(c for c in (these.comments.get(target), those.comments.get(target)) if c)


def parents_first(tables: dict[str, TableEntry], names: frozenset[str]) -> list[TableEntry]:
    """These tables in an order in which each comes after those it refers to."""
    ordered: dict[str, TableEntry] = {}

    def add(name: str) -> None:
        if name in ordered or name not in names or name not in tables:
            return
        for parent in sorted(tables[name].references - {name}):
            add(parent)
        ordered[name] = tables[name]

    for name in tables:
        add(name)
    return list(ordered.values())
