"""Files of plain SQL without a marker: one for the up, and perhaps one beside it for the down."""

from __future__ import annotations

from ..errors import Problem, place
from ..migration import Migration, checksum
from ..sections import has_markers
from .entries import Entry
from .parsed import Parsed, read_steps
from .text import read_text, with_line_feeds

NO_DOWN = {
    "bare": "a plain file has an up and nothing else",
    "pair": "there is no .down.sql file beside it",
    "folder": "there is no down.sql beside its migration.sql",
}


def read_plain(entry: Entry) -> Parsed:
    """Read an entry of the formats pair and folder: its up file, and its down file if there is one.

    Without a down the migration is irreversible, and that is no problem until somebody asks for it.
    """
    texts: list[str] = []
    problems: list[Problem] = []
    for path in (entry.up, entry.down):
        text = "" if path is None else read_text(path)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            texts.append(text)
    if problems:
        return Parsed(None, tuple(problems))
    return parse_plain(entry, texts[0], None if entry.down is None else texts[1])


def parse_plain(entry: Entry, up: str, down: str | None) -> Parsed:
    """The migration of an up text and a down text, None where there is no down file."""
    file = str(entry.up)
    up_steps, problems = read_steps(with_line_feeds(up), file, 1)
    for path, text in ((entry.up, up), (entry.down, down or "")):
        # Both sections would be run as one direction.
        if has_markers(with_line_feeds(text)):
            what = "the file has markers of sections, and its name says that it is one direction"
            next_step = "rename the file to NUMBER_WORDS.sql, or remove the markers"
            problems.append(Problem("marker", str(path), what, next_step))
    if not problems and not up_steps:
        what = "there is no statement in the file"
        problems.append(
            Problem("empty", place(file, 1), what, "write the statements that make the change")
        )
    down_steps = None
    if entry.down is not None and down is not None:
        down_file = str(entry.down)
        down_steps, wrong = read_steps(with_line_feeds(down), down_file, 1)
        problems.extend(wrong)
        if not wrong and not down_steps:
            problems.append(
                Problem(
                    "empty",
                    place(down_file, 1),
                    "there is no statement in the file",
                    "write the statements that take the change back, or delete the file",
                )
            )
    if problems:
        return Parsed(None, tuple(problems))
    migration = Migration(
        number=entry.number,
        name=entry.name,
        file=file,
        up=up_steps,
        down=down_steps,
        up_transaction=True,
        down_transaction=True,
        checksum=checksum(up, down),
        irreversible=NO_DOWN[entry.format] if down_steps is None else None,
        down_file=None if entry.down is None else str(entry.down),
    )
    return Parsed(migration, ())
