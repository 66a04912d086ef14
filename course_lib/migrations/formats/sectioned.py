"""One file with `-- migrate:up` and `-- migrate:down` sections, as dbmate has them.

`transaction:false` after a marker asks for the shadow guard. A file that nothing can take back says
so in place of the down: `-- migrate:irreversible` and the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import Problem, place
from ..migration import NAME, Migration, Step, checksum, one_form
from ..sections import Sections, split_sections
from .parsed import Parsed, only, read_steps
from .text import decode, with_line_feeds


def parse_migration(text: str | bytes, file: str) -> Parsed:
    """Read one migration from its text; `file` names it in messages and gives number and name.

    A file without a down section is a migration (`down` is None) *and* a problem: what to make of
    it is for the caller to decide. A file that does not parse is a problem only.
    """
    named = NAME.fullmatch(Path(file).name)
    if not named:
        return only(
            "name",
            file,
            "the file name is not a number and words, such as 002_add_phone_to_users.sql",
            "rename the file",
        )
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    decoded = decode(content, file)
    if isinstance(decoded, Problem):
        return Parsed(None, (decoded,))
    found = split_sections(with_line_feeds(decoded), file)
    if isinstance(found, Problem):
        return Parsed(None, (found,))
    steps: dict[str, tuple[Step, ...]] = {}
    problems: list[Problem] = []
    for section in found.sections:
        steps[section.direction], wrong = read_steps(section.text, file, section.line + 1)
        problems.extend(wrong)
    if problems:
        return Parsed(None, tuple(problems))
    options = {section.direction: section.transaction for section in found.sections}
    migration = Migration(
        number=int(named[1]),
        name=one_form(Path(file).stem),
        file=file,
        up=steps["up"],
        down=steps.get("down") or None,
        up_transaction=options["up"],
        down_transaction=options.get("down", True),
        checksum=checksum(decoded),
        irreversible=found.irreversible,
    )
    return Parsed(migration, tuple(_missing_parts(migration, found, decoded)))


def _missing_parts(migration: Migration, found: Sections, text: str) -> Iterator[Problem]:
    lines = {section.direction: section.line for section in found.sections}
    if not migration.up:
        yield Problem(
            "empty",
            place(migration.file, lines["up"]),
            "there is no statement under `-- migrate:up`",
            "write the statements that make the change below this line",
        )
    if migration.down is None and migration.irreversible is None:
        if "down" in lines:
            what, line = "there is no statement under `-- migrate:down`", lines["down"]
        else:
            what, line = "the file has no `-- migrate:down` section", text.rstrip().count("\n") + 1
        yield Problem(
            "no-down",
            place(migration.file, line),
            what,
            "add the statements that take the change back, or `-- migrate:irreversible` and the"
            " reason why nothing can",
        )
