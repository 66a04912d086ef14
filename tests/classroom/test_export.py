"""`updown class export`: what the gradebook knows, and no mark where it knows none."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from course_lib.classroom.class_marks import ClassMarks
from course_lib.classroom.export_lms import canvas_sheet
from course_lib.classroom.export_template import TemplateError, fill_canvas, fill_worksheet
from course_lib.classroom.roster import Learner
from tests.classroom.class_course import LESSON, updown_class

CELL, OTHER = "add-email", "05-another"


@pytest.fixture
def marked(own_class: Path) -> Path:
    """Ada has 7.5 of 10 in one lesson and 0 in another, grace waits, lin has nothing."""
    with Gradebook(f"sqlite:///{own_class / 'gradebook.db'}") as gradebook:
        for lesson in (LESSON, OTHER):
            gradebook.add_assignment(lesson)
            gradebook.add_notebook(lesson, lesson)
            gradebook.add_grade_cell(CELL, lesson, lesson, max_score=10, cell_type="code")
            for student, points in (("ada", 7.5 if lesson == LESSON else 0.0), ("grace", None)):
                gradebook.add_submission(lesson, student)
                grade = gradebook.find_grade(CELL, lesson, lesson, student)
                grade.auto_score = points
        gradebook.db.commit()
    return own_class


def export(folder: Path, *options: str | Path, code: int = 0) -> list[list[str]]:
    target = folder.parent / "out.csv"
    target.unlink(missing_ok=True)
    arguments = ["export", "--course", folder, "--to", target, *options]
    assert updown_class(folder.parent, *arguments) == code
    if not target.exists():
        return []
    with target.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_row_a_learner_with_nothing_where_there_is_no_mark(
    marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = export(marked)
    late = [f"{lesson} late penalty" for lesson in (LESSON, OTHER)]
    assert rows[0][-5:] == [LESSON, OTHER, "total", *late]
    assert {row[0]: row[-5:] for row in rows[1:]} == {
        "ada": ["7.5", "0", "7.5", "0", "0"],
        "grace": ["", "", "", "", ""],
        "lin": ["", "", "", "", ""],
    }
    assert f"No mark yet of {LESSON}, and left empty: grace, lin." in capsys.readouterr().out
    assert (marked.parent / "out.csv").stat().st_mode & 0o077 == 0


def test_what_lateness_took_stands_beside_the_points(marked: Path) -> None:
    with Gradebook(f"sqlite:///{marked / 'gradebook.db'}") as gradebook:
        for lesson in (LESSON, OTHER):
            notebook = gradebook.find_submission_notebook(lesson, lesson, "ada")
            notebook.late_submission_penalty = 2.5
        gradebook.db.commit()
    ada = export(marked)[1]
    # A penalty takes no more than there is.
    assert ada[-5:] == ["5", "0", "5", "2.5", "0"]


def test_the_marks_are_those_of_nbgraders_own_export(marked: Path) -> None:
    with Gradebook(f"sqlite:///{marked / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(LESSON, "ada")
        submission.notebooks[0].late_submission_penalty = 2.0
        gradebook.find_grade(CELL, LESSON, LESSON, "ada").extra_credit = 1.0
        gradebook.db.commit()
        score = submission.score - 2.0
    assert float(export(marked, LESSON)[1][-3]) == score == 6.5


def test_json_names_the_file_and_who_has_no_mark(
    marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(marked, LESSON, "--json")
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["without_mark"] == {LESSON: ["grace", "lin"]}
    assert told["marks"] == 1 and told["problems"] == []


def test_where_grading_left_no_verdict_the_row_says_so(marked: Path) -> None:
    rows = export(marked, LESSON, "--for", "requirements")
    assert [row[7:] for row in rows[1:]] == [["none", "", "", "it is not graded yet"]] * 3


def test_a_lesson_that_was_not_released_and_a_template_for_people_are_refused(
    marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(marked, "99-nowhere", code=1) == []
    assert "the class has no such lesson" in capsys.readouterr().err
    assert export(marked, "--template", marked, code=2) == []


def test_canvas_gets_its_columns_and_the_row_of_points(
    marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = export(marked, "--for", "canvas")
    assert "an empty cell takes its mark away" in capsys.readouterr().out
    assert rows[0] == [*("Student", "ID", "SIS User ID", "SIS Login ID", "Section", LESSON, OTHER)]
    assert rows[1] == ["    Points Possible", "", "", "", "", "10", "10"]
    assert rows[2] == ["Lovelace, Ada", "901", "", "ada", "", "7.5", "0"]
    assert rows[3][-2:] == ["", ""]


CANVAS = f"""\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (77),{LESSON} (88),Final Score
,,,,,,Manual Posting,
    Points Possible,,,,,5,10.00,(read only)
