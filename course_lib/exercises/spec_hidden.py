"""The hidden worlds of a spec: for each table how many rows, for each column how they are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .hidden import GENERATORS
from .toml_section import Section, sections
from .world import AT_THE_END, HiddenTable, HiddenWorld


def read_hidden(top: Section, migrations: Sequence[str]) -> tuple[HiddenWorld, ...]:
    """The hidden worlds. Raises SpecError for a table or a column without a generator.

    `migrations` are the names of those that are asked for.
    """
    return tuple(_hidden(section, migrations) for section in sections(top, "hidden"))


def _hidden(section: Section, migrations: Sequence[str]) -> HiddenWorld:
    section.only(("name", "title", "table", "written", "after"))
    drawn: list[str] = []
    tables = _tables(section, "table", section.get("table", dict), drawn)
    if not tables:
        raise section.error("the hidden world draws no table", "table")
    written = {}
    after = section.get("after", dict) if "after" in section.values else {}
    for migration, found in after.items():
        if migration not in migrations:
            sentence = f"{migration!r} is none of the migrations: {', '.join(migrations)}"
            head = ".".join(["hidden", "after", migration, *list(found)[:1]])
            raise section.error_below(head, sentence)
        written[migration] = _tables(section, f"after.{migration}", found, drawn)
    if "written" in section.values:
        written[AT_THE_END] = _tables(section, "written", section.get("written", dict), drawn)
    return HiddenWorld(section.text_of("name"), section.text_of("title"), tables, written)


def _tables(section: Section, head: str, found: Any, drawn: list[str]) -> tuple[HiddenTable, ...]:
    """The tables below one head; `drawn` are the columns so far, which a later one may refer to."""
    if not isinstance(found, Mapping):
        raise section.error(f"{head} has to hold tables: [hidden.{head}.TABLE]")
    return tuple(
        _table(section, f"hidden.{head}.{name}", name, options, drawn)
        for name, options in found.items()
    )


def _table(section: Section, head: str, name: str, options: Any, drawn: list[str]) -> HiddenTable:
    if not isinstance(options, dict):
        raise section.error_below(head, f"{name} has to be a table [{head}]")
    rows = options.get("rows")
    if not (isinstance(rows, list) and len(rows) == 2 and 0 <= rows[0] <= rows[1]):
        raise section.error_below(head, f"{name}: 'rows' has to be [least, most]", "rows")
    columns = {key: value for key, value in options.items() if key != "rows"}
    if not columns:
        raise section.error_below(head, f"{name} has no column with a generator")
    for column, how in columns.items():
        wrong = _wrong_generator(how, drawn)
        if wrong:
            raise section.error_below(head, f"{name}.{column}: {wrong}", column)
        drawn.append(f"{name}.{column}")
    return HiddenTable(name, (rows[0], rows[1]), columns)


def _wrong_generator(how: Any, drawn: list[str]) -> str:
    """What is wrong with the generator of a column; empty where nothing is."""
    if not isinstance(how, Mapping) or how.get("draw") not in GENERATORS:
        return f"'draw' has to be one of {', '.join(GENERATORS)}"
    generator = GENERATORS[str(how["draw"])]
    for key in how:
        if key != "draw" and key not in (*generator.needed, *generator.free):
            return f"{key!r} is not a key of the generator {how['draw']!r}"
    for key in generator.needed:
        if key not in how:
            return f"the generator {how['draw']!r} has no {key!r}"
    if how["draw"] == "key-of" and how["of"] not in drawn:
        return f"{how['of']!r} is no column that is drawn above, TABLE.COLUMN"
    return ""
