"""Who may hand in later: `extensions.csv` of a course folder.

nbgrader keeps an extension with a submission, so there is no place for one before work came in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from course_lib.whole_file import write_whole

EXTENSIONS = "extensions.csv"
COLUMNS = ("lesson", "learner", "hours")


class ExtensionsError(Exception):
    """The file cannot be read. The text says why, with the next step."""


def read_extensions(folder: Path) -> dict[tuple[str, str], timedelta]:
    """How much longer a learner has for a lesson, by (lesson, learner); empty without the file.

    Raises ExtensionsError.
    """
    path = folder / EXTENSIONS
    found = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                try:
                    hours = float(row["hours"])
                    found[row["lesson"], row["learner"]] = timedelta(hours=hours)
                except (KeyError, TypeError, ValueError, OverflowError):
                    raise ExtensionsError(
                        f"line {number} is no extension. Write lesson,learner,hours,"
                        " or delete the line and use `updown class extend`."
                    ) from None
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ExtensionsError(f"It cannot be read: {error}. Mend or delete it.") from None
    return found


def write_extensions(folder: Path, extensions: Mapping[tuple[str, str], timedelta]) -> None:
    """Write the file whole or not at all."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for (lesson, learner), more in sorted(extensions.items()):
        rows.writerow([lesson, learner, f"{more.total_seconds() / 3600:g}"])
    write_whole(folder / EXTENSIONS, text.getvalue())