"Lovelace, Ada",901,S1,ada@example.org,A,4,,44.0
"=Hopper, Grace",902,S2,hopperg,A,3,9,33.0
"Who, Else",999,S3,else,A,2,8,
"""


def test_a_file_of_canvas_is_filled_in_and_nothing_else_of_it_changes(
    marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = marked.parent / "canvas.csv"
    template.write_text(CANVAS, encoding="utf-8-sig")
    rows = export(marked, LESSON, "--for", "canvas", "--template", template, code=1)
    before = list(csv.reader(CANVAS.splitlines()))
    before[3][6] = "7.5"
    assert rows == before  # grace has no mark, so what Canvas has of her stays
    assert "Who, Else" in capsys.readouterr().err


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_file_of_a_canvas_in_another_language_keeps_its_semicolons(
    tmp_path: Path, mark: str, ends: str
) -> None:
    """Where numbers have a comma, Canvas writes them so, and semicolons between them."""
    template = tmp_path / "canvas.csv"
    lines = [
        f"Student;ID;SIS Login ID;Section;Essay (77);{LESSON} (88)",
        "    Points Possible;;;;5;10,00",
        "Lovelace, Ada;901;ada;A, B;4,50;",
        "Who, Else;999;else;A;2,00;8,25",
    ]
    template.write_text(mark + ends.join([*lines, ""]), encoding="utf-8", newline="")
    filled = fill_canvas(template, MARKS)
    lines[2] += "7.5"
    assert filled.text == "\n".join([*lines, ""])
    assert (filled.written, filled.unknown) == (1, ("Who, Else",))


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_file_of_canvas_with_the_names_in_two_columns(tmp_path: Path, separator: str) -> None:
    template = tmp_path / "canvas.csv"
    rows = [
        ["LastName", "FirstName", "ID", "SIS Login ID", "Section", f"{LESSON} (88)"],
        ["    Points Possible", "", "", "", "", "10"],
        ["Lovelace", "Ada", "5", "a.l", "A", ""],
        ["Who", "Else", "999", "else", "A", "8"],
    ]
    template.write_text("".join(f"{separator.join(row)}\n" for row in rows), encoding="utf-8-sig")
    filled = fill_canvas(template, MARKS)
    rows[2][-1] = "7.5"
    assert list(csv.reader(filled.text.splitlines(), delimiter=separator)) == rows
    assert filled.unknown == ("Who, Else",)


@pytest.mark.parametrize(
    ("reader", "marked_as_utf8"),
    [("learners", True), ("requirements", True), ("canvas", False), ("moodle", False)],
)
def test_files_for_people_open_in_a_spreadsheet_with_their_letters(
    marked: Path, reader: str, marked_as_utf8: bool
) -> None:
    """Excel reads UTF-8 where the mark says so; an LMS gets the text alone."""
    export(marked, "--for", reader)
    written = (marked.parent / "out.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf") == marked_as_utf8
    assert "Łukasiewicz".encode() in written


WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
Participant 901,Ada Lovelace,,Submitted,,10.00,Yes,"Monday, 1 June",-,"Good, so far"
Participant 55,Grace Hopper,,Submitted,3.00,10.00,Yes,-,-,
"""


def test_a_worksheet_of_moodle_is_filled_in(marked: Path) -> None:
    template = marked.parent / "worksheet.csv"
    template.write_text(WORKSHEET, encoding="utf-8")
    rows = export(marked, LESSON, "--for", "moodle", "--template", template)
    before = list(csv.reader(WORKSHEET.splitlines()))
    before[1][4] = "7.5"
    assert rows == before
    assert export(marked, "--for", "moodle", "--template", template, code=1) == []  # two lessons


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "not that of a gradebook file"),
        (CANVAS.replace(LESSON, "04-else"), f"no column for {LESSON}"),
        (CANVAS.replace("10.00", "12"), "has 10 points here and 12 there"),
        ('Student,"ID\n', "no CSV"),
    ],
)
def test_a_file_that_is_not_canvass_is_refused(tmp_path: Path, text: str, words: str) -> None:
    template = tmp_path / "canvas.csv"
    template.write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match=words):
        fill_canvas(template, ClassMarks((), {LESSON: 10.0}, {}))


