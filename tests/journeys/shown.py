"""What the picture of each lesson in README.md shows, and what it says to who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import nbformat


@dataclass(frozen=True)
class Shown:
    """The output of the first cell whose text holds `cell`, or the `part` of it that a selector
    finds, after so many presses of the button `button`; `says` is the picture in words."""

    cell: str
    says: str
    button: str = ""
    presses: int = 0
    part: str = ""


# The table of a scene: above it stands how long a migration took, another time in each picture.
BOARD = "[aria-label='Which database has which migration']"

SHOWN = {
    "00": Shown(".timeline(", "The timeline: a migration as a stop on a line, and the tables"),
    "01": Shown(
        "%%sql --scratch\nSELECT name, phone, joined",
        "DuckDB refuses the new program on the server: there is no column phone",
    ),
    "02": Shown(
        "scene(", "A scene: the databases of a team, and what each has applied", "Next", 3, BOARD
    ),
    "03": Shown('quiz("four-reviews")', "A teammate's migration, to be approved or sent back"),
    "04": Shown(
        "BEGIN;", "Three right statements in one transaction, and DuckDB's refusal of the third"
    ),
    "05": Shown("%%migrate round-trip 001", "A round trip: what did not come back, row by row"),
    "06": Shown(
        "%%clients rename-with-client", "Two versions of the app, and which of their queries break"
    ),
    "07": Shown("%django sqlmigrate shop 0002", "The SQL that Django makes of three operations"),
    "08": Shown("quiz(", "Steps of a runner, to be put in order"),
    "09": Shown("quiz(", "The three questions of the start, asked again"),
}
# Where the cell is not there: what moves in a lesson, else its first quiz, else its first cell.
FALLBACKS = (
    Shown("scene(", "A scene: several databases on one history", "Next", 3, BOARD),
    Shown(".timeline(", "The timeline: migrations as stops on a line, and the tables"),
    Shown("quiz(", "A question of the lesson"),
    Shown("", "The lesson's first cell"),
)


def find_shown(notebooks: Path, lesson: str) -> tuple[Shown, int]:
    """What to show of a lesson, and in which of its code cells (from 0) that is."""
    notebook = nbformat.read(notebooks / lesson / f"{lesson}.ipynb", as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    wished = [SHOWN[lesson[:2]]] if lesson[:2] in SHOWN else []
    return next(
        (shown, place)
        for shown in (*wished, *FALLBACKS)
        for place, source in enumerate(cells)
        if shown.cell in source
    )
