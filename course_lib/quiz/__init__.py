"""Quizzes without a page: bank, questions, model, record, text."""

from course_lib.quiz.answer import Answer, Came, Given, Judged, UnknownPick
from course_lib.quiz.bank import (
    KINDS,
    BankError,
    compare_banks,
    parse_bank,
    read_bank,
    read_quiz,
)
from course_lib.quiz.gained import FirstTries, Gained, compare_first_tries
from course_lib.quiz.html import page_to_html
from course_lib.quiz.kinds.choice import OneChoice, Option, SeveralChoices
from course_lib.quiz.kinds.question import Question
from course_lib.quiz.kinds.review import Review
from course_lib.quiz.model import LookAgain, Quiz, Score, State
from course_lib.quiz.page import Page, page_of
from course_lib.quiz.reading import BankProblem
from course_lib.quiz.record import Record, append_answer, parse_record, read_record, record_path
from course_lib.quiz.returning import read_with_returning
from course_lib.quiz.run import RunFault
from course_lib.quiz.text import page_to_text

__all__ = [
    "KINDS",
    "Answer",
    "BankError",
    "BankProblem",
    "Came",
    "FirstTries",
    "Gained",
    "Given",
    "Judged",
    "LookAgain",
    "OneChoice",
    "Option",
    "Page",
    "Question",
    "Quiz",
    "Record",
    "Review",
    "RunFault",
    "Score",
    "SeveralChoices",
    "State",
    "UnknownPick",
    "append_answer",
    "compare_banks",
    "compare_first_tries",
    "page_of",
    "page_to_html",
    "page_to_text",
    "parse_bank",
    "parse_record",
    "read_bank",
    "read_quiz",
    "read_record",
    "read_with_returning",
    "record_path",
]
