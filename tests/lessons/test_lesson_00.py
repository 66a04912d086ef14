"""What the first lesson shows, and that the start page leads on to every lesson that there is."""

from __future__ import annotations

import re
from pathlib import Path

from course_lib.authoring.prose import find_stretches, promised_minutes
from course_lib.quiz import read_quiz

from .running import LESSONS, NAMES, Site, noise, output_of

LESSON = "00-start-here"
START = (LESSONS / "00-start.md").read_text(encoding="utf-8")
COURSE = (
    "00-start-here",
    "01-what-is-a-migration",
    "02-changes-without-chaos",
    "03-the-workflow",
    "04-adding-a-column",
    "05-going-back",
    "06-renaming-without-breaking-anyone",
    "07-in-a-frameworks-language",
    "08-build-the-runner",
    "09-knowledge-check",
)
# Number, paths and minutes of each line of the map.
ROWS = [
    (f"0{number}", paths, minutes)
    for number, paths, minutes in re.findall(
        r"^\| \[Lesson (\d), .*\| ([ABC ]+) \| (\d+) \|$", START, re.MULTILINE
    )
]
SKIPPED = ("All or nothing, first try", "A migration file")
PRESS = "timeline.up()\nprint(timeline)\ntimeline.down()"


def test_three_questions_are_asked_before_anything_is_taught(site: Site) -> None:
    notebook, _ = site.released(LESSON)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert cells[0].endswith(f'begin("{LESSON}")') and cells[1] == 'quiz("quick-quiz")'
    asked = read_quiz(LESSONS / LESSON / "quiz.toml", "quick-quiz").questions
    assert [question.stem for question in asked] == [
        "What is a database migration?",
        "Why do migrations help teams work on the same database?",
        'What does a "down" or rollback migration do?',
    ]
    assert "0 of 3 questions done." in output_of(notebook, 'quiz("quick-quiz")')


def test_the_line_is_written_checked_and_moved(site: Site, tmp_path: Path) -> None:
    notebook, _ = site.released(LESSON)
    assert "Up: no step. Down: 1 step." in output_of(notebook, "%%migration 001")
    gone = {"timeline = lesson.timeline()\ntimeline": f"timeline = lesson.timeline()\n{PRESS}"}
    pressed = site.repaired(LESSON, gone, tmp_path)
    assert [text for text in noise(pressed) if "fragile" not in text] == []
    (printed,) = noise(pressed)
    assert "+ fragile" in printed and "BOOLEAN" in printed
    shown = output_of(pressed, "timeline")
    assert "fragile" not in shown.partition("Tables, ")[2].partition("The ledger")[0]


def test_the_files_of_ones_work_are_shown(site: Site) -> None:
    notebook, _ = site.solved(LESSON)
    assert "migrations/001_add_fragile_to_products.sql" in output_of(notebook, "glob(")


def test_the_start_page_is_a_map_of_the_whole_course() -> None:
    links = re.findall(r"\]\(([\w-]+)/([\w-]+)\.ipynb\)", START)
    assert [folder for folder, _ in links] == [name for _, name in links]
    assert tuple(dict.fromkeys(folder for folder, _ in links)) == COURSE
    # A lesson that is there and not on the map would be found by nobody.
    assert set(NAMES) <= set(COURSE)
    assert [number for number, _, _ in ROWS] == [name[:2] for name in COURSE]


def test_the_minutes_of_the_map_are_those_that_the_lessons_name() -> None:
    said = {number: int(minutes) for number, _, minutes in ROWS}
    named = {
        name[:2]: promised_minutes((LESSONS / name / "lesson.md").read_text(encoding="utf-8"))
        for name in NAMES
    }
    assert named == {number: said[number] for number in named}


def test_the_paths_are_as_long_as_their_lessons() -> None:
    paths = dict(re.findall(r"^- \*\*([ABC]), (\d+) minutes\*\*", START, re.MULTILINE))
    minutes = {path: sum(int(row[2]) for row in ROWS if path in row[1]) for path in "BC"}
    assert {path: int(paths[path]) for path in "BC"} == minutes
    assert [number for number, marks, _ in ROWS if "A" in marks] == ["00", "01", "04", "09"]


def test_the_short_path_goes_by_headings_that_are_there_and_is_as_long_as_it_says() -> None:
    total = 5.0 + 5.0  # lesson 0, and the first quiz of lesson 9
    minutes = {number: int(row_minutes) for number, _, row_minutes in ROWS}
    for number, heading in (("01", "There and back"), ("04", "See it move")):
        assert f" {int(number)} as far as *{heading}*" in START
        (lesson,) = LESSONS.glob(f"{number}-*/lesson.md")
        text = lesson.read_text(encoding="utf-8")
        before = text.partition(f"\n## {heading}\n")[0]
        if number == "04":
            before, skipped = _without_what_may_be_skipped(before)
            assert re.findall("^## (.+)$", skipped, re.MULTILINE) == list(SKIPPED)
        (part, all_of_it) = (_words(before), _words(text))
        assert part < all_of_it
        total += minutes[number] * part / all_of_it
    (said,) = re.findall(r"^- \*\*A, (\d+) minutes\*\*", START, re.MULTILINE)
    assert int(said) - 3 <= total <= int(said) == 45, total


def _without_what_may_be_skipped(text: str) -> tuple[str, str]:
    """What is left of lesson 4 on the short path, and what it leaves out: from the heading above
    its sentence to the heading that the sentence leads to."""
    start = text.rindex("\n## ", 0, text.index("*On the short path of 45 minutes go on at"))
    (heading,) = re.findall(r"go on at \[(.+?)\]\(#", text)
    end = text.index(f"\n## {heading}\n")
    return text[:start] + text[end:], text[start:end]


def _words(text: str) -> int:
    return sum(one.words for one in find_stretches(text))
