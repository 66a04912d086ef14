"""What grading one notebook costs, by stock `nbgrader autograde` and by us. Prints ratios.

    python benchmarks/grading.py [--quick] [--stock-whole] [--lesson LESSON]

One class is made twice with the same work in it; no two texts are the same, and nothing of a
submission is kept for another. Stock runs every cell in a kernel, and we those that decide a mark
or show an answer. Both are measured in turns, in one run, and their marks have to be equal. The
time of one notebook is what a further one adds: a run of many less a run of one. Beside the time
stands the computing of all processes, since it hangs less on what else the machine does.

Stock is measured on 30 notebooks and told for 300 as its time for a start and 300 notebooks, with
a word that says so; `--stock-whole` measures all 300, which takes half an hour for lesson 4 and
hours for the longest.
`--quick` measures few notebooks of lesson 4. Timings decide no test.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from grading_class import (
    Spent,
    give_feedback,
    grade_ours,
    grade_stock,
    make_class,
    marks,
    student,
)
from grading_parts import where_time_goes

LESSONS = ("04-adding-a-column", "07-in-a-frameworks-language")
"""The one of the issue, and the one that runs longest."""

TURN = 10
"""Notebooks that each side grades before the other has its turn."""


@dataclass(frozen=True)
class Each:
    """What one more notebook adds, and what a run takes besides its notebooks; in seconds."""

    wall: float
    cpu: float
    start: float


def main() -> None:
    """Measure and print, lesson by lesson."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a minute or two")
    parser.add_argument("--stock-whole", action="store_true", help="stock on 100 and 300 as well")
    parser.add_argument("--lesson", choices=LESSONS, help="this one alone")
    arguments = parser.parse_args()
    chosen = [arguments.lesson] if arguments.lesson else LESSONS
    for lesson in chosen[:1] if arguments.quick else chosen:
        with tempfile.TemporaryDirectory() as name:
            sizes, turns = ([6], 1) if arguments.quick else ([30, 100, 300], 3)
            stock, ours = make_class(Path(name), [lesson], max(*sizes, turns * TURN))
            print(f"\n{lesson}")
            _lesson(lesson, stock, ours, sizes, turns, whole=arguments.stock_whole)


def _lesson(
    lesson: str, stock: Path, ours: Path, sizes: list[int], turns: int, *, whole: bool
) -> None:
    most = min(TURN, sizes[0])
    theirs, mine, few = _in_turns(lesson, stock, ours, turns, most)
    same, number = _same_marks(lesson, stock, ours)
    print(f"  marks: {same} of {number} equal")
    assert same == number
    _ratio("one notebook", theirs, mine)
    print(f"  a start: stock {theirs.start:.1f} s, ours {mine.start:.1f} s")
    for size in sizes:
        spent = grade_ours(ours, lesson, _first(size))
        each = (spent.wall - mine.start) / size * 1000
        print(
            f"  {size} notebooks, one worker: {spent.wall:.1f} s, {each:.0f} ms each"
            f" ({spent.cpu / size * 1000:.0f} ms of computing), {spent.memory:.0f} MiB"
        )
    size, word = sizes[-1], f"from {few} of them"
    when = {size: theirs.start + size * theirs.wall}
    if whole:
        when, word = _when_stock_has(sizes, stock, lesson), "measured"
    for size, told in when.items():
        both = grade_ours(ours, lesson, _first(size), jobs=2)
        print(
            f"  {size} notebooks, two workers: {both.wall:.1f} s, {both.memory:.0f} MiB;"
            f" stock {told:.0f} s ({word}): {told / both.wall:.1f} times"
        )
    pages = [give_feedback(ours, lesson, who).wall for who in (student(0), _first(most))]
    print(f"  feedback pages: {(pages[1] - pages[0]) / (most - 1) * 1000:.0f} ms each")
    for line in where_time_goes(ours, lesson, student(0), mine.wall):
        print(f"  {line}")


def _when_stock_has(sizes: list[int], folder: Path, lesson: str) -> dict[int, float]:
    """Seconds until stock had graded so many, in one run of the most."""
    began = time.time()
    grade_stock(folder, lesson, _first(sizes[-1]))
    ends = sorted(path.stat().st_mtime for path in folder.glob(f"autograded/*/{lesson}/*.ipynb"))
    assert ends[0] > began, "stock has left out what it had graded before"
    return {size: ends[size - 1] - began for size in sizes}


def _in_turns(
    lesson: str, stock: Path, ours: Path, turns: int, most: int
) -> tuple[Each, Each, int]:
    """What one more notebook adds, stock's and ours, and how many of stock's that is from."""
    found: dict[str, list[Each]] = {"stock": [], "ours": []}
    for turn in range(turns):
        for side, grade, folder in (
            ("stock", grade_stock, stock),
            ("ours", grade_ours, ours),
        ):
            # A first notebook in each turn, then the rest of the turn.
            one = grade(folder, lesson, student(turn * TURN))
            rest = grade(folder, lesson, f"s{turn:03}[1-{most - 1}]")
            found[side].append(_each(one, rest, most - 1))
    return _middle(found["stock"]), _middle(found["ours"]), turns * most


def _each(one: Spent, rest: Spent, number: int) -> Each:
    wall = (rest.wall - one.wall) / (number - 1)
    return Each(wall, (rest.cpu - one.cpu) / (number - 1), one.wall - wall)


def _middle(several: list[Each]) -> Each:
    return Each(
        median(one.wall for one in several),
        median(one.cpu for one in several),
        median(one.start for one in several),
    )


def _ratio(what: str, theirs: Each, mine: Each) -> None:
    print(
        f"  {what}: stock {theirs.wall * 1000:,.0f} ms, ours {mine.wall * 1000:,.0f} ms:"
        f" {theirs.wall / mine.wall:.1f} times; computing {theirs.cpu * 1000:,.0f} against"
        f" {mine.cpu * 1000:,.0f} ms: {theirs.cpu / mine.cpu:.1f} times"
    )


def _same_marks(lesson: str, stock: Path, ours: Path) -> tuple[int, int]:
    theirs, mine = marks(stock, lesson), marks(ours, lesson)
    assert theirs.keys() == mine.keys()
    return sum(mine[one] == theirs[one] for one in theirs), len(theirs)


def _first(number: int) -> str:
    """A pattern for the first so many students: 6, 10, 30, 100 or 300."""
    return {6: "s000[0-5]", 10: "s000*", 30: "s00[0-2]*", 100: "s00*", 300: "*"}[number]


if __name__ == "__main__":
    main()