ADA = Learner("ada", "Lovelace", "Ada", "ada@example.org", "901")
MARKS = ClassMarks((ADA,), {LESSON: 10.0}, {("ada", LESSON): 7.5})
HEAD = f"Student,ID,SIS Login ID,Section,{LESSON} (88)\r\n    Points Possible,,,,10\r\n"


def test_a_line_separator_or_a_break_inside_a_cell_stays_and_costs_no_mark(tmp_path: Path) -> None:
    template = tmp_path / "canvas.csv"
    template.write_bytes(f'{HEAD}"Lovelace, Ada",901,ada,A\u2028B,\r\n'.encode())
    assert fill_canvas(template, MARKS).written == 1
    template.write_bytes(f'{HEAD}"Lovelace, Ada",901,ada,"A\r\nB",\r\n'.encode())
    assert 'ada,"A\r\nB",7.5' in fill_canvas(template, MARKS).text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD.replace(",,,,10", ",,10"), "line 2 has 3 cells, and the first line 5"),
        (f"Student,ID,Section,{LESSON} (8),{LESSON} (9)\n", f"2 columns for {LESSON}"),
    ],
)
def test_a_file_that_could_lose_a_mark_is_refused(tmp_path: Path, text: str, words: str) -> None:
    template = tmp_path / "canvas.csv"
    template.write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match=words):
        fill_canvas(template, MARKS)


def test_a_stranger_with_a_learners_number_gets_no_mark_in_moodles_worksheet(
    tmp_path: Path,
) -> None:
    header = WORKSHEET.splitlines()[0]
    template = tmp_path / "worksheet.csv"
    rows = (
        f"Participant {number},{name},{address},Submitted,,10.00,Yes,-,-,"
        for number, name, address in (
            ("5", "Ada Lovelace", "ada@example.org"),
            ("901", "Some Body", "some@example.org"),
        )
    )
    template.write_text("\n".join((header, *rows)), encoding="utf-8")
    filled = fill_worksheet(template, MARKS)
    grades = [row[4] for row in csv.reader(filled.text.splitlines())]
    assert grades == ["Grade", "7.5", ""] and filled.unknown == ("Participant 901",)


def test_two_rows_that_mean_one_learner_are_both_left_and_named(tmp_path: Path) -> None:
    template = tmp_path / "canvas.csv"
    one, other = '"Lovelace, Ada",901,ada,A,', '"Lovelace, A.",902,ada,B,3'
    template.write_text(f"{HEAD}{one}\n{other}\n", encoding="utf-8")
    filled = fill_canvas(template, MARKS)
    assert filled.written == 0 and filled.unknown == ("Lovelace, Ada", "Lovelace, A.")


def test_a_worksheet_in_another_language_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "worksheet.csv"
    template.write_text(WORKSHEET.replace("Grade,", "Bewertung,"), encoding="utf-8")
    with pytest.raises(TemplateError, match="lacks one of the columns"):
        fill_worksheet(template, ClassMarks((), {LESSON: 10.0}, {}))


def test_moodles_import_has_a_column_for_the_learner_and_one_a_lesson(marked: Path) -> None:
    rows = export(marked, "--for", "moodle")
    assert rows[0] == ["Username", "Email address", "First name", "Surname", LESSON, OTHER]
    assert rows[1] == ["ada", "ada@example.org", "Ada", "Lovelace", "7.5", "0"]


@given(name=st.text(max_size=20))
def test_a_name_is_never_a_formula_in_canvas_file(name: str) -> None:
    sheet = canvas_sheet(ClassMarks((Learner("ada", name, ""),), {}, {}))
    first = list(csv.reader(sheet.splitlines(keepends=True)))[2][0]
    assert not first.lstrip().startswith(("=", "+", "-", "@", "|", "%"))
